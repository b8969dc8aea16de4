import { describe, expect, it } from 'vitest';
import { toldRecordings } from '../../src/ui/told-recordings.ts';
import type { CallView, RecordingView } from '../../src/web/protocol/call-view.ts';
import { A_RECORDING, aCall } from './views.ts';

function told(over: Partial<CallView>, ...files: Pick<RecordingView, 'part' | 'state'>[]): readonly string[] {
  const recordings = files.map(({ part, state }, place) => ({
    ...A_RECORDING,
    id: `f${place}`,
    part,
    state,
  }));
  return toldRecordings(aCall('a', { ...over, recordings })).map(({ id, state }) => `${id} ${state}`);
}

const RANG_ONLY = { phase: 'ended', answeredAt: null } as const;
const TALKED = { phase: 'ended', answeredAt: 2_000 } as const;

describe('the sound an officer is told of', () => {
  it('after a call that only rang is none: its empty file is as it should be', () => {
    expect(told(RANG_ONLY, { part: 'talk', state: 'no-sound' })).toEqual([]);
  });

  it('is said to be empty after a talk', () => {
    expect(told(TALKED, { part: 'talk', state: 'no-sound' })).toEqual(['f0 no-sound']);
  });

  it('before the answer is told only when something was heard', () => {
    const files = [
      { part: 'before-answer', state: 'attached' } as const,
      { part: 'talk', state: 'missing' } as const,
    ];
    expect(told(RANG_ONLY, ...files)).toEqual(['f0 attached', 'f1 missing']);
    expect(told(TALKED, { part: 'before-answer', state: 'no-sound' })).toEqual([]);
  });
});
