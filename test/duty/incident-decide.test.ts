import { describe, expect, it } from 'vitest';
import { foldIncident, type Incident, type IncidentFact } from '../../src/duty/incident.ts';
import { clocksOf, matterOf, tellingOf } from '../../src/duty/incident-clock.ts';
import { decideIncident, type IncidentAsk, type ReportSaid } from '../../src/duty/incident-decide.ts';
import { reportName } from '../../src/duty/incident-names.ts';
import { LIMITS_OF_NOTICE } from '../../src/duty/report-limits.ts';

const MIN = 60_000;
/** 23:50:40: typed times have no seconds. */
const RECEIVED = Date.UTC(2026, 10, 26, 15, 50, 40);
const SAID = { occurredAt: null, receivedAt: RECEIVED, level: 'unrated', title: '山火', text: '' } as const;
const OPEN: IncidentAsk = { type: 'open', room: 'r', record: null, ...SAID };

function decide(incident: Incident | undefined, ask: IncidentAsk, at: number) {
  return decideIncident(incident, ask, { at, by: 'zhang', signedBy: null, limits: LIMITS_OF_NOTICE });
}
function told(...asks: readonly (readonly [ask: IncidentAsk, at: number])[]): Incident {
  const facts: IncidentFact[] = [];
  for (const [ask, at] of [[OPEN, RECEIVED] as const, ...asks]) {
    const made = decide(foldIncident('i', facts), ask, at);
    if (typeof made === 'string') throw new Error(made);
    facts.push(...made);
  }
  const folded = foldIncident('i', facts);
  if (folded === undefined) throw new Error('not opened');
  return folded;
}
const report = (more: Partial<Extract<IncidentAsk, { type: 'report' }>> = {}): IncidentAsk => ({
  ...{ type: 'report', report: 'p', kind: 'first', channel: 'telephone', sentAt: RECEIVED + 5 * MIN },
  ...{ to: '市政府总值班室', receiver: '', signer: '', text: '山火', call: null, furtherDueAt: null },
  ...more,
});
const LATER = RECEIVED + 10 * MIN;

describe('an incident is opened', () => {
  it.each<[string, Partial<Extract<IncidentAsk, { type: 'open' }>>, string]>([
    ['happened after it was heard of', { occurredAt: RECEIVED + MIN }, 'times'],
    ['is heard of tomorrow', { receivedAt: RECEIVED + 1_440 * MIN }, 'future'],
    ['has no name', { title: ' ' }, 'no-title'],
    ['has a name of 101 signs', { title: '𠮷'.repeat(101) }, 'no-title'],
    ['has an endless text', { text: 'x'.repeat(10_001) }, 'text-too-long'],
  ])('not when it %s', (_what, more, fault) => {
    expect(decide(undefined, { ...OPEN, ...more } as IncidentAsk, LATER)).toBe(fault);
  });

  it('also in the minute in which it happened', () => {
    const same = { ...OPEN, occurredAt: RECEIVED + 10_000 } as IncidentAsk;
    expect(decide(undefined, same, LATER)).toHaveLength(1);
  });
});

