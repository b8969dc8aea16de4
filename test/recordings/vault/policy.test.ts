import { describe, expect, it } from 'vitest';
import { forecastDisk } from '../../../src/recordings/vault/forecast.ts';
import {
  deletionsDue,
  type Retained,
  type RetentionRule,
  ruleFor,
} from '../../../src/recordings/vault/retention.ts';
import { dueForVerification } from '../../../src/recordings/vault/verify-schedule.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 24);

function recording(change: Partial<Retained> = {}): Retained {
  return {
    recording: 'r',
    units: ['county', 'city'],
    part: 'talk',
    protectedBy: null,
    at: NOW - 100 * DAY,
    bytes: 1_000,
    ...change,
  };
}

describe('the policy of retention', () => {
  const rules: readonly RetentionRule[] = [
    { unit: null, kind: 'talk', days: 365 },
    { unit: null, kind: 'no-record', days: 60 },
    { unit: 'city', kind: 'talk', days: 90 },
    { unit: 'county', kind: 'before-answer', days: 30 },
  ];
  const bySound = rules.filter(({ kind }) => kind !== 'no-record');

  it.each([
    ['the rule of its own unit', { part: 'before-answer' }, rules, 30],
    ['the rule of the unit above', { part: 'talk' }, rules, 90],
    ['the rule of all units', { part: 'talk', units: ['other'] }, bySound, 365],
    ['no-record before what the sound is', { part: 'talk', units: ['other'] }, rules, 60],
    ['no rule: it stays', { part: 'before-answer', units: ['other'] }, bySound, null],
  ] as const)('goes by %s', (_, change, among, days) => {
    expect(ruleFor(recording(change), among)?.days ?? null).toBe(days);
  });

  it('of two rules that say the same thing counts the longer', () => {
    const twice: readonly RetentionRule[] = [30, 90, 60].map((days) => ({ unit: null, kind: 'talk', days }));
    expect(ruleFor(recording(), twice)?.days).toBe(90);
  });

  it('deletes the oldest first, to the day, with its reason', () => {
    const list = [
      recording({ recording: 'b', at: NOW - 90 * DAY }),
      recording({ recording: 'young', at: NOW - 90 * DAY + 1 }),
      recording({ recording: 'a', at: NOW - 91 * DAY }),
    ];
    const due = deletionsDue(list, rules, NOW);
    expect(due.map((one) => one.recording)).toEqual(['a', 'b']);
    expect(due[0]).toMatchObject({ ageDays: 91, zh: '通话录音按规定保存 90 天，已 91 天' });
  });

  it('never deletes what is protected, nor anything without a rule', () => {
    const old = NOW - 9_000 * DAY;
    expect(deletionsDue([recording({ protectedBy: 'record', at: old })], rules, NOW)).toEqual([]);
    expect(deletionsDue([recording({ at: old })], [], NOW)).toEqual([]);
  });
});

describe('the forecast', () => {
  const GB = 1e9;
  it.each([
    [
      '41 days ahead',
      Array<number>(30).fill(GB),
      46 * GB,
      '按近 30 天用量，录音存储约 41 天后写满',
      'warn',
      41,
    ],
    ['far away', Array<number>(30).fill(GB), 205 * GB, '按近 30 天用量，录音存储约 200 天后写满', 'ok', 200],
    ['near', Array<number>(30).fill(GB), 12 * GB, '按近 30 天用量，录音存储约 7 天后写满', 'alarm', 7],
    ['today', Array<number>(30).fill(GB), 5.5 * GB, '按近 30 天用量，录音存储今天就会写满', 'alarm', 0],
    ['by fewer days', [GB, 3 * GB], 105 * GB, '按近 2 天用量，录音存储约 50 天后写满', 'warn', 50],
    [
      'by the last 30 only',
      [900 * GB, ...Array<number>(30).fill(GB)],
      105 * GB,
      '按近 30 天用量，录音存储约 100 天后写满',
      'ok',
      100,
    ],
    ['in ages', [1], 105 * GB, '按近 1 天用量，录音存储十年内不会写满', 'ok', 100 * GB],
    [
      'over',
      Array<number>(30).fill(GB),
      5 * GB,
      '录音存储已写满，只剩保留空间，请立即清理或扩容',
      'alarm',
      0,
    ],
    ['over, and beyond', [], GB, '录音存储已写满，只剩保留空间，请立即清理或扩容', 'alarm', 0],
    ['unknown: no use', [0, 0], 105 * GB, '近 2 天没有用量，无法预计写满时间', 'ok', null],
    ['unknown: more went than came', [5, -9], 105 * GB, '近 2 天没有用量，无法预计写满时间', 'ok', null],
    ['unknown: new', [], 105 * GB, '还没有录音，无法预计写满时间', 'ok', null],
    [
      'unknown: a disk that does not say',
      [GB],
      null,
      '录音存储的剩余空间无法得知，不能预计何时写满，请检查磁盘和挂载',
      'warn',
      null,
    ],
  ] as const)('is %s', (_, dailyBytes, freeBytes, sentenceZh, level, days) => {
    const forecast = forecastDisk({ dailyBytes, freeBytes, reserveBytes: 5 * GB, warnDays: 60 });
    expect(forecast).toMatchObject({ sentenceZh, level, days });
    expect(forecast.sentenceEn).not.toBe('');
  });
});

describe('the days of warning', () => {
  it.each([
    [50, 60, 'warn'],
    [50, 49, 'ok'],
    [50, 50, 'warn'],
    [14, 60, 'alarm'],
    [14, 10, 'ok'],
    [10, 10, 'alarm'],
  ] as const)('%s days ahead, warned %s days before: %s', (days, warnDays, level) => {
    const use = { dailyBytes: [1], freeBytes: days, reserveBytes: 0, warnDays };
    expect(forecastDisk(use)).toMatchObject({ days, level });
  });
});

describe('the nights of verification', () => {
  const names = (count: number, checkedAt: (n: number) => number | null) =>
    Array.from({ length: count }, (_, n) => ({
      recording: `r${String(n).padStart(3, '0')}`,
      checkedAt: checkedAt(n),
    }));

  it('take a share each, never checked first, then the oldest check', () => {
    const all = names(90, (n) => (n < 2 ? null : NOW - (n + 2) * 3_600_000));
    expect(dueForVerification(all, NOW, 30)).toEqual(['r000', 'r001', 'r089']);
  });

  it('catch up, but by no more than three shares', () => {
    expect(
      dueForVerification(
        names(90, () => null),
        NOW,
        30,
      ),
    ).toHaveLength(9);
    expect(
      dueForVerification(
        names(90, (n) => NOW - (n < 5 ? 31 : 2) * DAY),
        NOW,
        30,
      ),
    ).toHaveLength(5);
  });

  it('read nothing twice in a day, and nothing of nothing', () => {
    expect(
      dueForVerification(
        names(2, () => NOW - 3_600_000),
        NOW,
        30,
      ),
    ).toEqual([]);
    expect(dueForVerification([], NOW, 30)).toEqual([]);
  });

  it('reach every recording within the days', () => {
    const state = names(100, () => NOW);
    for (let night = 1; night <= 30; night += 1) {
      const now = NOW + night * DAY;
      const due = new Set(dueForVerification(state, now, 30));
      for (const one of state) if (due.has(one.recording)) one.checkedAt = now;
    }
    expect(state.every((one) => one.checkedAt !== NOW)).toBe(true);
  });
});
