import { describe, expect, it } from 'vitest';
import { foldIncident, type Incident, type IncidentFact } from '../../src/duty/incident.ts';
import { alarmOf, clocksOf, provingCalls, tellingOf } from '../../src/duty/incident-clock.ts';
import { LIMITS_OF_NOTICE, LIMITS_OF_TOWNSHIP } from '../../src/duty/report-limits.ts';

const MIN = 60_000;
/** Ten minutes before midnight in Guyuan. */
const RECEIVED = Date.UTC(2026, 10, 26, 15, 50);
const OCCURRED = RECEIVED - 25 * MIN;

const opened: IncidentFact = {
  ...{
    kind: 'incident-opened',
    room: 'room-1',
    record: 'r1',
    level: 'unrated',
    at: RECEIVED + MIN,
    by: 'zhang',
  },
  ...{ occurredAt: OCCURRED, receivedAt: RECEIVED },
};

function incident(...facts: readonly IncidentFact[]): Incident {
  const folded = foldIncident('i1', [opened, ...facts]);
  if (folded === undefined) throw new Error('not opened');
  return folded;
}

function sent(more: Partial<Extract<IncidentFact, { kind: 'report-sent' }>> = {}): IncidentFact {
  return {
    ...{
      kind: 'report-sent',
      report: 'p1',
      reportKind: 'first',
      channel: 'telephone',
      at: RECEIVED + 20 * MIN,
    },
    ...{ sentAt: RECEIVED + 20 * MIN, signedBy: 'wang', call: null, furtherDueAt: null, by: 'zhang' },
    ...more,
  };
}

const at = (minutes: number) => RECEIVED + minutes * MIN;
const phases = (of: Incident, now: number, limits = LIMITS_OF_NOTICE) =>
  clocksOf(of, limits, now).map((clock) => `${clock.id} ${clock.phase}`);

