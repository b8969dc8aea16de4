import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecordingLibrary, type RecordingLibrary } from '../../src/recordings/library.ts';
import { KEYS } from '../recordings/vault/sounds.ts';
import { type Browser, createBrowser, loggedIn } from './browser.ts';
import { type KeptTalk, keepTalk, sweep, wavOf } from './kept-talk.ts';
import { callArrives, startWebBed, type WebBed } from './web-bed.ts';

/** A byte of the sound is another one: same length, and the time of writing set back as a careful hand would. */
function alter(path: string): void {
  const { atime, mtime } = statSync(path);
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  utimesSync(path, atime, mtime);
}

describe.each([
  ['plain', false],
  ['sealed', true],
] as const)('校验 of %s sound', (_, isSealed) => {
  let bed: WebBed;
  let library: RecordingLibrary;
  let zhang: Browser;
  beforeAll(async () => {
    bed = await startWebBed({}, ({ recordings }) => {
      library = isSealed ? createRecordingLibrary(recordings, KEYS) : createRecordingLibrary(recordings);
      return { library };
    });
    zhang = await loggedIn(`http://127.0.0.1:${bed.web.port}`, 'zhang');
  });
  afterAll(() => bed.close());

  const kept = async (unit = 'county'): Promise<KeptTalk> =>
    keepTalk(bed, library, await callArrives(bed, unit), {
      ending: 'wav',
      original: wavOf(sweep(2, 600)),
      sides: null,
    });
  const check = async (recording: string) =>
    (await zhang.fetch(`/api/recordings/${recording}/check`)).json() as Promise<unknown>;
  const stateOf = async (recording: string) => (await bed.store.recording(recording))?.checkState ?? null;

  it('says 校验一致 and tells it once', async () => {
    const { recording } = await kept();
    expect(await stateOf(recording)).toBeNull();
    const changes: unknown[] = [];
    const stop = bed.intake.subscribe((told) => changes.push(...told));
    expect(await check(recording)).toEqual({ check: 'verified' });
    expect(await check(recording)).toEqual({ check: 'verified' });
    stop();
    expect(await stateOf(recording)).toBe('verified');
    expect(changes).toHaveLength(1);
  });

  it.each(['original', 'playable'] as const)(
    'finds an altered %s of the same length, and stops its replay',
    async (which) => {
      const { recording, files } = await kept();
      expect(await check(recording)).toEqual({ check: 'verified' });
      alter(join(bed.recordings, which === 'original' ? files.original.file : files.playable));
      expect(await check(recording)).toEqual({ check: 'altered' });
      expect(await stateOf(recording)).toBe('altered');
      const call = await bed.store.callView((await bed.store.recording(recording))?.call ?? '');
      expect(call?.recordings.find(({ id }) => id === recording)?.check).toBe('altered');
      const path = `/api/recordings/${recording}${which === 'original' ? '/original' : ''}`;
      const refused = await zhang.fetch(path);
      expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
        409,
        'recording-changed',
      ]);
    },
  );

  it('finds a lost file, and believes one that is back', async () => {
    const { recording, files } = await kept();
    const path = join(bed.recordings, files.original.file);
    const bytes = readFileSync(path);
    await rm(path);
    expect(await check(recording)).toEqual({ check: 'missing' });
    expect(await stateOf(recording)).toBe('missing');
    writeFileSync(path, bytes);
    expect(await check(recording)).toEqual({ check: 'verified' });
    expect(await stateOf(recording)).toBe('verified');
  });

  it('answers nobody who may not hear', async () => {
    const { recording } = await kept('city');
    const base = zhang.base;
    for (const [browser, status] of [
      [createBrowser(base), 401],
      [zhang, 404],
      [await loggedIn(base, 'admin'), 404],
      [await loggedIn(base, 'auditor'), 404],
    ] as const)
      expect((await browser.fetch(`/api/recordings/${recording}/check`)).status).toBe(status);
    expect(await stateOf(recording)).toBeNull();
  });
});
