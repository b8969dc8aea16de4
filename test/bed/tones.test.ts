import { describe, expect, it } from 'vitest';
import { fromALaw, musicLike, silence, speechLike, tone } from './g711.ts';
import { HERTZ, inOrder, listenTo, type Party, peakOf, secondsOf, secondsRoomAlone } from './tones.ts';

const RATE = 8_000;

/** What is left of sounds after the telephone's codec, mixed. */
function samples(...sounds: readonly Buffer[]): Int16Array {
  const length = Math.max(...sounds.map((sound) => sound.length));
  return Int16Array.from({ length }, (_, at) =>
    sounds.reduce((sum, sound) => sum + (at < sound.length ? fromALaw(sound[at] ?? 0xd5) : 0), 0),
  );
}

const parties = Object.keys(HERTZ) as Party[];

describe('an ear for tones', () => {
  it.each(parties)('hears each party alone, and nobody else: %s', (party) => {
    const heard = listenTo(samples(tone(HERTZ[party], 1)), RATE);
    expect(heard).toHaveLength(50);
    expect(heard.every((window) => window.length === 1 && window[0] === party)).toBe(true);
    expect(secondsOf(heard, party)).toBe(1);
  });

  it('hears two at once in a mixed file', () => {
    const later = Buffer.concat([silence(0.5), tone(HERTZ[1001], 0.5)]);
    const heard = listenTo(samples(tone(HERTZ.caller, 1), later), RATE);
    expect([secondsOf(heard, 'caller'), secondsOf(heard, '1001')]).toEqual([1, 0.5]);
    expect(inOrder(heard)).toEqual(['caller', '1001']);
  });

  it.each([
    ['music', musicLike(8)],
    ['speech', speechLike(4)],
    ['a ringing tone', tone(450, 2)],
  ])('hears nobody in %s', (_name, sound) => {
    expect(inOrder(listenTo(samples(sound), RATE))).toEqual([]);
  });

  it('tells the peak of a tone, wherever in its wave the window begins', () => {
    const sound = samples(tone(1_500, 1));
    for (const from of [0, 3, 77]) {
      expect(Math.abs(peakOf(sound.subarray(from, from + 160), RATE, 1_500) - 8_000)).toBeLessThan(200);
      expect(peakOf(sound.subarray(from, from + 160), RATE, 1_650)).toBeLessThan(100);
    }
    expect(peakOf(new Int16Array(), RATE, 1_500)).toBe(0);
  });

  it('notices sides that drifted apart', () => {
    const caller = samples(tone(HERTZ.caller, 2));
    const late = new Int16Array(caller.length + 1_600);
    late.set(caller, 1_600);
    const room = listenTo(samples(tone(HERTZ[1001], 2)), RATE);
    expect(secondsRoomAlone(listenTo(caller, RATE), room, 'caller')).toBe(0);
    expect(secondsRoomAlone(listenTo(late, RATE), room, 'caller')).toBe(0.2);
  });
});
