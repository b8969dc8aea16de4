/**
 * What a file is, by its content alone: a name and a browser's word are only claims. What is not recognised whole is
 * refused; a macro, a script or a page is none of these kinds.
 */
import type { AttachmentType } from '../records/attachment.ts';

/** Null: none of the kinds that may be attached. */
export function attachmentTypeOf(bytes: Buffer): AttachmentType | null {
  if (bytes.length === 0) return null;
  if (beginsWith(bytes, PDF)) return bytes.subarray(-1_024).includes('%%EOF') ? 'pdf' : null;
  if (beginsWith(bytes, JPEG)) return bytes.subarray(-64).includes(JPEG_END) ? 'jpg' : null;
  if (beginsWith(bytes, PNG)) return bytes.subarray(12, 16).equals(IHDR) ? 'png' : null;
  if (beginsWith(bytes, ZIP)) return officeType(bytes);
  return isText(bytes) ? 'txt' : null;
}

const PDF = Buffer.from('%PDF-');
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);
const JPEG_END = Buffer.from([0xff, 0xd9]);
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const IHDR = Buffer.from('IHDR');
const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

function beginsWith(bytes: Buffer, start: Buffer): boolean {
  return bytes.subarray(0, start.length).equals(start);
}

/** A document or a table without macros, whose parts all lie inside it. */
function officeType(bytes: Buffer): 'docx' | 'xlsx' | null {
  const names = partsOf(bytes);
  if (names === null || !names.includes('[Content_Types].xml')) return null;
  if (
    names.some((name) => /vbaProject|\.bin$|(^|\/)\.\.(\/|$)|^\/|\\/i.test(name) && !isPrinterSetting(name))
  )
    return null;
  const isWord = names.includes('word/document.xml');
  const isExcel = names.includes('xl/workbook.xml');
  if (isWord === isExcel) return null;
  return isWord ? 'docx' : 'xlsx';
}

/** The only binary part that Word and Excel write by themselves into a file without macros. */
function isPrinterSetting(name: string): boolean {
  return /^(word|xl)\/printerSettings\/printerSettings\d*\.bin$/.test(name);
}

const END = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const LARGER_END = Buffer.from([0x50, 0x4b, 0x06, 0x07]);
const ENTRY = 0x02014b50;
const MOST_PARTS = 5_000;

/**
 * Names in the central directory of a ZIP; null when it cannot be read through. Nothing is unpacked: what would become of it
 * is the reader's to bound. Another end, or a larger form of it, could show a program another list of parts than us.
 */
function partsOf(bytes: Buffer): readonly string[] | null {
  const end = bytes.lastIndexOf(END);
  if (end < 0 || end + 22 > bytes.length || end + 22 + bytes.readUInt16LE(end + 20) !== bytes.length)
    return null;
  return bytes.includes(LARGER_END) ? null : namesFrom(bytes, end);
}

function namesFrom(bytes: Buffer, end: number): readonly string[] | null {
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count === 0 || count > MOST_PARTS) return null;
  const names: string[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== ENTRY) return null;
    const length = bytes.readUInt16LE(at + 28);
    names.push(bytes.toString('utf8', at + 46, at + 46 + length));
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return names;
}

/** UTF-8 or GB18030, as office computers write it, without signs that no text has. */
function isText(bytes: Buffer): boolean {
  const text = decoded(bytes, 'utf-8') ?? decoded(bytes, 'gb18030');
  return text !== null && !/[^\P{Cc}\t\n\r\f]/u.test(text);
}

function decoded(bytes: Buffer, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // Not in this encoding: the caller tries the next one.
    return null;
  }
}
