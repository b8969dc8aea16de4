import { describe, expect, it } from 'vitest';
import { toldCallbacks } from '../../src/ui/callbacks.ts';
import type { CallbackView } from '../../src/web/protocol/call-view.ts';
import { aCall } from './views.ts';

const MINUTE = 60_000;

function waiting(id: string, since: number, level: number, over: Partial<CallbackView> = {}) {
  return aCall(id, { callback: { since, level, claimedBy: null, closed: null, ...over } });
}

describe('待回拨 on every seat', () => {
  it('is told from level 1 on, the highest and then the longest first, with whole minutes', () => {
    const calls = [
      waiting('fresh', 9 * MINUTE, 0),
      waiting('later', 4 * MINUTE, 1),
      waiting('first', 3 * MINUTE, 1),
      waiting('superior', 5 * MINUTE, 2),
    ];
    expect(
      toldCallbacks(calls, 10.9 * MINUTE).map(({ call, minutes, leader }) => [call.id, minutes, leader]),
    ).toEqual([
      ['superior', 5, true],
      ['first', 7, false],
      ['later', 6, false],
    ]);
  });

  it('is over when it is closed, and never shows a call that is shut', () => {
    const closed = { at: 1, how: 'called-back', call: null, by: null, reason: null } as const;
    const calls = [
      waiting('closed', 0, 2, { closed }),
      { ...waiting('shut', 0, 2), shut: 'isolated' as const },
      aCall('none'),
    ];
    expect(toldCallbacks(calls, MINUTE)).toEqual([]);
  });
});
