/**
 * Bytes of a header's value as text. The parser keeps bytes as Latin-1 strings (one character per byte), so nothing is
 * lost before it is known which writing a value uses.
 *
 * Asterisk passes UTF-8 unchanged. A GBK caller name reaches AMI as raw bytes from 16.28; 22.10 has already put U+FFFD in
 * its place and nothing can be got back. GB18030 contains GBK, so one fall-back reads both.
 */

const MEMORY = 512;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const gb18030 = new TextDecoder('gb18030');
const BEYOND_ASCII = /[\u0080-\u00ff]/;

/** The same few names come in every packet of a call: remembering them makes a Chinese name as cheap as an English one. */
const remembered = new Map<string, string>();

/**
 * Reads one header value.
 *
 * @param bytes the value, one character per byte
 * @returns its text: as UTF-8 where the bytes are valid UTF-8, else as GB18030 (U+FFFD for what is neither)
 */
export function headerText(bytes: string): string {
  if (!BEYOND_ASCII.test(bytes)) return bytes;
  const known = remembered.get(bytes);
  if (known !== undefined) return known;
  const text = decoded(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
  if (remembered.size >= MEMORY) remembered.clear();
  remembered.set(bytes, text);
  return text;
}

function decoded(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return gb18030.decode(bytes);
  }
}
