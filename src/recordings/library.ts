/**
 * The sound that is ours: copies of what the PBX recorded, and what was made from them, `YYYY/MM/DD/<recording id>.<ending>`
 * below the recordings folder. A caller's text is in no name here.
 */
import type { FileHandle } from 'node:fs/promises';
import { markLibrary, NEVER_USED, troubleOfLibrary, type WasUsed } from './vault/library-place.ts';
import { NO_KEYS, type SealingKeys } from './vault/sealing-key.ts';
import { type Shredding, shredRecording } from './vault/shred.ts';
import { createSoundFolder, type SoundFolder } from './vault/sound-folder.ts';
import { soundFileOf } from './vault/sound-name.ts';
import { SoundFailure, type SoundTrouble } from './vault/sound-trouble.ts';
import { readWavHeader, WAV_HEAD_BYTES } from './wav-header.ts';

/** What a finished copy is. */
export interface KeptSound {
  /** Relative to the recordings folder. */
  readonly file: string;
  /** Of the plain content, as the digest is, whether or not it is encrypted where it lies. */
  readonly bytes: number;
  /** 0 when the file is not a WAV whose length can be read. */
  readonly seconds: number;
  readonly sha256: string;
}

interface SoundToKeep {
  readonly recording: string;
  /** `wav`, `gsm` …: letters and digits. */
  readonly ending: string;
  /** Bytes that go before what is read from `from`: the mended header, or nothing. */
  readonly header: Uint8Array;
  readonly from: FileHandle;
  readonly fromByte: number;
  readonly bytes: number;
}

export interface RecordingLibrary extends SoundFolder {
  /** What is kept of this recording already, read again from the disk; null when nothing is. */
  find(recording: string, ending: string): Promise<KeptSound | null>;
  /** Copies, makes durable, and only then gives the file its name. A second call finds the first one's work. */
  keep(sound: SoundToKeep): Promise<KeptSound>;
  /** Why nothing is written or destroyed now: its disk is not there. Null: all is well. Rejects when the store fails. */
  trouble(): Promise<SoundTrouble | null>;
  /** Destroys every file of a recording; that none was found counts only where the disk is there. */
  shred(recording: string): Promise<Shredding>;
}

const STEP = 256 * 1024;

/** `folder` is the recordings folder; it is made when the first sound is kept. Without keys nothing is encrypted. */
export function createRecordingLibrary(
  folder: string,
  keys: SealingKeys = NO_KEYS,
  wasUsed: WasUsed = NEVER_USED,
): RecordingLibrary {
  const sounds = createSoundFolder(folder, keys);
  const trouble = () => troubleOfLibrary(folder, wasUsed);

  const keepStream: RecordingLibrary['keepStream'] = async (...sound) => {
    const away = await trouble();
    if (away !== null) throw new SoundFailure(away.code);
    await markLibrary(folder);
    return sounds.keepStream(...sound);
  };

  async function find(recording: string, ending: string): Promise<KeptSound | null> {
    const file = soundFileOf(recording, ending);
    const found = await sounds.digest(file);
    if (found.state === 'missing') return null;
    if (found.state === 'unreadable') throw new SoundFailure(found.trouble.code, file);
    const { bytes, sha256, head } = found;
    return { file, bytes, sha256, seconds: secondsOf(head, bytes) };
  }

  return {
    ...sounds,
    keepStream,
    find,
    trouble,
    async shred(recording) {
      const done = await shredRecording(folder, recording);
      if (done.state !== 'done' || done.shredded.files > 0) return done;
      const away = await trouble();
      return away === null ? done : { state: 'unreachable', trouble: away };
    },
    async keep(sound) {
      const kept = await find(sound.recording, sound.ending);
      if (kept !== null) return kept;
      const head: Uint8Array[] = [];
      const made = await keepStream(sound.recording, sound.ending, bytesOf(sound, head));
      return { ...made, seconds: secondsOf(Buffer.concat(head), made.bytes) };
    },
  };
}

function secondsOf(head: Uint8Array, bytes: number): number {
  const reading = readWavHeader(head.subarray(0, WAV_HEAD_BYTES), bytes);
  return reading.kind === 'sound' ? reading.seconds : 0;
}

/** What begins the file is put into `head` too. */
async function* bytesOf(sound: SoundToKeep, head: Uint8Array[]): AsyncGenerator<Uint8Array, void, undefined> {
  head.push(sound.header);
  yield sound.header;
  for (let done = 0; done < sound.bytes; ) {
    const buffer = Buffer.allocUnsafe(Math.min(STEP, sound.bytes - done));
    const { bytesRead } = await sound.from.read(buffer, 0, buffer.length, sound.fromByte + done);
    if (bytesRead === 0) throw new Error('the PBX cut its file short while it was copied');
    const piece = buffer.subarray(0, bytesRead);
    if (done < WAV_HEAD_BYTES) head.push(piece);
    yield piece;
    done += bytesRead;
  }
}
