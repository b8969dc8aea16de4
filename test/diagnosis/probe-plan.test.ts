import { describe, expect, it } from 'vitest';
import {
  isDue,
  isQuiet,
  type LineNow,
  MINUTE_MS,
  mayNotProbe,
  type ProbePlan,
  type WantedProbe,
} from '../../src/diagnosis/probe-plan.ts';

const PLAN: ProbePlan = {
  timeZone: 'Asia/Shanghai',
  mostADay: 4,
  quiet: [{ from: 22 * 60 + 30, to: 6 * 60 + 30 }],
  beforeShiftMs: 30 * MINUTE_MS,
  offPeak: [{ from: 19 * 60, to: 22 * 60 }],
};
const FREE: LineNow = { busy: false, probing: false, today: 0, waysIn: 2, inSight: true };
const PLAIN: WantedProbe = { scope: 'always', consent: false };
const HOUR = 60 * MINUTE_MS;
const DAY = 24 * HOUR;
/** Midnight in Shanghai. */
const MIDNIGHT = Date.UTC(2026, 10, 25, 16);

describe('whether a probe may be placed', () => {
  const may = (line: Partial<LineNow>, wanted: Partial<WantedProbe> = {}, at = MIDNIGHT + 10 * HOUR) =>
    mayNotProbe(PLAN, { ...FREE, ...line }, { ...PLAIN, ...wanted }, at);

  it.each([
    ['nothing stands against it', {}, {}, null],
    ['the line talks or rings', { busy: true }, {}, 'probe-line-busy'],
    ['another probe of it runs', { probing: true }, {}, 'probe-line-probed'],
    ['the day has had enough', { today: 4 }, {}, 'probe-daily-cap'],
    ['no other trunk leads to it', { waysIn: 0 }, {}, 'probe-no-second-trunk'],
    ['遇忙 with one trunk', { waysIn: 1 }, { scope: 'busy', consent: true }, 'probe-no-second-trunk'],
    ['无应答 without consent', {}, { scope: 'no-answer' }, 'probe-no-consent'],
    ['无应答 with it', {}, { scope: 'no-answer', consent: true }, null],
    ['nobody sees the PBX', { inSight: false }, {}, 'probe-out-of-sight'],
  ] as const)('%s', (_what, line, wanted, expected) => {
    expect(may(line, wanted)).toBe(expected);
  });

  it('never in quiet hours, over midnight and to the minute', () => {
    const quiet = (hours: number, minutes: number) =>
      isQuiet(PLAN, MIDNIGHT + hours * HOUR + minutes * MINUTE_MS);
    expect([
      quiet(22, 29),
      quiet(22, 30),
      quiet(23, 59),
      quiet(0, 0),
      quiet(6, 29),
      quiet(6, 30),
      quiet(12, 0),
    ]).toEqual([...[false, true, true, true, true, false, false]]);
    expect(may({}, { consent: true, scope: 'no-answer' }, MIDNIGHT + 3 * HOUR)).toBe('probe-quiet-hours');
  });
});

describe('when the schedule wants one', () => {
  const shift = MIDNIGHT + 8 * HOUR;
  const due = (at: number, last: number | null = null) => isDue(PLAN, 'l', [shift], last, () => 0.5, at);

  it('half an hour before each 交班, once', () => {
    expect(due(shift - 31 * MINUTE_MS)).toBe(false);
    expect(due(shift - 30 * MINUTE_MS)).toBe(true);
    expect(due(shift - 20 * MINUTE_MS, shift - 29 * MINUTE_MS)).toBe(false);
    expect(due(shift - 9 * MINUTE_MS)).toBe(false);
  });

  it('at a moment of chance off-peak', () => {
    const moment = MIDNIGHT + 20 * HOUR + 30 * MINUTE_MS;
    expect([due(moment - MINUTE_MS), due(moment), due(moment + 5 * MINUTE_MS, moment + MINUTE_MS)]).toEqual([
      ...[false, true, false],
    ]);
  });
});

describe('a clock run at speed', () => {
  /** A small reckoner: chance that is always the same for the same text. */
  const chance = (seed: number) => (text: string) => {
    let hash = 2_166_136_261 ^ seed;
    for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619) >>> 0;
    return hash / 2 ** 32;
  };

  it.each([1, 2, 3])(
    'keeps every rule over 15 days of people who press and a line that talks (seed %i)',
    (seed) => {
      const random = chance(seed);
      const lines = ['a', 'b', 'c'];
      const placed: {
        readonly line: string;
        readonly at: number;
        readonly until: number;
        readonly scheduled: boolean;
      }[] = [];
      const refusals = new Set<string>();
      const ends = Array.from({ length: 32 }, (_, n) => MIDNIGHT + 8 * HOUR + n * 12 * HOUR);
      for (let at = MIDNIGHT; at < MIDNIGHT + 15 * DAY; at += 3 * MINUTE_MS) {
        for (const line of lines) {
          const talks = random(`talks ${line} ${Math.floor(at / (10 * MINUTE_MS))}`) < 0.2;
          const day = Math.floor((at - MIDNIGHT) / DAY);
          const own = placed.filter((one) => one.line === line);
          const now: LineNow = {
            ...FREE,
            busy: talks,
            probing: own.some((one) => one.until > at),
            today: own.filter((one) => Math.floor((one.at - MIDNIGHT) / DAY) === day).length,
          };
          const scheduled = own.filter((one) => one.scheduled).at(-1)?.at ?? null;
          const byClock = isDue(PLAN, line, ends, scheduled, random, at);
          const pressed = random(`press ${line} ${at}`) < 0.006;
          if (!byClock && !pressed) continue;
          const not = mayNotProbe(PLAN, now, PLAIN, at);
          if (not !== null) refusals.add(not);
          else {
            expect(talks).toBe(false);
            placed.push({ line, at, until: at + 7 * MINUTE_MS, scheduled: byClock });
          }
        }
      }
      for (const line of lines) {
        const own = placed.filter((one) => one.line === line);
        const days = Map.groupBy(own, (one) => Math.floor((one.at - MIDNIGHT) / DAY));
        expect(Math.max(...[...days.values()].map((day) => day.length))).toBe(PLAN.mostADay);
        expect(own.filter((one) => isQuiet(PLAN, one.at))).toEqual([]);
        expect(own.filter((one, n) => (own[n - 1]?.until ?? 0) > one.at)).toEqual([]);
        expect(own.filter((one) => one.scheduled).length).toBeGreaterThan(15);
      }
      expect([...refusals].sort()).toEqual([
        ...['probe-daily-cap', 'probe-line-busy', 'probe-line-probed', 'probe-quiet-hours'],
      ]);
    },
  );
});
