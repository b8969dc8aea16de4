/** Twelve 突发事件 and what was reported of each, as an officer would tell it afterwards. Plain data. */
import { MINUTE, on } from './calendar.ts';

type Kind = 'first' | 'further' | 'final' | 'verification';
type Channel = 'telephone' | 'written';

/** `at`: when it was entered. */
export type IncidentAct = { readonly at: number } & (
  | {
      readonly act: 'report';
      readonly id: string;
      readonly kind: Kind;
      readonly channel: Channel;
      readonly sentAt: number;
      readonly furtherDueAt: number | null;
      /** The outgoing call that proves it, by its key; it says when it was sent. */
      readonly call: string | null;
    }
  | { readonly act: 'withdraw'; readonly id: string }
  | { readonly act: 'inquiry'; readonly id: string; readonly askedAt: number; readonly dueAt: number | null }
  | { readonly act: 'answer'; readonly id: string; readonly answeredAt: number }
  | { readonly act: 'correct'; readonly receivedAt: number }
  | { readonly act: 'close' | 'reopen' }
);

export interface PlannedIncident {
  readonly id: string;
  /** Key of the incoming call it was heard by; null: entered by hand. */
  readonly call: string | null;
  readonly occurredAt: number | null;
  readonly receivedAt: number;
  readonly openedAt: number;
  readonly title: string;
  readonly acts: readonly IncidentAct[];
}

/** How long the superior office's telephone rings before it is answered, after the call was begun. */
export const SUPERIOR_ANSWERS_MS = 6_500;
export const proofKey = (incident: string): string => `proof-${incident}`;
export const originKey = (incident: string): string => `origin-${incident}`;

const written = (
  id: string,
  kind: Kind,
  sentAt: number,
  more: { at?: number; due?: number } = {},
): IncidentAct => ({
  ...{ act: 'report', id, kind, channel: 'written', sentAt, call: null },
  ...{ furtherDueAt: more.due ?? null, at: more.at ?? sentAt + 2 * MINUTE },
});
const spoken = (id: string, sentAt: number, at = sentAt + 3 * MINUTE): IncidentAct => ({
  ...{ act: 'report', id, kind: 'first', channel: 'telephone', sentAt, call: null, furtherDueAt: null, at },
});
/** By a call that was begun then. */
const proved = (incident: string, calledAt: number, at = calledAt + 5 * MINUTE): IncidentAct => ({
  ...{ act: 'report', id: `${incident}-t`, kind: 'first', channel: 'telephone', furtherDueAt: null, at },
  ...{ sentAt: calledAt + SUPERIOR_ANSWERS_MS, call: proofKey(incident) },
});

