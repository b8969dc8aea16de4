/** 记录查询: the list, what is taken along of it, and what is known of a number. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Action, may } from '../accounts/access.ts';
import { csvPieces } from '../documents/csv.ts';
import { toGb18030 } from '../documents/gb18030.ts';
import { type ListedRecord, recordSheet } from '../documents/record-list.ts';
import type { Sheet } from '../documents/sheet.ts';
import { workbookStream } from '../documents/workbook.ts';
import { wallTextIn } from '../duty/time-zone.ts';
import type { Intake } from '../intake.ts';
import { readCursor, type SearchQuery } from '../storage/search.ts';
import type { FoundRecord } from '../storage/search-found.ts';
import type { Store } from '../storage/store.ts';
import { termsOf } from '../text/words.ts';
import { auditBy } from './audit-line.ts';
import type { Log } from './log.ts';
import type { OfficeIndex } from './office-index.ts';
import type { SearchAnswer } from './protocol/search-view.ts';
import { BAD_REQUEST, EXPORT_BUSY, NOT_ALLOWED, NOT_FOUND, NOT_LOGGED_IN } from './refusals.ts';
import { readSearchAsk, type SearchAsk } from './search-ask.ts';
import { listedRecord, searchHit } from './search-hit.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';

export interface SearchDeskDeps {
  readonly store: Pick<Store, 'searchRecords' | 'latestReviews' | 'mattersOf'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly offices: OfficeIndex;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly clock: () => number;
  readonly timeZone: string;
  readonly log: Log;
}

/** Exports that run at once: each takes a part of the only processor that also follows calls. */
const MOST_EXPORTS = 2;
const EXPORT_PIECE = 200;

const FORMATS: Readonly<
  Record<
    string,
    { readonly ending: string; readonly type: string; readonly write: (sheet: Sheet) => Readable }
  >
> = {
  xlsx: {
    ending: 'xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: workbookStream,
  },
  csv: { ending: 'csv', type: 'text/csv; charset=utf-8', write: (sheet) => Readable.from(utf8(sheet)) },
  'csv-gb18030': {
    ending: 'csv',
    type: 'text/csv; charset=gb18030',
    write: (sheet) => Readable.from(gb18030(sheet)),
  },
};

