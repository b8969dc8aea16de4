import { expect, it } from 'vitest';
import type { HandOver } from '../../src/duty/hand-over.ts';
import type { ShiftLogView } from '../../src/duty/shift-log-view.ts';
import { reasonsIn, tasksIn } from '../../src/ui/hand-over/hand-written.ts';
import { handWrittenIn } from '../../src/ui/shift-log/hand-written.ts';

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
