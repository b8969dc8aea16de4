/**
 * The sound that is ours: copies of what the PBX recorded, `YYYY/MM/DD/<recording id>.<ending>` below the recordings
 * folder (UTC day of the id). A caller's text is in no name here.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { codeOf } from './inside-base.ts';
import { readWavHeader, WAV_HEAD_BYTES } from './wav-header.ts';

/** What a finished copy is. */
export interface KeptSound {
  /** Relative to the recordings folder. */
  readonly file: string;
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

interface OpenedSound {
  readonly bytes: number;
  readonly contentType: string;
  /** The bytes from `start` to `end`, both included. The reader must consume or destroy it. */
  stream(start: number, end: number): Readable;
}

export interface RecordingLibrary {
  /** What is kept of this recording already, read again from the disk; null when nothing is. */
  find(recording: string, ending: string): Promise<KeptSound | null>;
  /** Copies, makes durable, and only then gives the file its name. A second call finds the first one's work. */
  keep(sound: SoundToKeep): Promise<KeptSound>;
  /** Opens a file by the relative name a `KeptSound` gave; null when there is no such file. Refuses every other shape. */
  open(file: string): Promise<OpenedSound | null>;
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const FILE = /^\d{4}\/\d{2}\/\d{2}\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.[A-Za-z0-9]{1,8}){1,2}$/;
const STEP = 256 * 1024;

/** `folder` is the recordings folder; it is made when the first sound is kept. */
export function createRecordingLibrary(folder: string): RecordingLibrary {
  async function find(recording: string, ending: string): Promise<KeptSound | null> {
    const file = fileOf(recording, ending);
    const handle = await openIfThere(join(folder, file));
    if (handle === null) return null;
    try {
      return { file, ...(await describe(handle)) };
    } finally {
      await handle.close();
    }
  }

  return {
    find,
    async keep(sound) {
      const kept = await find(sound.recording, sound.ending);
      if (kept !== null) return kept;
      const path = join(folder, fileOf(sound.recording, sound.ending));
      await mkdir(dirname(path), { recursive: true, mode: 0o750 });
      const part = `${path}.${randomBytes(6).toString('hex')}.part`;
      try {
        await copy(sound, part);
        await rename(part, path);
        await syncFolder(dirname(path));
      } finally {
        await rm(part, { force: true });
      }
      const made = await find(sound.recording, sound.ending);
      if (made === null) throw new Error(`recording ${sound.recording} vanished while it was kept`);
      return made;
    },
    async open(file) {
      if (!FILE.test(file)) return null;
      const path = join(folder, file);
      const bytes = await stat(path).then(
        (found) => (found.isFile() ? found.size : null),
        (failure: unknown) => absenceOrThrow(failure),
      );
      if (bytes === null) return null;
      return {
        bytes,
        contentType: contentTypeOf(file),
        stream: (start, end) => createReadStream(path, { start, end }),
      };
    },
  };
}

function fileOf(recording: string, ending: string): string {
  if (!ID.test(recording) || !/^[A-Za-z0-9]{1,8}(\.[A-Za-z0-9]{1,8})?$/.test(ending))
    throw new Error(`no file name for ${recording}.${ending}`);
  const madeAt = Number.parseInt(recording.replace('-', '').slice(0, 12), 16);
  return `${new Date(madeAt).toISOString().slice(0, 10).replaceAll('-', '/')}/${recording}.${ending}`;
}

async function copy(sound: SoundToKeep, path: string): Promise<void> {
  const to = await open(path, 'wx', 0o640);
  try {
    await to.write(sound.header);
    const buffer = Buffer.alloc(STEP);
    for (let done = 0; done < sound.bytes; ) {
      const { bytesRead } = await sound.from.read(
        buffer,
        0,
        Math.min(STEP, sound.bytes - done),
        sound.fromByte + done,
      );
      if (bytesRead === 0) throw new Error('the PBX cut its file short while it was copied');
      await to.write(buffer, 0, bytesRead);
      done += bytesRead;
    }
    await to.sync();
  } finally {
    await to.close();
  }
}

async function describe(handle: FileHandle): Promise<Omit<KeptSound, 'file'>> {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(STEP);
  let head: Uint8Array = new Uint8Array();
  let bytes = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, STEP, bytes);
    if (bytesRead === 0) break;
    if (bytes === 0) head = Uint8Array.from(buffer.subarray(0, Math.min(bytesRead, WAV_HEAD_BYTES)));
    hash.update(buffer.subarray(0, bytesRead));
    bytes += bytesRead;
  }
  const reading = readWavHeader(head, bytes);
  return { bytes, seconds: reading.kind === 'sound' ? reading.seconds : 0, sha256: hash.digest('hex') };
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  return open(path, 'r').catch((failure: unknown) => absenceOrThrow(failure));
}

function absenceOrThrow(failure: unknown): null {
  if (codeOf(failure) === 'ENOENT') return null;
  throw failure;
}

/** A new name is durable only when its folder is: else a power cut loses the file that was reported as kept. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function contentTypeOf(file: string): string {
  return /\.wav$/i.test(file) ? 'audio/wav' : 'application/octet-stream';
}
