import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRecordingLibrary } from '../../../src/recordings/library.ts';
import { lookAtCopyPlace } from '../../../src/recordings/vault/copy-place.ts';
import { erasePlaces, eraseRecording } from '../../../src/recordings/vault/erase.ts';
import { NO_KEYS, type SealingKeys } from '../../../src/recordings/vault/sealing-key.ts';
import { createSecondCopy } from '../../../src/recordings/vault/second-copy.ts';
import { createSoundFolder } from '../../../src/recordings/vault/sound-folder.ts';
import { content, KEYS, pieces, readAll, recordingId } from './sounds.ts';
import { temporaryFolder } from './temporary-folder.ts';

const ID = recordingId(1);
const WAV = `2026/11/23/${ID}.wav`;
const OPUS = `2026/11/23/${ID}.opus`;
const NOW = Date.UTC(2026, 10, 24, 1, 2, 3);

/** A library with one recording of two files, an empty folder for its copy. */
async function bed(keys: SealingKeys = KEYS) {
  const root = temporaryFolder();
  const library = createRecordingLibrary(join(root, 'recordings'), keys);
  const folder = join(root, 'copy');
  mkdirSync(folder);
  const known = new Map<string, string>();
  for (const [ending, bytes] of [
    ['wav', 150_000],
    ['opus', 44],
  ] as const) {
    const made = await library.keepStream(ID, ending, pieces(content(bytes)));
    known.set(made.file, made.sha256);
  }
  const copy = createSecondCopy({ library, folder, keys, now: () => NOW });
  return { root, library, folder, known, copy, copies: createSoundFolder(folder, keys) };
}

