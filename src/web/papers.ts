/** Papers: 电话记录单 and 完整版, 来电一览 of a day, 空白表; as a print view, for Word, for Excel. What leaves is in the audit trail. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../accounts/access.ts';
import { type DayEntry, type DaySetting, dayList, dayPaper, daySheet } from '../documents/day-list.ts';
import { listDocx } from '../documents/list-docx.ts';
import { papersDocx } from '../documents/paper-docx.ts';
import { listPage, papersPage } from '../documents/paper-page.ts';
import { workbookStream } from '../documents/workbook.ts';
import { dayStartIn, momentOf, offsetAt } from '../duty/time-zone.ts';
import type { Intake } from '../intake.ts';
import { blankPaper, recordPaper } from '../records/form-layout.ts';
import type { PaperSetting } from '../records/form-source.ts';
import type { Paper } from '../records/paper.ts';
import { refusals } from '../records/refusal.ts';
import type { RoomSpan } from '../storage/day-reads.ts';
import type { Store } from '../storage/store.ts';
import { auditBy } from './audit-line.ts';
import type { OfficeIndex } from './office-index.ts';
import { readBlankAsked, readDayAsked, readRecordsAsked } from './paper-asked.ts';
import type { RecordView } from './protocol/record-view.ts';
import type { RoomView } from './protocol/room-view.ts';
import { BAD_REQUEST, NOT_FOUND } from './refusals.ts';
import { DOCX, sendFile, sendPage, XLSX } from './send-file.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';
import { doorFor } from './with-visitor.ts';

export interface PapersDeps {
  readonly store: Pick<Store, 'recordViews' | 'callViews' | 'roomView' | 'roomSpan'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly offices: OfficeIndex;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly clock: () => number;
  readonly timeZone: string;
}

/** Signs of 电话内容 in the printed list of a day; the whole text is in its form and in the spreadsheet. */
const CONTENT_ON_PAPER = 80;

/** Of one address: a batch for Word takes a part of a second of the machine. */
const LIMIT = { rateLimit: { max: 60, timeWindow: 60_000 } };

