/** CSV as Asterisk writes it: fields in quotes with quotes doubled; a caller's line break may stand inside a field. */
import { createReadStream } from 'node:fs';

/** A record longer than this was never closed: what was read is counted broken and reading goes on at the next line. */
const MAX_RECORD = 64 * 1_024;

export interface CsvRecord {
  readonly fields: readonly string[];
  readonly broken: boolean;
}

/** Every record of a file, read in pieces. Throws the file's own errors (ENOENT, EACCES, EIO). */
export async function* csvRecords(file: string): AsyncGenerator<CsvRecord> {
  let line: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) {
    let rest = Buffer.concat([line, chunk as Buffer]);
    for (let end = recordEnd(rest); end !== -1; end = recordEnd(rest)) {
      if (end > 0) yield parseRecord(textOf(rest.subarray(0, end)));
      rest = rest.subarray(end + 1);
    }
    line = rest;
  }
  // A last line without its end was cut by a crash, or is being written now.
  if (line.length > 0) yield { fields: [], broken: true };
}

/** Where the first record ends; -1 when more is needed. */
function recordEnd(bytes: Buffer): number {
  let quotes = false;
  const limit = Math.min(bytes.length, MAX_RECORD);
  for (let at = 0; at < limit; at += 1) {
    const byte = bytes[at];
    if (byte === 0x22) quotes = !quotes;
    else if (byte === 0x0a && !quotes) return at;
  }
  return bytes.length >= MAX_RECORD ? Math.max(bytes.indexOf(0x0a), 0) : -1;
}

/** One record without its line end. A quote that never closes, or text behind a closing quote, makes it broken. */
export function parseRecord(text: string): CsvRecord {
  const fields: string[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/gy;
  const line = text.replace(/\r$/, '');
  for (;;) {
    const found = pattern.exec(line);
    if (found === null) return { fields, broken: true };
    fields.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === '') return { fields, broken: false };
  }
}

/** Asterisk 16 passes bytes of a caller's name through as they came: GBK on Chinese lines. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // TextDecoder says "not UTF-8" by throwing TypeError and offers no other question.
    return new TextDecoder('gb18030').decode(bytes);
  }
}
