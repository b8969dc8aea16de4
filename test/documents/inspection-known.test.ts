import { describe, expect, it } from 'vitest';
import type { LineVerdict } from '../../src/diagnosis/verdict.ts';
import { type InspectedRoom, knownItems } from '../../src/documents/inspection-known.ts';
import { FIRST_NOTES } from '../../src/duty/duty-notes.ts';
import type { IncomingCall } from '../../src/duty/inspection-answering.ts';
import { INSPECTION_ITEMS, type ItemCode } from '../../src/duty/inspection-items.ts';
import type { RoomHistory } from '../../src/duty/inspection-known.ts';
import { LIMITS_OF_NOTICE } from '../../src/duty/report-limits.ts';
import { FIRST_RULES } from '../../src/duty/roster-rules.ts';

const FROM = Date.UTC(2026, 10, 26, 16);
const HOUR = 3_600_000;
const TO = FROM + 24 * HOUR;
const setting = {
  ...{ from: FROM, to: TO, now: TO, timeZone: 'Asia/Shanghai', offset: () => 8 * HOUR },
};
const roster = (
  id: string,
  from: number,
  hours: number,
  given: Partial<RoomHistory['shifts'][number]> = {},
) => ({
  ...{ id, room: 'r-1', from: FROM + from * HOUR, to: FROM + (from + hours) * HOUR },
  ...{ leaders: ['wang'], officers: ['li'], ...given },
});

function aRoom(given: Partial<RoomHistory> = {}, lines: InspectedRoom['lines'] = []): InspectedRoom {
  const history: RoomHistory = {
    ...{ room: 'r-1', name: '区政府值班室', shifts: [roster('s', 0, 24)], rules: FIRST_RULES, reports: [] },
    people: [
      { id: 'li', name: '李某', standing: 'permanent' },
      { id: 'wang', name: '王某', standing: 'permanent' },
    ],
    ...{ limits: { goodMs: 11_000, lateMs: 15_000 }, reportLimits: LIMITS_OF_NOTICE },
    ...{ takenOver: [], calls: [], isCut: false, handled: [], emergencies: [], incidents: [], notes: null },
    ...given,
  };
  return { history, lines };
}
const call = (n: number, given: Partial<IncomingCall> = {}): IncomingCall => ({
  ...{ id: `c-${n}`, at: FROM + n * 60_000, rangMs: 5_000, isAnswered: true, isMended: false },
  ...{ recordings: [`sound-${n}`], mark: null },
  ...given,
});
const said = (room: InspectedRoom, code: ItemCode) => knownItems([room], setting)[code];
const texts = (room: InspectedRoom, code: ItemCode) => said(room, code).map(({ text }) => text);

