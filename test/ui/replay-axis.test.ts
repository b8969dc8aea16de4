import { describe, expect, it } from 'vitest';
import type { SoundDefect } from '../../src/sound/judgement.ts';
import { momentAt } from '../../src/ui/call-moments.ts';
import { axisOf, nextSound, onAxis, soundAfter, soundAt, startOf } from '../../src/ui/replay/axis.ts';
import type { CallView, RecordingView } from '../../src/web/protocol/call-view.ts';
import { A_RECORDING, aCall } from './views.ts';

const BEGIN = 1_000_000;

function sound(id: string, seconds: number, over: Partial<RecordingView> = {}): RecordingView {
  return { ...A_RECORDING, id, state: 'attached', seconds, defects: [], ...over };
}

/** Rang for ten seconds, was spoken for sixty. */
function talkOf(...recordings: RecordingView[]): CallView {
  return aCall('c', {
    startedAt: BEGIN,
    ringingAt: BEGIN + 1_000,
    answeredAt: BEGIN + 10_000,
    endedAt: BEGIN + 70_000,
    recordings,
  });
}

function axis(...recordings: RecordingView[]) {
  return axisOf(talkOf(...recordings), recordings, null);
}

describe('the axis of a call', () => {
  it('has the ring, then the talk where it was spoken', () => {
    expect(axis(sound('a', 60))).toEqual({
      begin: BEGIN,
      seconds: 70,
      ring: { from: 0, to: 10 },
      sounds: [{ recording: 'a', from: 10, to: 70 }],
      gaps: [],
    });
  });

  it.each<[string, SoundDefect, number, [number, number], [number, number]]>([
    ['at the begin', { kind: 'cut-at-start', seconds: 12 }, 48, [10, 22], [22, 70]],
    ['at the end', { kind: 'cut-at-end', seconds: 20 }, 40, [50, 70], [10, 50]],
    ['nobody knows where', { kind: 'short', seconds: 20 }, 40, [50, 70], [10, 50]],
  ])('never closes what is missing %s', (_where, defect, seconds, gap, heard) => {
    const made = axis(sound('a', seconds, { defects: [defect] }));
    expect(made.gaps).toEqual([{ from: gap[0], to: gap[1] }]);
    expect(made.sounds).toEqual([{ recording: 'a', from: heard[0], to: heard[1] }]);
    expect(made.seconds).toBe(70);
  });

  it('has a gap between two parts, each second of it once', () => {
    const made = axis(
      sound('a', 20, { defects: [{ kind: 'cut-at-end', seconds: 40 }] }),
      sound('b', 25, { defects: [{ kind: 'cut-at-start', seconds: 35 }] }),
    );
    expect(made.sounds.map(({ from, to }) => [from, to])).toEqual([
      [10, 30],
      [45, 70],
    ]);
    expect(made.gaps).toEqual([{ from: 30, to: 45 }]);
  });

  it('is one gap where the talk has no sound at all', () => {
    expect(axis().gaps).toEqual([{ from: 10, to: 70 }]);
    expect(startOf(axis())).toBeNull();
    // Of a line that is not recorded nothing is missing.
    expect(axisOf(talkOf(), [], null, false).gaps).toEqual([]);
  });

  it('has what was heard before the answer at the end of the ring, and begins with the talk all the same', () => {
    const made = axis(sound('before', 4, { part: 'before-answer' }), sound('a', 60));
    expect(made.sounds.map(({ recording, from }) => [recording, from])).toEqual([
      ['before', 6],
      ['a', 10],
    ]);
    expect(startOf(made)?.recording).toBe('a');
  });

  it('shows the chosen one of two sounds of the same time', () => {
    const both = [sound('a', 60), sound('by-hand', 90)];
    const call = talkOf(...both);
    expect(axisOf(call, both, null).sounds.map(({ recording }) => recording)).toEqual(['a']);
    expect(axisOf(call, both, 'by-hand').sounds.map(({ recording }) => recording)).toEqual(['by-hand']);
  });

  it('finds the sound of a place, skips ring and gaps, and ends after the last', () => {
    const made = axis(
      sound('a', 20, { defects: [{ kind: 'cut-at-end', seconds: 40 }] }),
      sound('b', 25, { defects: [{ kind: 'cut-at-start', seconds: 35 }] }),
    );
    expect(soundAt(made, 12.5)).toEqual({ recording: 'a', seconds: 2.5 });
    expect(soundAt(made, 3)).toBeNull();
    expect(nextSound(made, 3)).toEqual({ recording: 'a', seconds: 0 });
    expect(soundAt(made, 31)).toBeNull();
    expect(nextSound(made, 31)).toEqual({ recording: 'b', seconds: 0 });
    expect(soundAfter(made, 'a')).toEqual({ recording: 'b', seconds: 0 });
    expect(soundAfter(made, 'b')).toBeNull();
    expect(onAxis(made, 'b', 5)).toBe(50);
  });

  it('a note made where the sound stands has its second of the call', () => {
    const call = talkOf(sound('a', 48, { defects: [{ kind: 'cut-at-start', seconds: 12 }] }));
    const [recording] = call.recordings;
    expect(recording && momentAt(call, recording, 3)).toBe(BEGIN + 25_000);
  });
});
