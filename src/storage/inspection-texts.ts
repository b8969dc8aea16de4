/**
 * What an inspector and an office wrote into a 检查记录表, as 涉密误录处置 reaches it: 检查情况 of each item, from the inspector's signature
 * on (until then it is written anew instead), and what was said of its 整改.
 */
import { type HandWritten, HIDDEN, nameOfWritten, type ShutTexts } from '../duty/hand-written.ts';
import { type Inspection, type ItemAnswer, isOpen, withAnswer } from '../duty/inspection.ts';
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
  return written.kind === 'item' || answers[written.code].mending?.at === written.at;
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
  const answer = without(inspection.answers[written.code], written.kind, '');
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
      const { id } = inspection;
      const { mending } = inspection.answers[code];
      const isShut = (text: HandWritten) => nameOfWritten(text) in shut;
      const item = isShut({ kind: 'item', inspection: id, code });
      const mended = mending !== null && isShut({ kind: 'mending', inspection: id, code, at: mending.at });
      const seen = item ? without(inspection.answers[code], 'item', HIDDEN) : inspection.answers[code];
      return mended ? without(seen, 'mending', HIDDEN) : seen;
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
function textsIn({ id: inspection, inspector, answers }: Inspection): readonly OfInspection[] {
  if (inspector === null) return [];
  return Object.values(
    byItem((code): readonly OfInspection[] => {
      const { mending } = answers[code];
      const item = { kind: 'item', inspection, code } as const;
      return mending === null ? [item] : [item, { kind: 'mending', inspection, code, at: mending.at }];
    }),
  ).flat();
}

function without(answer: ItemAnswer, what: OfInspection['kind'], instead: string): ItemAnswer {
  if (what === 'item') return { ...answer, situation: instead };
  return answer.mending === null ? answer : { ...answer, mending: { ...answer.mending, text: instead } };
}
