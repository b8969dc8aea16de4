/**
 * Whether the folder of the second copy is really the one on the other disk. A mount that is gone leaves an empty folder
 * behind, into which everything could be written, onto the very disk it should be safe from. So the copy carries a marker,
 * whose id the recordings folder remembers.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from '../inside-base.ts';
import { writeDurably } from './durable-file.ts';
import { type SoundTrouble, soundTrouble, troubleOf } from './sound-trouble.ts';

/** In the copy it marks the copy; in the recordings folder it says which copy belongs to it. */
const MARKER_FILE = 'dutyline-copy.id';

export type CopyPlace =
  | {
      readonly state: 'ready';
      readonly id: string;
      /** Both folders lie on one disk: a copy, but none that survives the disk. */
      readonly isSameDisk: boolean;
    }
  | { readonly state: 'unreachable'; readonly trouble: SoundTrouble };

/**
 * Looks whether `copy` may be written to. An empty folder becomes the copy when the recordings folder `library` remembers
 * none; a copy met for the first time (recordings folder lost and made anew) is remembered. Never rejects for disk or mount.
 */
export async function lookAtCopyPlace(library: string, copy: string): Promise<CopyPlace> {
  const place = await look(library, copy, false);
  if (place !== 'unmarked') return place;
  // One after the other: two that look at a new disk at once would each mark it, and neither know it again.
  const mine = marking.then(() => look(library, copy, true));
  marking = mine;
  const marked = await mine;
  return marked === 'unmarked' ? refused('copy-missing-marker') : marked;
}

let marking: Promise<unknown> = Promise.resolve();

/** `unmarked`: all is well, but a marker has to be written first. Never rejects. */
async function look(library: string, copy: string, mayMark: boolean): Promise<CopyPlace | 'unmarked'> {
  try {
    // Not made when it is missing: then the disk on which somebody made it is not there.
    await stat(copy);
    await mkdir(library, { recursive: true, mode: 0o750 });
    if ((await holds(library, copy)) || (await holds(copy, library))) return refused('copy-same-folder');
    const [marker, remembered] = [await readMarker(copy), await readMarker(library)];
    if (marker === null && remembered !== null) return refused('copy-missing-marker');
    if (marker !== null && remembered !== null && marker !== remembered) return refused('copy-other-disk');
    if (marker === null && !(await isEmpty(copy))) return refused('copy-not-empty');
    if (!mayMark && (marker === null || remembered === null)) return 'unmarked';
    const id = marker ?? randomUUID();
    // The copy first: when we are stopped in between, the marker is found there and remembered next time.
    if (marker === null) await writeMarker(copy, id);
    if (remembered === null) await writeMarker(library, id);
    const isSameDisk = (await stat(copy)).dev === (await stat(library)).dev;
    return { state: 'ready', id, isSameDisk };
  } catch (failure) {
    return { state: 'unreachable', trouble: troubleOf(failure) };
  }
}

function refused(code: 'copy-same-folder' | 'copy-missing-marker' | 'copy-other-disk' | 'copy-not-empty') {
  return { state: 'unreachable', trouble: soundTrouble(code) } as const;
}

/** By device and inode: two paths of one folder (a link, a second mount of it) look different as text. */
async function holds(outer: string, inner: string): Promise<boolean> {
  const { dev, ino } = await stat(outer);
  for (let at = await realpath(inner); ; at = dirname(at)) {
    const found = await stat(at);
    if (found.dev === dev && found.ino === ino) return true;
    if (at === dirname(at)) return false;
  }
}

async function isEmpty(folder: string): Promise<boolean> {
  // A fresh ext4 disk is not quite empty.
  return (await readdir(folder)).every((name) => name === 'lost+found');
}

/** Null when there is none. Whatever else stands in the file is an id that no copy has. */
async function readMarker(folder: string): Promise<string | null> {
  try {
    return (await readFile(join(folder, MARKER_FILE), 'utf8')).trim();
  } catch (failure) {
    if (codeOf(failure) === 'ENOENT') return null;
    throw failure;
  }
}

async function writeMarker(folder: string, id: string): Promise<void> {
  await writeDurably(join(folder, MARKER_FILE), lines(id), () => Promise.resolve());
}

async function* lines(id: string): AsyncGenerator<Uint8Array, void, undefined> {
  yield Buffer.from(`${id}\n`);
}
