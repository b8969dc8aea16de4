/**
 * C2 是否及时准确反馈调度核实情况: each 交办 of a record with the 反馈 that answered it. Pure; times are integer ms UTC.
 */

/** A record with what was entered of handling it; struck entries are left out. */
export interface HandledRecord {
  readonly id: string;
  readonly number: string | null;
  readonly call: string | null;
  readonly entries: readonly HandlingEntry[];
}

export interface HandlingEntry {
  readonly kind: 'assignment' | 'feedback';
  readonly who: string;
  /** When it was said, or written down where that is not known. */
  readonly at: number;
  /** 办理时限 of an assignment. */
  readonly dueAt: number | null;
}

export interface Feedback {
  readonly record: Pick<HandledRecord, 'id' | 'number' | 'call'>;
  readonly assignedAt: number;
  readonly dueAt: number | null;
  readonly answeredAt: number | null;
  readonly state:
    | 'in-time'
    | 'late'
    /** Answered; no limit was set. */
    | 'answered'
    | 'waiting'
    | 'overdue';
}

/** Every 交办 from `from` to `to` (not included), the earliest first. */
export function feedbacksOf(
  records: readonly HandledRecord[],
  { from, to }: { readonly from: number; readonly to: number },
  now: number,
): readonly Feedback[] {
  return records
    .flatMap((record) => ofRecord(record, now))
    .filter(({ assignedAt }) => from <= assignedAt && assignedAt < to)
    .toSorted((one, other) => one.assignedAt - other.assignedAt);
}

/** An answer by the one who was asked counts for him; one by somebody who was not asked by name, for whoever waits longest. */
function ofRecord({ entries, id, number, call }: HandledRecord, now: number): readonly Feedback[] {
  const inOrder = entries.toSorted((one, other) => one.at - other.at);
  const asked = inOrder.filter(({ kind }) => kind === 'assignment');
  const names = new Set(asked.map(({ who }) => who));
  const left = new Set(inOrder.filter(({ kind }) => kind === 'feedback'));
  return asked.map((assignment) => {
    const after = [...left].filter(({ at }) => at >= assignment.at);
    const answer =
      after.find(({ who }) => who === assignment.who) ?? after.find(({ who }) => !names.has(who));
    if (answer !== undefined) left.delete(answer);
    const { at: assignedAt, dueAt } = assignment;
    const answeredAt = answer?.at ?? null;
    return {
      record: { id, number, call },
      assignedAt,
      dueAt,
      answeredAt,
      state: stateOf(dueAt, answeredAt, now),
    };
  });
}

function stateOf(dueAt: number | null, answeredAt: number | null, now: number): Feedback['state'] {
  if (answeredAt === null) return dueAt !== null && now > dueAt ? 'overdue' : 'waiting';
  if (dueAt === null) return 'answered';
  return answeredAt <= dueAt ? 'in-time' : 'late';
}