export function addSearchDesk(app: FastifyInstance, deps: SearchDeskDeps): void {
  const { store } = deps;
  const audit = auditBy(deps);
  let exports = 0;

  app.get('/api/search', async (request, reply) => {
    const asked = await readAsk(request, reply, 'see-room');
    if (asked === null) return reply;
    const { visitor, ask, query } = asked;
    const terms = termsOf(ask.query.text);
    const page = await store.searchRecords(query, ask.before, ask.limit);
    const hearing = new Set(await roomsOf(visitor, 'hear'));
    const answer: SearchAnswer = {
      hits: page.found.map((found) => searchHit(found, terms, hearing.has(found.record.room))),
      next: page.next,
      lookedBackTo: page.lookedBackTo,
    };
    return reply.send(answer);
  });

  app.get('/api/search/export', async (request, reply) => {
    const { format: name, ...rest } = request.query as Readonly<Record<string, unknown>>;
    const format = typeof name === 'string' && Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
    const asked = await readAsk(request, reply, 'export', rest);
    if (asked === null) return reply;
    if (format === undefined) return refuse(reply, 400, BAD_REQUEST);
    if (exports >= MOST_EXPORTS) return refuse(reply, 429, EXPORT_BUSY);
    exports += 1;
    try {
      await audit(asked.visitor, 'records-exported', asked.visitor.account.id, {
        format: String(name),
        query: JSON.stringify(rest),
      });
      const hearing = new Set(await roomsOf(asked.visitor, 'hear'));
      const withReviews = asked.query.rooms.some((room) => hearing.has(room));
      await send(reply, format.write(recordSheet(piecesOf(asked.query, hearing), withReviews)), format);
    } finally {
      exports -= 1;
    }
    return reply;
  });

  app.get<{ Params: { readonly number: string } }>('/api/callers/:number/matters', async (request, reply) => {
    const visitor = await deps.visitorOf(request);
    if (visitor === null) return refuse(reply, 401, NOT_LOGGED_IN);
    const rooms = await roomsOf(visitor, 'see-room');
    if (rooms.length === 0) return refuse(reply, 404, NOT_FOUND);
    const { number } = request.params;
    if (number.length > 80 || number.includes('\0')) return refuse(reply, 400, BAD_REQUEST);
    return reply.send(await store.mattersOf(rooms, number));
  });

  /** Null: it was refused. */
  async function readAsk(
    request: FastifyRequest,
    reply: FastifyReply,
    action: Action,
    raw: unknown = request.query,
  ): Promise<{ readonly visitor: Visitor; readonly ask: SearchAsk; readonly query: SearchQuery } | null> {
    const visitor = await deps.visitorOf(request);
    const ask = readSearchAsk(raw);
    const refused = (status: number, refusal: typeof NOT_FOUND) => {
      refuse(reply, status, refusal);
      return null;
    };
    if (visitor === null) return refused(401, NOT_LOGGED_IN);
    const allowed = await roomsOf(visitor, action);
    if (allowed.length === 0) {
      await audit(visitor, 'search-refused', visitor.account.id, { asked: action });
      return refused(403, NOT_ALLOWED);
    }
    if (ask === null) return refused(400, BAD_REQUEST);
    const rooms = ask.room === null ? allowed : allowed.filter((room) => room === ask.room);
    if (rooms.length > 0) return { visitor, ask, query: { ...ask.query, rooms } };
    await audit(visitor, 'search-refused', visitor.account.id, { asked: action, room: ask.room });
    return refused(404, NOT_FOUND);
  }

  async function roomsOf(visitor: Visitor, action: Action): Promise<readonly string[]> {
    const { scope } = visitor;
    return deps.offices.roomsOf([scope.unit, ...scope.lowerUnits].filter((unit) => may(scope, action, unit)));
  }

  async function* piecesOf(
    query: SearchQuery,
    hearing: ReadonlySet<string>,
  ): AsyncGenerator<readonly ListedRecord[]> {
    for (let before: number | null = null; ; ) {
      const page = await store.searchRecords(query, before, EXPORT_PIECE);
      yield await listedOf(page.found, hearing);
      if (page.next === null) return;
      before = readCursor(page.next) ?? null;
      // Calls go on meanwhile.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** 评议 goes along for the rooms that may be heard, as on the page. */
  async function listedOf(
    found: readonly FoundRecord[],
    hearing: ReadonlySet<string>,
  ): Promise<readonly ListedRecord[]> {
    const calls = found.flatMap(({ record }) =>
      record.call_id !== null && hearing.has(record.room) ? [record.call_id] : [],
    );
    const reviews = await store.latestReviews(calls);
    return found.map((one) => {
      const { call_id: call, room } = one.record;
      const review = call === null || !hearing.has(room) ? undefined : reviews.get(call);
      const time = review === undefined ? '' : wallTextIn(deps.timeZone, review.at);
      return listedRecord(one, review === undefined ? null : { ...review, time });
    });
  }

  async function send(
    reply: FastifyReply,
    file: Readable,
    { ending, type }: { readonly ending: string; readonly type: string },
  ): Promise<void> {
    const day = new Date(deps.clock()).toISOString().slice(0, 10);
    reply.hijack();
    reply.raw.writeHead(200, {
      ...Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)])),
      'content-type': type,
      'cache-control': 'no-store',
      'content-disposition': `attachment; filename="records-${day}.${ending}"; filename*=UTF-8''${encodeURIComponent(`电话记录-${day}.${ending}`)}`,
    });
    try {
      await pipeline(file, reply.raw);
    } catch (error) {
      // A file that breaks off ends the connection: nobody must take it for the whole list.
      deps.log('warn', 'export-broke-off', { error: String(error) });
      reply.raw.destroy();
    }
  }
}

/** Excel reads UTF-8 only behind this mark. */
async function* utf8(sheet: Sheet): AsyncGenerator<Uint8Array> {
  yield Buffer.from('\ufeff');
  for await (const piece of csvPieces(sheet)) yield Buffer.from(piece);
}

async function* gb18030(sheet: Sheet): AsyncGenerator<Uint8Array> {
  for await (const piece of csvPieces(sheet)) yield toGb18030(piece);
}
