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
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) {
    rest = yield* recordsIn(Buffer.concat([rest, chunk as Buffer]));
  }
  // What has no end was cut by a crash, or is being written now: its line is lost, those behind it are not.
  while (rest.length > 0) {
    yield { fields: [], broken: true };
    const line = rest.indexOf(0x0a);
    rest = line === -1 ? Buffer.alloc(0) : yield* recordsIn(rest.subarray(line + 1));
  }
}

/** Every record that has its end; returns what is left. */
function* recordsIn(bytes: Buffer): Generator<CsvRecord, Buffer> {
  let rest = bytes;
  for (let end = recordEnd(rest); end !== -1; end = recordEnd(rest)) {
    const record = parseRecord(textOf(rest.subarray(0, end)));
    // A line cut in a quote swallows what follows until the next odd quote: only the cut line is given up.
    const next = record.broken ? rest.indexOf(0x0a) : end;
    if (end > 0) yield record;
    rest = rest.subarray(next + 1);
  }
  return rest;
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
