/** What must stand beside the six items of 附件3 that the system knows, from the plan, when an inspector signs. */
import { HOUR, wall } from './calendar.ts';
import type { Plan } from './plan.ts';
import { endedAt, type PlannedCall } from './planned-calls.ts';
import { INCIDENTS, type PlannedIncident } from './planned-incidents.ts';
import {
  ASSIGNMENTS,
  HOLIDAYS,
  type PlannedInspection,
  REPORT_BY,
  ROSTER_REPORTS,
} from './planned-papers.ts';
import { rank } from './reckon-assessment.ts';
import { waitingOf } from './reckon-callbacks.ts';
import { findingsOf, GOOD_MS, isOpenAt, LATE_MS, stateAt } from './reckon-findings.ts';
import { clocksAt, endedByHandAt, incidentAt } from './reckon-incidents.ts';

export type KnownSix = Readonly<Record<'A1' | 'A2' | 'B1' | 'B2' | 'C1' | 'C2', readonly string[]>>;

export function reckonedKnown(plan: Plan, inspection: PlannedInspection): KnownSix {
  return {
    A1: reporting(inspection),
    A2: cover(plan, inspection),
    B1: answering(plan, inspection),
    B2: line(plan, inspection),
    C1: reports(plan, inspection),
    C2: feedback(inspection),
  };
}