describe('a report', () => {
  it('typed to the minute of 接报 is none before it', () => {
    const floor = Math.floor(RECEIVED / MIN) * MIN;
    expect(decide(told(), report({ sentAt: floor }), LATER)).toHaveLength(1);
    expect(decide(told(), report({ sentAt: floor - 1 }), LATER)).toBe('report-early');
  });

  it.each<[string, Partial<Extract<IncidentAsk, { type: 'report' }>>, string]>([
    ['has not left yet', { sentAt: LATER + 1 }, 'future'],
    ['went to nobody', { to: ' ' }, 'report-empty'],
    ['says nothing', { text: '' }, 'report-empty'],
    ['is written and nobody signed it', { channel: 'written' }, 'report-unsigned'],
    ['promises the next one for before it', { furtherDueAt: RECEIVED }, 'report-next'],
    ['names an office of 101 signs', { to: 'x'.repeat(101) }, 'text-too-long'],
  ])('is refused when it %s', (_what, more, fault) => {
    expect(decide(told(), report(more), LATER)).toBe(fault);
  });

  it('is 初报 once by each channel; a second 初报 after the first was taken back', () => {
    const sent = told([report(), LATER]);
    expect(decide(sent, report({ report: 'p2' }), LATER)).toBe('first-again');
    expect(decide(sent, report({ report: 'p2', channel: 'written', signer: '王' }), LATER)).toHaveLength(1);
    const back = told([report(), LATER], [{ type: 'withdraw', report: 'p', reason: '有误' }, LATER]);
    expect(decide(back, report({ report: 'p2' }), LATER)).toHaveLength(1);
  });

  it('that stands is not overtaken by a corrected 接报', () => {
    const correct = (receivedAt: number): IncidentAsk => ({ ...SAID, type: 'correct', receivedAt });
    const sent = told([report({ sentAt: RECEIVED + 5 * MIN }), LATER]);
    expect(decide(sent, correct(RECEIVED + 5 * MIN), LATER)).toHaveLength(1);
    expect(decide(sent, correct(RECEIVED + 6 * MIN), LATER)).toBe('report-early');
    expect(decide(told(), correct(RECEIVED + 6 * MIN), LATER)).toHaveLength(1);
  });

  it('that left before the end may be written down after it, and keeps its clock', () => {
    const final = report({ report: 'f', kind: 'final', channel: 'written', signer: '王', sentAt: LATER });
    const ended = told([final, LATER]);
    const forgotten = report({ sentAt: RECEIVED + 5 * MIN });
    expect(decide(ended, forgotten, LATER + MIN)).toHaveLength(1);
    const after = told([final, LATER], [forgotten, LATER + MIN]);
    expect(after.closedAt).toBe(LATER);
    const phases = clocksOf(after, LIMITS_OF_NOTICE, LATER + MIN).map(({ id, phase }) => `${id} ${phase}`);
    expect(phases).toEqual(['telephone kept', 'written kept']);
    expect(decide(ended, report({ sentAt: LATER + MIN }), LATER + MIN)).toBe('closed');
    const byHand = told([{ type: 'close', reason: '误报' }, LATER]);
    expect(decide(byHand, forgotten, LATER + MIN)).toBe('closed');
  });

  it('of the end opens the incident again when it is taken back', () => {
    const ended = told([report({ kind: 'final' }), LATER]);
    expect(ended.closedAt).toBe(LATER);
    const facts = decide(ended, { type: 'withdraw', report: 'p', reason: '有误' }, LATER);
    expect(Array.isArray(facts) && facts.map(({ kind }) => kind)).toEqual([
      'report-withdrawn',
      'incident-reopened',
    ]);
  });
});

it('names reports as offices number them', () => {
  const further = (turn: number) => reportName({ kind: 'further', turn });
  expect([1, 2, 10, 11, 20, 23, 100].map(further)).toEqual([
    ...['续报一', '续报二', '续报十', '续报十一', '续报二十', '续报二十三', '续报100'],
  ]);
});

it('an open clock is handed over under an id that a page may send back', () => {
  const asked: IncidentAsk = {
    ...{ type: 'inquiry', inquiry: '019ab000-0000-7000-8000-000000000002', askedAt: LATER },
    ...{ dueAt: null, from: '市政府', text: '核实' },
  };
  const incident = told([report({ furtherDueAt: LATER + MIN }), LATER], [asked, LATER]);
  const ids = clocksOf(
    { ...incident, id: '019ab000-0000-7000-8000-000000000001' },
    LIMITS_OF_NOTICE,
    LATER,
  ).map((clock) => matterOf({ id: '019ab000-0000-7000-8000-000000000001' }, clock));
  expect(new Set(ids).size).toBe(4);
  for (const id of ids) expect(id).toMatch(/^[0-9A-Za-z-]{1,64}$/);
});

it('closed by hand says why, and only then its forgotten limits run no more', () => {
  expect(decide(told(), { type: 'close', reason: ' ' }, LATER)).toBe('reason');
  const alarms = (incident: Incident) =>
    clocksOf(incident, LIMITS_OF_NOTICE, RECEIVED + 31 * MIN).filter(({ alarming }) => alarming).length;
  expect(alarms(told())).toBe(1);
  expect(alarms(told([report({ kind: 'final', channel: 'written', signer: '王' }), LATER]))).toBe(1);
  expect(alarms(told([{ type: 'close', reason: '误报' }, LATER]))).toBe(0);
});

