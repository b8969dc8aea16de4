/** What the system knows of C1 and C2 of 检查记录表: the clocks of incidents, and what was asked and answered. */
import { type Clock, clocksOf, phaseOf } from '../duty/incident-clock.ts';
import { CHANNEL_NAMES } from '../duty/incident-names.ts';
import { type Feedback, feedbacksOf } from '../duty/inspection-feedback.ts';
import type { KnownLine, KnownWay, RoomHistory } from '../duty/inspection-known.ts';
import type { ReportLimits } from '../duty/report-limits.ts';
import { type KnownSetting, known, MOST_WAYS, notKnown } from './known-line.ts';
import { momentText } from './wall-time.ts';

/** C1 是否在30分钟内电话报告、1小时内书面报告发生在本单位的重要紧急情况. */
export function knownOfClocks(history: RoomHistory, setting: KnownSetting): readonly KnownLine[] {
  const { emergencies } = history;
  const incidents = history.incidents.filter(({ receivedAt }) => isIn(receivedAt, setting));
  const records = emergencies.slice(0, MOST_WAYS).flatMap(toRecord);
  return [
    ...(incidents.length === 0
      ? [known('没有登记突发事件。', 'plain', [])]
      : incidents.flatMap((incident) => incidentLines(incident, history.reportLimits, setting))),
    ...(emergencies.length === 0
      ? []
      : [known(`类别为突发信息的电话记录 ${emergencies.length} 份。`, 'plain', records)]),
    notKnown('发生了而没有登记的事件，系统无从知道，请与上级收报记录核对。', []),
  ];
}

function isIn(at: number, { from, to }: KnownSetting): boolean {
  return from <= at && at < to;
}

function incidentLines(
  incident: RoomHistory['incidents'][number],
  limits: ReportLimits,
  { now, offset }: KnownSetting,
): readonly KnownLine[] {
  const way: KnownWay = { text: '突发事件', to: 'incident', id: incident.id };
  const head = `${momentText(incident.receivedAt, offset)} 接报`;
  return clocksOf(incident, limits, now).flatMap((clock): readonly KnownLine[] => {
    if (clock.what.kind !== 'report') return [];
    const { channel } = clock.what;
    const proof = incident.reports.find(
      (report) => report.channel === channel && !report.withdrawn && report.sentAt === clock.doneAt,
    )?.call;
    const call: readonly KnownWay[] =
      proof == null ? [] : [{ text: '通话', to: 'call', id: proof, recordings: [] }];
    const ended = endedByHand(incident);
    const phase = ended === null ? clock.phase : phaseOf(clock, ended);
    const tone = phase === 'kept' ? 'good' : phase === 'late' || phase === 'over' ? 'poor' : 'plain';
    const stood = stands({ ...clock, phase }, ended, offset);
    return [known(`${head}，${CHANNEL_NAMES[channel]}${stood}。`, tone, [way, ...call])];
  });
}

/** 办结 by hand, with a reason: what was not reported then was owed until then. */
function endedByHand({ closedByHand, closedAt }: RoomHistory['incidents'][number]): number | null {
  return closedByHand ? closedAt : null;
}

function stands(
  { doneAt, dueAt, phase }: Clock,
  ended: number | null,
  offset: (at: number) => number,
): string {
  const limit = dueAt === null ? '第一时间' : `时限 ${momentText(dueAt, offset)}`;
  const closed = ended === null ? '' : `，${momentText(ended, offset)} 办结`;
  if (doneAt === null) return `没有登记（${limit}${phase === 'over' ? '，已超时' : ''}${closed}）`;
  return ` ${momentText(doneAt, offset)}（${limit}，${phase === 'late' ? '超时' : '按时'}）`;
}

const STATE_WORDS: Readonly<Record<Feedback['state'], string>> = {
  'in-time': '按时反馈',
  late: '超时反馈',
  answered: '已反馈，没有定时限',
  waiting: '尚未反馈，未到时限或没有定时限',
  overdue: '超时未反馈',
};

/** C2 是否及时准确反馈调度核实情况. */
export function knownOfFeedback(history: RoomHistory, setting: KnownSetting): readonly KnownLine[] {
  const feedbacks = feedbacksOf(history.handled, setting, setting.now);
  const inquiries = history.incidents.flatMap((incident) =>
    inquiryLines(incident, history.reportLimits, setting),
  );
  const states = ['in-time', 'late', 'overdue', 'answered', 'waiting'] as const;
  const lines = states.flatMap((state): readonly KnownLine[] => {
    const own = feedbacks.filter((one) => one.state === state);
    if (own.length === 0) return [];
    const tone = state === 'in-time' ? 'good' : state === 'late' || state === 'overdue' ? 'poor' : 'plain';
    const times = own.slice(0, MOST_WAYS).flatMap((one) => feedbackWay(one, setting));
    return [known(`${STATE_WORDS[state]} ${own.length} 件：`, tone, times)];
  });
  const all = [...inquiries, ...lines];
  return [
    ...(all.length === 0 ? [known('本时段没有登记调度核实，也没有登记交办。', 'plain', [])] : all),
    notKnown('反馈是否准确，请看电话记录单的办理经过。', []),
  ];
}

function inquiryLines(
  incident: RoomHistory['incidents'][number],
  limits: ReportLimits,
  setting: KnownSetting,
): readonly KnownLine[] {
  const { now, offset } = setting;
  const way: KnownWay = { text: '突发事件', to: 'incident', id: incident.id };
  return clocksOf(incident, limits, now).flatMap((clock): readonly KnownLine[] => {
    if (clock.what.kind !== 'inquiry' || !isIn(clock.startedAt, setting)) return [];
    const answered = clock.doneAt === null ? '尚未反馈' : `${momentText(clock.doneAt, offset)} 反馈`;
    const limit = clock.dueAt === null ? '没有定时限' : `时限 ${momentText(clock.dueAt, offset)}`;
    const isPoor = clock.phase === 'late' || clock.phase === 'over';
    const { inquiry } = clock.what;
    const proofs = incident.reports.flatMap((report): readonly KnownWay[] =>
      report.inquiry === inquiry && !report.withdrawn && report.call !== null
        ? [{ text: '通话', to: 'call', id: report.call, recordings: [] }]
        : [],
    );
    return [
      known(
        `${momentText(clock.startedAt, offset)} 上级调度核实，${answered}（${limit}）。`,
        isPoor ? 'poor' : 'plain',
        [way, ...proofs],
      ),
    ];
  });
}

function feedbackWay(
  { record, assignedAt, answeredAt }: Feedback,
  { offset }: KnownSetting,
): readonly KnownWay[] {
  const to = answeredAt === null ? '' : `→${momentText(answeredAt, offset).slice(5)}`;
  const text = `${momentText(assignedAt, offset).slice(5)}${to}`;
  return toRecord(record).map((way) => ({ ...way, text: `${text} ${way.text}` }));
}

/** By its number, else by its call: a form without either is a draft by hand, and no paper yet. */
function toRecord({ number, call }: Feedback['record']): readonly KnownWay[] {
  if (number !== null) return [{ text: number, to: 'record', number }];
  return call === null ? [] : [{ text: '未编号', to: 'call', id: call, recordings: [] }];
}
