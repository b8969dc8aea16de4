/** Files of one recording as they lie in the library, to be read from: the original, and the two legs beside it. */
import type { SoundFile } from './pcm-source.ts';
import type { SoundFolder } from './vault/sound-folder.ts';
import { soundFileOf } from './vault/sound-name.ts';

/** The two legs of the same talk, from the same moment on. */
export interface Sides {
  readonly caller: SoundFile;
  readonly room: SoundFile;
}

/** Null when there is no such file. Rejects with `SoundFailure` or the system's error when it cannot be read. */
export async function keptFile(folder: Pick<SoundFolder, 'open'>, file: string): Promise<SoundFile | null> {
  const opened = await folder.open(file);
  if (opened === null) return null;
  return {
    ending: file.slice(file.lastIndexOf('.') + 1),
    bytes: opened.bytes,
    stream: (start, end) => opened.stream(start, end),
  };
}

/** Null unless both legs were kept. Rejects as above. */
export async function keptSides(folder: Pick<SoundFolder, 'open'>, recording: string): Promise<Sides | null> {
  const [caller, room] = await Promise.all([
    keptFile(folder, soundFileOf(recording, 'caller.wav')),
    keptFile(folder, soundFileOf(recording, 'room.wav')),
  ]);
  return caller === null || room === null ? null : { caller, room };
}
