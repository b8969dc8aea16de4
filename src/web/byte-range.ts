/** The Range header of RFC 9110 §14, one range of bytes only: a player never asks for more, and many cost memory. */
export type ByteRange =
  /** No range, or one this server need not understand: the whole file. */
  | { readonly kind: 'whole' }
  /** `start` and `end` are both included. */
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  | { readonly kind: 'unsatisfiable' };

/** What of a file of `size` bytes is asked for. */
export function parseByteRange(header: string | undefined, size: number): ByteRange {
  if (header === undefined || !/^bytes=/i.test(header)) return { kind: 'whole' };
  const found = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(header);
  if (found === null) return { kind: 'unsatisfiable' };
  const [, first = '', last = ''] = found;
  if (first === '') return suffix(last, size);
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start < size && start <= end ? { kind: 'part', start, end } : { kind: 'unsatisfiable' };
}

function suffix(length: string, size: number): ByteRange {
  const wanted = Math.min(Number(length), size);
  if (length === '' || wanted === 0) return { kind: 'unsatisfiable' };
  return { kind: 'part', start: size - wanted, end: size - 1 };
}
