/** 考核: supervisors and leaders see their rooms, an officer only his own shifts. No figure without the list of what it counts. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../accounts/access.ts';
import { assessmentSheet } from '../documents/assessment-table.ts';
import { workbookStream } from '../documents/workbook.ts';
import type { AnswerLimits, AssessedItem } from '../duty/assessment/figure.ts';
import { officersOf } from '../duty/assessment/on-duty.ts';
import { assessmentTable, countedItems, type Division, WAYS, type Way } from '../duty/assessment/table.ts';
import { HAND_OVER_WITHIN_MS, turnsOf } from '../duty/assessment/turns.ts';
import type { AssessmentView, CountedItemView, CountedView, NamedRow } from '../duty/assessment/view.ts';
import type { Office } from '../duty/office.ts';
import { momentOf } from '../duty/time-zone.ts';
import type { Intake } from '../intake.ts';
import type { Store } from '../storage/store.ts';
import { auditBy } from './audit-line.ts';
import {
  parseAssessmentPrinted,
  readCountedAsked,
  readSpanAsked,
  readWayAsked,
  type SpanAsked,
} from './bodies/assessment.ts';
import { standingOf } from './me.ts';
import { ASSESSMENT_BUSY, BAD_REQUEST, NOT_ALLOWED, NOT_FOUND } from './refusals.ts';
import { sendFile, XLSX } from './send-file.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';
import { doorFor } from './with-visitor.ts';

export interface AssessmentDeps {
  readonly store: Pick<
    Store,
    'assessmentReads' | 'answerLimits' | 'roomRoster' | 'office' | 'seat' | 'person'
  >;
  readonly intake: Pick<Intake, 'work'>;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly timeZone: string;
  readonly clock: () => number;
}

/** All rooms of one look together. */
const MOST_CALLS = 200_000;
const MOST_ITEMS = 500;
const ASKED_A_MINUTE = { rateLimit: { max: 60, timeWindow: 60_000 } };
const DAY_MS = 86_400_000;
/** Beyond so many days a table by day is a wall of numbers. */
const MOST_DAYS_BY_DAY = 62;

/** What is looked at for one question. */
interface Looked {
  readonly items: readonly AssessedItem[];
  readonly from: number;
  readonly to: number;
  readonly step: Division['step'];
  readonly office: Office;
  readonly ownOnly: boolean;
  readonly tooMany: readonly string[];
}

