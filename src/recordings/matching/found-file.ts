/** A file of sound on the PBX, and where it stands below the PBX's folder. No I/O. */
import { posix } from 'node:path';
import type { PbxFolder } from '../inside-base.ts';
import { withoutEnding } from './file-name.ts';

/** One look at a file. */
export interface FoundFile {
  /** Relative to the base folder, with `/`: hostile. */
  readonly path: string;
  readonly bytes: number;
  /** Integer ms, by the clock of the machine that holds the file. */
  readonly mtimeMs: number;
}

/** The path as the PBX would name it. */
export function onPbx(base: PbxFolder, path: string): string {
  return posix.join(base.onPbx, path);
}

/**
 * What is the same sound: the same path whatever its ending (a PBX converts its files after the call), and for the two
 * sides of a talk that our own recorder has written the talk.
 */
export function soundKey(path: string): string {
  return withoutEnding(path).replace(/(\/|^)(\d+\.\d+-\d{13})-(?:caller|desk)$/, '$1$2');
}

/** Asterisk's header without a sample: 44 bytes, 60 in wav49. FreePBX leaves one for every call that nobody answered. */
export function isEmptySound({ path, bytes }: Pick<FoundFile, 'path' | 'bytes'>): boolean {
  return bytes <= (path.endsWith('.WAV') ? 60 : 44);
}
