/**
 * What an inspector and an office wrote into a 检查记录表, as 涉密误录处置 reaches it: 检查情况 of each item, from the inspector's signature
 * on (until then it is written anew instead), and what was said of its 整改.
 */
import { type HandWritten, HIDDEN, nameOfWritten, type ShutTexts } from '../duty/hand-written.ts';
import {
  type Inspection,
  type ItemAnswer,
  isOpen,
  type Mending,
  saidOfMending,
  withAnswer,
} from '../duty/inspection.ts';
import { byItem } from '../duty/inspection-items.ts';
import type { Desk } from './desk.ts';
import { changedColumns, inspectionOf } from './inspection-table.ts';
import type { ReadDeps } from './read.ts';
import { allShutTexts, shutTexts } from './shut-reads.ts';

type OfInspection = Extract<HandWritten, { readonly kind: 'item' | 'mending' }>;

/** Those that it is about and that there still are; none: there is no such text in it. */
export async function roomsOfInspection(
  { db }: Pick<ReadDeps, 'db'>,
  written: OfInspection,
): Promise<readonly string[]> {
  const row = await db
    .selectFrom('inspections')
    .selectAll()
    .where('id', '=', written.inspection)
    .executeTakeFirst();
  const inspection = row === undefined ? null : inspectionOf(row);
  if (inspection === null || !isIn(inspection, written)) return [];
  const rooms = await db.selectFrom('rooms').select('id').where('id', 'in', inspection.rooms).execute();
  return rooms.map(({ id }) => id);
}

function isIn({ inspector, answers }: Inspection, written: OfInspection): boolean {
  if (inspector === null) return false;
  return written.kind === 'item' || saidOfMending(answers[written.code]).some(({ at }) => at === written.at);
}

export async function eraseOfInspection({ db }: Pick<Desk, 'db'>, written: OfInspection): Promise<void> {
  const row = await db
    .selectFrom('inspections')
    .selectAll()
    .where('id', '=', written.inspection)
    .executeTakeFirst();
  if (row === undefined) return;
  const inspection = inspectionOf(row);
  if (!isIn(inspection, written)) return;
  const answer = without(inspection.answers[written.code], written, '');
  await db
    .updateTable('inspections')
    .set(changedColumns(withAnswer(inspection, written.code, answer)))
    .where('id', '=', row.id)
    .execute();
}

/** As people may see them, and what of each is shut away. */
export async function readableInspections(
  deps: Pick<ReadDeps, 'db'>,
  inspections: readonly Inspection[],
): Promise<readonly { readonly inspection: Inspection; readonly shut: ShutTexts }[]> {
  const shut = await allShutTexts(deps);
  return inspections.map((inspection) => {
    const answers = byItem((code) => {
      const hidden = textsOf(inspection, code).filter((text) => nameOfWritten(text) in shut);
      return hidden.reduce((seen, text) => without(seen, text, HIDDEN), inspection.answers[code]);
    });
    const own = textsIn(inspection)
      .map(nameOfWritten)
      .filter((name) => name in shut);
    return {
      inspection: { ...inspection, answers },
      shut: Object.fromEntries(own.map((name) => [name, shut[name] ?? 'isolated'])),
    };
  });
}

/** While a text of its 整改 is isolated nobody writes over it: it may have to be opened again. */
export async function isMendingIsolated(
  deps: Pick<ReadDeps, 'db' | 'dialect'>,
  { id, answers }: Inspection,
  code: OfInspection['code'],
): Promise<boolean> {
  const { mending } = answers[code];
  if (mending === null || !isOpen(mending)) return false;
  const name = { kind: 'mending', inspection: id, code, at: mending.at } as const;
  return (await shutTexts(deps, [name]))[nameOfWritten(name)] === 'isolated';
}

/** All that may have been shut away of one. */
function textsIn(inspection: Inspection): readonly OfInspection[] {
  if (inspection.inspector === null) return [];
  return Object.values(byItem((code) => textsOf(inspection, code))).flat();
}

function textsOf(
  { id: inspection, answers }: Inspection,
  code: OfInspection['code'],
): readonly OfInspection[] {
  const mendings = saidOfMending(answers[code]).map(
    ({ at }) => ({ kind: 'mending', inspection, code, at }) as const,
  );
  return [{ kind: 'item', inspection, code }, ...mendings];
}

function without(answer: ItemAnswer, what: OfInspection, instead: string): ItemAnswer {
  if (what.kind === 'item') return { ...answer, situation: instead };
  return answer.mending === null
    ? answer
    : { ...answer, mending: withoutText(answer.mending, what.at, instead) };
}

function withoutText(mending: Mending, at: number, instead: string): Mending {
  const { told } = mending;
  return {
    ...mending,
    ...(mending.at === at ? { text: instead } : {}),
    ...(told?.at === at ? { told: { ...told, text: instead } } : {}),
  };
}
