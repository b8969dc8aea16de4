/** 迎检: what a room can show of a date or of the last 24 hours, and each part of it on paper. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { may } from '../accounts/access.ts';
import type { DayEntry } from '../documents/day-list.ts';
import { knownOfReportingRules, knownOfSuperiors, knownOfWhereabouts } from '../documents/known-duty.ts';
import type { KnownSetting } from '../documents/known-line.ts';
import { knownOfClocks, knownOfFeedback } from '../documents/known-reports.ts';
import { knownOfAnswering, knownOfLine } from '../documents/known-telephone.ts';
import { listDocx } from '../documents/list-docx.ts';
import { listPage } from '../documents/paper-page.ts';
import { READY_TITLES, readinessPaper } from '../documents/readiness-paper.ts';
import { readyCalls } from '../documents/ready-calls.ts';
import type { KnownLine, RoomHistory } from '../duty/inspection-known.ts';
import type { ReadinessView, ReadyShift } from '../duty/readiness-view.ts';
import type { ShiftEnds } from '../duty/swap.ts';
import { offsetAt } from '../duty/time-zone.ts';
import type { Intake } from '../intake.ts';
import type { RoomSpan } from '../storage/day-reads.ts';
import type { RosterState } from '../storage/roster-reads.ts';
import type { Store } from '../storage/store.ts';
import { auditBy } from './audit-line.ts';
import { readReadyPaperAsked, readStretchAsked } from './bodies/inspection.ts';
import { inspectedRooms } from './inspected-rooms.ts';
import { BAD_REQUEST, NOT_ALLOWED, NOT_FOUND } from './refusals.ts';
import { DOCX, sendFile, sendPage } from './send-file.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';
import { doorFor } from './with-visitor.ts';

export interface ReadinessDeps {
  readonly store: Pick<
    Store,
    'office' | 'roomHistory' | 'lineWatch' | 'findingsOfLines' | 'probesOfLines' | 'rosterState' | 'roomSpan'
  >;
  readonly intake: Pick<Intake, 'work'>;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly timeZone: string;
  readonly clock: () => number;
}

interface ByRoom {
  readonly Params: { readonly room: string };
}

/** Of one address, as for other papers. */
const LIMIT = { rateLimit: { max: 60, timeWindow: 60_000 } };

export function addReadinessDesk(app: FastifyInstance, deps: ReadinessDeps): void {
  const { store, clock, timeZone } = deps;
  const audit = auditBy(deps);
  const withVisitor = doorFor(deps.visitorOf);
  const offset = (at: number): number => offsetAt(timeZone, at);

  app.get<ByRoom>('/api/readiness/:room', (request, reply) =>
    withVisitor(request, reply, async (visitor) => {
      const span = readStretchAsked(request.query);
      if (span === null) return refuse(reply, 400, BAD_REQUEST);
      const view = await viewOf(visitor, (request.params as ByRoom['Params']).room, span);
      return view === null ? refuse(reply, 404, NOT_FOUND) : reply.send(view);
    }),
  );

  app.get('/api/papers/readiness', { config: LIMIT }, (request, reply) =>
    withVisitor(request, reply, async (visitor) => {
      const asked = readReadyPaperAsked(request.query);
      if (asked === null) return refuse(reply, 400, BAD_REQUEST);
      const view = await viewOf(visitor, asked.room, asked.span);
      if (view === null) return refuse(reply, 404, NOT_FOUND);
      if (!view.mayExport) return refuse(reply, 403, NOT_ALLOWED);
      const paper = readinessPaper(view, asked.part, offset);
      await audit(visitor, 'readiness-printed', asked.room, { part: asked.part, format: asked.format });
      if (asked.format === 'html') return sendPage(reply, listPage(paper));
      const name = `${READY_TITLES[asked.part]} ${view.roomName}.docx`;
      return sendFile(reply, DOCX, name, Buffer.from(await listDocx(paper)));
    }),
  );

  /** Null: there is no such room, or nothing of it is the visitor's to see. */
  async function viewOf({ scope }: Visitor, room: string, span: ShiftEnds): Promise<ReadinessView | null> {
    const { rooms, units } = await store.office();
    const unit = rooms.find(({ id }) => id === room)?.unit;
    if (unit === undefined || !may(scope, 'see-room', unit) || !may(scope, 'see-inspection', unit))
      return null;
    const now = clock();
    const [[found], roster, calls] = await Promise.all([
      inspectedRooms(store, [room], span, now),
      store.rosterState(room, span),
      store.roomSpan(room, span.from, span.to),
    ]);
    if (found === undefined) return null;
    const { history, lines } = found;
    const setting = { ...span, now, timeZone, offset };
    return {
      ...{ room, roomName: history.name, unitName: units.find(({ id }) => id === unit)?.name ?? '' },
      ...{ at: now, ...span, shifts: shiftsOf(roster, span) },
      notes: notesOf(history, setting),
      answering: knownOfAnswering(history, setting),
      calls: readyCalls(entriesOf(calls), history.limits),
      isCut: calls.isCut,
      lines: lines.flatMap((line) => knownOfLine(line, setting)),
      clocks: [...knownOfClocks(history, setting), ...knownOfFeedback(history, setting)],
      mayExport: may(scope, 'export', unit),
      mayHear: may(scope, 'hear', unit),
    };
  }
}

/** Each of the three once, and the confirmation behind them. */
function notesOf(history: RoomHistory, setting: KnownSetting): readonly KnownLine[] {
  const rules = knownOfReportingRules(history, setting);
  if (history.notes === null) return rules;
  const [whereabouts] = knownOfWhereabouts(history, setting);
  const [superiors] = knownOfSuperiors(history, setting);
  return [whereabouts, superiors, ...rules].filter((line) => line !== undefined);
}

function entriesOf({ calls, records }: RoomSpan): readonly DayEntry[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  return calls.map((call) => ({ call, record: byId.get(call.record ?? '') ?? null }));
}

/** Dated shifts as they are published; where there is none, 长期安排 as it always is. */
function shiftsOf(
  { published, standing, people, rules }: RosterState,
  span: ShiftEnds,
): readonly ReadyShift[] {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  if (published.length === 0 && standing.length > 0) {
    const post = (kind: 'leader' | 'officer', of: readonly string[]) => ({
      role: rules.roles.find((role) => role.kind === kind)?.name ?? '',
      names: [...new Set(of)].map((person) => names.get(person) ?? person),
    });
    const leaders = post(
      'leader',
      standing.flatMap((shift) => shift.leaders),
    );
    const officers = post(
      'officer',
      standing.flatMap((shift) => shift.officers),
    );
    return [{ ...span, name: '长期安排', posts: [leaders, officers] }];
  }
  return published.map(({ from, to, name, posts }) => ({
    ...{ from, to, name },
    posts: [...Map.groupBy(posts, ({ role }) => role)].map(([role, of]) => ({
      role,
      names: of.map(({ person }) => names.get(person) ?? person),
    })),
  }));
}
