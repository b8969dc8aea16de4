/** PURE. Which files are of a window of time: what lay there for years is left alone. */
import { readSoundName, type SoundName } from './file-name.ts';
import type { FoundFile } from './found-file.ts';
import type { WallClock } from './wall-clock.ts';

export interface FileWindowGiven {
  readonly clock: WallClock;
  /** How a stand-alone recorder names its files; undefined: by the PBX's own names. */
  readonly readName?: ((path: string) => SoundName | null) | undefined;
  /** Integer ms UTC, `to` not included. */
  readonly from: number;
  readonly to: number;
}

export interface FileWindow {
  read(path: string): SoundName;
  /** `name` is what `read` says of the file's path. */
  isInWindow(file: FoundFile, name: SoundName): boolean;
}

/** A file is of the time its name says, else of the channel in its name, else of its last write. */
export function createFileWindow({ clock, readName, from, to }: FileWindowGiven): FileWindow {
  return {
    read: (path) => readName?.(path) ?? readSoundName(path),
    isInWindow(file, name) {
      const at = momentOf(file, name, clock);
      return at >= from && at < to;
    },
  };
}

function momentOf(file: FoundFile, name: SoundName, clock: WallClock): number {
  if (name.wall !== null) return clock.momentsOf(name.wall)[0] ?? file.mtimeMs;
  const seconds = /(\d{9,11})\.\d+$/.exec(name.uniqueid ?? '')?.[1];
  return seconds === undefined ? file.mtimeMs : Number(seconds) * 1_000;
}
