/**
 * 回头看: what was to be mended is open until a later inspection finds it good, or an inspector has seen that it is. Pure; times
 * are integer ms UTC.
 */
import {
  type Inspection,
  type ItemAnswer,
  isOpen,
  type Mending,
  needsMending,
  toldOf,
  withAnswer,
} from './inspection.ts';
import { ITEM_CODES, type ItemCode } from './inspection-items.ts';

export interface OpenMending {
  readonly inspection: string;
  readonly unit: string;
  readonly rooms: readonly string[];
  readonly inspectedAt: number;
  readonly code: ItemCode;
  readonly answer: ItemAnswer & { readonly mending: Mending };
}

/** 待整改: what is open of these inspections, the earliest 整改期限 first, those without one at the end. */
export function openMendings(inspections: readonly Inspection[]): readonly OpenMending[] {
  return inspections
    .flatMap(({ id: inspection, unit, rooms, inspectedAt, answers }) =>
      ITEM_CODES.flatMap((code): readonly OpenMending[] => {
        const answer = answers[code];
        const { mending } = answer;
        if (mending === null || !isOpen(mending)) return [];
        return [{ inspection, unit, rooms, inspectedAt, code, answer: { ...answer, mending } }];
      }),
    )
    .toSorted(
      (one, other) =>
        compare(one.answer.mendBy ?? '9999', other.answer.mendBy ?? '9999') ||
        one.inspectedAt - other.inspectedAt ||
        compare(one.code, other.code),
    );
}

/** What an inspection has to look back at: open from earlier ones, whenever they were signed, in rooms that it inspects too. */
export function toLookBackAt(
  inspection: Pick<Inspection, 'id' | 'unit' | 'rooms' | 'inspectedAt'>,
  others: readonly Inspection[],
): readonly OpenMending[] {
  return openMendings(others).filter(
    (open) =>
      open.inspection !== inspection.id &&
      open.unit === inspection.unit &&
      open.inspectedAt <= inspection.inspectedAt &&
      open.rooms.every((room) => inspection.rooms.includes(room)),
  );
}

/**
 * 回头看, when an inspector signs: what is 符合 now is mended, what has to be mended again goes on in the new table, and what was not
 * looked at stays open. Gives the earlier inspections that change.
 */
export function lookBack(signed: Inspection, others: readonly Inspection[]): readonly Inspection[] {
  const { inspector } = signed;
  if (inspector === null) return [];
  const changed = new Map<string, Inspection>();
  for (const { inspection: id, code, answer } of toLookBackAt(signed, others)) {
    const now = signed.answers[code];
    if (now.verdict === null || now.verdict === 'not-applicable') continue;
    const before = changed.get(id) ?? others.find((other) => other.id === id);
    if (before === undefined) continue;
    const state = needsMending(now) ? 'found-again' : 'mended';
    const seen = { state, text: '', by: inspector.name, at: inspector.at, seenIn: signed.id } as const;
    const mending: Mending = { ...seen, ...toldOf(answer.mending) };
    changed.set(id, withAnswer(before, code, { ...answer, mending }));
  }
  return [...changed.values()];
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
