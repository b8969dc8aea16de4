import { createHash } from 'node:crypto';

/**
 * The id of a recording: a UUIDv7 that is the same whenever the same file of the same PBX is met again, so that a fact
 * read twice (a restart folds them all anew) never makes a second recording. Its time is the Uniqueid in the file's name
 * (FreePBX and we put it there), else the begin of the call, else `at`; all integer ms UTC.
 */
export function recordingIdOf(pbx: string, pbxPath: string, linkedid: string, at: number): string {
  const named = secondsOf(pbxPath.slice(pbxPath.lastIndexOf('/') + 1)) ?? secondsOf(linkedid);
  const time = (named === null ? at : named * 1_000).toString(16).padStart(12, '0');
  const hash = createHash('sha256').update(`${pbx}\n${pbxPath}`).digest('hex');
  const variant = ((Number.parseInt(hash.slice(3, 4), 16) & 0x3) | 0x8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${hash.slice(0, 3)}-${variant}${hash.slice(4, 7)}-${hash.slice(8, 20)}`;
}

/** Epoch seconds of the last `1795452315.7` in a text: Asterisk's Uniqueid. */
function secondsOf(text: string): number | null {
  const found = /.*(?<!\d)(\d{10})\.\d/.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}
