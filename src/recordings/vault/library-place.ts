/**
 * Whether the recordings folder is really the one that holds our sound. A mount that is gone leaves an empty folder behind:
 * sound would be kept under it, hidden as soon as the disk is back, and a destruction would find nothing and call itself
 * done. So the folder carries a marker, and the store knows whether there ever was sound in it.
 */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../inside-base.ts';
import { writeDurably } from './durable-file.ts';
import { entriesOf } from './sound-inventory.ts';
import { type SoundTrouble, soundTrouble, troubleOf } from './sound-trouble.ts';

/** A person who has changed the disk, and has no second copy to restore from, makes it by hand: what is in it is not read. */
const MARKER_FILE = 'dutyline-recordings.id';

/** Asks the store whether sound was ever kept. */
export type WasUsed = () => Promise<boolean>;

/** For a folder that begins anew by a person's word, or where no store knows of it. */
export const NEVER_USED: WasUsed = () => Promise.resolve(false);

/** Why nothing may be written or destroyed below `root` now; null: all is well. Rejects only when `wasUsed` does. */
export async function troubleOfLibrary(root: string, wasUsed: WasUsed): Promise<SoundTrouble | null> {
  try {
    // One of before there was a marker has the folders of its years.
    if ((await isMarked(root)) || (await holdsYears(root))) return null;
  } catch (failure) {
    return troubleOf(failure);
  }
  // Beside the `try`: a database that is away has the system's own errors too, and says nothing of the disk.
  return (await wasUsed()) ? soundTrouble('library-missing-marker') : null;
}

/** Marks the folder, which is made when there is none. Only for one that `troubleOfLibrary` says nothing of. */
export async function markLibrary(root: string): Promise<void> {
  if (await isMarked(root)) return;
  await writeDurably(join(root, MARKER_FILE), sentence(), () => Promise.resolve());
}

async function isMarked(root: string): Promise<boolean> {
  try {
    await lstat(join(root, MARKER_FILE));
    return true;
  } catch (failure) {
    if (codeOf(failure) === 'ENOENT') return false;
    throw failure;
  }
}

async function holdsYears(root: string): Promise<boolean> {
  return (await entriesOf(root)).some((entry) => entry.isDirectory() && /^\d{4}$/.test(entry.name));
}

async function* sentence(): AsyncGenerator<Uint8Array, void, undefined> {
  yield Buffer.from(
    'This is the recordings folder of DutyLine. Without this file its disk counts as not mounted.\n',
  );
}
