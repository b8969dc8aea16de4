/** Every line and every count of 值班日志, from the plan: as each log stood when it was sealed, and what was written into it since. */
import { GAPS, HOUR, wall } from './calendar.ts';
import { type Plan, silentCalls } from './plan.ts';
import { endedAt, type PlannedCall } from './planned-calls.ts';
import { INCIDENTS, type PlannedIncident } from './planned-incidents.ts';
import { LOG_ACTS } from './planned-papers.ts';
import { waitingOf } from './reckon-callbacks.ts';
import { findingsOf, stateAt } from './reckon-findings.ts';
import { incidentAt } from './reckon-incidents.ts';
import { numbersOf } from './reckon-numbers.ts';
import { type ReckonedShift, reckonedShifts, shiftOfMoment } from './reckon-shifts.ts';

export interface ReckonedLine {
  readonly at: number;
  readonly text: string;
  readonly late: boolean;
  readonly ticked: boolean;
  readonly edited: boolean;
  readonly part: 'event' | 'remark';
}

export interface ReckonedLog extends ReckonedShift {
  readonly state: 'sealed' | 'reopened';
  readonly seals: number;
  readonly openings: readonly string[];
  readonly lines: readonly ReckonedLine[];
  readonly counts: {
    readonly inbound: number;
    readonly outbound: number;
    readonly missed: number;
    readonly calledBack: number;
    readonly noRecord: number;
  };
}

const drafted = (at: number, text: string, late: boolean): ReckonedLine => ({
  ...{ at, text, late, ticked: true, edited: false, part: 'event' },
});

export function reckonedLogs(plan: Plan): readonly ReckonedLog[] {
  const shifts = reckonedShifts(plan);
  const sources = [
    recordLines(plan, shifts),
    incidentLines(),
    gapLines(),
    silentLines(plan, shifts),
    findingLines(plan),
    lateLines(plan, shifts),
  ];
  const waiting = waitingOf(plan.calls);
  return shifts.map((shift) => {
    const written = LOG_ACTS.filter(({ of }) => shift.from <= of && of < shift.to);
    const byHand = written.flatMap((one): readonly ReckonedLine[] => {
      if (one.act !== 'add') return [];
      // What is entered when its shift should have been over, or its day, is 补记.
      const late = one.at >= shift.to || one.at >= dueOf(shift) || dayOf(one.at) !== dayOf(one.of);
      return [{ at: one.of, text: one.text, late, ticked: true, edited: true, part: one.part }];
    });
    const openings = written.flatMap((one) => (one.act === 'reopen' ? one.reason : []));
    const seals = written.filter(({ act }) => act === 'seal').length;
    return {
      ...shift,
      state: openings.length > seals ? 'reopened' : 'sealed',
      seals: 1 + seals,
      openings,
      lines: inOrder([...sources.flatMap((lines) => lines(shift)), ...byHand]),
      counts: countsOf(plan.calls, waiting, shift),
    };
  });
}

const dayOf = (at: number): string => wall(at).slice(0, 10);
/** The turn that ends a shift by the roster. */
const dueOf = ({ to }: ReckonedShift): number => Math.round(to / (8 * HOUR)) * 8 * HOUR;

export function inOrder(lines: readonly ReckonedLine[]): readonly ReckonedLine[] {
  return lines.toSorted((one, other) => one.at - other.at || (one.text < other.text ? -1 : 1));
}

type Source = (shift: ReckonedShift) => readonly ReckonedLine[];

/** In the shift in which the call arrived; registered after that was sealed, in the one in which it was registered. */
function recordLines({ calls }: Plan, shifts: readonly ReckonedShift[]): Source {
  const numbers = numbersOf(calls);
  const lines = calls.flatMap((call) => {
    const { form, key } = call;
    const own = shiftOfMoment(shifts, call.at);
    if (form?.kind !== 'registered' || own === undefined) return [];
    const isLate = form.at > own.sealedAt;
    const shift = isLate ? shiftOfMoment(shifts, form.at) : own;
    if (shift === undefined || (form.voidAt !== null && form.voidAt <= shift.sealedAt)) return [];
    const who = `${form.unit}${form.name}`;
    const said = call.direction === 'outbound' ? `致电${who}` : `${who}来电`;
    const line = drafted(call.at, `${said}：${form.content}（${numbers.get(key)}）`, isLate);
    return [{ shift, line: touched(line, key, shift) }];
  });
  return (shift) => lines.flatMap((one) => (one.shift === shift ? one.line : []));
}

function touched(line: ReckonedLine, key: string, { sealedAt }: ReckonedShift): ReckonedLine {
  const acts = LOG_ACTS.filter((act) => 'line' in act && act.line === key && act.at <= sealedAt);
  const edited = acts.findLast((act) => act.act === 'edit');
  const ticked = !acts.some(({ act }) => act === 'untick');
  return edited?.act === 'edit' ? { ...line, text: edited.text, edited: true, ticked } : { ...line, ticked };
}

