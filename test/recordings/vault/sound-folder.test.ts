import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { createCheckedOpening } from '../../../src/recordings/vault/checked-open.ts';
import { NO_KEYS } from '../../../src/recordings/vault/sealing-key.ts';
import { createSoundFolder, type SoundFolder } from '../../../src/recordings/vault/sound-folder.ts';
import { contentTypeOf, readSoundFile, soundFileOf } from '../../../src/recordings/vault/sound-name.ts';
import { seeded } from '../../support/seeded.ts';
import { allOf, content, KEYS, pieces, readAll, recordingId, sha256Of } from './sounds.ts';
import { temporaryFolder } from './temporary-folder.ts';

const ID = recordingId(1);
const DAY = '2026/11/23';
const NOW = Date.UTC(2026, 10, 24);

describe('names', () => {
  it.each([
    ['wav', 'audio/wav'],
    ['WAV', 'audio/wav'],
    ['gsm', 'application/octet-stream'],
    ['opus', 'audio/ogg'],
    ['peaks', 'application/octet-stream'],
    ['caller.wav', 'audio/wav'],
    ['room.wav', 'audio/wav'],
  ])('with the ending %s are ours', (ending, contentType) => {
    const file = soundFileOf(ID, ending);
    expect(file).toBe(`${DAY}/${ID}.${ending}`);
    expect(readSoundFile(file)).toEqual({ recording: ID, ending });
    expect(contentTypeOf(file)).toBe(contentType);
  });

  const hostile = [
    '',
    ID,
    `${DAY}/${ID}`,
    `${DAY}/${ID}.`,
    `${ID}.wav`,
    `/${DAY}/${ID}.wav`,
    `../${DAY}/${ID}.wav`,
    `2026/11/24/${ID}.wav`,
    `${DAY}/../23/${ID}.wav`,
    `${DAY}/${ID}.a.b.wav`,
    `${DAY}/${ID}.123456789`,
    `${DAY}/${ID}.wav\n`,
    `${DAY}/${ID}.wav.0123456789ab.part`,
    `${DAY}/${ID}.wav.altered-20261123T000000000Z`,
    `${DAY}/${ID.toUpperCase()}.wav`,
    `+010889/08/02/ffffffff-ffff-7000-8000-000000000000.wav`,
    'dutyline-copy.id',
  ];
  it.each(hostile)('%j is none of ours: not opened, not read, not removed', async (file) => {
    const folder = createSoundFolder(temporaryFolder(), NO_KEYS);
    expect(readSoundFile(file)).toBe(null);
    expect(await folder.open(file)).toBe(null);
    expect(await folder.digest(file)).toEqual({ state: 'missing' });
    expect(await folder.remove(file)).toBe(false);
  });

  it.each([
    [ID, '../x'],
    [ID, ''],
    [ID, 'a.b.c'],
    ['../../etc/passwd', 'wav'],
    ['ffffffff-ffff-7000-8000-000000000000', 'wav'],
  ])('%s with %j cannot be made', (recording, ending) => {
    expect(() => soundFileOf(recording, ending)).toThrow(/^no file name for|is no id of a recording$/);
  });
});

