/** Where the files of a PBX are, whatever way leads there. Everything named here is only read. */
import type { FileHandle } from 'node:fs/promises';
import {
  type Located,
  locateRecording,
  lookAtRecording,
  openLocated,
  type PbxFolder,
  type RecordingBase,
} from './inside-base.ts';
import { type Scan, type ScanOptions, scanRecordings } from './matching/scan.ts';
import { WAV_HEAD_BYTES } from './wav-header.ts';

export interface RecordingPlace extends PbxFolder {
  /** Judges a path as the PBX reported it. Never rejects. */
  locate(reported: string): Promise<Located>;
  /** One look at a growing file: its length, null when it is not there, 'unreadable' when nobody can say. Never rejects. */
  look(reported: string): Promise<number | null | 'unreadable'>;
  /** Opens what was located, and closes it when `use` is done. Null: no plain file. Rejects with an error that has a `code`. */
  read<T>(path: string, use: (file: OpenedRecording) => Promise<T>): Promise<T | null>;
  /** A walk of the whole folder; nothing happens before its files are read. */
  walk(options: WalkOptions): Scan;
}

export type WalkOptions = Omit<ScanOptions, 'tree'>;

export interface OpenedRecording {
  /** Its length when it was opened. */
  readonly bytes: number;
  /** The first `WAV_HEAD_BYTES`, or all of a shorter one. */
  readonly head: Uint8Array;
  /**
   * Gives `use` a handle from which all of it can be read. What had to be fetched for that is removed when `use` resolves,
   * and stays for the next try when it rejects.
   */
  withContent<T>(use: (from: FileHandle) => Promise<T>): Promise<T>;
}

/** A folder this machine sees: its own, or a share. */
export function localPlace(base: RecordingBase): RecordingPlace {
  return {
    onPbx: base.onPbx,
    locate: (reported) => locateRecording(base, reported),
    look: (reported) => lookAtRecording(base, reported),
    async read(path, use) {
      const handle = await openLocated(path);
      if (handle === null) return null;
      try {
        const bytes = (await handle.stat()).size;
        const head = new Uint8Array(Math.min(bytes, WAV_HEAD_BYTES));
        await handle.read(head, 0, head.length, 0);
        return await use({ bytes, head, withContent: (whole) => whole(handle) });
      } finally {
        await handle.close();
      }
    },
    walk: (options) => scanRecordings(base.here, options),
  };
}
