import { describe, expect, it } from 'vitest';
import { decodeG711 } from '../../src/sound/g711.ts';
import type { SideMeasure, SoundMeasure } from '../../src/sound/judgement.ts';
import { gainOf } from '../../src/sound/loudness.ts';
import { createOutline, PEAKS_PER_SECOND, readPeaks, writePeaks } from '../../src/sound/peaks.ts';
import { defectsOf, type ExpectedSound } from '../../src/sound/quality.ts';
import { createSideMeter } from '../../src/sound/side-meter.ts';

const RATE = 8_000;

function sine(seconds: number, level: number, hertz = 440): Int16Array {
  return Int16Array.from({ length: seconds * RATE }, (_, n) =>
    Math.max(-32_768, Math.min(32_767, Math.round(level * Math.sin((2 * Math.PI * hertz * n) / RATE)))),
  );
}
const silence = (seconds: number) => new Int16Array(seconds * RATE);

/** Fed in pieces of any size. */
function measured(...sounds: readonly Int16Array[]): SideMeasure {
  const meter = createSideMeter('mixed', RATE);
  for (const sound of sounds) {
    for (let at = 0; at < sound.length; at += 777) meter.take(sound.subarray(at, at + 777));
  }
  return meter.finish().measure;
}

describe('G.711', () => {
  it('is read by the tables of the standard', () => {
    // ITU-T G.711 tables 1a/2a: the ends of both laws, their smallest steps, and silence as lines send it.
    expect([...decodeG711(Uint8Array.of(0xaa, 0x2a, 0xd5, 0x55), 'alaw')]).toEqual([32_256, -32_256, 8, -8]);
    expect([...decodeG711(Uint8Array.of(0x80, 0x00, 0xff, 0x7f), 'ulaw')]).toEqual([32_124, -32_124, 0, 0]);
  });
});

describe('a side', () => {
  it('has the level of its active part, whatever silence stands around it', () => {
    // A sine of half scale: peak −6.0 dBFS, RMS 3 dB below.
    expect(measured(silence(3), sine(2, 16_384), silence(5))).toEqual({
      side: 'mixed',
      levelDbfs: -9,
      peakDbfs: -6,
      activeSeconds: 2.2,
      longestSilenceSeconds: 4.8,
      clippedSamples: 0,
    });
  });

  it('of digital silence has no level at all', () => {
    expect(measured(silence(2))).toMatchObject({ levelDbfs: null, peakDbfs: null, activeSeconds: 0 });
  });

  it('keeps the noise of an idle line below activity', () => {
    expect(measured(sine(2, 40))).toMatchObject({ activeSeconds: 0, longestSilenceSeconds: 2 });
  });

  it('counts what was cut off, and not a single loud sample', () => {
    expect(measured(sine(1, 60_000)).clippedSamples).toBeGreaterThan(1_000);
    const loud = silence(1);
    loud[100] = 32_767;
    expect(measured(loud).clippedSamples).toBe(0);
  });
});

describe('the outline', () => {
  const outlineOf = (sound: Int16Array) => {
    const outline = createOutline(RATE);
    for (let at = 0; at < sound.length; at += 333) outline.take(sound.subarray(at, at + 333));
    return outline.finish();
  };

  it('has twenty pairs a second, and comes back from its bytes', () => {
    const outlines = [outlineOf(sine(10, 16_384)), outlineOf(silence(3))];
    expect(outlines.map((outline) => outline.length / 2)).toEqual([
      10 * PEAKS_PER_SECOND,
      3 * PEAKS_PER_SECOND,
    ]);
    expect([Math.min(...(outlines[0] ?? [])), Math.max(...(outlines[0] ?? []))]).toEqual([-64, 64]);
    expect(readPeaks(writePeaks(outlines))).toEqual(outlines);
  });

  it('counts a last stretch that is not whole, and grows with the sound', () => {
    expect(outlineOf(sine(600.01, 100)).length / 2).toBe(600 * PEAKS_PER_SECOND + 1);
  });

  it('is not read from anything else', () => {
    const good = writePeaks([outlineOf(sine(1, 100))]);
    const bad = [
      new Uint8Array(),
      good.subarray(0, 7),
      good.subarray(0, -1),
      Uint8Array.of(...good, 0),
      good.map((byte, at) => (at === 0 ? 0 : byte)),
      good.map((byte, at) => (at === 4 ? 200 : byte)),
      good.map((byte, at) => (at === 5 ? 7 : byte)),
      good.map((byte, at) => (at >= 8 && at < 12 ? 0xff : byte)),
    ];
    expect(bad.map(readPeaks)).toEqual(bad.map(() => null));
  });
});