describe('a 核报', () => {
  const DUE = LATER + 20 * MIN;
  const asks = (inquiry: string): IncidentAsk => ({
    ...{ type: 'inquiry', inquiry, askedAt: LATER, dueAt: DUE, from: '市政府', text: '核实人数' },
  });
  const verifies = (more: Partial<Extract<IncidentAsk, { type: 'report' }>> = {}): IncidentAsk =>
    report({ kind: 'verification', inquiry: 'q1', sentAt: LATER + 5 * MIN, ...more });
  const clock = (incident: Incident, at: number, inquiry = 'q1') =>
    clocksOf(incident, LIMITS_OF_NOTICE, at).find(({ id }) => id === `inquiry ${inquiry}`);
  const takenBack: IncidentAsk = { type: 'withdraw', report: 'p', reason: '数字有误' };

  it('closes the clock of the inquiry it answers and of no other, when it left', () => {
    const asked = [[asks('q1'), LATER] as const, [asks('q2'), LATER] as const];
    const answered = told(...asked, [verifies(), LATER + 30 * MIN]);
    expect(clock(answered, DUE + 10 * MIN)).toMatchObject({ phase: 'kept', doneAt: LATER + 5 * MIN });
    expect(clock(answered, DUE + 10 * MIN, 'q2')?.phase).toBe('over');
    const ofNone = told(...asked, [verifies({ inquiry: null }), LATER + 30 * MIN]);
    expect(clock(ofNone, DUE + 10 * MIN)?.phase).toBe('over');
    const late = told(...asked, [verifies({ sentAt: DUE + MIN }), DUE + MIN]);
    expect(clock(late, DUE + MIN)?.phase).toBe('late');
    // A word of it beside the 核报 is none any more.
    const word: IncidentAsk = { type: 'answer', inquiry: 'q1', answeredAt: LATER + MIN, text: '3 人' };
    expect(decide(answered, word, DUE)).toBe('inquiry-answered');
  });

  it('may follow on paper what was answered before it, and the first of them counts', () => {
    const word: IncidentAsk = { type: 'answer', inquiry: 'q1', answeredAt: LATER + MIN, text: '3 人' };
    const both = told([asks('q1'), LATER], [word, LATER + MIN], [verifies(), DUE]);
    expect(clock(both, DUE)?.doneAt).toBe(LATER + MIN);
    const paper = verifies({ report: 'p2', channel: 'written', signer: '王', sentAt: LATER + 9 * MIN });
    const twice = told([asks('q1'), LATER], [verifies(), DUE], [paper, DUE]);
    expect(clock(twice, DUE)?.doneAt).toBe(LATER + 5 * MIN);
    expect(
      clock(told([asks('q1'), LATER], [verifies(), DUE], [paper, DUE], [takenBack, DUE]), DUE)?.doneAt,
    ).toBe(LATER + 9 * MIN);
  });

  it('that is taken back leaves the inquiry unanswered, and its alarm is heard and told anew', () => {
    const heard: IncidentAsk = { type: 'acknowledge', clock: 'inquiry q1' };
    const before = told([asks('q1'), LATER], [heard, DUE + MIN]);
    expect(clock(before, DUE + 2 * MIN)?.alarming).toBe(false);
    const after = told(
      [asks('q1'), LATER],
      [heard, DUE + MIN],
      [verifies(), DUE + 2 * MIN],
      [takenBack, DUE + 3 * MIN],
    );
    const [was, is] = [clock(before, DUE + 4 * MIN), clock(after, DUE + 4 * MIN)];
    expect(is).toMatchObject({ phase: 'over', doneAt: null, alarming: true });
    expect(was && is && [tellingOf(before, was), tellingOf(after, is)]).toEqual([
      'incident-i-inquiry-q1-over',
      'incident-i-inquiry-q1-over-1',
    ]);
  });

  it.each<[string, Partial<Extract<IncidentAsk, { type: 'report' }>>, string]>([
    ['answers what nobody asked', { inquiry: 'q9' }, 'inquiry-unknown'],
    ['left before it was asked', { sentAt: LATER - MIN }, 'inquiry-early'],
    ['is none', { kind: 'further' }, 'inquiry-unknown'],
  ])('is refused when it %s', (_what, more, fault) => {
    expect(decide(told([asks('q1'), LATER]), verifies(more), DUE)).toBe(fault);
  });
});