describe.each([
  ['plain', NO_KEYS],
  ['sealed', KEYS],
] as const)('a %s folder', (_, keys) => {
  const filled = async (): Promise<SoundFolder> => {
    const folder = createSoundFolder(temporaryFolder(), keys);
    await folder.keepStream(ID, 'wav', pieces(content(44)));
    return folder;
  };

  it('replaces a file in one step, and keeps it when the new one breaks off', async () => {
    const folder = await filled();
    await folder.keepStream(ID, 'wav', pieces(content(90_000, 1)));
    const broken = async function* () {
      yield* pieces(content(90_000, 2));
      throw new Error('the source ended badly');
    };
    await expect(folder.keepStream(ID, 'wav', broken())).rejects.toThrow('the source ended badly');
    expect(await readAll(folder, `${DAY}/${ID}.wav`)).toEqual(content(90_000, 1));
    expect(readdirSync(join(folder.root, DAY))).toEqual([`${ID}.wav`]);
  });

  it('keeps what two writers bring at once whole', async () => {
    const folder = await filled();
    const versions = [1, 2, 3, 4].map((n) => content(300_000, n));
    await Promise.all(versions.map((bytes) => folder.keepStream(ID, 'wav', pieces(bytes))));
    const kept = await readAll(folder, `${DAY}/${ID}.wav`);
    expect(versions.some((bytes) => kept?.equals(bytes))).toBe(true);
  });

  it('tells what lies in it, also what the database knows nothing of', async () => {
    const folder = await filled();
    await folder.keepStream(ID, 'caller.wav', pieces(content(10)));
    await folder.putAside(`${DAY}/${ID}.caller.wav`, NOW);
    writeFileSync(join(folder.root, DAY, `${ID}.wav.0123456789ab.part`), 'half');
    writeFileSync(join(folder.root, DAY, 'holiday.jpg'), 'x');
    mkdirSync(join(folder.root, 'photos'));
    writeFileSync(join(folder.root, 'README.md'), 'x');
    const listed = await allOf(folder.list());
    expect(listed.map(({ kind, file }) => [kind, file])).toEqual([
      ['aside', `${DAY}/${ID}.caller.wav.altered-20261124T000000000Z`],
      ['sound', `${DAY}/${ID}.wav`],
      ['part', `${DAY}/${ID}.wav.0123456789ab.part`],
      ['stranger', `${DAY}/holiday.jpg`],
    ]);
    expect(listed[1]).toMatchObject({ recording: ID, ending: 'wav' });
    expect(await allOf(createSoundFolder(join(folder.root, 'none'), keys).list())).toEqual([]);
  });

  it('is swept of what was left half-written, not of what is being written', async () => {
    const folder = await filled();
    const old = join(folder.root, DAY, `${ID}.wav.0123456789ab.part`);
    writeFileSync(old, 'half');
    utimesSync(old, new Date(NOW - 7_200_000), new Date(NOW - 7_200_000));
    const fresh = join(folder.root, DAY, `${ID}.opus.0123456789ab.part`);
    writeFileSync(fresh, 'half');
    utimesSync(fresh, new Date(NOW), new Date(NOW));
    expect(await folder.sweep(NOW)).toBe(1);
    expect(readdirSync(join(folder.root, DAY)).toSorted()).toEqual(
      [`${ID}.opus.0123456789ab.part`, `${ID}.wav`].toSorted(),
    );
  });

  it('lets no file change under a player: the stream breaks off', async () => {
    const folder = await filled();
    const sound = await folder.open(`${DAY}/${ID}.wav`);
    await folder.keepStream(ID, 'wav', pieces(content(44, 9)));
    await expect(sound?.stream(0, 43).toArray()).rejects.toMatchObject({ code: 'sound-altered' });
  });

  it('removes a file once', async () => {
    const folder = await filled();
    expect(await folder.remove(`${DAY}/${ID}.wav`)).toBe(true);
    expect(await folder.remove(`${DAY}/${ID}.wav`)).toBe(false);
    expect(await folder.open(`${DAY}/${ID}.wav`)).toBe(null);
  });
});

