/**
 * PURE. The names of our files: `YYYY/MM/DD/<recording id>.<ending>` (UTC day of the id). A caller's text is in none. Beside
 * the original stand files made from it: `opus` (what the page plays), `peaks`, `caller.wav`, `room.wav`.
 */
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** A UUIDv7 can hold a time whose year has five digits. */
const LATEST = Date.UTC(10_000, 0);
const ENDING = /^(?:[A-Za-z0-9]{1,8}\.)?[A-Za-z0-9]{1,8}$/;
const NAME =
  /^([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})\.((?:[A-Za-z0-9]{1,8}\.)?[A-Za-z0-9]{1,8})$/;

export interface SoundName {
  readonly recording: string;
  readonly ending: string;
}

/** `2026/11/23/<recording>.<ending>`. Throws when the two cannot be a name of ours. */
export function soundFileOf(recording: string, ending: string): string {
  const name = `${recording}.${ending}`;
  if (!ENDING.test(ending)) throw new Error(`no file name for ${name}`);
  return `${dayFolderOf(recording)}/${name}`;
}

/** `2026/11/23`. Throws when it is no id of a recording. */
export function dayFolderOf(recording: string): string {
  if (!ID.test(recording) || madeAt(recording) >= LATEST)
    throw new Error(`${recording} is no id of a recording`);
  return new Date(madeAt(recording)).toISOString().slice(0, 10).replaceAll('-', '/');
}

/** What a relative name says; null for every name that `soundFileOf` does not give, also for one under another day. */
export function readSoundFile(file: string): SoundName | null {
  const slash = file.lastIndexOf('/');
  const [, recording, ending] = NAME.exec(file.slice(slash + 1)) ?? [];
  if (recording === undefined || ending === undefined || madeAt(recording) >= LATEST) return null;
  return file.slice(0, slash) === dayFolderOf(recording) ? { recording, ending } : null;
}

/** What browsers are told about a file of ours. */
export function contentTypeOf(file: string): string {
  if (/\.wav$/i.test(file)) return 'audio/wav';
  return /\.opus$/i.test(file) ? 'audio/ogg' : 'application/octet-stream';
}

/** ms UTC, as a UUIDv7 begins. */
function madeAt(recording: string): number {
  return Number.parseInt(recording.replace('-', '').slice(0, 12), 16);
}