describe('a 续报 and a 终报', () => {
  const minutes = (count: number) => RECEIVED + count * MIN;
  const spoken = (id: string, sent: number, more: Partial<ReportSaid> = {}): IncidentAsk =>
    report({ report: id, kind: 'further', sentAt: minutes(sent), ...more });
  const paper = (id: string, sent: number, more: Partial<ReportSaid> = {}): IncidentAsk =>
    spoken(id, sent, { channel: 'written', signer: '王', ...more });
  /** Written down when it left. */
  const sent = (...asks: readonly IncidentAsk[]): Incident =>
    told(...asks.map((ask) => [ask, ask.type === 'report' ? ask.sentAt : minutes(300)] as const));
  const names = ({ reports }: Incident) =>
    reports.map((one) => `${reportName(one)} ${one.channel}${one.withdrawn ? ' 撤回' : ''}`);

  it('told by telephone and followed on paper is one report under one number', () => {
    const incident = sent(
      spoken('a', 60),
      paper('b', 80),
      spoken('c', 120),
      paper('d', 140),
      paper('e', 160),
    );
    expect(names(incident)).toEqual([
      ...['续报一 telephone', '续报一 written', '续报二 telephone', '续报二 written', '续报三 written'],
    ]);
    // Who telephones after a paper has mostly something new to say, and may say that he has not.
    expect(names(sent(paper('a', 60), spoken('b', 70)))[1]).toBe('续报二 telephone');
    expect(names(sent(paper('a', 60), spoken('b', 70, { turn: 1 })))[1]).toBe('续报一 telephone');
    expect(names(sent(spoken('a', 60), paper('b', 80, { turn: 2 })))[1]).toBe('续报二 written');
  });

  it.each([0, 1, 3])('has no number that is taken by its channel or not in turn: %i', (turn) => {
    const incident = sent(spoken('a', 60), paper('b', 80));
    expect(decide(incident, spoken('c', 120, { turn }), minutes(120))).toBe('report-number');
  });

  it('that is taken back keeps its number; its paper may be sent anew under it while the telephone stands', () => {
    const back = (id: string): IncidentAsk => ({ type: 'withdraw', report: id, reason: '有误' });
    expect(names(sent(spoken('a', 60), paper('b', 80), back('b'), paper('c', 300)))).toEqual([
      ...['续报一 telephone', '续报一 written 撤回', '续报一 written'],
    ]);
    expect(names(sent(spoken('a', 60), back('a'), spoken('b', 300)))[1]).toBe('续报二 telephone');
  });

  it('keeps on paper the time that was promised by telephone', () => {
    const promised = spoken('a', 60, { furtherDueAt: minutes(180) });
    expect(sent(promised, paper('b', 80)).furtherDueAt).toBe(minutes(180));
    expect(sent(promised, paper('b', 80), paper('c', 170)).furtherDueAt).toBeNull();
  });

  it('of the end goes by both ways, the second after it; taken back by one it still stands by the other', () => {
    const end = spoken('e', 200, { kind: 'final' });
    const ended = sent(spoken('a', 190), end);
    expect(ended.closedAt).toBe(minutes(200));
    const both = sent(spoken('a', 190), end, paper('f', 215, { kind: 'final' }), paper('b', 216));
    expect(names(both)).toEqual(['续报一 telephone', '终报 telephone', '终报 written', '续报一 written']);
    expect(both.closedAt).toBe(minutes(200));
    expect(decide(both, paper('g', 230, { kind: 'final' }), minutes(230))).toBe('closed');
    expect(decide(both, spoken('g', 230), minutes(230))).toBe('closed');
    const kinds = (incident: Incident) => {
      const facts = decide(incident, { type: 'withdraw', report: 'e', reason: '有误' }, minutes(300));
      return Array.isArray(facts) ? facts.map(({ kind }) => kind) : facts;
    };
    expect(kinds(both)).toEqual(['report-withdrawn']);
    expect(kinds(ended)).toEqual(['report-withdrawn', 'incident-reopened']);
    const byHand = sent(spoken('a', 190), { type: 'close', reason: '误报' });
    expect(decide(byHand, paper('b', 216), minutes(300))).toBe('closed');
  });

  it('from before telephone and paper had one number keeps its own', () => {
    const old = (id: string, channel: 'telephone' | 'written'): IncidentFact => ({
      ...{ kind: 'report-sent', at: LATER, by: null, report: id, reportKind: 'further', channel },
      ...{ sentAt: LATER, signedBy: null, call: null, furtherDueAt: null },
    });
    const opened = decide(undefined, OPEN, RECEIVED);
    const incident = foldIncident('i', [
      ...(Array.isArray(opened) ? opened : []),
      old('a', 'telephone'),
      old('b', 'written'),
    ]);
    expect(incident && names(incident)).toEqual(['续报一 telephone', '续报二 written']);
  });
});
