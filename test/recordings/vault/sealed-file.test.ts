import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { CHUNK_BYTES, HEADER_BYTES } from '../../../src/recordings/vault/sealed-file.ts';
import { createSealingKeys, NO_KEYS } from '../../../src/recordings/vault/sealing-key.ts';
import { createSoundFolder, type SoundFolder } from '../../../src/recordings/vault/sound-folder.ts';
import { seeded } from '../../support/seeded.ts';
import {
  content,
  FIRST_MASTER,
  KEYS,
  pieces,
  readAll,
  recordingId,
  SECOND_MASTER,
  sha256Of,
} from './sounds.ts';
import { temporaryFolder } from './temporary-folder.ts';

const ID = recordingId(1);
const FILE = `2026/11/23/${ID}.wav`;
const STORED_CHUNK = CHUNK_BYTES + 16;
const LENGTHS = [0, 1, 43, 44, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 200_000];

function sealedFolder(root = temporaryFolder()): SoundFolder {
  return createSoundFolder(root, KEYS);
}

async function partOf(folder: SoundFolder, start: number, end: number): Promise<Buffer> {
  const sound = await folder.open(FILE);
  if (sound === null) throw new Error('is not there');
  return buffer(sound.stream(start, end));
}

describe('a sealed file', () => {
  it.each(LENGTHS)(
    'of %i bytes comes back whole, and its plain bytes are nowhere on the disk',
    async (bytes) => {
      const folder = sealedFolder();
      const plain = content(bytes);
      expect(await folder.keepStream(ID, 'wav', pieces(plain))).toEqual({
        file: FILE,
        bytes,
        sha256: sha256Of(plain),
      });
      expect((await folder.open(FILE))?.bytes).toBe(bytes);
      expect((await readAll(folder, FILE))?.equals(plain)).toBe(true);
      const stored = readFileSync(join(folder.root, FILE));
      expect(stored).toHaveLength(HEADER_BYTES + bytes + 16 * Math.max(1, Math.ceil(bytes / CHUNK_BYTES)));
      if (bytes > 40) expect(stored.includes(plain.subarray(0, 40))).toBe(false);
      expect(await folder.digest(FILE)).toMatchObject({
        state: 'read',
        isSealed: true,
        sha256: sha256Of(plain),
      });
    },
  );

  it('has other bytes each time it is kept, though its content is the same', async () => {
    const folder = sealedFolder();
    await folder.keepStream(ID, 'wav', pieces(content(1_000)));
    const first = readFileSync(join(folder.root, FILE));
    await folder.keepStream(ID, 'wav', pieces(content(1_000)));
    const second = readFileSync(join(folder.root, FILE));
    expect(second.subarray(HEADER_BYTES).equals(first.subarray(HEADER_BYTES))).toBe(false);
  });

  it('is read from any byte to any byte, over every border of a chunk', async () => {
    const folder = sealedFolder();
    const plain = content(4 * CHUNK_BYTES + 777);
    await folder.keepStream(ID, 'wav', pieces(plain));
    const chance = seeded('sealed-file');
    const borders = [1, 2, 3, 4].flatMap((n) =>
      [-1, 0, 1].flatMap((from) =>
        [0, 1, 2].map((length) => [n * CHUNK_BYTES + from, n * CHUNK_BYTES + from + length] as const),
      ),
    );
    const random = Array.from({ length: 200 }, () => {
      const start = chance.below(plain.length);
      return [start, chance.between(start, plain.length - 1)] as const;
    });
    for (const [start, end] of [...borders, ...random, [0, plain.length + 99] as const]) {
      const got = await partOf(folder, start, end);
      expect(got.equals(plain.subarray(start, end + 1)), `${start}-${end}`).toBe(true);
    }
  });
});

