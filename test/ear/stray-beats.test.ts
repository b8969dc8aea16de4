import { describe, expect, it } from 'vitest';
import { companded } from './line-faults.ts';
import { listenTo } from './ringbacks.ts';
import { amplitudeOf, beats, joined, type Sound, silence, type ToneSpec, tone } from './sound-maker.ts';

const at = (hz: number): ToneSpec => ({ lines: [{ hz, weight: 1 }], amplitude: amplitudeOf(-12) });
const overLine = (sound: Sound) => listenTo(companded(sound, 'alaw'));
const ring = (seconds: number) => beats(seconds, [1, 4], at(450));

describe('a busy tone that begins in the middle of its beat, behind a ringback', () => {
  it.each([
    ['after a pause', 7.1, 0.25],
    ['at once, at another pitch', 11.07, 0.23],
    ['with next to nothing of the beat', 7.4, 0.28],
  ])('is one switch, no ringback that began anew: %s', (_, from, skip) => {
    const heard = overLine(joined(ring(from), beats(5, [0.35, 0.35], at(434), skip)));
    expect(heard.events).toMatchObject([{ type: 'switch', frm: 'ringback_standard', to: 'busy' }]);
    expect(Math.abs((heard.events[0]?.t ?? 0) - from)).toBeLessThan(1);
    expect(heard.forwarded).toBe(false);
  });

  it('is one switch where it takes over from a beat', () => {
    const heard = overLine(joined(ring(10.5), beats(5, [0.35, 0.35], at(460), 0.2)));
    expect(heard.events).toMatchObject([{ type: 'switch', to: 'busy' }]);
    expect(heard.forwarded).toBe(false);
  });
});

describe('a beat that lost packets', () => {
  it('in the middle of a congestion tone is a beat of it', () => {
    const sound = beats(10, [0.7, 0.7], at(450)).slice();
    // 100 ms: more than is mended.
    sound.fill(0, 8_000 * 4.6, 8_000 * 4.7);
    const heard = overLine(sound);
    expect(heard.class).toBe('congestion');
    expect(heard.events).toEqual([]);
  });
});

it('one odd beat in a pause of a ringback is no tone and no other telephone', () => {
  const sound = ring(15).slice();
  sound.set(tone(0.75, at(450)), 8_000 * 7.5);
  const heard = overLine(sound);
  expect(heard.class).toBe('ringback_standard');
  expect(heard.events).toEqual([]);
});

it('a ringback behind one that began anew is still another telephone', () => {
  const heard = overLine(joined(ring(6), silence(1.5), ring(6)));
  expect(heard.events).toMatchObject([{ type: 'restart' }]);
  expect(heard.forwarded).toBe(true);
});