describe('the clocks of an incident', () => {
  it('run over midnight from 接报, 30 minutes by telephone and an hour in writing', () => {
    const due = clocksOf(incident(), LIMITS_OF_NOTICE, at(0)).map((clock) => clock.dueAt);
    expect(due).toEqual([at(30), at(60)]);
    expect(due.map((ms) => new Date(ms ?? 0).toISOString())).toEqual([
      '2026-11-26T16:20:00.000Z',
      '2026-11-26T16:50:00.000Z',
    ]);
  });

  it('warn at ten minutes, urge at three, and count up after the limit, to the millisecond', () => {
    expect(phases(incident(), at(20) - 1)[0]).toBe('telephone running');
    expect(phases(incident(), at(20))[0]).toBe('telephone near');
    expect(phases(incident(), at(27))[0]).toBe('telephone urgent');
    expect(phases(incident(), at(30))[0]).toBe('telephone urgent');
    expect(phases(incident(), at(30) + 1)[0]).toBe('telephone over');
  });

  it('show the limit from 事发 beside it, and count from there when the office says so', () => {
    const [clock] = clocksOf(incident(), LIMITS_OF_NOTICE, at(0));
    expect(clock?.otherDueAt).toBe(OCCURRED + 30 * MIN);
    const strict = { ...LIMITS_OF_NOTICE, from: 'occurred' } as const;
    expect(clocksOf(incident(), strict, at(0))[0]).toMatchObject({
      dueAt: OCCURRED + 30 * MIN,
      otherDueAt: at(30),
    });
    const unknown = incident({
      ...{ kind: 'incident-corrected', occurredAt: null, receivedAt: RECEIVED },
      level: 'major',
      at: at(1),
      by: null,
    });
    expect(clocksOf(unknown, strict, at(1))[0]).toMatchObject({ dueAt: at(30) });
  });

  it('are kept by when a report left, not by when it was written down', () => {
    const lateEntry = incident(sent({ sentAt: at(29), at: at(95) }));
    expect(phases(lateEntry, at(96))[0]).toBe('telephone kept');
    expect(lateEntry.reports[0]).toMatchObject({ sentAt: at(29), enteredAt: at(95) });
    expect(phases(incident(sent({ sentAt: at(31), at: at(31) })), at(32))[0]).toBe('telephone late');
  });

  it('count a report no more when it is withdrawn', () => {
    const taken = incident(sent(), { kind: 'report-withdrawn', report: 'p1', at: at(25), by: 'zhang' });
    expect(phases(taken, at(31))[0]).toBe('telephone over');
  });

  it('alarm until somebody says he heard it, once for the warning and once for the limit', () => {
    const alarming = (of: Incident, now: number) => clocksOf(of, LIMITS_OF_NOTICE, now)[0]?.alarming;
    expect(alarming(incident(), at(19))).toBe(false);
    expect(alarming(incident(), at(21))).toBe(true);
    const heard = incident({
      kind: 'alarm-acknowledged',
      clock: alarmOf('telephone', 'near'),
      at: at(22),
      by: 'zhang',
    });
    expect(alarming(heard, at(29))).toBe(false);
    expect(alarming(heard, at(31))).toBe(true);
  });

  it('sound again for a 续报, and end with a 终报', () => {
    const first = sent({ furtherDueAt: at(120) });
    const second = sent({
      report: 'p2',
      reportKind: 'further',
      channel: 'written',
      sentAt: at(50),
      at: at(50),
      furtherDueAt: at(180),
    });
    const heard: IncidentFact = {
      kind: 'alarm-acknowledged',
      clock: alarmOf(`further ${at(120)}`, 'over'),
      at: at(121),
      by: 'zhang',
    };
    const further = (of: Incident, now: number) =>
      clocksOf(of, LIMITS_OF_NOTICE, now).find((clock) => clock.what.kind === 'further');
    expect(further(incident(first), at(121))).toMatchObject({ phase: 'over', alarming: true });
    expect(further(incident(first, heard), at(125))?.alarming).toBe(false);
    expect(further(incident(first, heard, second), at(181))).toMatchObject({ phase: 'over', alarming: true });
    expect(incident(first, second).reports.map((report) => report.turn)).toEqual([0, 1]);
    const over = incident(
      first,
      sent({ report: 'p3', reportKind: 'final', channel: 'written', sentAt: at(200), at: at(200) }),
    );
    expect(further(over, at(500))).toBeUndefined();
    expect(over.closedAt).toBe(at(200));
  });

  it('keep a promised 续报 whatever is written down late, taken back or told of the same by another way', () => {
    const promised = (...facts: readonly IncidentFact[]) => incident(...facts).furtherDueAt;
    const first = sent({ sentAt: at(20), furtherDueAt: at(120) });
    const report = (id: string, minutes: number, more: Parameters<typeof sent>[0] = {}) =>
      sent({ ...more, report: id, sentAt: at(minutes), at: at(100) });
    // Left before the one with the promise, and entered after it.
    expect(promised(first, report('p2', 10, { reportKind: 'further', channel: 'written' }))).toBe(at(120));
    // The same 初报 on paper, a 核报: neither is the 续报 that was promised.
    expect(promised(first, report('p2', 30, { channel: 'written' }))).toBe(at(120));
    expect(promised(first, report('p2', 30, { reportKind: 'verification' }))).toBe(at(120));
    const further = report('p2', 90, { reportKind: 'further' });
    expect(promised(first, further)).toBeNull();
    const taken: IncidentFact = { kind: 'report-withdrawn', report: 'p2', at: at(101), by: 'zhang' };
    expect(promised(first, further, taken)).toBe(at(120));
    const final = report('p2', 90, { reportKind: 'final' });
    const back: IncidentFact = { kind: 'incident-reopened', at: at(101), by: 'zhang' };
    expect(promised(first, final, taken, back)).toBe(at(120));
  });

  it('alarm anew when a correction or a report that is taken back makes it another duty, and not for a name', () => {
    const alarms = (of: Incident, minutes: number) =>
      clocksOf(of, LIMITS_OF_NOTICE, at(minutes)).map(({ alarming }) => alarming)[0];
    const clock = (of: Incident, minutes: number) => clocksOf(of, LIMITS_OF_NOTICE, at(minutes))[0];
    const heard: IncidentFact = {
      ...{ kind: 'alarm-acknowledged', clock: alarmOf('telephone', 'over'), at: at(32), by: 'zhang' },
    };
    const corrected = (receivedAt: number): IncidentFact => ({
      ...{ kind: 'incident-corrected', occurredAt: OCCURRED, receivedAt, level: 'unrated' },
      ...{ at: at(33), by: 'zhang' },
    });
    // 接报 was typed an hour too early: the limit comes again.
    const later = incident(heard, corrected(at(60)));
    expect(alarms(later, 89)).toBe(true);
    expect(alarms(later, 91)).toBe(true);
    expect(alarms(incident(heard, corrected(RECEIVED)), 91)).toBe(false);
    const taken: IncidentFact = { kind: 'report-withdrawn', report: 'p1', at: at(50), by: 'zhang' };
    expect(alarms(incident(heard, sent({ sentAt: at(40), at: at(40) }), taken), 51)).toBe(true);
    // A report of the other way is none of this clock.
    const written = sent({ sentAt: at(40), at: at(40), channel: 'written' });
    expect(alarms(incident(heard, written, taken), 51)).toBe(false);
    const telling = (of: Incident, minutes: number) => {
      const one = clock(of, minutes);
      return one === undefined ? '' : tellingOf(of, one);
    };
    expect(telling(incident(), 31)).toBe('incident-i1-telephone-over');
    expect(telling(incident(corrected(RECEIVED)), 31)).toBe('incident-i1-telephone-over');
    expect(telling(later, 91)).toBe('incident-i1-telephone-over-1');
  });

  it('have no limit where it is 第一时间, and are urgent from the first moment', () => {
    expect(phases(incident(), at(0), LIMITS_OF_TOWNSHIP)[0]).toBe('telephone urgent');
    expect(phases(incident(), at(300), LIMITS_OF_TOWNSHIP)[0]).toBe('telephone urgent');
    expect(phases(incident(sent()), at(300), LIMITS_OF_TOWNSHIP)[0]).toBe('telephone kept');
  });
});

describe('the telephone proves it', () => {
  const call = (minutes: number, superior = true) => ({
    call: `c${minutes}`,
    answeredAt: at(minutes),
    superior,
  });
  it('by a talk with a superior office after 接报 and within the limit, and by no other', () => {
    const calls = [call(-1), call(12), call(13, false), call(30), call(30.001)];
    expect(provingCalls(incident(), LIMITS_OF_NOTICE, calls).map((one) => one.call)).toEqual(['c12', 'c30']);
  });
});