describe('loudness', () => {
  const side = (levelDbfs: number | null, peakDbfs: number | null) =>
    gainOf({ ...measured(silence(1)), levelDbfs, peakDbfs });

  it.each([
    ['a quiet caller is raised', -35, -20, 15],
    ['no further than the noise of a line allows', -48, -40, 18],
    ['nor into the ceiling', -30, -4, 3],
    ['a loud desk is lowered', -10, -3, -10],
    ['but not to a whisper', -2, 0, -12],
    ['what is right stays', -20.3, -8, 0],
    ['silence stays silence', null, null, 0],
  ] as const)('%s', (_, level, peak, gain) => {
    expect(side(level, peak)).toBe(gain);
  });
});

describe('quality', () => {
  const spoken: SideMeasure = { ...measured(sine(1, 8_000)), activeSeconds: 30 };
  const mute: SideMeasure = { ...measured(silence(1)) };
  const sound = (seconds: number, sides: readonly SideMeasure[] = [spoken]): SoundMeasure => ({
    seconds,
    sampleRate: RATE,
    sides,
  });
  const talk = (startedAt: number | null, part: ExpectedSound['part'] = 'talk'): ExpectedSound => ({
    part,
    talk: { from: 100_000, to: 160_000 },
    startedAt,
  });

  it.each([
    ['whole', sound(60), talk(100_000), []],
    ['whole but for the last frames', sound(59.9), talk(100_000), []],
    ['whole with a lead-in', sound(62), talk(98_000), []],
    ['begun late', sound(52), talk(108_000), [{ kind: 'cut-at-start', seconds: 8 }]],
    ['ended early', sound(41.5), talk(100_000), [{ kind: 'cut-at-end', seconds: 18.5 }]],
    [
      'a lead-in does not make up for the end',
      sound(60),
      talk(90_000),
      [{ kind: 'cut-at-end', seconds: 10 }],
    ],
    [
      'both',
      sound(40),
      talk(110_000),
      [
        { kind: 'cut-at-start', seconds: 10 },
        { kind: 'cut-at-end', seconds: 10 },
      ],
    ],
    ['short, nobody knows where', sound(45), talk(null), [{ kind: 'short', seconds: 15 }]],
    ['nothing', sound(0, []), talk(100_000), [{ kind: 'empty' }]],
    [
      'silent',
      sound(
        60,
        [mute, mute].map((one, at) => ({ ...one, side: at === 0 ? 'caller' : 'room' })),
      ),
      talk(100_000),
      [{ kind: 'silent' }],
    ],
    [
      'one side silent',
      sound(60, [
        { ...spoken, side: 'caller' },
        { ...mute, side: 'room' },
      ]),
      talk(100_000),
      [{ kind: 'one-side-silent', side: 'room' }],
    ],
    ['torn', sound(60, [{ ...spoken, clippedSamples: 5_000 }]), talk(100_000), [{ kind: 'clipped' }]],
    [
      'what was heard before the answer is not judged against the talk',
      sound(3, [mute]),
      talk(null, 'before-answer'),
      [],
    ],
    [
      'a talk nobody knows the length of is not judged',
      sound(3),
      { part: 'talk', talk: null, startedAt: null },
      [],
    ],
  ] as const)('%s', (_, measure, expected, defects) => {
    expect(defectsOf(measure, expected)).toEqual(defects);
  });
});