export function addPapers(app: FastifyInstance, deps: PapersDeps): void {
  const withVisitor = doorFor(deps.visitorOf);
  const { store, timeZone } = deps;
  const audit = auditBy(deps);
  const offset = (at: number): number => offsetAt(timeZone, at);

  app.get('/api/papers/records', { config: LIMIT }, (request, reply) =>
    withVisitor(request, reply, async (visitor) => {
      const asked = readRecordsAsked(request.query);
      if (asked === null) return refuse(reply, 400, BAD_REQUEST);
      const records = await exportable(visitor, asked.ids);
      if (records === null) return notFound(reply, visitor, asked.ids.join(' '));
      if (records.some(({ shut }) => shut !== null)) {
        await audit(visitor, 'print-refused', records[0]?.id ?? null, { shut: 'yes' });
        return refuse(reply, 409, refusals.shut);
      }
      const papers = await papersOf(records, { form: asked.form, column: asked.column, offset });
      for (const { id, number, state } of records)
        await audit(visitor, 'record-printed', id, {
          form: asked.form,
          format: asked.format,
          number,
          state,
          together: records.length,
        });
      if (asked.format === 'html') return sendPage(reply, papersPage(papers));
      const [only] = records;
      const name = records.length === 1 ? (only?.number ?? '草稿') : `${records.length}份`;
      return sendFile(reply, DOCX, `电话记录单 ${name}.docx`, Buffer.from(await papersDocx(papers)));
    }),
  );

  app.get('/api/papers/day', { config: LIMIT }, (request, reply) =>
    withVisitor(request, reply, async (visitor) => {
      const asked = readDayAsked(request.query);
      if (asked === null) return refuse(reply, 400, BAD_REQUEST);
      const room = await exportableRoom(visitor, asked.room);
      if (room === null) return notFound(reply, visitor, asked.room);
      const from = momentOf(timeZone, asked.day);
      // Days have 23 to 25 hours: the next one begins before a day and a half is over.
      const span = await store.roomSpan(room.id, from, dayStartIn(timeZone, from + 36 * 3_600_000));
      const setting: DaySetting = {
        room,
        day: from,
        offset,
        contentLimit: asked.format === 'xlsx' ? null : CONTENT_ON_PAPER,
        isCut: span.isCut,
      };
      const list = dayList(entriesOf(span), setting);
      await audit(visitor, 'list-exported', room.id, {
        date: asked.date,
        format: asked.format,
        rows: list.rows.length,
        records: span.records.map(({ id }) => id).join(' '),
      });
      if (asked.format === 'html') return sendPage(reply, listPage(dayPaper(list)));
      const name = `来电一览 ${asked.date}.${asked.format}`;
      if (asked.format === 'docx')
        return sendFile(reply, DOCX, name, Buffer.from(await listDocx(dayPaper(list))));
      return sendFile(reply, XLSX, name, workbookStream(daySheet(list)));
    }),
  );

  app.get('/api/papers/blank', { config: LIMIT }, (request, reply) =>
    withVisitor(request, reply, async (visitor) => {
      const asked = readBlankAsked(request.query);
      if (asked === null) return refuse(reply, 400, BAD_REQUEST);
      const room = await exportableRoom(visitor, asked.room);
      if (room === null) return notFound(reply, visitor, asked.room);
      const paper = blankPaper({ form: asked.form, column: asked.column, room, offset });
      const papers = Array.from({ length: asked.copies }, () => paper);
      return asked.format === 'html'
        ? sendPage(reply, papersPage(papers, true))
        : sendFile(reply, DOCX, '电话记录单 空白表.docx', Buffer.from(await papersDocx(papers, true)));
    }),
  );

  /** All of them in the order asked for; null when one does not exist or may not be taken out: it is not said which. */
  async function exportable(visitor: Visitor, ids: readonly string[]): Promise<readonly RecordView[] | null> {
    const views = new Map((await store.recordViews(ids)).map((view) => [view.id, view]));
    const found = ids.flatMap((id) => views.get(id) ?? []);
    for (const { room } of found) if (!(await mayExport(visitor, room))) return null;
    return found.length === ids.length ? found : null;
  }

  async function exportableRoom(visitor: Visitor, room: string): Promise<RoomView | null> {
    return (await mayExport(visitor, room)) ? ((await store.roomView(room, deps.clock())) ?? null) : null;
  }

  async function mayExport(visitor: Visitor, room: string): Promise<boolean> {
    const unit = await deps.offices.unitOfRoom(room);
    return unit !== null && may(visitor.scope, 'export', unit);
  }

  async function papersOf(
    records: readonly RecordView[],
    how: Omit<PaperSetting, 'room'>,
  ): Promise<readonly Paper[]> {
    const rooms = new Map<string, RoomView>();
    for (const { room } of records) {
      const view = rooms.get(room) ?? (await store.roomView(room, deps.clock()));
      if (view !== undefined) rooms.set(room, view);
    }
    const calls = new Map(
      (await store.callViews(records.flatMap(({ call }) => call ?? []))).map((call) => [call.id, call]),
    );
    return records.flatMap((record) => {
      const room = rooms.get(record.room);
      const sounds = calls.get(record.call ?? '')?.recordings ?? [];
      const kept = sounds.filter(({ part, state }) => part === 'talk' && state === 'attached');
      return room === undefined ? [] : [recordPaper(record, { ...how, room }, kept)];
    });
  }

  async function notFound(reply: FastifyReply, visitor: Visitor, asked: string): Promise<FastifyReply> {
    await audit(visitor, 'print-refused', null, { asked: asked.slice(0, 200) });
    return refuse(reply, 404, NOT_FOUND);
  }
}

/** Each call with its form, and the forms without a call. */
function entriesOf({ calls, records }: RoomSpan): readonly DayEntry[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  return [
    ...calls.map((call) => ({ call, record: byId.get(call.record ?? '') ?? null })),
    ...records.filter((record) => record.call === null).map((record) => ({ call: null, record })),
  ];
}
