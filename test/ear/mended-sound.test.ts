import { describe, expect, it } from 'vitest';
import { createMendedSound } from '../../src/ear/mended-sound.ts';

const PACKET = 160;
/** −34 dBFS, as a line with an offset has it. */
const OFFSET = -655;

/** A beat of 450 Hz and a pause that is one value, as A-law has it when nothing sounds. */
function beatAndPause(): Int16Array {
  return Int16Array.from({ length: 50 * PACKET }, (_, n) =>
    n < 20 * PACKET ? OFFSET + Math.round(2_000 * Math.sin((2 * Math.PI * 450 * n) / 8_000)) : OFFSET,
  );
}

function mended(sound: Int16Array): readonly number[] {
  const one = createMendedSound();
  one.take(sound);
  one.finish();
  const out = new Float32Array(sound.length);
  one.copy(0, sound.length, out);
  return [...out].map((value) => Math.round(value * 32_768));
}

describe('lost packets', () => {
  it('are mended in a pause that is one value: the line does not knock', () => {
    const sound = beatAndPause();
    for (const lost of [26, 29, 30, 33, 34, 35, 41]) sound.fill(0, lost * PACKET, (lost + 1) * PACKET);
    const pause = mended(sound).slice(24 * PACKET);
    expect(new Set(pause)).toEqual(new Set([OFFSET]));
  });

  it('leave hum on the last step of a coder as it came', () => {
    const sound = Int16Array.from({ length: 50 * PACKET }, (_, n) => (Math.floor(n / 80) % 2 === 0 ? -8 : 8));
    expect(mended(sound)).toEqual([...sound]);
  });

  it('leave what begins after a pause, and a tone of square waves, as they came', () => {
    const sound = beatAndPause();
    for (let n = 40 * PACKET; n < sound.length; n += 1)
      sound[n] = Math.floor(n / 100) % 2 === 0 ? 3_000 : -3_000;
    expect(mended(sound).slice(40 * PACKET)).toEqual([...sound.slice(40 * PACKET)]);
  });
});