describe('opening with a check of the digest', () => {
  const FILE = `${DAY}/${ID}.wav`;
  async function counted() {
    const folder = createSoundFolder(temporaryFolder(), NO_KEYS);
    const { sha256 } = await folder.keepStream(ID, 'wav', pieces(content(100_000)));
    let read = 0;
    const digest: SoundFolder['digest'] = (file) => {
      read += 1;
      return folder.digest(file);
    };
    return {
      folder,
      sha256,
      opening: createCheckedOpening({ open: folder.open, digest }),
      reads: () => read,
    };
  }

  it('reads an unchanged file through once, however often and by how many it is opened', async () => {
    const { opening, sha256, reads } = await counted();
    const opened = await Promise.all([opening.open(FILE, sha256), opening.open(FILE, sha256)]);
    for (const one of opened) {
      if (one.state !== 'open') throw new Error(one.state);
      expect(one.known).toBe(null);
      expect(await one.check).toEqual({ state: 'verified' });
    }
    expect(await opening.open(FILE, sha256)).toMatchObject({ state: 'open', known: { state: 'verified' } });
    expect(reads()).toBe(1);
  });

  it('notices a file altered behind our back, also when its time of writing was set back', async () => {
    const { folder, opening, sha256, reads } = await counted();
    const path = join(folder.root, FILE);
    const before = await opening.open(FILE, sha256);
    if (before.state === 'open') await before.check;
    const time = new Date(NOW);
    utimesSync(path, time, time);
    const touched = await opening.open(FILE, sha256);
    expect(touched.state === 'open' && (await touched.check)).toEqual({ state: 'verified' });
    const bytes = readFileSync(path);
    bytes[70_000] = 1;
    writeFileSync(path, bytes);
    utimesSync(path, time, time);
    const altered = await opening.open(FILE, sha256);
    expect(altered.state === 'open' && (await altered.check)).toEqual({ state: 'altered' });
    expect(reads()).toBe(3);
  });

  it('remembers nothing of a file that is gone', async () => {
    const { folder, opening, sha256 } = await counted();
    const path = join(folder.root, FILE);
    const opened = await opening.open(FILE, sha256);
    expect(opened.state === 'open' && (await opened.check)).toEqual({ state: 'verified' });
    renameSync(path, `${path}.x`);
    expect(await opening.open(FILE, sha256)).toEqual({ state: 'missing' });
    rmSync(join(folder.root, '2026'), { recursive: true });
    writeFileSync(join(folder.root, '2026'), 'no folder');
    expect(await opening.open(FILE, sha256)).toMatchObject({
      state: 'unreadable',
      trouble: { code: 'sound-unreachable' },
    });
  });
});

describe('kill -9 of a process that keeps sound', () => {
  it('leaves whole files under their names, at whatever moment it comes', async () => {
    const root = temporaryFolder();
    const folder = createSoundFolder(root, KEYS);
    const chance = seeded('kill-9 while keeping');
    let leftHalf = 0;
    let kept = 0;
    // As many as it had time for: who is to kill it may be kept waiting himself.
    const begun = new Map<string, number>();
    for (let round = 0; round < 10; round += 1) {
      const first = round * 1_000;
      const writer = spawn(
        process.execPath,
        [new URL('./kill-writer.ts', import.meta.url).pathname, root, String(first)],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const gone = once(writer, 'exit');
      const told: string[] = [];
      for await (const line of createInterface({ input: writer.stdout })) {
        told.push(line);
        // In the middle of the third file or a later one, a few ms into it.
        if (line === `begins ${first + 2}`) setTimeout(() => writer.kill('SIGKILL'), chance.below(12));
      }
      expect((await gone)[1]).toBe('SIGKILL');
      for (const line of told.filter((one) => one.startsWith('begins '))) {
        const n = Number(line.slice(7));
        begun.set(recordingId(n), n);
      }
      for (const line of told.filter((one) => one.startsWith('kept '))) {
        expect((await folder.digest(line.slice(5))).state, line).toBe('read');
      }
    }
    for await (const entry of folder.list()) {
      if (entry.kind === 'part') leftHalf += 1;
      if (entry.kind !== 'sound') continue;
      const n = begun.get(entry.recording) ?? Number.NaN;
      expect(await folder.digest(entry.file)).toMatchObject({
        state: 'read',
        sha256: sha256Of(content(400_000, n)),
      });
      kept += 1;
    }
    expect(kept).toBeGreaterThanOrEqual(20);
    // The kills did come in the middle of a writing.
    expect(leftHalf).toBeGreaterThan(0);
    expect(await folder.sweep(Date.now() + 7_200_000)).toBe(leftHalf);
  });
});

it('says of a file that the system cannot read that it is unreadable, whatever the system calls it', async () => {
  // No list of codes has this one (nor EUCLEAN and EBADMSG of a corrupt disk, which no test can make).
  const folder = createSoundFolder(join(temporaryFolder(), 'n'.repeat(300)), NO_KEYS);
  expect(await folder.digest(`${DAY}/${ID}.wav`)).toMatchObject({
    state: 'unreadable',
    trouble: { code: 'sound-unreachable', en: expect.stringContaining('ENAMETOOLONG') },
  });
});
