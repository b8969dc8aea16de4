/** 检查记录表 as it is written: opened, item by item, signed; with the inspector's signature comes 回头看 at the earlier ones. */
import {
  answerItem,
  confirmAsInspected,
  type Inspection,
  mendItem,
  NOTHING_SAID,
  readInspectionHead,
  signAsInspector,
} from '../duty/inspection.ts';
import { byItem } from '../duty/inspection-items.ts';
import { lookBack } from '../duty/inspection-mending.ts';
import { type InspectionFault, inspectionFaults } from '../duty/inspection-refusal.ts';
import { type Desk, noteChange } from './desk.ts';
import { changedColumns, type InspectionTable, inspectionOf } from './inspection-table.ts';
import { isMendingIsolated } from './inspection-texts.ts';
import type { InspectionWork } from './inspection-work.ts';
import { DONE, type Outcome } from './outcome.ts';

export async function writeInspection(desk: Desk, work: InspectionWork): Promise<Outcome> {
  const row = await desk.db
    .selectFrom('inspections')
    .selectAll()
    .where('id', '=', work.id)
    .$if(desk.dialect === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  // The same a second time is the same.
  if (work.type === 'inspection-open') return row === undefined ? open(desk, work) : DONE;
  if (row === undefined) return { ok: false, refusal: inspectionFaults.unknown };
  const before = inspectionOf(row);
  if (work.type === 'inspection-mend' && (await isMendingIsolated(desk, before, work.item)))
    return { ok: false, refusal: inspectionFaults.isolated };
  const next = stepped(before, work);
  if ('zh' in next) return { ok: false, refusal: next };
  await keep(desk, next);
  if (work.type === 'inspection-sign' && work.as === 'inspector') {
    await keepKnown(desk, row, work);
    for (const earlier of lookBack(next, await othersOf(desk, next))) await keep(desk, earlier);
  }
  told(desk, next, work);
  return DONE;
}

async function open(
  desk: Desk,
  work: Extract<InspectionWork, { readonly type: 'inspection-open' }>,
): Promise<Outcome> {
  const read = readInspectionHead(work, work.at);
  if ('zh' in read) return { ok: false, refusal: read };
  const { id, unit, rooms, from, to, inspectedAt, inspectors, at, account } = read;
  const units = await desk.db.selectFrom('rooms').select(['id', 'unit']).where('id', 'in', rooms).execute();
  if (units.length !== rooms.length || units.some((room) => room.unit !== unit))
    return { ok: false, refusal: inspectionFaults.noRoom };
  const inspection: Inspection = {
    ...{ id, unit, rooms, from, to, inspectedAt, inspectors },
    ...{ answers: byItem(() => NOTHING_SAID), inspector: null, inspected: null },
  };
  await desk.db
    .insertInto('inspections')
    .values({
      ...{ id, unit, rooms_json: JSON.stringify(rooms), from_at: from, to_at: to },
      ...{ inspected_at: inspectedAt, inspectors, ...changedColumns(inspection), known_json: null },
      ...{ opened_at: at, opened_by: account },
    })
    .execute();
  told(desk, inspection, work);
  return DONE;
}

function stepped(
  before: Inspection,
  work: Exclude<InspectionWork, { readonly type: 'inspection-open' }>,
): Inspection | InspectionFault {
  switch (work.type) {
    case 'inspection-answer':
      return answerItem(before, work.item, work);
    case 'inspection-sign':
      return work.as === 'inspector' ? signAsInspector(before, work) : confirmAsInspected(before, work);
    case 'inspection-mend':
      return mendItem(before, work.item, work.how, work);
  }
}

async function keep({ db }: Desk, inspection: Inspection): Promise<void> {
  await db
    .updateTable('inspections')
    .set(changedColumns(inspection))
    .where('id', '=', inspection.id)
    .execute();
}

async function keepKnown(
  { db }: Desk,
  { id }: InspectionTable,
  { known }: Extract<InspectionWork, { readonly type: 'inspection-sign' }>,
): Promise<void> {
  const known_json = known === null ? null : JSON.stringify(known);
  await db.updateTable('inspections').set({ known_json }).where('id', '=', id).execute();
}

async function othersOf({ db, dialect }: Desk, { id, unit }: Inspection): Promise<readonly Inspection[]> {
  const rows = await db
    .selectFrom('inspections')
    .selectAll()
    .where('unit', '=', unit)
    .where('id', '!=', id)
    .orderBy('id')
    .$if(dialect === 'postgres', (query) => query.forUpdate())
    .execute();
  return rows.map(inspectionOf);
}

/** Verdicts and times only: the words of an inspector are erasable. */
function told(desk: Desk, { id, rooms }: Inspection, work: InspectionWork): void {
  for (const room of rooms) noteChange(desk, 'room', room, room);
  const { at, account, person } = work;
  const entry = { at, account, person, subject: id };
  switch (work.type) {
    case 'inspection-open':
      desk.audits.push({
        ...entry,
        kind: 'inspection-opened',
        payload: { unit: work.unit, rooms: rooms.join(' ') },
      });
      return;
    case 'inspection-answer': {
      const { item, verdict, mendBy } = work;
      desk.audits.push({ ...entry, kind: 'inspection-answered', payload: { item, verdict, mendBy } });
      return;
    }
    case 'inspection-sign':
      desk.audits.push({ ...entry, kind: 'inspection-signed', payload: { as: work.as } });
      return;
    case 'inspection-mend':
      desk.audits.push({ ...entry, kind: 'inspection-mended', payload: { item: work.item, how: work.how } });
  }
}
