/**
 * Bytes of an AMI connection cut into paragraphs: the lines up to a blank one. What a paragraph means is not asked here.
 *
 * Only CR LF ends a line: a lone CR or LF is part of a value, since Asterisk writes no other line end itself. Memory is
 * bounded: a paragraph that grows beyond the limit is counted and skipped to the next blank line.
 */

export interface ParagraphLimits {
  /** Longest packet that is kept, in bytes. Asterisk 22's longest seen is 4 kB (AttendedTransfer). */
  readonly maxPacketBytes: number;
  /** Longest line, in bytes. */
  readonly maxLineBytes: number;
  readonly maxHeaders: number;
}

export interface ParagraphSink {
  /** The first line of the connection, without its line end. */
  banner(line: string): void;
  /** One paragraph, one character per byte, every line with its CR LF, without the blank line. */
  paragraph(text: string, ascii: boolean): void;
  /** A paragraph was beyond the limits and has been skipped. */
  oversized(): void;
}

const BLANK_LINE = '\r\n\r\n';
const LONGEST_BANNER = 256;

/**
 * Makes the cutter for one connection.
 *
 * @param limits bounds, see `ParagraphLimits`
 * @param sink told of everything found, in order, during `push`
 * @returns `push(chunk)`, and `idle()`: true when no half paragraph is waiting
 */
export function createParagraphs(limits: ParagraphLimits, sink: ParagraphSink) {
  let pieces: Uint8Array[] = [];
  let held = 0;
  let seam = '';
  let bannerDue = true;
  let skipping = false;
  /** Shorter paragraphs cannot hold too long a line nor too many: the shortest line is `a`, CR, LF. */
  const worthCounting = Math.min(limits.maxLineBytes, 3 * limits.maxHeaders);

  return { push, idle };

  /** Spare line ends, as an empty number may leave behind, are no half paragraph. */
  function idle(): boolean {
    return !skipping && pieces.every((piece) => piece.every((byte) => byte === 13 || byte === 10));
  }

  function push(chunk: Uint8Array): void {
    const bytes = asBuffer(chunk);
    if (held === 0) {
      cut(bytes);
      return;
    }
    const end = bannerDue ? bytes.length : endOfFirst(bytes);
    if (end < 0) {
      hold(bytes);
      return;
    }
    // Only the paragraph that began before is put together; the rest of the chunk is read where it lies.
    const first = Buffer.concat([...pieces, bytes.subarray(0, end)]);
    drop();
    cut(first);
    cut(bytes.subarray(end));
  }

  /** Where the paragraph that is waiting ends in this chunk, behind its blank line; -1 when it does not. */
  function endOfFirst(bytes: Buffer): number {
    const seamed = (seam + bytes.toString('latin1', 0, BLANK_LINE.length - 1)).indexOf(BLANK_LINE);
    if (seamed >= 0) return seamed + BLANK_LINE.length - seam.length;
    const place = bytes.indexOf(BLANK_LINE, 0, 'latin1');
    return place < 0 ? -1 : place + BLANK_LINE.length;
  }

  function cut(bytes: Buffer): void {
    if (bytes.length === 0) return;
    const text = bytes.toString('latin1');
    const ascii = Buffer.byteLength(text) === text.length;
    let from = bannerDue ? afterBanner(text) : 0;
    if (from < 0) {
      hold(bytes);
      return;
    }
    for (;;) {
      while (!skipping && text.startsWith('\r\n', from)) from += 2;
      const end = text.indexOf(BLANK_LINE, from);
      if (end < 0) break;
      // A fresh string from the bytes: a slice would keep the whole chunk in memory as long as one value of it lives.
      if (skipping) skipping = false;
      else emit(bytes.toString('latin1', from, end + 2), ascii);
      from = end + BLANK_LINE.length;
    }
    if (from < bytes.length) hold(bytes.subarray(from));
  }

  function emit(text: string, allAscii: boolean): void {
    if (text.length > limits.maxPacketBytes || (text.length > worthCounting && isBeyondLimits(text))) {
      sink.oversized();
    } else {
      sink.paragraph(text, allAscii || Buffer.byteLength(text) === text.length);
    }
  }

  function isBeyondLimits(text: string): boolean {
    const lines = text.split('\r\n');
    return lines.length > limits.maxHeaders || lines.some((line) => line.length > limits.maxLineBytes);
  }

  /** Where the text after the greeting begins; -1 when the greeting is not whole yet. A capture may begin without one. */
  function afterBanner(text: string): number {
    const end = text.indexOf('\r\n');
    if (end < 0 && text.length <= LONGEST_BANNER) return -1;
    bannerDue = false;
    const line = end < 0 ? text : text.slice(0, end);
    if (/^[A-Za-z0-9-]+:/.test(line) || line === '') return 0;
    sink.banner(line.slice(0, LONGEST_BANNER));
    return end < 0 ? text.length : end + 2;
  }

  function hold(bytes: Uint8Array): void {
    seam = (seam + asBuffer(bytes).toString('latin1')).slice(1 - BLANK_LINE.length);
    // A copy: whoever reads the socket may use the chunk's memory again.
    pieces.push(Buffer.from(bytes));
    held += bytes.length;
    if (!skipping && held <= limits.maxPacketBytes) return;
    if (!skipping) sink.oversized();
    skipping = true;
    pieces = [Buffer.from(seam, 'latin1')];
    held = seam.length;
  }

  function drop(): void {
    pieces = [];
    held = 0;
    seam = '';
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
