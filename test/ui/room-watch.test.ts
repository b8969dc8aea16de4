import { describe, expect, it } from 'vitest';
import type { LineVerdict } from '../../src/diagnosis/verdict.ts';
import { lastFineProbe, openSuspects, worstOf } from '../../src/ui/room-watch.ts';
import type { LineWatchView } from '../../src/web/protocol/watch-view.ts';

const AT = 1_764_000_000_000;
const NOW = AT + 60_000;
const A_DAY = 86_400_000;
const verdict = (state: LineVerdict['state'], more: Partial<LineVerdict> = {}): LineVerdict => ({
  ...{ state, at: AT, source: 'probe', scopes: ['always'], why: state === 'unknown' ? 'only-ringing' : null },
  ...more,
});
const fine = verdict('none');
const line = (id: string, forwarding: LineVerdict, ringback: LineVerdict, undecided = 0): LineWatchView => ({
  line: id,
  forwarding,
  ringback,
  undecided,
  probing: false,
});

describe('the chip of a room', () => {
  it('is fine only when every question of every line is answered', () => {
    expect(worstOf([line('a', fine, fine), line('b', fine, fine)], NOW).state).toBe('none');
    expect(worstOf([line('a', fine, fine), line('b', fine, verdict('unknown'))], NOW)).toMatchObject({
      state: 'unknown',
      topics: ['ringback'],
      never: false,
    });
    expect(worstOf([], NOW)).toMatchObject({ state: 'unknown' });
  });

  it('says the worst: what was confirmed, then what is suspect, then what nobody knows', () => {
    const unknown = verdict('unknown');
    const suspect = line('a', verdict('suspect'), unknown, 1);
    expect(worstOf([suspect], NOW)).toMatchObject({ state: 'suspect', topics: ['forwarding'] });
    expect(worstOf([suspect, line('b', fine, verdict('confirmed'))], NOW)).toMatchObject({
      state: 'confirmed',
      topics: ['ringback'],
    });
  });

  it('is not fine any more when the proof is a day old, also when nobody tells the page so', () => {
    expect(worstOf([line('a', fine, fine)], AT + A_DAY - 1).state).toBe('none');
    expect(worstOf([line('a', fine, fine)], AT + A_DAY)).toMatchObject({ state: 'unknown', never: false });
    expect(lastFineProbe([line('a', fine, fine)], AT + A_DAY)).toBeNull();
  });

  it('knows a room where nobody ever looked', () => {
    const never = verdict('unknown', { why: 'never', at: null, source: null });
    expect(worstOf([line('a', never, never)], NOW)).toMatchObject({ state: 'unknown', never: true });
  });
});

describe('what waits for somebody', () => {
  it('is a row for each question that is suspect', () => {
    const rows = openSuspects([line('a', verdict('suspect'), verdict('suspect'), 2), line('b', fine, fine)]);
    expect(rows.map(({ line: of, topic }) => [of, topic])).toEqual([
      ['a', 'forwarding'],
      ['a', 'ringback'],
    ]);
  });

  it('is a row without a question where only the answering is suspect, or more came beside what was confirmed', () => {
    expect(openSuspects([line('a', fine, fine, 1)])).toMatchObject([{ topic: null, count: 1 }]);
    expect(openSuspects([line('a', verdict('confirmed'), fine, 2)])).toMatchObject([
      { topic: null, count: 2 },
    ]);
  });

  it('is nothing once everything was decided', () => {
    expect(openSuspects([line('a', verdict('confirmed'), fine)])).toEqual([]);
  });
});

describe('the last probe that found nothing', () => {
  it('is the newest of the room', () => {
    const later = verdict('none', { at: AT + 60_000 });
    expect(lastFineProbe([line('a', fine, later)], NOW)).toBe(AT + 60_000);
  });

  it('is not a call, not what was not recognised, and nothing beside a 疑似', () => {
    expect(
      lastFineProbe([line('a', verdict('none', { source: 'call' }), verdict('unknown'))], NOW),
    ).toBeNull();
    expect(lastFineProbe([line('a', fine, verdict('suspect'), 1)], NOW)).toBeNull();
  });
});
