import { expect, it } from 'vitest';
import { FIRST_NOTES } from '../../src/duty/duty-notes.ts';
import type { HandOver } from '../../src/duty/hand-over.ts';
import { type Inspection, NOTHING_SAID } from '../../src/duty/inspection.ts';
import { byItem } from '../../src/duty/inspection-items.ts';
import type { ShiftLogView } from '../../src/duty/shift-log-view.ts';
import { hiddenParts, partsIn } from '../../src/ui/duty-notes/hand-written.ts';
import { reasonsIn, tasksIn } from '../../src/ui/hand-over/hand-written.ts';
import { writtenInItem } from '../../src/ui/inspection/hand-written.ts';
import { handWrittenIn } from '../../src/ui/shift-log/hand-written.ts';
import { reasonsOf } from '../../src/ui/watch/hand-written.ts';

const AT = Date.UTC(2026, 10, 23, 4);
const line = {
  part: 'event',
  placeAt: AT,
  enteredAt: AT,
  source: null,
  ticked: true,
  late: false,
  by: null,
} as const;
const task = { kind: 'task', id: 't-1' } as const;

it('what people wrote into a log is offered to 涉密误录处置, what the system drafted is not', () => {
  const log: ShiftLogView = {
    ...{ room: 'main', at: AT, seals: [], fits: true },
    shift: {
      ...{ from: AT, to: AT, dueAt: AT, state: 'sealed', names: [], leaders: [], officers: [] },
    },
    counts: { inbound: 0, outbound: 0, missed: 0, calledBack: 0, noRecord: 0 },
    lines: [
      { ...line, id: 'l-1', at: AT, text: '巡查', edited: true },
      { ...line, id: 'record:r-1', at: AT, text: '来电', edited: false },
      { ...line, id: 'outage:g-1', at: AT, text: null, edited: true },
    ],
    openings: [{ id: 'o-1', at: AT, by: '王某', reason: '漏记' }],
    signed: {
      ...{ state: 'done', closedAt: AT, giver: null, takers: [], devices: {} },
      ...{ matters: ['待办：上报', '草稿'], written: [{ text: task, matter: 0 }] },
    },
    shut: { 'line:main:outage:g-1': 'isolated' },
  };
  expect(handWrittenIn(log).map(({ id, shut }) => [id, shut])).toEqual([
    ['line:main:l-1', null],
    ['line:main:outage:g-1', 'isolated'],
    ['opening:o-1', null],
    ['task:t-1', null],
  ]);
});

it('so are 待办, and why something was not handed over', () => {
  const known = { ...task, at: AT, unit: '', person: '', number: '', text: '上报', dueAt: null, call: null };
  expect(tasksIn([known, { ...known, kind: 'draft', id: 'r-1' }], { 'task:t-1': 'destroyed' })).toEqual([
    { id: 'task:t-1', shut: 'destroyed', name: '待办：上报' },
  ]);
  const handOver: HandOver = {
    ...{ id: 'h-1', room: 'main', from: AT, begunAt: AT, devices: {}, giver: null, takers: [], expected: [] },
    state: 'done',
    matters: [
      { ...task, handed: false, reason: '自办' },
      { kind: 'draft', id: 'r-1', handed: true, reason: null },
    ],
  };
  expect(reasonsIn(handOver, {})).toEqual([
    { id: 'reason:h-1:task:t-1', shut: null, name: '待办 不移交：自办' },
  ]);
});

it('so is what a signed 检查记录表 says of an item and of its 整改', () => {
  const mending = { state: 'reported', text: '已增设话机', by: '张某', at: AT, seenIn: null } as const;
  const inspection: Inspection = {
    ...{ id: 'i-1', unit: 'u', rooms: ['main'], from: AT, to: AT + 1, inspectedAt: AT, inspectors: '王某' },
    answers: { ...byItem(() => NOTHING_SAID), B1: { ...NOTHING_SAID, situation: '响铃 19 秒', mending } },
    ...{ inspector: { name: '王某', at: AT }, inspected: null },
  };
  const shut = { [`mending:i-1:B1:${AT}`]: 'isolated' } as const;
  expect(writtenInItem({ inspection, shut }, 'B1')).toEqual([
    { id: 'item:i-1:B1', shut: null, name: '检查情况：响铃 19 秒' },
    { id: `mending:i-1:B1:${AT}`, shut: 'isolated', name: '整改情况：已增设话机' },
  ]);
  expect(writtenInItem({ inspection, shut }, 'A1')).toEqual([]);
  expect(writtenInItem({ inspection: { ...inspection, inspector: null }, shut }, 'B1')).toEqual([]);
});

it('so are parts of 本班须知, each under the name by which it was shut, and reasons of decisions', () => {
  const notes = {
    ...FIRST_NOTES,
    reporting: '',
    leaderContact: '转 8001',
    wall: { texts: [], phones: false },
  };
  const shut = { other: { name: 'notes:main:2:other', state: 'isolated' } } as const;
  expect(partsIn('main', { version: 3, notes, shut })).toEqual([
    {
      ...{ id: 'notes:main:3:leaderContact', shut: null },
      name: '第 3 版 带班领导电话补充：转 8001',
    },
    { id: 'notes:main:2:other', shut: 'isolated', name: '第 3 版 其他事项：' },
  ]);
  expect(hiddenParts({ notes, shut })).toEqual(['其他事项']);
  expect(partsIn('main', { version: 0, notes, shut: {} })).toEqual([]);
  const note = { decision: 'finding-dismissed', shut: null, by: null, at: AT } as const;
  expect(
    reasonsOf({
      notes: [
        { ...note, id: 'n-1', text: '已报备' },
        { ...note, id: 'n-2', text: '' },
      ],
    }),
  ).toEqual([{ id: 'finding:n-1', shut: null, name: '排除：已报备' }]);
});
