/** How much room the disk of a folder has. */
import { statfs } from 'node:fs/promises';
import { type SoundTrouble, troubleOf } from './sound-trouble.ts';

export type DiskRoom =
  | {
      readonly state: 'known';
      /** What we may still write: without what the system keeps for root. */
      readonly freeBytes: number;
      readonly totalBytes: number;
    }
  | { readonly state: 'unreachable'; readonly trouble: SoundTrouble };

/** Never rejects for disk or mount. */
export async function roomOn(folder: string): Promise<DiskRoom> {
  try {
    const { bsize, bavail, blocks } = await statfs(folder, { bigint: true });
    return {
      state: 'known',
      freeBytes: Number(bavail * bsize),
      totalBytes: Number(blocks * bsize),
    };
  } catch (failure) {
    return { state: 'unreachable', trouble: troubleOf(failure) };
  }
}
