/** 值班电话检测: the lines a visitor may see with their verdicts and findings, and what he decides of one. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { may, scopeOf } from '../accounts/access.ts';
import type { Intake } from '../intake.ts';
import type { Store } from '../storage/store.ts';
import { parseDecisionBody, parsePrintedBody } from './bodies/watch.ts';
import { shownName, standingOf } from './me.ts';
import type { WatchedLineView } from './protocol/watch-view.ts';
import { BAD_REQUEST, NOT_FOUND, NOT_LOGGED_IN } from './refusals.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';

export interface WatchDeskDeps {
  readonly store: Pick<Store, 'office' | 'lineWatch' | 'findingsOfLines' | 'findingView' | 'seat' | 'person'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly clock: () => number;
}

interface ById {
  readonly Params: { readonly id: string };
}

/** Findings that the page is given, of all lines together. */
const SHOWN_FINDINGS = 300;

export function addWatchDesk(app: FastifyInstance, deps: WatchDeskDeps): void {
  const { store, intake, clock } = deps;

  // The page asks again and again: no sign that somebody is there.
  app.get('/api/watch', { config: { byItself: true } }, async (request, reply) => {
    const visitor = await deps.visitorOf(request);
    if (visitor === null) return refuse(reply, 401, NOT_LOGGED_IN);
    return reply.send({ lines: await watchedLines(visitor) });
  });

  // 检测记录 is printed by the page: it says so before it does.
  app.post('/api/watch/printed', { preHandler: deps.refuseForeign }, async (request, reply) => {
    const visitor = await deps.visitorOf(request);
    if (visitor === null) return refuse(reply, 401, NOT_LOGGED_IN);
    if (scopeOf(visitor.scope.role, 'see-room') === 'none') return refuse(reply, 404, NOT_FOUND);
    const body = parsePrintedBody(request.body);
    if (body === null) return refuse(reply, 400, BAD_REQUEST);
    const { account } = visitor;
    await intake.work({
      ...{ type: 'audit', at: clock(), account: account.id, person: account.person },
      ...{ kind: 'findings-printed', subject: visitor.scope.unit, payload: { state: body.state } },
    });
    return reply.code(204).send();
  });

  app.post<ById>(
    '/api/findings/:id/decisions',
    { preHandler: deps.refuseForeign },
    async (request, reply) => {
      const visitor = await deps.visitorOf(request);
      if (visitor === null) return refuse(reply, 401, NOT_LOGGED_IN);
      const { id } = request.params;
      const finding = /^[0-9A-Za-z-]{1,64}$/.test(id) ? await store.findingView(id) : undefined;
      // As it is read: by the room in which the line stands now, wherever it stood when it was suspected.
      const unit = finding === undefined ? null : await unitOfLine(finding.line);
      const { account } = visitor;
      if (finding === undefined || unit === null || !may(visitor.scope, 'decide-finding', unit)) {
        await intake.work({
          ...{ type: 'audit', at: clock(), account: account.id, person: account.person },
          ...{ kind: 'finding-refused', subject: null, payload: {} },
        });
        return refuse(reply, 404, NOT_FOUND);
      }
      const body = parseDecisionBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      const { me } = await standingOf(store, visitor);
      const written = await intake.work({
        type: 'finding-decide',
        finding: finding.id,
        ...body,
        account: account.id,
        person: me.person?.id ?? null,
        name: shownName(me),
        at: clock(),
      });
      return written.ok ? reply.code(204).send() : refuse(reply, 409, written.refusal);
    },
  );

  /** Null: the office has no such line any more. */
  async function unitOfLine(id: string): Promise<string | null> {
    const { lines, rooms } = await store.office();
    const line = lines.find((one) => one.id === id);
    return rooms.find((room) => room.id === line?.room)?.unit ?? null;
  }

  /** Of every room the visitor may see. */
  async function watchedLines(visitor: Visitor): Promise<readonly WatchedLineView[]> {
    const office = await store.office();
    const units = new Map(office.units.map((unit) => [unit.id, unit.name]));
    const rooms = new Map(
      office.rooms.filter((room) => may(visitor.scope, 'see-room', room.unit)).map((room) => [room.id, room]),
    );
    const lines = office.lines.filter((line) => rooms.has(line.room));
    const ids = lines.map((line) => line.id);
    const [watch, findings] = await Promise.all([
      store.lineWatch(ids, clock()),
      store.findingsOfLines(ids, SHOWN_FINDINGS),
    ]);
    return watch.flatMap((view, i) => {
      const line = lines[i];
      const room = rooms.get(line?.room ?? '');
      if (line === undefined || room === undefined) return [];
      const place = { number: line.number, room: room.id, roomName: room.name };
      const own = findings.filter((finding) => finding.line === view.line);
      return [
        { ...view, ...place, unit: units.get(room.unit) ?? room.unit, unitId: room.unit, findings: own },
      ];
    });
  }
}
