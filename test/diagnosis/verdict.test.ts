import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/diagnosis/finding.ts';
import { type LineCheck, PROOF_LASTS_MS, verdictOf } from '../../src/diagnosis/verdict.ts';

const NOW = 1_795_450_000_000;
const HOUR = 3_600_000;

function look(more: Partial<LineCheck>): LineCheck {
  return {
    ...{ topic: 'forwarding', scope: 'always', source: 'probe', at: NOW - HOUR, result: 'clean', why: null },
    ...more,
  };
}

function open(kind: Finding['kind'], state: Finding['state']) {
  return { kind, state, lastAt: NOW - 2 * HOUR };
}

describe('the verdict of a line', () => {
  it('is unknown until somebody looked', () => {
    expect(verdictOf('forwarding', [], [], NOW)).toMatchObject({ state: 'unknown', why: 'never', at: null });
  });

  it('is clean by a probe, and of 呼转 by a call that arrived; settings alone prove nothing', () => {
    expect(verdictOf('forwarding', [look({})], [], NOW)).toMatchObject({ state: 'none', source: 'probe' });
    expect(verdictOf('forwarding', [look({ source: 'call' })], [], NOW)).toMatchObject({
      state: 'none',
      source: 'call',
    });
    expect(verdictOf('ringback', [look({ topic: 'ringback', source: 'call' })], [], NOW).state).toBe(
      'unknown',
    );
    expect(verdictOf('forwarding', [look({ source: 'settings' })], [], NOW).state).toBe('unknown');
  });

  it('names every scope that was covered', () => {
    const looks = [
      look({}),
      look({ scope: 'no-answer', at: NOW - 3 * HOUR }),
      look({ scope: 'busy', at: NOW - 30 * HOUR }),
    ];
    expect(verdictOf('forwarding', looks, [], NOW).scopes).toEqual(['always', 'no-answer']);
  });

  it('is no longer green after a day, to the millisecond', () => {
    const at = NOW - PROOF_LASTS_MS;
    expect(verdictOf('forwarding', [look({ at: at + 1 })], [], NOW).state).toBe('none');
    expect(verdictOf('forwarding', [look({ at })], [], NOW)).toMatchObject({
      state: 'unknown',
      why: 'too-old',
      at,
    });
  });

  it('is not known again when what was suspect has been dealt with, until somebody looks', () => {
    const suspect = look({ source: 'call', result: 'suspect' });
    const dismissed = [open('left-premises', 'dismissed')];
    expect(verdictOf('forwarding', [suspect], dismissed, NOW)).toMatchObject({
      ...{ state: 'unknown', why: 'not-rechecked', at: suspect.at },
    });
    const again = look({ at: NOW - 1_000 });
    expect(verdictOf('forwarding', [suspect, again], dismissed, NOW).state).toBe('none');
  });

  it('is not proved by what was seen before the last thing suspect: a call of nine does not answer a probe of ten', () => {
    const call = look({ source: 'call', at: NOW - 3 * HOUR });
    const probe = look({ result: 'suspect', at: NOW - 2 * HOUR });
    const closed = [{ ...open('probe-not-arrived', 'closed'), lastAt: probe.at }];
    expect(verdictOf('forwarding', [call, probe], closed, NOW)).toMatchObject({
      ...{ state: 'unknown', why: 'not-rechecked', at: probe.at, source: 'probe' },
    });
    const again = look({ source: 'call', at: NOW - HOUR });
    expect(verdictOf('forwarding', [again, probe], closed, NOW)).toMatchObject({
      ...{ state: 'none', at: again.at },
    });
    // A doubt of the ear from before says nothing of the mending either.
    const unsure = look({ source: 'call', result: 'unknown', why: 'not-recognised', at: NOW - 3 * HOUR });
    expect(verdictOf('forwarding', [unsure, probe], closed, NOW).why).toBe('not-rechecked');
  });

  it('nor by what was seen before a code was dialled or a setting was found, which a dismissed one repeats for ever', () => {
    const call = look({ source: 'call', at: NOW - 3 * HOUR });
    for (const kind of ['forward-code', 'forward-setting'] as const)
      expect(verdictOf('forwarding', [call], [open(kind, 'closed')], NOW)).toMatchObject({
        ...{ state: 'unknown', why: 'not-rechecked' },
      });
    const settings = look({ source: 'settings', result: 'suspect', at: NOW - 1_000 });
    const dismissed = [open('forward-setting', 'dismissed')];
    expect(verdictOf('forwarding', [look({}), settings], dismissed, NOW).state).toBe('none');
    // Of another topic it says nothing.
    expect(
      verdictOf('ringback', [look({ topic: 'ringback' })], [open('forward-code', 'closed')], NOW).state,
    ).toBe('none');
  });

  it('says that settings alone were looked at', () => {
    const settings = look({ topic: 'ringback', source: 'settings' });
    expect(verdictOf('ringback', [settings], [], NOW)).toMatchObject({
      state: 'unknown',
      why: 'settings-only',
    });
  });

  it('says why nothing could be heard', () => {
    const rang = look({ topic: 'ringback', result: 'unknown', why: 'only-ringing' });
    expect(verdictOf('ringback', [rang], [], NOW)).toMatchObject({ state: 'unknown', why: 'only-ringing' });
  });

  it('is suspect by an open finding of its own topic, and 问题 only by a person', () => {
    const clean = [look({})];
    expect(verdictOf('forwarding', clean, [open('left-premises', 'suspect')], NOW).state).toBe('suspect');
    expect(verdictOf('forwarding', clean, [open('left-premises', 'confirmed')], NOW).state).toBe('confirmed');
    expect(verdictOf('forwarding', clean, [open('left-premises', 'dismissed')], NOW).state).toBe('none');
    expect(verdictOf('forwarding', clean, [open('music-before-answer', 'confirmed')], NOW).state).toBe(
      'none',
    );
  });
});
