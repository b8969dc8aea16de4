/**
 * Brings a distant file here. What broke off goes on where it stopped: the name of the part says of which file, length and
 * time it is, so that a file which is another one by now begins anew. Two that fetch the same file write the same bytes
 * into the same places, and each keeps its own handle: they do each other no harm.
 */
import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DistantFile } from './sftp.ts';
import { SftpFailure, sftpTrouble } from './sftp-trouble.ts';
import { roomOn } from './vault/disk.ts';
import { SoundFailure } from './vault/sound-trouble.ts';

export interface FileToFetch {
  readonly file: Pick<DistantFile, 'read' | 'stat'>;
  /** Its path there, which names the part here. */
  readonly path: string;
  readonly bytes: number;
  readonly mtimeMs: number;
}

export interface FetchedFile {
  /** Open for reading, to be closed by whoever fetched it. */
  readonly handle: FileHandle;
  /** Of what arrived, and of what the disk gives back. */
  readonly sha256: string;
  /** How many bytes were here already. */
  readonly resumedAt: number;
  /** Takes the part away: what was fetched is kept elsewhere now. */
  remove(): Promise<void>;
}

/** No WAV is longer; what has no header comes nowhere near it. */
const LONGEST_BYTES = 2 ** 32;
/** What every server answers in one piece, and how many are asked for at once. */
const PIECE = 32 * 1024;
const AT_ONCE = 16;
/** So much of the part's end is compared again: after a power cut a file's length may be true and its end not. */
const COMPARED_BYTES = 64 * 1024;
/** Left free on the disk, so that fetching never takes what the database needs. */
const RESERVE_BYTES = 200e6;
/** A part nobody came back for in so long: its file is gone, or another one by now. */
const STALE_MS = 2 * 86_400_000;

/**
 * Fetches all of it into `folder`, which is made (0700). Rejects with `SftpFailure` (`sftp-lost`, `sftp-file-changed`,
 * `sftp-file-too-long`), `SoundFailure` (disk full, disk untrue) or a system's error; the part then stays, unless the file
 * has changed.
 */
export async function fetchFile(wanted: FileToFetch, folder: string): Promise<FetchedFile> {
  const { bytes, mtimeMs, file } = wanted;
  if (bytes > LONGEST_BYTES) throw new SftpFailure(sftpTrouble('sftp-file-too-long', `${bytes} B`));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = `${createHash('sha256').update(wanted.path).digest('hex').slice(0, 32)}-`;
  const own = `${name}${bytes}-${mtimeMs}.part`;
  await sweep(folder, name, own);
  const part = join(folder, own);
  const handle = await open(part, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  const remove = () => rm(part, { force: true });
  try {
    const resumedAt = await agreedBytes(handle, wanted);
    const room = await roomOn(folder);
    if (room.state === 'known' && room.freeBytes < bytes - resumedAt + RESERVE_BYTES)
      throw new SoundFailure('sound-disk-full', folder);
    const hash = createHash('sha256');
    await hashOf(handle, resumedAt, hash);
    let at = resumedAt;
    for await (const piece of piecesFrom(wanted, resumedAt)) {
      hash.update(piece);
      await handle.write(piece, 0, piece.length, at);
      at += piece.length;
    }
    const now = await file.stat();
    if (at !== bytes || now.size !== bytes || now.mtimeMs !== mtimeMs) {
      await remove();
      throw new SftpFailure(sftpTrouble('sftp-file-changed'));
    }
    const sha256 = hash.digest('hex');
    if ((await hashOf(handle, bytes, createHash('sha256'))).digest('hex') !== sha256) {
      await remove();
      throw new SoundFailure('sound-write-untrue', folder);
    }
    return { handle, sha256, resumedAt, remove };
  } catch (failure) {
    await handle.close();
    throw failure;
  }
}

/** How much of the part may stand: all of it, when its end is what the file there has in that place. */
async function agreedBytes(handle: FileHandle, { file, bytes }: FileToFetch): Promise<number> {
  const here = Math.min((await handle.stat()).size, bytes);
  const from = Math.max(0, here - COMPARED_BYTES);
  const ours = Buffer.alloc(here - from);
  await handle.read(ours, 0, ours.length, from);
  const isSame = ours.equals(await file.read(from, ours.length));
  // Longer than the file, or of other bytes: another power cut than we know how to mend.
  await handle.truncate(isSame ? here : 0);
  return isSame ? here : 0;
}

/** In their order, several on their way at any time. Ends early where the file does. */
async function* piecesFrom(
  { file, bytes }: FileToFetch,
  start: number,
): AsyncGenerator<Buffer, void, undefined> {
  const onTheirWay: Promise<Buffer>[] = [];
  let next = start;
  const ask = () => {
    const length = Math.min(PIECE, bytes - next);
    const piece = file.read(next, length);
    // Awaited in its turn; one that fails before must not count as unheard of.
    piece.catch(() => undefined);
    onTheirWay.push(piece);
    next += length;
  };
  while (next < bytes && onTheirWay.length < AT_ONCE) ask();
  for (let piece = onTheirWay.shift(); piece !== undefined; piece = onTheirWay.shift()) {
    yield await piece;
    if (next < bytes) ask();
  }
}

async function hashOf(handle: FileHandle, bytes: number, hash: Hash): Promise<Hash> {
  const buffer = Buffer.alloc(PIECE * AT_ONCE);
  for (let at = 0; at < bytes; ) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, bytes - at), at);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
  return hash;
}

/** Parts of what this file was before, and those nobody came back for. */
async function sweep(folder: string, name: string, own: string): Promise<void> {
  const others = (await readdir(folder)).filter((one) => one.endsWith('.part') && one !== own);
  for (const one of others) {
    const path = join(folder, one);
    if (one.startsWith(name) || (await ageOf(path)) > STALE_MS) await rm(path, { force: true });
  }
}

/** In ms; 0 when somebody has taken it away meanwhile. */
function ageOf(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
}