function spoil(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.length - 20] = (bytes.at(-20) ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

describe.each([
  ['plain', NO_KEYS],
  ['sealed', KEYS],
] as const)('the second copy of a %s library', (_, keys) => {
  it('has every file, the same content, and says when both lie on one disk', async () => {
    const { copy, copies, library, known } = await bed(keys);
    await library.keepStream(ID, 'caller.wav', pieces(content(70_000)));
    expect(await copy.copy(ID, known)).toEqual({ state: 'verified', files: 3, isSameDisk: true });
    for (const file of [WAV, OPUS, `2026/11/23/${ID}.caller.wav`]) {
      expect(await readAll(copies, file)).toEqual(await readAll(library, file));
    }
    expect(await copies.digest(WAV)).toMatchObject({ isSealed: keys.sealing !== null });
    expect(await copy.verify(known)).toEqual({ state: 'verified', files: 2 });
  });

  it('is not written again when it stands, and made good when it was altered', async () => {
    const { copy, copies, folder, known } = await bed(keys);
    await copy.copy(ID, known);
    const before = (await copies.open(WAV))?.stamp;
    await copy.copy(ID, known);
    expect((await copies.open(WAV))?.stamp).toBe(before);
    spoil(join(folder, WAV));
    expect(await copy.verify(known)).toEqual({ state: 'altered', file: WAV });
    expect(await copy.copy(ID, known)).toMatchObject({ state: 'verified' });
    expect(await copy.verify(known)).toMatchObject({ state: 'verified' });
    rmSync(join(folder, OPUS));
    expect(await copy.verify(known)).toEqual({ state: 'missing', file: OPUS });
  });

  it('never takes an altered or missing original over a good copy', async () => {
    const { copy, library, known } = await bed(keys);
    await copy.copy(ID, known);
    spoil(join(library.root, WAV));
    await copy.copy(ID, known);
    expect(await copy.verify(known)).toMatchObject({ state: 'verified' });
  });

  it('does not begin with an altered or missing original', async () => {
    const { copy, copies, library, known } = await bed(keys);
    spoil(join(library.root, WAV));
    expect(await copy.copy(ID, known)).toEqual({ state: 'source-altered', file: WAV });
    expect(await copies.digest(WAV)).toEqual({ state: 'missing' });
    expect(await copies.digest(OPUS)).toMatchObject({ state: 'read' });
    rmSync(join(library.root, WAV));
    expect(await copy.copy(ID, known)).toEqual({ state: 'source-missing', file: WAV });
  });

  it('brings back what is gone or altered, puts the altered file aside, and leaves a good one alone', async () => {
    const { copy, library, known } = await bed(keys);
    await copy.copy(ID, known);
    const sha256 = known.get(WAV) ?? '';
    expect(await copy.restore(WAV, sha256)).toEqual({ state: 'intact' });
    spoil(join(library.root, WAV));
    const altered = readFileSync(join(library.root, WAV));
    const aside = `${WAV}.altered-20261124T010203000Z`;
    expect(await copy.restore(WAV, sha256)).toMatchObject({ state: 'restored', aside });
    expect(readFileSync(join(library.root, aside)).equals(altered)).toBe(true);
    expect(await readAll(library, WAV)).toEqual(content(150_000));
    rmSync(library.root, { recursive: true });
    expect(await copy.restore(WAV, sha256)).toMatchObject({ state: 'restored', aside: null });
    expect(await copy.restore(OPUS, known.get(OPUS) ?? '')).toMatchObject({ state: 'restored', aside: null });
    expect(await copy.verify(known)).toMatchObject({ state: 'verified' });
  });

  it('restores nothing from a copy that is altered or gone itself', async () => {
    const { copy, library, folder, known } = await bed(keys);
    await copy.copy(ID, known);
    spoil(join(library.root, WAV));
    const altered = readFileSync(join(library.root, WAV));
    spoil(join(folder, WAV));
    expect(await copy.restore(WAV, known.get(WAV) ?? '')).toEqual({ state: 'copy-altered' });
    rmSync(join(folder, WAV));
    expect(await copy.restore(WAV, known.get(WAV) ?? '')).toEqual({ state: 'copy-missing' });
    expect(readFileSync(join(library.root, WAV)).equals(altered)).toBe(true);
    expect(readdirSync(join(library.root, '2026/11/23')).toSorted()).toEqual([`${ID}.opus`, `${ID}.wav`]);
  });
});

describe('the folder of the second copy', () => {
  const code = async (library: string, copy: string) => {
    const place = await lookAtCopyPlace(library, copy);
    return place.state === 'ready' ? 'ready' : place.trouble.code;
  };

  it('may not be the recordings folder, inside it or around it, by whatever path', async () => {
    const root = temporaryFolder();
    const library = join(root, 'a/recordings');
    mkdirSync(join(library, 'inside'), { recursive: true });
    symlinkSync(library, join(root, 'link'));
    for (const copy of [
      library,
      join(library, 'inside'),
      join(root, 'link/inside'),
      join(root, 'link'),
      join(root, 'a'),
    ])
      expect(await code(library, copy), copy).toBe('copy-same-folder');
  });

  it('is set up once, and then only the marked one is written to', async () => {
    const { copy, folder, library, known } = await bed();
    expect(await copy.place()).toMatchObject({ state: 'ready' });
    await copy.copy(ID, known);
    // The mount goes, its empty mount point stays.
    renameSync(folder, `${folder}-unmounted`);
    mkdirSync(folder);
    const gone = { state: 'unreachable', trouble: { code: 'copy-missing-marker' } };
    expect(await copy.copy(recordingId(2), new Map())).toMatchObject(gone);
    expect(await copy.verify(known)).toMatchObject(gone);
    expect(await copy.restore(WAV, known.get(WAV) ?? '')).toMatchObject(gone);
    expect(await copy.shred(ID)).toMatchObject(gone);
    expect(readdirSync(folder)).toEqual([]);
    // Another disk in its place.
    writeFileSync(join(folder, 'dutyline-copy.id'), 'another\n');
    expect(await code(library.root, folder)).toBe('copy-other-disk');
    rmSync(folder, { recursive: true });
    expect(await copy.copy(ID, known)).toMatchObject({
      state: 'unreachable',
      trouble: { code: 'sound-unreachable' },
    });
    renameSync(`${folder}-unmounted`, folder);
    expect(await copy.verify(known)).toMatchObject({ state: 'verified' });
  });

  it('is not one in which other files lie already', async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'copy/lost+found'), { recursive: true });
    writeFileSync(join(root, 'copy/budget.xls'), 'x');
    expect(await code(join(root, 'recordings'), join(root, 'copy'))).toBe('copy-not-empty');
    rmSync(join(root, 'copy/budget.xls'));
    expect(await code(join(root, 'recordings'), join(root, 'copy'))).toBe('ready');
  });

  it('is known again when the recordings folder was lost', async () => {
    const { copy, library } = await bed();
    const before = await copy.place();
    rmSync(library.root, { recursive: true });
    expect(await copy.place()).toEqual(before);
  });
});

