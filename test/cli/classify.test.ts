import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Classified } from '../../src/cli/classify.ts';
import { amplitudeOf, beats, joined, type Sound, silence, type ToneSpec } from '../ear/sound-maker.ts';
import { wavHeader } from '../recordings/wav-file.ts';
import { dutyline } from './run-dutyline.ts';

const spec: ToneSpec = { lines: [{ hz: 450, weight: 1 }], amplitude: amplitudeOf(-12) };
const ringback = joined(beats(6, [1, 4], spec), silence(1.28), beats(5, [1, 4], spec));
let folder = '';

function wav(name: string, sound: Sound): string {
  const samples = Int16Array.from(sound, (sample) => Math.round(sample * 32_767));
  const head = wavHeader({ length: 44 + samples.byteLength });
  writeFileSync(join(folder, name), Buffer.concat([head, new Uint8Array(samples.buffer)]));
  return join(folder, name);
}

const objects = (output: string) =>
  output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Classified);

describe('dutyline classify', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dutyline-classify-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('prints one object a file, whatever its format and rate', async () => {
    const ring = wav('ring.wav', ringback);
    const busy = wav('busy.wav', beats(5, [0.35, 0.35], spec));
    const flac = join(folder, 'ring-2.flac');
    const wide = join(folder, 'ring-3.wav');
    const ffmpeg = (...options: readonly string[]) =>
      execFileSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-i', ring, ...options]);
    ffmpeg(flac);
    ffmpeg('-ar', '44100', '-ac', '2', wide);
    const { code, output } = await dutyline(['classify', ring, busy, flac, wide]);
    const heard = objects(output);
    expect(code).toBe(0);
    expect(heard.map(({ clip, class: of, verdict }) => [clip, of, verdict])).toEqual([
      ['ring.wav', 'ringback_standard', '标准回铃音'],
      ['busy.wav', 'busy', '忙'],
      ['ring-2.wav', 'ringback_standard', '标准回铃音'],
      ['ring-3.wav', 'ringback_standard', '标准回铃音'],
    ]);
    expect(heard.map(({ forwarded }) => forwarded)).toEqual([true, false, true, true]);
    expect(heard[0]?.events).toMatchObject([{ type: 'restart' }]);
    expect(heard[0]?.cadence).toMatchObject({ count: 3 });
    expect(heard[0]?.decided_at).toBeLessThan(3);
  });

  it('--stream says what was decided while the file is read', async () => {
    const { output } = await dutyline(['classify', '--stream', wav('long.wav', ringback)]);
    const heard = objects(output);
    const seconds = heard.map((one) => one.seconds);
    expect(heard.length).toBeGreaterThan(2);
    expect(seconds).toEqual(seconds.toSorted((one, other) => one - other));
    expect(heard[0]).toMatchObject({ class: 'ringback_standard', events: [], forwarded: false });
    expect(heard.at(-1)).toMatchObject({ class: 'ringback_standard', forwarded: true, seconds: 12.28 });
  });

  it('hears the others when one cannot be read, and says so', async () => {
    const text = join(folder, 'note.wav');
    writeFileSync(text, 'no sound at all, only words');
    const { code, output, remarks } = await dutyline([
      'classify',
      text,
      join(folder, 'none.wav'),
      wav('a.wav', ringback),
    ]);
    expect(code).toBe(1);
    expect(objects(output).map(({ clip }) => clip)).toEqual(['a.wav']);
    expect(remarks).toContain('note.wav: is no sound that can be read');
    expect(remarks).toContain('none.wav');
  });
});
