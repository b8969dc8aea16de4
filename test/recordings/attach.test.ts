import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AttachPlaces, attachRecording } from '../../src/recordings/attach.ts';
import { createRecordingLibrary, type RecordingLibrary } from '../../src/recordings/library.ts';
import { recordingIdOf } from '../../src/recordings/recording-id.ts';
import { localPlace } from '../../src/recordings/recording-place.ts';
import { wavFile } from './wav-file.ts';

const TIMING = { lookEveryMs: 250, missingAfterMs: 5_000, stillMs: 4_000 };
const PATH = '/spool/monitor/1795452315.7-1.wav';
const ID = recordingIdOf('office', PATH, '1795452315.7', 0);

let folder: string;
let pbxFile: string;
let library: RecordingLibrary;
let waits: number;
/** What happens while the attacher waits: the n-th wait, 250 ms each. */
let meanwhile: (wait: number) => void;
let places: AttachPlaces;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dutyline-attach-'));
  mkdirSync(join(folder, 'pbx'));
  pbxFile = join(folder, 'pbx/1795452315.7-1.wav');
  library = createRecordingLibrary(join(folder, 'recordings'));
  waits = 0;
  meanwhile = () => undefined;
  places = {
    place: localPlace({ onPbx: '/spool/monitor', here: join(folder, 'pbx') }),
    library,
    wait() {
      meanwhile(++waits);
      return Promise.resolve();
    },
  };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const attach = (pbxPath = PATH, leastSeconds = 0) =>
  attachRecording({ recording: ID, pbxPath, leastSeconds }, places, TIMING);

