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

/** A side, with the name of its talk: of our own recorder, then of our snippet, whose Uniqueid has the system name. */
const SIDE = /(\/|^)(\d+\.\d+-\d{13}|(?:[A-Za-z0-9_.-]{1,80}-)?\d{9,11}\.\d{1,10})-(?:caller|desk)$/;

/**
 * What is the same sound: the same path whatever its ending (a PBX converts its files after the call), and for the two
 * sides of a talk that our own recorder or our snippet has written the talk.
 */
export function soundKey(path: string): string {
  return withoutEnding(path).replace(SIDE, '$1$2');
}

/** Asterisk's header without a sample: 44 bytes, 60 in wav49. FreePBX leaves one for every call that nobody answered. */
export function isEmptySound({ path, bytes }: Pick<FoundFile, 'path' | 'bytes'>): boolean {
  return bytes <= (path.endsWith('.WAV') ? 60 : 44);
}
