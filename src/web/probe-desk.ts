/** 拨测: a probe of one line, 抽查 of many, what came of them, and the sound that is their evidence. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../accounts/access.ts';
import type { Scope } from '../diagnosis/suspicion.ts';
import type { Intake } from '../intake.ts';
import type { CheckedOpening } from '../recordings/vault/checked-open.ts';
import type { Refusal } from '../records/command.ts';
import type { ProbeRow } from '../storage/probe-reads.ts';
import type { Store } from '../storage/store.ts';
import { parseProbeBody, parseRoundBody, type RoundBody } from './bodies/probe.ts';
import type { Log } from './log.ts';
import type { OfficeIndex } from './office-index.ts';
import {
  BAD_REQUEST,
  NOT_FOUND,
  RECORDING_CHANGED,
  RECORDING_GONE,
  RECORDING_NOT_READY,
} from './refusals.ts';
import { roundTargets } from './round-targets.ts';
import { refuse, sendSound } from './send-sound.ts';
import type { Visitor } from './sessions.ts';
import { doorFor } from './with-visitor.ts';

/** The service behind it: it knows trunks, caps and hours, and places the calls. */
export interface ProbeOffice {
  /** A trunk that is not the line's own leads to it: else it cannot be probed from here (无法自查). */
  reaches(line: string): boolean;
  /** Placed as soon as it may be; refused with the reason why it may not. */
  ask(wanted: AskedProbe): Promise<{ readonly ok: true; readonly id: string } | Refused>;
  /** One after another. */
  askRound(wanted: RoundWanted): Promise<AskedRound>;
  /** Hangs up, or takes back one that waits. Nothing happens to one that is over. */
  end(id: string): Promise<void>;
}

interface Refused {
  readonly ok: false;
  readonly refusal: Refusal;
}

export interface AskedProbe {
  readonly line: string;
  readonly scope: Scope;
  readonly consent: boolean;
  readonly account: string;
}

export interface RoundWanted {
  readonly account: string;
  /** Each once. */
  readonly targets: readonly RoundTarget[];
}

/** A line of ours, or a number of another office (line null). */
export interface RoundTarget {
  readonly line: string | null;
  readonly number: string;
}

export interface AskedRound {
  readonly round: string;
  /** Numbers that are not called, and why. */
  readonly left: readonly { readonly number: string; readonly refusal: Refusal }[];
}

export interface ProbeDeskDeps {
  readonly store: Pick<
    Store,
    'office' | 'contacts' | 'probe' | 'probeView' | 'probesOfLines' | 'probesOfRound' | 'askerOfRound'
  >;
  readonly intake: Pick<Intake, 'work'>;
  /** Null where another process listens to the PBXs. */
  readonly office: ProbeOffice | null;
  readonly offices: OfficeIndex;
  /** Own area code with its leading 0. */
  readonly areaCode: string;
  readonly opening: CheckedOpening;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly clock: () => number;
  readonly log: Log;
}

interface ById {
  readonly Params: { readonly id: string };
}

/** Probes of a line that the page is given. */
const SHOWN = 100;
/** Each makes a telephone ring. */
const ASKED_A_MINUTE = 20;
const MOST_OF_ROUND = 500;
const ID = /^[0-9A-Za-z_-]{1,64}$/;