/** In the shift that heard of it, and in each later one that reported on it. */
function incidentLines(): Source {
  return ({ from, to, sealedAt }) =>
    INCIDENTS.flatMap((incident) => {
      const stands = incidentAt(incident, sealedAt);
      if (stands === null || stands.receivedAt >= to) return [];
      const { receivedAt, reports } = stands;
      const saidAt = Math.max(incident.openedAt, receivedAt, ...reports.map(({ at }) => at));
      const isOwn = receivedAt >= from;
      if (!isOwn && saidAt < from) return [];
      return [drafted(receivedAt, incidentText(incident, reports), !isOwn)];
    });
}

function incidentText(
  { title }: PlannedIncident,
  reports: NonNullable<ReturnType<typeof incidentAt>>['reports'],
): string {
  const names = { first: '初报', further: '续报一', final: '终报', verification: '核报' };
  const sent = reports.map(
    ({ kind, channel, sentAt }) =>
      `${names[kind]}（${channel === 'telephone' ? '电话' : '书面'}报告）${wall(sentAt)}`,
  );
  return `突发事件：${title}；${sent.length === 0 ? '尚未报告' : sent.join('，')}。`;
}

/** In each shift in which the PBX was out of sight. */
function gapLines(): Source {
  return ({ from, to, sealedAt }) =>
    GAPS.flatMap((gap) => {
      if (gap.from >= to || gap.to < from) return [];
      const what = gap.key === 'stop' ? '系统停止值守' : '与电话交换机的连接中断';
      if (gap.to > sealedAt) return [drafted(gap.from, `${what}，尚未恢复。`, gap.from < from)];
      const isTold = gap.reportedAt !== null && gap.reportedAt <= sealedAt;
      const recovered = isTold ? `，系统补采 ${gap.recovered} 通` : '';
      const text = `${what}，${wall(gap.to)} 恢复，其间来去电 ${gap.missed} 通未即时登记${recovered}。`;
      return [drafted(gap.from, text, gap.from < from)];
    });
}

/** Calls without sound that follow each other within two hours are one line. */
function silentLines(plan: Plan, shifts: readonly ReckonedShift[]): Source {
  const silent = silentCalls(plan);
  return (shift) => {
    const runs: PlannedCall[][] = [];
    for (const call of silent.filter(({ at }) => shiftOfMoment(shifts, at) === shift)) {
      const run = runs.at(-1);
      const before = run?.at(-1);
      if (run === undefined || before === undefined || call.at - before.at > 2 * HOUR) runs.push([call]);
      else run.push(call);
    }
    return runs.flatMap((run) => {
      const [first, last] = [run[0], run.at(-1)];
      if (first === undefined || last === undefined) return [];
      const span = run.length === 1 ? '' : `，至 ${wall(last.at)} 共 ${run.length} 通`;
      return [drafted(first.at, `通话没有录音${span}。`, false)];
    });
  };
}

function findingLines({ calls }: Plan): Source {
  const kinds = { 'rang-long': '响铃时间过长', 'forward-setting': '电话交换机里设有呼转' };
  const states = { suspect: '疑似', confirmed: '已确认', dismissed: '已排除', closed: '已整改' };
  const findings = findingsOf(calls);
  return ({ from, to, sealedAt }) =>
    findings
      .filter(({ openedAt }) => from <= openedAt && openedAt < to)
      .map((finding) => {
        const stands = `${kinds[finding.kind]}（${states[stateAt(finding, sealedAt)]}）`;
        return drafted(finding.openedAt, `值班电话 0954-2030000 检测发现：${stands}。`, false);
      });
}

/** A call that rang over the seal of its log and that nobody answered: in the next log, for each that was sealed there. */
function lateLines({ calls }: Plan, shifts: readonly ReckonedShift[]): Source {
  const waiting = waitingOf(calls);
  return (shift) =>
    shifts
      .filter(({ sealedAt }) => sealedAt === shift.from)
      .flatMap(({ from, to, sealedAt }) => {
        const own = calls.filter(({ at }) => from <= at && at < to);
        const missed = own.filter((call) => waiting.has(call.key) && endedAt(call) > sealedAt).length;
        const text = `封存后补录：${wall(from)} 至 ${wall(to)} 的班封存后记入未接 ${missed} 通，不在该班日志的计数内。`;
        return missed === 0 ? [] : [drafted(from, text, true)];
      });
}

/** As they stood when the log was sealed. */
function countsOf(
  calls: readonly PlannedCall[],
  waiting: ReturnType<typeof waitingOf>,
  { from, to, sealedAt }: ReckonedShift,
): ReckonedLog['counts'] {
  const own = calls.filter(({ at }) => from <= at && at < to);
  const count = (holds: (call: PlannedCall) => boolean) => own.filter(holds).length;
  const backBy = (call: PlannedCall) => {
    const one = waiting.get(call.key);
    return one?.how === 'called-back' && (one.closedAt ?? Infinity) <= sealedAt;
  };
  return {
    inbound: count(({ direction }) => direction === 'inbound'),
    outbound: count(({ direction }) => direction === 'outbound'),
    missed: count((call) => waiting.has(call.key) && endedAt(call) <= sealedAt),
    calledBack: count(backBy),
    noRecord: count(({ form }) => form?.kind === 'no-record' && form.at <= sealedAt),
  };
}
