import { describe, expect, it } from 'vitest';
import { isFalseAlarm, listenTo, ringbacks } from './ringbacks.ts';

describe('a standard ringback', () => {
  it('is never called 彩铃, anywhere in the tolerance: 300 of 300', { timeout: 300_000 }, () => {
    const all = ringbacks('npm test', 0, 300, ['none', 'alaw', 'ulaw', 'gsm', 'g726', 'opus']);
    const heard = all.map(({ name, line, sound }) => ({ name, line, heard: listenTo(sound) }));
    expect(heard.filter((one) => isFalseAlarm(one.heard)).map(({ name, line }) => [name, line])).toEqual([]);
    const right = heard.filter((one) => one.heard.class === 'ringback_standard').length;
    expect(right).toBeGreaterThanOrEqual(294);
  });
});
