import { describe, expect, it } from 'vitest';
import { opensFinding, standingKey } from '../../src/diagnosis/finding.ts';
import { noticedByAudit, noticedByCode, unreadSettings } from '../../src/diagnosis/noticed-setting.ts';
import type { SettingSuspicion } from '../../src/diagnosis/setting-suspicion.ts';
import { NOTHING_APPROVED, RING_LIMITS, type WatchRules } from '../../src/diagnosis/watch-rules.ts';

const AT = 1_795_450_000_000;
const rules: WatchRules = {
  ...{ areaCode: '0954', ...RING_LIMITS },
  lines: { 'line-1': { ...NOTHING_APPROVED, approvedTargets: ['0954-2030009'] } },
};

const line = {
  context: 'from-did',
  extension: '2035678',
  priority: 3,
  application: 'Dial',
  data: 'PJSIP/1@t',
};
const toTrunk: SettingSuspicion = {
  ...{ rule: 'dialled-outside', scope: 'always', target: '913900001111', sound: null },
  place: { kind: 'dialplan', at: line, path: [{ ...line, priority: 1, application: 'Goto', data: '3' }] },
};
const kept: SettingSuspicion = {
  ...{ rule: 'call-forward', scope: 'busy', target: '2030009', sound: null },
  place: { kind: 'database', key: 'CFB/1001', value: '2030009', phone: 'PJSIP/1001' },
};
const music: SettingSuspicion = { ...toTrunk, rule: 'music-while-ringing', target: null, sound: 'crbt' };
const away: SettingSuspicion = {
  ...{ rule: 'phone-unreachable', scope: 'always', target: null, sound: null },
  place: { kind: 'phone', endpoint: 'PJSIP/1001', state: 'UNAVAILABLE' },
};

function audit(suspicions: readonly SettingSuspicion[], blocks = false) {
  const unreadable = blocks ? [{ what: 'dialplan', blocks, zh: '', en: '' } as const] : [];
  return noticedByAudit({ line: 'line-1', at: AT, suspicions, unreadable }, rules);
}

describe('an audit of the settings', () => {
  it('says exactly where, with the way there and who is behind the number', () => {
    const { suspicions, checks } = audit([toTrunk, music, away]);
    expect(suspicions).toMatchObject([
      {
        kind: 'dialplan-trunk',
        evidence: { by: 'dialplan', priority: '3', path: ['from-did,2035678,1'], application: 'Dial' },
      },
      { kind: 'dialplan-sound' },
      { kind: 'phone-unreachable', evidence: { key: 'PJSIP/1001', value: 'UNAVAILABLE' } },
    ]);
    expect(checks.map(({ topic, result }) => [topic, result])).toEqual([
      ['forwarding', 'suspect'],
      ['ringback', 'suspect'],
    ]);
    // The same at the next look.
    expect(suspicions.map(standingKey)).not.toContain(null);
  });

  it('finds nothing in a number that is approved', () => {
    const { suspicions, checks } = audit([kept]);
    expect(suspicions).toEqual([]);
    expect(checks.every((check) => check.result === 'clean')).toBe(true);
  });

  it('says nothing of what it could not read', () => {
    expect(audit([], true).checks).toMatchObject([
      { result: 'unknown', why: 'settings-unreadable' },
      { result: 'unknown', why: 'settings-unreadable' },
    ]);
    expect(unreadSettings(AT)).toEqual(audit([], true).checks);
    expect(audit([toTrunk], true).checks[0]).toMatchObject({ result: 'suspect', why: null });
  });
});

describe('a code dialled from the duty phone', () => {
  const dialled = {
    dial: '*57*{number}#',
    condition: 'always',
    target: '13900001111',
    phone: 'PJSIP/1001',
  } as const;
  it('is suspect when it sets forwarding, with the number it was set to', () => {
    expect(noticedByCode({ ...dialled, change: 'set' })).toMatchObject({
      kind: 'forward-code',
      scope: 'always',
      evidence: { dialled: '*57*13900001111#', target: '13900001111' },
    });
    expect(noticedByCode({ ...dialled, change: 'toggled', condition: 'unreachable' }).scope).toBe(
      'no-answer',
    );
  });
  it('makes no line suspect when it removes it', () => {
    const removed = noticedByCode({ ...dialled, dial: '#57#', target: null, change: 'removed' });
    expect(removed.evidence).toMatchObject({ dialled: '#57#', change: 'removed', target: null });
    expect(opensFinding(removed)).toBe(false);
    expect(opensFinding(noticedByCode({ ...dialled, change: 'toggled' }))).toBe(true);
  });
});