const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} 秒`;
const isIn = ({ from, to }: PlannedInspection, at: number): boolean => from <= at && at < to;

function reporting(inspection: PlannedInspection): readonly string[] {
  const sent = ROSTER_REPORTS.filter(({ at }) => at <= inspection.at);
  const said = (at: number) => `${wall(at)} 报自治区总值班室（系统上报）`;
  const due = HOLIDAYS.filter(({ name }) => {
    const by = REPORT_BY[name] ?? '';
    return wall(inspection.from).slice(0, 10) <= by && by < wall(inspection.to).slice(0, 10);
  });
  const told = due.map(({ name, from, to }) => {
    const by = REPORT_BY[name] ?? '';
    const report = sent.find((one) => one.from <= from && to <= one.to);
    const head = `${name}（${from} 至 ${to}）应在 ${by} 前报送`;
    if (report === undefined)
      return `${head}，${wall(inspection.at).slice(0, 10) > by ? '没有登记报送' : '尚未到期'}。`;
    return `${head}，${said(report.at)}，${wall(report.at).slice(0, 10) <= by ? '按时' : '超过时限'}。`;
  });
  const others = sent
    .filter(({ at }) => isIn(inspection, at))
    .filter((report) => !due.some(({ from, to }) => report.from <= from && to <= report.to))
    .map((report) => `另报送 ${report.from} 至 ${report.to}：${said(report.at)}。`);
  const all = [...told, ...others];
  return all.length > 0 ? all : ['本时段没有到期的节假日值班表，也没有登记报送。系统外报送的请查报送件。'];
}

function cover({ handOvers }: Plan, inspection: PlannedInspection): readonly string[] {
  const hours = (inspection.to - inspection.from) / HOUR;
  const held = handOvers.filter(({ closedAt }) => isIn(inspection, closedAt));
  const stayed = held.filter(({ endedBy }) => endedBy === 'stay').length;
  const short = held.filter(({ takers, expected, endedBy }) => {
    const came = takers.map(({ person }) => person);
    return endedBy !== 'stay' && expected.some((one) => !came.includes(one));
  }).length;
  return [
    `${hours} 小时都排有值班员。`,
    `${hours} 小时都排有带班领导。`,
    `在系统里办理交接班 ${held.length} 次。`,
    ...(stayed === 0 ? [] : [`无人接班、继续值守 ${stayed} 次。`]),
    ...(short === 0 ? [] : [`接班人没有到齐 ${short} 次。`]),
    '人是否在岗，系统只有值班表和交接班签名为证，请现场核实。',
  ];
}

function answering({ calls }: Plan, inspection: PlannedInspection): readonly string[] {
  const came = calls.filter(({ direction, at }) => direction === 'inbound' && isIn(inspection, at));
  const answered = came.filter(({ talkMs }) => talkMs !== null);
  const missed = came.filter(({ talkMs }) => talkMs === null);
  const rings = answered.map(({ ringMs }) => ringMs);
  const waiting = waitingOf(calls);
  const isMended = ({ key }: PlannedCall) => {
    const one = waiting.get(key);
    return one?.how?.startsWith('called') === true && (one.closedAt ?? Infinity) <= inspection.at;
  };
  const mended = missed.filter(isMended).length;
  const late = rings.filter((ms) => ms > LATE_MS).length;
  const near = rings.filter((ms) => ms > GOOD_MS && ms <= LATE_MS).length;
  const marked = came.filter(({ mark }) => mark !== null && mark.at <= inspection.at);
  const improper = marked.filter(({ mark }) => mark?.verdict === 'improper').length;
  const share = Math.floor((answered.length * 1_000) / came.length) / 10;
  const left = missed.length - mended;
  const was = `未接 ${missed.length} 通，其中 ${mended} 通已回拨接通或对方再次来电接通`;
  return [
    `来电 ${came.length} 通，接听 ${answered.length} 通，接听率 ${share}%。`,
    `振铃：半数在 ${seconds(rank(rings, 50) ?? 0)}内接听，95% 在 ${seconds(rank(rings, 95) ?? 0)}内接听。`,
    late === 0 ? '没有响铃超过 15 秒才接的来电。' : `响铃超过 15 秒才接 ${late} 通：`,
    ...(near === 0 ? [] : [`${near} 通在 11 秒 至 15 秒之间接听（临界）。`]),
    ...(missed.length === 0 ? [] : [left === 0 ? `${was}。` : `${was}，${left} 通没有回拨：`]),
    marked.length === 0
      ? '没有人评议过这些通话，问候和用语是否规范请抽听。'
      : `评议过 ${marked.length} 通，不规范 ${improper} 通。`,
  ];
}

/** Every call that came in and rang proves that the line was not forwarded; nobody ever placed a probe. */
function line({ calls }: Plan, inspection: PlannedInspection): readonly string[] {
  const setting = findingsOf(calls).find(({ kind }) => kind === 'forward-setting');
  if (setting === undefined) return [];
  const now = inspection.at;
  const rang = calls.filter(
    (call) => call.direction === 'inbound' && call.unanswered !== 'busy' && endedAt(call) <= now,
  );
  const last = Math.max(...rang.map(endedAt));
  const today = now > inspection.to ? '目前' : '';
  const verdict = isOpenAt(setting, now)
    ? `${stateAt(setting, now) === 'confirmed' ? '已确认' : '疑似'}（${wall(setting.openedAt)}），已查无条件。`
    : `未发现（来电 ${wall(last)}），已查无条件。`;
  const [first, latest] = [setting.noticed[0] ?? 0, setting.noticed.at(-1) ?? 0];
  const states = { suspect: '疑似', confirmed: '已确认', dismissed: '已排除', closed: '已整改' };
  const found = setting.openedAt < inspection.to && latest >= inspection.from && setting.openedAt <= now;
  return [
    `0954-2030000 呼转：${today}${verdict}`,
    `0954-2030000 彩铃：${today}无法判定：尚未检测。请安排拨测。`,
    ...(found
      ? [
          `呼转：电话交换机里设有呼转，${states[stateAt(setting, now)]}，首次 ${wall(first)}，最近 ${wall(latest)}，共 ${setting.noticed.length} 次。`,
        ]
      : []),
    '本时段没有拨测过。',
  ];
}

function reports({ calls }: Plan, inspection: PlannedInspection): readonly string[] {
  const heard = incidentsIn(inspection);
  const lines = heard.flatMap((incident) => {
    const ended = endedByHandAt(incident, inspection.at);
    const closed = ended === null ? '' : `，${wall(ended)} 办结`;
    return clocksAt(incident, ended ?? inspection.at).flatMap((clock) => {
      if (clock.id !== 'telephone' && clock.id !== 'written') return [];
      const { dueAt, doneAt, startedAt, phase, id } = clock;
      const channel = id === 'telephone' ? '电话报告' : '书面报告';
      const limit = `时限 ${wall(dueAt ?? 0)}`;
      const stands =
        doneAt === null
          ? `没有登记（${limit}${phase === 'over' ? '，已超时' : ''}${closed}）`
          : ` ${wall(doneAt)}（${limit}，${phase === 'late' ? '超时' : '按时'}）`;
      return [`${wall(startedAt)} 接报，${channel}${stands}。`];
    });
  });
  const emergencies = calls.filter(
    ({ form, at }) => form?.kind === 'registered' && form.category === 'incident' && isIn(inspection, at),
  ).length;
  return [
    ...(heard.length === 0 ? ['没有登记突发事件。'] : lines),
    ...(emergencies === 0 ? [] : [`类别为突发信息的电话记录 ${emergencies} 份。`]),
    '发生了而没有登记的事件，系统无从知道，请与上级收报记录核对。',
  ];
}

/** In the order of the paper. */
const FEEDBACK = {
  'in-time': '按时反馈',
  late: '超时反馈',
  overdue: '超时未反馈',
  answered: '已反馈，没有定时限',
  waiting: '尚未反馈，未到时限或没有定时限',
};

function feedback(inspection: PlannedInspection): readonly string[] {
  const lines = byEntry(INCIDENTS).flatMap((incident) =>
    (incidentAt(incident, inspection.at)?.inquiries ?? [])
      .filter(({ askedAt }) => isIn(inspection, askedAt))
      .map(({ askedAt, dueAt, answeredAt }) => {
        const answered = answeredAt === null ? '尚未反馈' : `${wall(answeredAt)} 反馈`;
        return `${wall(askedAt)} 上级调度核实，${answered}（${dueAt === null ? '没有定时限' : `时限 ${wall(dueAt)}`}）。`;
      }),
  );
  const asked = ASSIGNMENTS.filter(({ at }) => isIn(inspection, at) && at <= inspection.at).map(
    ({ dueAt, answeredAt }) => {
      const isAnswered = answeredAt !== null && answeredAt <= inspection.at;
      if (!isAnswered) return dueAt !== null && inspection.at > dueAt ? 'overdue' : 'waiting';
      return dueAt === null ? 'answered' : answeredAt <= dueAt ? 'in-time' : 'late';
    },
  );
  for (const [state, words] of Object.entries(FEEDBACK)) {
    const count = asked.filter((one) => one === state).length;
    if (count > 0) lines.push(`${words} ${count} 件：`);
  }
  return [
    ...(lines.length === 0 ? ['本时段没有登记调度核实，也没有登记交办。'] : lines),
    '反馈是否准确，请看电话记录单的办理经过。',
  ];
}

function incidentsIn(inspection: PlannedInspection): readonly PlannedIncident[] {
  return byEntry(INCIDENTS).filter((incident) => {
    const stands = incidentAt(incident, inspection.at);
    return stands !== null && isIn(inspection, stands.receivedAt);
  });
}

const byEntry = (incidents: readonly PlannedIncident[]): readonly PlannedIncident[] =>
  incidents.toSorted((one, other) => one.openedAt - other.openedAt);