describe('what stands beside the items', () => {
  it('is something for every item of a room of which nothing is known, and never praise', () => {
    const known = knownItems([aRoom({ shifts: [] })], setting);
    for (const { code } of INSPECTION_ITEMS.filter((item) => item.code !== 'B2')) {
      expect(known[code].length).toBeGreaterThan(0);
      expect(known[code].filter(({ tone }) => tone === 'good')).toEqual([]);
    }
  });

  it('B1: every figure has the way to its calls, late ones with their sound', () => {
    const calls = [...Array.from({ length: 12 }, (_, n) => call(n)), call(20, { rangMs: 19_000 })];
    const missed = call(21, { isAnswered: false, rangMs: null, recordings: [] });
    const lines = said(aRoom({ calls: [...calls, missed] }), 'B1');
    expect(lines.map(({ text }) => text)).toEqual([
      '来电 14 通，接听 13 通，接听率 92.8%。',
      '振铃：半数在 5 秒内接听，95% 在 19 秒内接听。',
      '响铃超过 15 秒才接 1 通：',
      '未接 1 通，其中 0 通已回拨接通或对方再次来电接通，1 通没有回拨：',
      '没有人评议过这些通话，问候和用语是否规范请抽听。',
    ]);
    expect(lines[2]?.ways).toEqual([
      { to: 'call', id: 'c-20', text: '11-27 00:20 响 19 秒', recordings: ['sound-20'] },
    ]);
    for (const { text, ways } of lines.filter((line) => /\d/.test(line.text)))
      expect([text, ways.length]).not.toEqual([text, 0]);
  });

  it('B1: more late calls than fit are behind the way to all of them', () => {
    const calls = Array.from({ length: 30 }, (_, n) => call(n, { rangMs: 16_000 }));
    const ways = said(aRoom({ calls }), 'B1').find(({ text }) => text.includes('30 通：'))?.ways ?? [];
    expect(ways).toHaveLength(9);
    expect(ways.at(-1)).toEqual({
      ...{ to: 'calls', text: '全部 30 通', room: 'r-1', from: FROM, until: TO, only: 'late' },
    });
  });

  it('A2: says where nobody was rostered, and who may not be', () => {
    const people = [
      { id: 'li', name: '李某', standing: 'retired' as const },
      { id: 'wang', name: '王某', standing: null },
    ];
    const shifts = [roster('d', 0, 12), roster('n', 14, 10, { leaders: [], officers: ['wang'] })];
    expect(texts(aRoom({ shifts, people }), 'A2')).toEqual([
      '24 小时中有 2 小时没有排值班员：2026-11-27 12:00 至 2026-11-27 14:00。',
      '24 小时中有 12 小时没有排带班领导：2026-11-27 12:00 至 2026-11-28 00:00。',
      '1 个班次排有非正式人员。',
      '1 人没有登记身份，是否正式人员请核对。',
      '本时段没有在系统里办理交接班。',
      '人是否在岗，系统只有值班表和交接班签名为证，请现场核实。',
    ]);
  });

  it('A2: praises nobody for hours that are still to come', () => {
    const before = { ...setting, now: FROM - HOUR };
    expect(knownItems([aRoom()], before).A2.map(({ text, tone }) => [text, tone])).toEqual([
      ['本时段尚未开始。', 'unknown'],
    ]);
  });

  it('A1: says when the roster of a holiday went up', () => {
    const rules = { ...FIRST_RULES, holidays: [{ name: '某节', from: '2026-12-02', to: '2026-12-03' }] };
    const report = {
      id: 'p',
      from: '2026-12-01',
      to: '2026-12-05',
      reportedTo: '市政府总值班室',
      way: 'fax' as const,
    };
    const of = (at: number | null) =>
      texts(aRoom({ rules, reports: at === null ? [] : [{ ...report, at }] }), 'A1');
    expect(of(FROM + HOUR)).toEqual([
      '某节（2026-12-02 至 2026-12-03）应在 2026-11-27 前报送，2026-11-27 01:00 报市政府总值班室（传真），按时。',
    ]);
    expect(of(TO)[0]).toContain('超过时限');
    expect(of(null)[0]).toContain('没有登记报送');
  });

  it('A2: counts the hand-overs to people who may not be on duty', () => {
    const taken = (id: string, unfit: number) => ({
      ...{ id, at: FROM + HOUR, state: 'done' as const, missing: 0, unfit, notesRead: [3] },
    });
    const lines = said(aRoom({ takenOver: [taken('h-1', 0), taken('h-2', 1)] }), 'A2');
    expect(lines.find(({ text }) => text === '由非正式人员接班 1 次。')).toMatchObject({
      tone: 'poor',
      ways: [{ to: 'hand-over', id: 'h-2' }],
    });
    expect(texts(aRoom({ takenOver: [taken('h-1', 0)] }), 'A2').join('')).not.toContain('非正式人员');
  });

  it('A3, A4, B3, B4: go by 本班须知 and who has confirmed which version, and name no number', () => {
    const superiors = [{ name: '市政府总值班室', number: '0954-2030001' }];
    const present = {
      ...{ name: '马某', title: '区长', state: 'present' as const, place: '' },
      from: null,
      to: null,
      contact: '2030002',
      acting: '',
    };
    const notes = {
      version: 3,
      at: FROM,
      by: '李某',
      notes: { ...FIRST_NOTES, superiors, whereabouts: [present] },
    };
    const takenOver = (version: number | null) => [
      { id: 'h', at: FROM + HOUR, state: 'done' as const, missing: 0, unfit: 0, notesRead: [version] },
    ];
    const room = aRoom({ notes, takenOver: takenOver(3) });
    expect(texts(room, 'A3').slice(0, 2)).toEqual([
      '本班须知写有 1 位主要负责同志去向，均有联系方式。',
      '最近一次接班有 1 人确认读过须知（第 3 版）。',
    ]);
    expect(texts(room, 'B3')[0]).toBe('本班须知列有 1 个上级值班室电话。');
    expect(texts(room, 'B4')[0]).toBe('本班须知写有报送流程和时限（电话报告 30 分钟、书面报告 60 分钟）。');
    expect(JSON.stringify(knownItems([room], setting))).not.toMatch(/203000|马某/);
    expect(texts(aRoom({ notes, takenOver: takenOver(2) }), 'A4')[1]).toContain('其后须知已改到第 3 版');
    expect(texts(aRoom({ notes, takenOver: takenOver(null) }), 'A4')[1]).toBe('没有接班时确认须知的记录。');
  });

  it('B2: two verdicts of each line, each with its scope and source; no green without evidence', () => {
    const verdict = (given: Partial<LineVerdict>): LineVerdict => ({
      ...{ state: 'unknown', at: null, source: null, scopes: [], why: 'never' },
      ...given,
    });
    const watch = {
      ...{ line: 'l-1', undecided: 0, probing: false, ringback: verdict({}) },
      forwarding: verdict({ state: 'none', at: FROM, source: 'probe', scopes: ['always'], why: null }),
    };
    const lines = said(aRoom({}, [{ number: '0954-2030000', watch, findings: [], probes: [] }]), 'B2');
    expect(lines.map(({ text, tone }) => [text, tone])).toEqual([
      ['0954-2030000 呼转：未发现（拨测 2026-11-27 00:00），已查无条件。', 'good'],
      ['0954-2030000 彩铃：无法判定：尚未检测。请安排拨测。', 'unknown'],
      ['本时段没有拨测过。', 'unknown'],
    ]);
    expect(lines.every(({ ways }) => ways.some(({ to }) => to === 'line'))).toBe(true);
  });

  it('C1 and C2: say what is registered, and what nobody can know', () => {
    expect(texts(aRoom(), 'C1')).toEqual([
      '没有登记突发事件。',
      '发生了而没有登记的事件，系统无从知道，请与上级收报记录核对。',
    ]);
    const incident = {
      ...{
        id: 'e',
        room: 'r-1',
        record: null,
        occurredAt: null,
        receivedAt: FROM,
        level: 'unrated' as const,
      },
      ...{ openedAt: FROM, furtherDueAt: null, acknowledged: {}, closedAt: null, closedByHand: false },
      rearmed: { telephone: 0, written: 0 },
      reports: [
        {
          ...{
            id: 'p',
            kind: 'first' as const,
            turn: 0,
            channel: 'telephone' as const,
            sentAt: FROM + 31 * 60_000,
          },
          ...{ enteredAt: FROM, furtherDueAt: null, signedBy: null, call: 'c-9', withdrawn: false },
          known: { occurredAt: null, receivedAt: FROM, level: 'unrated' as const },
        },
      ],
      inquiries: [{ id: 'q', askedAt: FROM, dueAt: FROM + HOUR, answeredAt: FROM + 2 * HOUR }],
    };
    const room = aRoom({ incidents: [incident] });
    expect(said(room, 'C1').slice(0, 2)).toMatchObject([
      {
        text: '2026-11-27 00:00 接报，电话报告 2026-11-27 00:31（时限 2026-11-27 00:30，超时）。',
        tone: 'poor',
        ways: [{ to: 'incident' }, { to: 'call', id: 'c-9' }],
      },
      { text: '2026-11-27 00:00 接报，书面报告没有登记（时限 2026-11-27 01:00，已超时）。', tone: 'poor' },
    ]);
    const handled = [
      {
        ...{ id: 'r', number: '值电〔2026〕1号', call: null },
        entries: [
          { kind: 'assignment' as const, who: '甲局', at: FROM, dueAt: FROM + HOUR },
          { kind: 'feedback' as const, who: '甲局', at: FROM + HOUR, dueAt: null },
        ],
      },
    ];
    expect(said({ ...room, history: { ...room.history, handled } }, 'C2').slice(0, 2)).toMatchObject([
      {
        text: '2026-11-27 00:00 上级调度核实，2026-11-27 02:00 反馈（时限 2026-11-27 01:00）。',
        tone: 'poor',
      },
      { text: '按时反馈 1 件：', ways: [{ to: 'record', text: '11-27 00:00→11-27 01:00 值电〔2026〕1号' }] },
    ]);
  });

  it('C1 and C2: each counts what is of the stretch, an incident by 接报 and a question by when it was asked', () => {
    const incident = {
      ...{ id: 'e', room: 'r-1', record: null, occurredAt: null, level: 'unrated' as const },
      ...{ receivedAt: FROM - 600_000, openedAt: FROM, furtherDueAt: null, acknowledged: {}, reports: [] },
      ...{ rearmed: { telephone: 0, written: 0 }, closedAt: null, closedByHand: false },
      inquiries: [
        { id: 'q', askedAt: FROM - 60_000, dueAt: null, answeredAt: null },
        { id: 'p', askedAt: FROM + HOUR, dueAt: null, answeredAt: null },
      ],
    };
    const room = aRoom({ incidents: [incident] });
    expect(texts(room, 'C1')[0]).toBe('没有登记突发事件。');
    expect(texts(room, 'C2').filter((text) => text.includes('上级调度核实'))).toEqual([
      '2026-11-27 01:00 上级调度核实，尚未反馈（没有定时限）。',
    ]);
  });

  it('C1: what ended by hand was owed until then', () => {
    const incident = {
      ...{ id: 'e', room: 'r-1', record: null, occurredAt: null, level: 'unrated' as const },
      ...{
        receivedAt: FROM,
        openedAt: FROM,
        furtherDueAt: null,
        acknowledged: {},
        reports: [],
        inquiries: [],
      },
      ...{ rearmed: { telephone: 0, written: 0 }, closedAt: FROM + 40 * 60_000, closedByHand: true },
    };
    expect(said(aRoom({ incidents: [incident] }), 'C1').slice(0, 2)).toMatchObject([
      {
        text: '2026-11-27 00:00 接报，电话报告没有登记（时限 2026-11-27 00:30，已超时，2026-11-27 00:40 办结）。',
        tone: 'poor',
      },
      {
        text: '2026-11-27 00:00 接报，书面报告没有登记（时限 2026-11-27 01:00，2026-11-27 00:40 办结）。',
        tone: 'plain',
      },
    ]);
  });

  it('B1: of a stretch that is longer than one page of calls each part has its way', () => {
    const late = (day: number) => call(day * 1_440, { rangMs: 16_000 });
    const calls = [
      ...Array.from({ length: 10 }, () => late(0)),
      ...Array.from({ length: 5 }, () => late(40)),
    ];
    const quarter = { ...setting, to: FROM + 90 * 24 * HOUR, now: FROM + 90 * 24 * HOUR };
    const lines = knownItems([aRoom({ calls })], quarter).B1;
    const spans = (line: number) =>
      (lines[line]?.ways ?? []).flatMap((way) =>
        way.to === 'calls' ? [[way.text, (way.until - way.from) / (24 * HOUR)]] : [],
      );
    expect(spans(0)).toEqual([
      ['来电一览（2026-11-27 至 2026-12-27）', 31],
      ['来电一览（2026-12-28 至 2027-01-27）', 31],
      ['来电一览（2027-01-28 至 2027-02-24）', 28],
    ]);
    expect(spans(2)).toEqual([
      ['10 通（2026-11-27 至 2026-12-27）', 31],
      ['5 通（2026-12-28 至 2027-01-27）', 31],
    ]);
  });

  it('names the room where several are inspected', () => {
    const known = knownItems([aRoom(), aRoom({ room: 'r-2', name: '综合值班室' })], setting);
    expect(known.C1.map(({ text }) => text.split('：')[0])).toEqual([
      ...['区政府值班室', '区政府值班室', '综合值班室', '综合值班室'],
    ]);
  });
});