describe('whoever changes a sealed file is found out:', () => {
  const plain = content(3 * CHUNK_BYTES + 100);

  async function afterChange(change: (path: string, folder: SoundFolder) => void | Promise<void>) {
    const folder = sealedFolder();
    await folder.keepStream(ID, 'wav', pieces(plain));
    await change(join(folder.root, FILE), folder);
    const digest = await folder.digest(FILE);
    return digest.state === 'unreadable' ? digest.trouble.code : digest.state;
  }

  function flip(at: (length: number) => number) {
    return (path: string) => {
      const stored = readFileSync(path);
      const place = at(stored.length);
      stored[place] = (stored[place] ?? 0) ^ 1;
      writeFileSync(path, stored);
    };
  }

  it.each([
    ['the salt', flip(() => 20), 'sound-altered'],
    ['the zeros of the header', flip(() => 60), 'sound-altered'],
    ['the id of the key', flip(() => 12), 'sound-key-unknown'],
    ['the form', flip(() => 8), 'read'],
    ['the size of the chunks', flip(() => 9), 'sound-newer-form'],
    ['a byte of the first chunk', flip(() => HEADER_BYTES), 'sound-altered'],
    ['a byte in the middle', flip(() => HEADER_BYTES + STORED_CHUNK + 5), 'sound-altered'],
    ['a tag', flip(() => HEADER_BYTES + STORED_CHUNK - 1), 'sound-altered'],
    ['the last byte', flip((length) => length - 1), 'sound-altered'],
  ])('%s', async (_, change, code) => {
    // A file that says it is plain is taken as plain: then its digest is not the one that was kept.
    expect(await afterChange(change)).toBe(code);
  });

  it.each([
    ['in its header', 30, 'sound-cut-short'],
    ['behind its header', HEADER_BYTES, 'sound-cut-short'],
    ['in the tag of a chunk', HEADER_BYTES + STORED_CHUNK + 9, 'sound-cut-short'],
    ['between two chunks', HEADER_BYTES + 2 * STORED_CHUNK, 'sound-cut-short'],
    ['in a chunk', HEADER_BYTES + STORED_CHUNK + 5_000, 'sound-altered'],
  ])('somebody cuts it %s', async (_, length, code) => {
    expect(await afterChange((path) => truncateSync(path, length))).toBe(code);
  });

  it('two chunks change places', async () => {
    const swapped = await afterChange((path) => {
      const stored = readFileSync(path);
      const first = HEADER_BYTES;
      const second = HEADER_BYTES + STORED_CHUNK;
      const one = Buffer.from(stored.subarray(first, second));
      stored.copy(stored, first, second, second + STORED_CHUNK);
      one.copy(stored, second);
      writeFileSync(path, stored);
    });
    expect(swapped).toBe('sound-altered');
  });

  it('a chunk comes from another file, or the whole file does', async () => {
    const other = `2026/11/23/${ID}.caller.wav`;
    const fromOther = (whole: boolean) => async (path: string, folder: SoundFolder) => {
      await folder.keepStream(ID, 'caller.wav', pieces(content(plain.length, 5)));
      if (whole) return copyFileSync(join(folder.root, other), path);
      const stored = readFileSync(path);
      readFileSync(join(folder.root, other)).copy(
        stored,
        HEADER_BYTES,
        HEADER_BYTES,
        HEADER_BYTES + STORED_CHUNK,
      );
      return writeFileSync(path, stored);
    };
    expect(await afterChange(fromOther(false))).toBe('sound-altered');
    expect(await afterChange(fromOther(true))).toBe('sound-altered');
  });

  it('and an untouched chunk before the change is still read', async () => {
    const folder = sealedFolder();
    await folder.keepStream(ID, 'wav', pieces(plain));
    flip(() => HEADER_BYTES + STORED_CHUNK + 5)(join(folder.root, FILE));
    expect((await partOf(folder, 0, 99)).equals(plain.subarray(0, 100))).toBe(true);
    await expect(partOf(folder, 0, CHUNK_BYTES)).rejects.toMatchObject({ code: 'sound-altered' });
  });
});

describe('keys', () => {
  const withKeys = (root: string, ...masters: readonly Buffer[]) =>
    createSoundFolder(root, createSealingKeys(masters));

  it('of before still open when a new one seals', async () => {
    const root = temporaryFolder();
    await withKeys(root, FIRST_MASTER).keepStream(ID, 'wav', pieces(content(100)));
    const both = withKeys(root, SECOND_MASTER, FIRST_MASTER);
    await both.keepStream(ID, 'opus', pieces(content(100)));
    expect(await readAll(both, FILE)).toEqual(content(100));
    const onlyNew = withKeys(root, SECOND_MASTER);
    expect(await readAll(onlyNew, `2026/11/23/${ID}.opus`)).toEqual(content(100));
    await expect(onlyNew.open(FILE)).rejects.toMatchObject({
      code: 'sound-key-unknown',
      trouble: { zh: expect.stringContaining('storage.encryption') as string },
    });
  });

  it('are not needed for what was kept before there were any', async () => {
    const root = temporaryFolder();
    await createSoundFolder(root, NO_KEYS).keepStream(ID, 'wav', pieces(content(70_000)));
    expect(readFileSync(join(root, FILE)).equals(content(70_000))).toBe(true);
    expect(await readAll(withKeys(root, FIRST_MASTER), FILE)).toEqual(content(70_000));
  });

  it('cannot be asked for by plain content that begins like a sealed file', async () => {
    const root = temporaryFolder();
    await withKeys(root, FIRST_MASTER).keepStream(ID, 'bin', pieces(content(100)));
    const hostile = readFileSync(join(root, `2026/11/23/${ID}.bin`));
    const plain = createSoundFolder(root, NO_KEYS);
    await plain.keepStream(ID, 'wav', pieces(hostile, 3));
    expect(await readAll(plain, FILE)).toEqual(hostile);
    expect(await plain.digest(FILE)).toMatchObject({ isSealed: false, sha256: sha256Of(hostile) });
  });

  it.each([0, 16, 31, 33])('of %i bytes are refused', (bytes) => {
    expect(() => createSealingKeys([Buffer.alloc(bytes)])).toThrow('a key has 32 bytes');
  });
});