export const INCIDENTS: readonly PlannedIncident[] = [
  {
    ...{ id: 'i-01', call: originKey('i-01'), occurredAt: on(1, '08:40'), receivedAt: on(1, '09:12') },
    ...{ openedAt: on(1, '09:20'), title: '某乡农房失火' },
    acts: [
      proved('i-01', on(1, '09:30')),
      written('i-01-w', 'first', on(1, '09:58'), { due: on(1, '12:00') }),
      written('i-01-f', 'further', on(1, '11:40'), { due: on(1, '17:00') }),
      written('i-01-e', 'final', on(1, '17:30')),
    ],
  },
  {
    ...{ id: 'i-02', call: null, occurredAt: null, receivedAt: on(3, '14:00'), openedAt: on(3, '14:05') },
    title: '县城部分停水',
    acts: [
      spoken('i-02-t', on(3, '14:34')),
      written('i-02-w', 'first', on(3, '14:50')),
      written('i-02-e', 'final', on(3, '20:00')),
    ],
  },
  {
    ...{ id: 'i-03', call: originKey('i-03'), occurredAt: on(5, '09:50'), receivedAt: on(5, '10:10') },
    ...{ openedAt: on(5, '10:18'), title: '国道客车侧翻' },
    acts: [
      proved('i-03', on(5, '10:25')),
      written('i-03-w', 'first', on(5, '11:25')),
      written('i-03-e', 'final', on(6, '09:00')),
    ],
  },
  {
    ...{ id: 'i-04', call: originKey('i-04'), occurredAt: null, receivedAt: on(6, '23:48') },
    ...{ openedAt: on(6, '23:55'), title: '夜间山体滑坡' },
    acts: [
      proved('i-04', on(7, '00:15')),
      written('i-04-w', 'first', on(7, '00:47')),
      written('i-04-e', 'final', on(7, '10:00')),
    ],
  },
  {
    ...{ id: 'i-05', call: null, occurredAt: on(9, '13:30'), receivedAt: on(9, '14:00') },
    ...{ openedAt: on(9, '16:40'), title: '化工厂气味扰民' },
    acts: [
      spoken('i-05-t', on(9, '14:20'), on(9, '16:42')),
      written('i-05-w', 'first', on(9, '14:55'), { at: on(9, '16:44') }),
      written('i-05-e', 'final', on(9, '18:00')),
    ],
  },
  {
    ...{ id: 'i-06', call: null, occurredAt: null, receivedAt: on(11, '03:00'), openedAt: on(11, '03:10') },
    ...{ title: '误报的火警', acts: [{ act: 'close', at: on(11, '05:30') }] },
  },
  {
    ...{ id: 'i-07', call: originKey('i-07'), occurredAt: null, receivedAt: on(12, '15:10') },
    ...{ openedAt: on(12, '15:16'), title: '水库坝体渗漏' },
    acts: [
      proved('i-07', on(12, '15:36')),
      written('i-07-w', 'first', on(12, '16:05')),
      written('i-07-e', 'final', on(13, '09:00')),
    ],
  },
  {
    ...{ id: 'i-08', call: null, occurredAt: on(13, '07:55'), receivedAt: on(13, '08:10') },
    ...{ openedAt: on(13, '08:15'), title: '小区电梯困人' },
    acts: [
      spoken('i-08-t1', on(13, '08:20'), on(13, '08:22')),
      { act: 'withdraw', id: 'i-08-t1', at: on(13, '08:40') },
      spoken('i-08-t2', on(13, '08:45'), on(13, '08:47')),
      written('i-08-w', 'first', on(13, '09:05')),
      written('i-08-e', 'final', on(13, '11:00')),
    ],
  },
  {
    ...{ id: 'i-09', call: originKey('i-09'), occurredAt: on(16, '09:00'), receivedAt: on(16, '09:20') },
    ...{ openedAt: on(16, '09:26'), title: '集体上访' },
    acts: [
      proved('i-09', on(16, '09:40')),
      {
        act: 'inquiry',
        id: 'i-09-q1',
        askedAt: on(16, '10:00'),
        dueAt: on(16, '10:30'),
        at: on(16, '10:01'),
      },
      written('i-09-w', 'first', on(16, '10:10')),
      { act: 'answer', id: 'i-09-q1', answeredAt: on(16, '10:20'), at: on(16, '10:21') },
      {
        act: 'inquiry',
        id: 'i-09-q2',
        askedAt: on(16, '11:00'),
        dueAt: on(16, '11:20'),
        at: on(16, '11:02'),
      },
      { act: 'answer', id: 'i-09-q2', answeredAt: on(16, '11:31'), at: on(16, '11:33') },
      { act: 'inquiry', id: 'i-09-q3', askedAt: on(16, '12:00'), dueAt: null, at: on(16, '12:01') },
      { act: 'answer', id: 'i-09-q3', answeredAt: on(16, '14:00'), at: on(16, '14:02') },
      written('i-09-e', 'final', on(17, '09:00')),
    ],
  },
  {
    // Heard of while the service stands still.
    ...{ id: 'i-11', call: null, occurredAt: null, receivedAt: on(17, '02:20'), openedAt: on(17, '02:50') },
    title: '输电线路跳闸',
    acts: [
      proved('i-11', on(17, '02:46'), on(17, '02:52')),
      written('i-11-w', 'first', on(17, '03:15')),
      written('i-11-e', 'final', on(17, '06:30')),
    ],
  },
  {
    ...{ id: 'i-10', call: originKey('i-10'), occurredAt: null, receivedAt: on(18, '20:05') },
    ...{ openedAt: on(18, '20:10'), title: '化粪池中毒' },
    acts: [
      proved('i-10', on(18, '20:20')),
      {
        act: 'inquiry',
        id: 'i-10-q1',
        askedAt: on(18, '21:00'),
        dueAt: on(18, '21:30'),
        at: on(18, '21:03'),
      },
    ],
  },
  {
    ...{ id: 'i-12', call: null, occurredAt: on(24, '09:30'), receivedAt: on(24, '10:00') },
    ...{ openedAt: on(24, '10:06'), title: '粮库塌方' },
    acts: [
      spoken('i-12-t', on(24, '10:24')),
      written('i-12-w', 'first', on(24, '10:41')),
      { act: 'correct', receivedAt: on(24, '09:45'), at: on(24, '13:00') },
      { act: 'close', at: on(24, '18:00') },
      { act: 'reopen', at: on(24, '19:00') },
      written('i-12-e', 'final', on(25, '10:00')),
    ],
  },
];

/** 突发信息 by telephone that needed no report: when the call came, and when that was said. */
export const NOT_REPORTABLE = [
  { key: 'no-report-1', calledAt: on(4, '21:10'), decidedAt: on(4, '21:25') },
  // Said only when the hand-over had been refused.
  { key: 'no-report-2', calledAt: on(11, '07:20'), decidedAt: on(11, '07:40') },
  { key: 'no-report-3', calledAt: on(22, '13:00'), decidedAt: on(22, '13:12') },
] as const;