describe('the file of a call that is over', () => {
  it('is kept with size, length and digest under the day of its id, and the PBX keeps its own', async () => {
    const bytes = wavFile(48_000);
    writeFileSync(pbxFile, bytes);
    const outcome = await attach();
    expect(outcome).toEqual({
      state: 'attached',
      repaired: false,
      climbing: false,
      sound: {
        file: `2026/11/23/${ID}.wav`,
        bytes: 48_044,
        seconds: 3,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
    });
    expect(waits).toBe(0);
    expect(readFileSync(pbxFile)).toEqual(Buffer.from(bytes));
    expect(readdirSync(join(folder, 'recordings/2026/11/23'))).toEqual([`${ID}.wav`]);
  });

  it('is the same when it is attached again, also after the PBX tidied up', async () => {
    writeFileSync(pbxFile, wavFile(16_000));
    const first = await attach();
    const keptAt = statSync(join(folder, `recordings/2026/11/23/${ID}.wav`)).mtimeMs;
    expect(await attach()).toEqual(first);
    rmSync(pbxFile);
    expect(await attach()).toEqual(first);
    expect(statSync(join(folder, `recordings/2026/11/23/${ID}.wav`)).mtimeMs).toBe(keptAt);
  });

  it('is kept with both its sides, once, and whole without them', async () => {
    const attachWithSides = () =>
      attachRecording({ recording: ID, pbxPath: PATH, leastSeconds: 0, withSides: true }, places, TIMING);
    writeFileSync(pbxFile, wavFile(48_000));
    writeFileSync(pbxFile.replace('.wav', '-desk.wav'), wavFile(32_768, { riffSize: 0, dataSize: 0 }));
    expect(await attachWithSides()).toMatchObject({ state: 'attached', repaired: false });
    // No caller's side, and a room's side that Asterisk did not close: mended in our copy like the talk.
    const day = join(folder, 'recordings/2026/11/23');
    expect(readdirSync(day).sort()).toEqual([`${ID}.room.wav`, `${ID}.wav`]);
    expect(await library.find(ID, 'room.wav')).toMatchObject({ seconds: 2.048 });
    writeFileSync(pbxFile.replace('.wav', '-caller.wav'), wavFile(48_000));
    await attachWithSides();
    const kept = readdirSync(day).map((name) => statSync(join(day, name)).mtimeMs);
    expect(await attachWithSides()).toMatchObject({ state: 'attached' });
    expect(readdirSync(day).sort()).toEqual([`${ID}.caller.wav`, `${ID}.room.wav`, `${ID}.wav`]);
    expect(readdirSync(day).map((name) => statSync(join(day, name)).mtimeMs)).toEqual(kept);
  });

  it('is tried again when a side cannot be kept', async () => {
    writeFileSync(pbxFile, wavFile(48_000));
    writeFileSync(pbxFile.replace('.wav', '-caller.wav'), wavFile(48_000));
    const refusing: RecordingLibrary = {
      ...library,
      keep: (sound) =>
        sound.ending === 'caller.wav'
          ? Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }))
          : library.keep(sound),
    };
    const order = { recording: ID, pbxPath: PATH, leastSeconds: 0, withSides: true };
    const outcome = await attachRecording(order, { ...places, library: refusing }, TIMING);
    expect(outcome).toEqual({ state: 'cannot-check', detail: 'ENOSPC' });
  });

  it('is waited for until Asterisk has written its header', async () => {
    const whole = wavFile(32_000);
    writeFileSync(pbxFile, wavFile(16_000, { riffSize: 0, dataSize: 0 }));
    meanwhile = (wait) => {
      if (wait === 6) writeFileSync(pbxFile, whole);
    };
    expect(await attach()).toMatchObject({ state: 'attached', repaired: false, sound: { seconds: 2 } });
    expect(waits).toBe(6);
  });

  it('is looked at a second time where the PBX may have added to it, for what it had not written yet', async () => {
    writeFileSync(pbxFile, wavFile(16_000));
    meanwhile = () => writeFileSync(pbxFile, wavFile(40_000));
    const order = { recording: ID, pbxPath: PATH, leastSeconds: 0, mayBeAppended: true };
    expect(await attachRecording(order, places, TIMING)).toMatchObject({
      state: 'attached',
      sound: { seconds: 2.5 },
    });
    expect(waits).toBe(1);
  });

  it('keeps the ending of every format that the matcher takes', async () => {
    const path = PATH.replace('.wav', '.g729');
    writeFileSync(pbxFile.replace('.wav', '.g729'), Buffer.alloc(1_000, 7));
    const order = { recording: ID, pbxPath: path, leastSeconds: 0 };
    expect(await attachRecording(order, places, TIMING)).toMatchObject({
      state: 'attached',
      sound: { file: `2026/11/23/${ID}.g729` },
    });
  });

  it('is mended in our copy alone when Asterisk was killed', async () => {
    const left = wavFile(32_768, { riffSize: 0, dataSize: 0 });
    writeFileSync(pbxFile, left);
    const outcome = await attach();
    expect(outcome).toMatchObject({
      state: 'attached',
      repaired: true,
      sound: { seconds: 2.048, bytes: 32_812 },
    });
    expect(waits).toBe(16);
    expect(readFileSync(pbxFile)).toEqual(Buffer.from(left));
    const kept = readFileSync(join(folder, `recordings/2026/11/23/${ID}.wav`));
    expect([kept.readUInt32LE(4), kept.readUInt32LE(40)]).toEqual([32_804, 32_768]);
    expect(kept.subarray(44)).toEqual(Buffer.from(left.subarray(44)));
  });

  it('is not taken for final while it grows without a header', async () => {
    writeFileSync(pbxFile, wavFile(32_768, { riffSize: 0, dataSize: 0 }));
    meanwhile = (wait) => {
      if (wait % 8 === 0 && wait <= 40) appendFileSync(pbxFile, new Uint8Array(32_768));
    };
    expect(await attach()).toMatchObject({ state: 'attached', repaired: true, sound: { seconds: 12.288 } });
    expect(waits).toBeGreaterThan(40);
  });

  it('holds no sound when only the header is there', async () => {
    writeFileSync(pbxFile, wavFile(0, { riffSize: 0, dataSize: 0 }));
    expect(await attach()).toEqual({ state: 'no-sound' });
    writeFileSync(pbxFile, '');
    expect(await attach()).toEqual({ state: 'no-sound' });
    expect(existsSync(join(folder, 'recordings'))).toBe(false);
  });

  it('holds no sound when there is less than counts', async () => {
    writeFileSync(pbxFile, wavFile(3_200));
    expect(await attach(PATH, 0.3)).toEqual({ state: 'no-sound' });
    expect(await attach(PATH, 0.2)).toMatchObject({ state: 'attached', sound: { seconds: 0.2 } });
  });

  it('is missing when it does not come in time, and found when it comes late', async () => {
    expect(await attach()).toEqual({ state: 'missing' });
    meanwhile = (wait) => {
      if (wait === 30) writeFileSync(pbxFile, wavFile(16_000));
    };
    expect(await attach()).toMatchObject({ state: 'attached' });
  });

  it('is refused outside the base, and what is no file is refused too', async () => {
    expect(await attach('/spool/monitor/../../etc/passwd')).toEqual({ state: 'refused-path' });
    mkdirSync(join(folder, 'pbx/folder.wav'));
    expect(await attach('/spool/monitor/folder.wav')).toEqual({ state: 'refused-path' });
  });

  it('is noted as climbing when `..` ended inside', async () => {
    writeFileSync(pbxFile, wavFile(16_000));
    expect(await attach('/spool/monitor/external-12/../1795452315.7-1.wav')).toMatchObject({
      state: 'attached',
      climbing: true,
    });
  });

  it('cannot be said anything of while the share is gone', async () => {
    const place = localPlace({ onPbx: '/spool/monitor', here: join(folder, 'not-mounted') });
    places = { ...places, place };
    expect(await attach()).toEqual({ state: 'cannot-check', detail: 'ENOENT' });
  });

  it('is kept as it is in a format without a header', async () => {
    writeFileSync(join(folder, 'pbx/a.gsm'), Buffer.alloc(1_650, 0xd5));
    expect(await attach('a.gsm')).toMatchObject({
      state: 'attached',
      sound: { file: `2026/11/23/${ID}.gsm`, bytes: 1_650, seconds: 0 },
    });
  });
});