describe('destroying a recording', () => {
  const OTHER = recordingId(2);

  async function both(keys: SealingKeys = KEYS) {
    const made = await bed(keys);
    await made.library.keepStream(OTHER, 'wav', pieces(content(100)));
    await made.copy.copy(ID, made.known);
    await made.copy.copy(OTHER, new Map());
    await made.library.putAside(OPUS, NOW);
    writeFileSync(join(made.library.root, `${WAV}.0123456789ab.part`), 'half');
    const places = erasePlaces(made.library, made.copy);
    return { ...made, places };
  }

  it('takes everything of it from everywhere, nothing of another, and may be repeated', async () => {
    const { library, folder, places } = await both();
    // Whoever keeps a hard link keeps no readable sound.
    linkSync(join(folder, WAV), join(folder, 'hard-link'));
    const erasure = await eraseRecording(ID, places);
    expect(erasure).toMatchObject({
      isComplete: true,
      places: [
        { name: 'library', state: 'done', shredded: { files: 3, saltless: 2 } },
        { name: 'second-copy', state: 'done', shredded: { files: 2, saltless: 2 } },
      ],
    });
    expect(erasure.zh).toContain('已删除 5 个文件');
    for (const root of [library.root, folder])
      expect(readdirSync(join(root, '2026/11/23'))).toEqual([`${OTHER}.wav`]);
    renameSync(join(folder, 'hard-link'), join(folder, WAV));
    const linked = await createSoundFolder(folder, KEYS).digest(WAV);
    expect(linked).toMatchObject({ state: 'unreadable', trouble: { code: 'sound-altered' } });
    rmSync(join(folder, WAV));
    expect(await eraseRecording(ID, places)).toMatchObject({
      isComplete: true,
      places: [{ shredded: { files: 0 } }, { shredded: { files: 0 } }],
    });
  });

  it('says of plain files what deleting cannot promise', async () => {
    const { places } = await both(NO_KEYS);
    const erasure = await eraseRecording(ID, places);
    expect(erasure.zh).toContain('5 个未加密');
    expect(erasure.en).toContain('5 were not encrypted');
  });

  it('says which place could not be reached, and finishes there later', async () => {
    const { folder, places, library } = await both();
    renameSync(folder, `${folder}-unmounted`);
    mkdirSync(folder);
    const first = await eraseRecording(ID, places);
    expect(first).toMatchObject({ isComplete: false, places: [{ state: 'done' }, { state: 'unreachable' }] });
    expect(first.zh).toContain('1 处暂时无法访问');
    rmSync(folder, { recursive: true });
    renameSync(`${folder}-unmounted`, folder);
    expect(await eraseRecording(ID, places)).toMatchObject({
      isComplete: true,
      places: [{ shredded: { files: 0 } }, { shredded: { files: 2 } }],
    });
    renameSync(library.root, `${library.root}-gone`);
    expect(await library.shred(ID)).toMatchObject({ state: 'unreachable' });
  });
});