export function addAssessmentDesk(app: FastifyInstance, deps: AssessmentDeps): void {
  const { store, clock, timeZone } = deps;
  const audit = auditBy(deps);
  const door = doorFor(deps.visitorOf);
  const limits: AnswerLimits = store.answerLimits();
  let looking = 0;

  app.get('/api/assessment', { config: ASKED_A_MINUTE }, (request, reply) =>
    looked(request, reply, async (_visitor, look) => {
      const { from, to, step, ownOnly, tooMany } = look;
      const tables: Partial<Record<Way, readonly NamedRow[]>> = {};
      for (const way of WAYS) {
        tables[way] = named(look, way);
        // A year of many rooms takes a part of a second each.
        await new Promise((resolve) => setImmediate(resolve));
      }
      const view: AssessmentView = {
        ...{ at: clock(), from, to, step, limits, handOverWithinMs: HAND_OVER_WITHIN_MS, ownOnly, tooMany },
        tables: tables as AssessmentView['tables'],
      };
      return reply.send(view);
    }),
  );

  app.get('/api/assessment/items', { config: ASKED_A_MINUTE }, (request, reply) => {
    const asked = readCountedAsked(request.query);
    if (asked === null) return door(request, reply, async () => refuse(reply, 400, BAD_REQUEST));
    return looked(request, reply, async (_visitor, look) => {
      const { figure, way, key = null } = asked;
      const found = countedItems(look.items, { figure, key }, divisionOf(look, way), limits);
      const items = found.slice(0, MOST_ITEMS).map((item) => itemView(item, look.office));
      const view: CountedView = { figure, total: found.length, items };
      return reply.send(view);
    });
  });

  app.get('/api/assessment/xlsx', { config: ASKED_A_MINUTE }, (request, reply) => {
    const asked = readWayAsked(request.query);
    if (asked === null) return door(request, reply, async () => refuse(reply, 400, BAD_REQUEST));
    return looked(request, reply, async (visitor, look) => {
      if (!may(visitor.scope, 'export', visitor.scope.unit)) return refuse(reply, 403, NOT_ALLOWED);
      await audit(visitor, 'assessment-exported', null, { way: asked.way, from: look.from, to: look.to });
      const sheet = assessmentSheet('考核', asked.way, named(look, asked.way));
      return sendFile(reply, XLSX, '考核.xlsx', workbookStream(sheet));
    });
  });

  app.post('/api/assessment/printed', { preHandler: deps.refuseForeign }, (request, reply) =>
    door(request, reply, async (visitor) => {
      if (!may(visitor.scope, 'see-room', visitor.scope.unit)) return refuse(reply, 404, NOT_FOUND);
      const body = parseAssessmentPrinted(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      await audit(visitor, 'assessment-printed', null, body);
      return reply.code(204).send();
    }),
  );

  /** One look at a time: it is some seconds of the database for a year. */
  async function looked(
    request: FastifyRequest,
    reply: FastifyReply,
    act: (visitor: Visitor, look: Looked) => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    return door(request, reply, async (visitor) => {
      const asked = readSpanAsked(request.query);
      if (asked === null) return refuse(reply, 400, BAD_REQUEST);
      const office = await store.office();
      const rooms = office.rooms.filter(({ unit }) => may(visitor.scope, 'see-room', unit));
      const chosen = asked.room === undefined ? rooms : rooms.filter(({ id }) => id === asked.room);
      if (chosen.length === 0) return refuse(reply, 404, NOT_FOUND);
      if (looking >= 2) return refuse(reply, 503, ASSESSMENT_BUSY);
      looking += 1;
      try {
        return await act(visitor, await look(visitor, asked, office, chosen));
      } finally {
        looking -= 1;
      }
    });
  }

  async function look(
    visitor: Visitor,
    asked: SpanAsked,
    office: Office,
    rooms: Office['rooms'],
  ): Promise<Looked> {
    const from = momentOf(timeZone, Date.parse(asked.from));
    const to = momentOf(timeZone, Date.parse(asked.to) + DAY_MS);
    const items: AssessedItem[] = [];
    const tooMany: string[] = [];
    let left = MOST_CALLS;
    // One room after the other: together they would be the whole database at once.
    for (const { id, name } of rooms) {
      const read = await store.assessmentReads(id, { from, to, now: clock(), most: left });
      if (read === null) {
        tooMany.push(name);
        continue;
      }
      left -= read.calls.length;
      const { shifts } = await store.roomRoster(id);
      const officers = officersOf(shifts, id);
      for (const call of read.calls) items.push({ ...call, officers: officers(call.at) });
      for (const finding of read.findings)
        items.push({ kind: 'finding', room: id, officers: officers(finding.at), ...finding });
      for (const one of read.clocks)
        items.push({ kind: 'clock', room: id, line: null, officers: officers(one.at), ...one });
      items.push(...turnsOf(id, shifts, read.handOvers, { from, to, now: clock() }));
    }
    const ownOnly = !may(visitor.scope, 'review', visitor.scope.unit);
    const step = (to - from) / DAY_MS > MOST_DAYS_BY_DAY ? 'month' : 'day';
    const base = { from, to, step, office, ownOnly, tooMany } as const;
    if (!ownOnly) return { ...base, items };
    const { me } = await standingOf(store, visitor);
    const own = me.person?.id ?? null;
    // A colleague of the same shift is not his business.
    const mine = items
      .filter((item) => own !== null && item.officers.includes(own))
      .map((item) => ({ ...item, officers: own === null ? [] : [own] }));
    return { ...base, items: mine };
  }

  function divisionOf({ step }: Looked, way: Way): Division {
    return { way, step, timeZone };
  }

  function named(look: Looked, way: Way): readonly NamedRow[] {
    const { rooms, lines, people } = look.office;
    const names: Readonly<Record<Way, (key: string) => string | undefined>> = {
      room: (key) => rooms.find(({ id }) => id === key)?.name,
      line: (key) => lines.find(({ id }) => id === key)?.number,
      officer: (key) => people.find(({ id }) => id === key)?.name,
      period: (key) => key,
    };
    return assessmentTable(look.items, divisionOf(look, way), limits).map((row) => ({
      ...row,
      name: names[way](row.key) ?? row.key,
    }));
  }
}

function itemView(item: AssessedItem, { rooms, lines, people }: Office): CountedItemView {
  const { kind, id, at } = item;
  return {
    ...{ kind, id, at },
    room: rooms.find((room) => room.id === item.room)?.name ?? item.room,
    line: item.line === null ? null : (lines.find((line) => line.id === item.line)?.number ?? item.line),
    officers: item.officers.map((officer) => people.find((one) => one.id === officer)?.name ?? officer),
    ringMs: item.kind === 'call' ? item.ringMs : null,
    state: stateOf(item),
  };
}

function stateOf(item: AssessedItem): string {
  switch (item.kind) {
    case 'call':
      return item.outcome;
    case 'turn':
      return item.handOver;
    case 'finding':
      return item.state;
    case 'clock':
      return item.kept ? 'kept' : 'broken';
  }
}