describe('the library', () => {
  it('opens byte ranges by its own names and nothing else', async () => {
    writeFileSync(pbxFile, wavFile(16_000));
    const outcome = await attach();
    const file = outcome.state === 'attached' ? outcome.sound.file : '';
    const opened = await library.open(file);
    expect(opened).toMatchObject({ bytes: 16_044, contentType: 'audio/wav' });
    if (opened === null) throw new Error('not opened');
    expect(await text(opened.stream(8, 11))).toBe('WAVE');
    for (const name of [
      '',
      '../pbx/1795452315.7-1.wav',
      `/${file}`,
      `${file}/..`,
      `2026/11/23/${ID}`,
      `${file}\0`,
      '/etc/passwd',
      `2026/11/24/${ID}.wav`,
    ]) {
      expect(await library.open(name)).toBeNull();
    }
  });
});

describe('the id of a recording', () => {
  it('is a UUIDv7 of the time in the name, the same each time, another for another file or PBX', () => {
    expect(ID).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(ID.replace('-', '').slice(0, 12), 16)).toBe(1_795_452_315_000);
    expect(recordingIdOf('office', PATH, '1795452999.1', 5)).toBe(ID);
    expect(recordingIdOf('other', PATH, '1795452315.7', 0)).not.toBe(ID);
    expect(recordingIdOf('office', `${PATH}x`, '1795452315.7', 0)).not.toBe(ID);
    const unnamed = recordingIdOf('office', '/a/b.wav', 'pbx-1795452315.7', 5);
    expect(Number.parseInt(unnamed.replace('-', '').slice(0, 12), 16)).toBe(1_795_452_315_000);
    const timed = recordingIdOf('office', '/a/b.wav', '', 1_795_452_315_123);
    expect(Number.parseInt(timed.replace('-', '').slice(0, 12), 16)).toBe(1_795_452_315_123);
  });
});
