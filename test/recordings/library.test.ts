import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRecordingLibrary } from '../../src/recordings/library.ts';
import { createSealingKeys, NO_KEYS } from '../../src/recordings/vault/sealing-key.ts';
import { KEYS, pieces, readAll, recordingId, sha256Of } from './vault/sounds.ts';
import { wavFile, wavHeader } from './wav-file.ts';

const ID = recordingId(1);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dutyline-library-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['plain', NO_KEYS],
  ['sealed', KEYS],
] as const)('a %s library', (_, keys) => {
  /** Keeps a file of the PBX, the first bytes replaced by `header`. */
  async function keep(bytes: Uint8Array, header = new Uint8Array(), claimed = bytes.length) {
    writeFileSync(join(folder, 'pbx.wav'), bytes);
    const from = await open(join(folder, 'pbx.wav'));
    const library = createRecordingLibrary(join(folder, 'recordings'), keys);
    try {
      const sound = { recording: ID, ending: 'wav', header, from };
      const kept = await library.keep({ ...sound, fromByte: header.length, bytes: claimed - header.length });
      return { library, kept };
    } finally {
      await from.close();
    }
  }

  it.each([
    ['of 3 s', wavFile(48_000), 3],
    ['of 0.1 s', wavFile(1_600), 0.1],
    ['of 44 bytes', wavFile(0), 0],
    ['that is no WAV', Buffer.from('random bytes named .wav'), 0],
    ['of nothing', new Uint8Array(), 0],
  ])('keeps a file %s with its length and digest, and finds it again', async (_name, bytes, seconds) => {
    const { library, kept } = await keep(bytes);
    const told = { file: `2026/11/23/${ID}.wav`, bytes: bytes.length, seconds, sha256: sha256Of(bytes) };
    expect(kept).toEqual(told);
    expect(await library.find(ID, 'wav')).toEqual(told);
    expect(await readAll(library, kept.file)).toEqual(Buffer.from(bytes));
    expect((await keep(Buffer.from('something else'))).kept).toEqual(told);
  });

  it('puts a mended header before the sound', async () => {
    const broken = wavFile(16_000, { riffSize: 0, dataSize: 0 });
    const { library, kept } = await keep(broken, wavHeader({ length: broken.length }));
    expect(kept).toMatchObject({ seconds: 1, sha256: sha256Of(wavFile(16_000)) });
    expect(await readAll(library, kept.file)).toEqual(Buffer.from(wavFile(16_000)));
  });

  it('keeps nothing of a file that the PBX cuts meanwhile', async () => {
    await expect(keep(wavFile(100), new Uint8Array(), 5_000)).rejects.toThrow('the PBX cut its file short');
    expect(readdirSync(join(folder, 'recordings/2026/11/23'))).toEqual([]);
  });
});

it('says that the key is unknown, not that there is no sound', async () => {
  const ours = createRecordingLibrary(folder, KEYS);
  await ours.keepStream(ID, 'wav', pieces(wavFile(100)));
  const theirs = createRecordingLibrary(folder, createSealingKeys([Buffer.alloc(32, 9)]));
  await expect(theirs.find(ID, 'wav')).rejects.toMatchObject({ code: 'sound-key-unknown' });
});
