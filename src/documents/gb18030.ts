/** The only user of iconv-lite: GB18030, which old office programs of this country read without asking. */
import iconv from 'iconv-lite';

/** Every sign of Unicode has its place there, those outside the basic plane in four bytes. */
export function toGb18030(text: string): Uint8Array {
  return iconv.encode(text, 'gb18030');
}