export function addProbeDesk(app: FastifyInstance, deps: ProbeDeskDeps): void {
  const withVisitor = doorFor(deps.visitorOf);
  const { store, clock, office } = deps;
  const limited = {
    preHandler: deps.refuseForeign,
    config: { rateLimit: { max: ASKED_A_MINUTE, timeWindow: 60_000 } },
  };

  app.post<ById>('/api/lines/:id/probes', limited, (request, reply) =>
    withVisitor(request, reply, async (visitor) => {
      const line = await lineOf(request.params.id);
      if (line === null || !may(visitor.scope, 'probe', line.unit))
        return refuseSeen(reply, visitor, 'probe-refused');
      const body = parseProbeBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      if (office === null) return refuse(reply, 409, NO_PROBES);
      const asked = await office.ask({ line: line.id, ...body, account: visitor.account.id });
      if (!asked.ok) return refuse(reply, 409, asked.refusal);
      await audit(visitor, 'probe-asked', asked.id, { line: line.id, scope: body.scope });
      return reply.code(202).send({ id: asked.id });
    }),
  );

  app.post('/api/probes/round', limited, (request, reply) =>
    withVisitor(request, reply, async (visitor) => {
      const body = parseRoundBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      const targets = await targetsOf(visitor, body);
      if (targets === null) return refuseSeen(reply, visitor, 'probe-refused');
      if (targets.length === 0 || targets.length > MOST_OF_ROUND) return refuse(reply, 400, BAD_REQUEST);
      if (office === null) return refuse(reply, 409, NO_PROBES);
      const asked = await office.askRound({ account: visitor.account.id, targets });
      const { round, left } = asked;
      await audit(visitor, 'probe-round-asked', round, {
        asked: targets.length - left.length,
        left: left.length,
      });
      return reply.code(202).send({ round, left });
    }),
  );

  // The page asks again and again: no sign that somebody is there.
  app.get<{ readonly Querystring: { readonly line?: unknown; readonly round?: unknown } }>(
    '/api/probes',
    { config: { byItself: true } },
    (request, reply) =>
      withVisitor(request, reply, async (visitor) => {
        const { line: lineId, round } = request.query;
        if (typeof round === 'string' && ID.test(round)) {
          const asker = await store.askerOfRound(round);
          if (asker !== visitor.account.id) return refuse(reply, 404, NOT_FOUND);
          return reply.send({ probes: await store.probesOfRound(round) });
        }
        const line = typeof lineId === 'string' ? await lineOf(lineId) : null;
        if (line === null || !may(visitor.scope, 'see-room', line.unit)) return refuse(reply, 404, NOT_FOUND);
        const probes = await store.probesOfLines([line.id], SHOWN, false);
        return reply.send({ placed: office?.reaches(line.id) ?? false, probes });
      }),
  );

  app.get<ById>('/api/probes/:id', { config: { byItself: true } }, (request, reply) =>
    withVisitor(request, reply, async (visitor) => {
      const row = await rowOf(request.params.id);
      if (row === null || !(await mayWith(visitor, row, 'see-room'))) return refuse(reply, 404, NOT_FOUND);
      const probe = await store.probeView(row.probe.order.id);
      return probe === undefined ? refuse(reply, 404, NOT_FOUND) : reply.send({ probe });
    }),
  );

  app.post<ById>('/api/probes/:id/stop', { preHandler: deps.refuseForeign }, (request, reply) =>
    withVisitor(request, reply, async (visitor) => {
      const row = await rowOf(request.params.id);
      if (row === null || !(await mayWith(visitor, row, 'probe')))
        return refuseSeen(reply, visitor, 'probe-refused');
      await office?.end(row.probe.order.id);
      await audit(visitor, 'probe-stopped', row.probe.order.id, {});
      return reply.code(204).send();
    }),
  );

  app.route<ById>({
    method: ['GET', 'HEAD'],
    url: '/api/probes/:id/sound',
    handler: (request, reply) =>
      withVisitor(request, reply, async (visitor) => {
        const row = await rowOf(request.params.id);
        if (row === null || !(await mayWith(visitor, row, 'hear')))
          return refuseSeen(reply, visitor, 'probe-sound-refused');
        return serve(request, reply, visitor, row);
      }),
  });

  async function serve(
    request: FastifyRequest,
    reply: FastifyReply,
    visitor: Visitor,
    { probe, sound }: ProbeRow,
  ): Promise<FastifyReply> {
    const { id } = probe.order;
    if (sound === null) return refuse(reply, 409, RECORDING_NOT_READY);
    const opened = await deps.opening.open(sound.file, sound.sha256);
    if (opened.state === 'missing') return refuse(reply, 410, RECORDING_GONE);
    if (opened.state === 'unreadable') return refuse(reply, 409, opened.trouble);
    if (opened.state === 'altered') return refuse(reply, 409, RECORDING_CHANGED);
    // A probe lasts seconds: it is read through before a byte of it leaves.
    if ((await opened.check).state !== 'verified') return refuse(reply, 409, RECORDING_CHANGED);
    const { bytes, contentType } = opened.sound;
    const toSend = {
      ...{ bytes, contentType, etag: sound.sha256 },
      stream: (start: number, end: number) => opened.sound.stream(start, end),
    };
    const beforeFirstByte = () => audit(visitor, 'probe-replayed', id, {});
    return sendSound(request, reply, toSend, { log: deps.log, about: id, beforeFirstByte });
  }

  async function rowOf(id: string): Promise<ProbeRow | null> {
    return ID.test(id) ? ((await store.probe(id)) ?? null) : null;
  }

  /** A probe of another office belongs to who asked for it. */
  async function mayWith(
    visitor: Visitor,
    row: ProbeRow,
    action: 'probe' | 'hear' | 'see-room',
  ): Promise<boolean> {
    const { scope, account } = visitor;
    if (row.room === null) return row.probe.askedBy === account.id && may(scope, action, scope.unit);
    const unit = await deps.offices.unitOfRoom(row.room);
    return unit !== null && may(scope, action, unit);
  }

  async function lineOf(id: string): Promise<{ readonly id: string; readonly unit: string } | null> {
    const known = await store.office();
    const line = known.lines.find((one) => one.id === id);
    const unit = known.rooms.find((room) => room.id === line?.room)?.unit;
    return line === undefined || unit === undefined ? null : { id: line.id, unit };
  }

  /** Null: one of them is none of his business, or is not there. */
  async function targetsOf(visitor: Visitor, body: RoundBody): Promise<RoundWanted['targets'] | null> {
    const { scope } = visitor;
    if (body.units.some((unit) => !may(scope, 'probe', unit))) return null;
    const { rooms, lines } = await store.office();
    const within = new Set(rooms.filter((room) => body.units.includes(room.unit)).map((room) => room.id));
    const own = lines.filter((line) => within.has(line.room));
    if (body.contacts.length === 0) return roundTargets(own, [], lines, deps.areaCode);
    // Telephones of lower offices that are in no room of ours: a supervisor's, whose scope reaches below his own unit.
    if (!may(scope, 'probe', scope.unit) || visitor.account.role !== 'supervisor') return null;
    const contacts = await store.contacts();
    const others = body.contacts.map((id) => contacts.find((contact) => contact.id === id));
    if (others.some((contact) => contact?.class !== 'subordinate')) return null;
    const numbers = others.flatMap((contact) => contact?.number ?? []);
    const targets = roundTargets(own, numbers, lines, deps.areaCode);
    const unitOf = new Map(rooms.map(({ id, unit }) => [id, unit]));
    const isHis = ({ line: id }: RoundTarget) => {
      if (id === null) return true;
      const unit = unitOf.get(lines.find((line) => line.id === id)?.room ?? '');
      return unit !== undefined && may(scope, 'probe', unit);
    };
    return targets.every(isHis) ? targets : null;
  }

  async function refuseSeen(reply: FastifyReply, visitor: Visitor, kind: string): Promise<FastifyReply> {
    await audit(visitor, kind, null, {});
    return refuse(reply, 404, NOT_FOUND);
  }

  async function audit(
    visitor: Visitor,
    kind: string,
    subject: string | null,
    payload: Readonly<Record<string, string | number>>,
  ): Promise<void> {
    const { id: account, person } = visitor.account;
    await deps.intake.work({ type: 'audit', at: clock(), account, person, kind, subject, payload });
  }
}

const NO_PROBES: Refusal = {
  code: 'probe-not-here',
  zh: '这台服务器不能拨测。请联系系统管理员。',
  en: 'This process places no probes.',
};
