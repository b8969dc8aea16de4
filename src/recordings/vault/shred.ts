/**
 * The end of everything that one folder holds of a recording: original, copies made from it, files put aside, files half
 * written. Writing over the sound would prove nothing: flash and copy-on-write disks keep the old blocks. What is written
 * over is the salt of a sealed file: without it no key opens what is left of the file, the master key included. Where the
 * disk keeps the old block of the salt too, that is as good as deleting, and no better.
 */
import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../inside-base.ts';
import { syncFolder, unlinkDurably } from './durable-file.ts';
import { HEADER_BYTES, saltOf } from './sealed-file.ts';
import { entriesOf } from './sound-inventory.ts';
import { dayFolderOf } from './sound-name.ts';
import { type SoundTrouble, troubleOf } from './sound-trouble.ts';

/** How many files went; `saltless`: of these, how many were sealed and had their salt written over. */
export interface Shredded {
  readonly files: number;
  readonly saltless: number;
}

export type Shredding =
  | { readonly state: 'done'; readonly shredded: Shredded }
  /** Something may be left: to be tried again. */
  | { readonly state: 'unreachable'; readonly trouble: SoundTrouble };

/**
 * Deletes every file of this recording below `root`, durably. Harmless when repeated: then there is nothing left. A root
 * that is not there is `unreachable`, not done. Never rejects for disk or mount.
 */
export async function shredRecording(root: string, recording: string): Promise<Shredding> {
  try {
    await stat(root);
    const folder = join(root, dayFolderOf(recording));
    let files = 0;
    let saltless = 0;
    for (const entry of await entriesOf(folder)) {
      if (!entry.name.startsWith(`${recording}.`)) continue;
      const path = join(folder, entry.name);
      if (entry.isFile() && (await wipeSalt(path))) saltless += 1;
      if (await unlinkDurably(path)) files += 1;
    }
    // An earlier try may have been killed between the last deletion and its folder's sync.
    await syncFolder(folder).catch(absence);
    return { state: 'done', shredded: { files, saltless } };
  } catch (failure) {
    return { state: 'unreachable', trouble: troubleOf(failure) };
  }
}

/** False when the file has no salt, or cannot be written to: it is deleted all the same. */
async function wipeSalt(path: string): Promise<boolean> {
  try {
    const handle = await open(path, constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const header = Buffer.alloc(HEADER_BYTES);
      await handle.read(header, 0, HEADER_BYTES, 0);
      const salt = saltOf(header);
      if (salt === null) return false;
      const { bytesWritten } = await handle.write(Buffer.alloc(salt.bytes), 0, salt.bytes, salt.at);
      await handle.sync();
      return bytesWritten === salt.bytes;
    } finally {
      await handle.close();
    }
  } catch (failure) {
    troubleOf(failure);
    return false;
  }
}

function absence(failure: unknown): void {
  if (codeOf(failure) !== 'ENOENT') throw failure;
}
