/**
 * 系统: setting up and looking after the installation. Only for who administers it, and nothing here lets anybody hear: no
 * role both administers and hears, so a recording is proved here by what was measured on it.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../accounts/access.ts';
import { isLoginName } from '../accounts/login-name.ts';
import type { Intake } from '../intake.ts';
import type { Refusal } from '../records/command.ts';
import { newId } from '../storage/new-id.ts';
import type { RemovedPart } from '../storage/remove-office-part.ts';
import type { Store } from '../storage/store.ts';
import type { WorkResult } from '../storage/work.ts';
import { type OfficePart, UNIT_UNKNOWN } from '../storage/write-office-part.ts';
import {
  type AccountBody,
  parseAccountBody,
  parsePartBody,
  parseRemovalBody,
  parseTrialBody,
} from './bodies/setup.ts';
import { makePassword } from './first-password.ts';
import { hashPassword } from './password.ts';
import type { CheckView, ProofView, SetupPbx, SetupView, TrialView } from './protocol/setup-view.ts';
import { BAD_REQUEST, NOT_FOUND, NOT_LOGGED_IN } from './refusals.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';

/** What the service behind the page does: it knows the machine, the PBXs and the rules of an office. */
export interface SetupOffice {
  readonly demo: boolean;
  pbxs(): readonly SetupPbx[];
  /** Asks every PBX and this machine, as `dutyline doctor` does. Takes seconds. */
  check(): Promise<CheckView>;
  watchTrial(watch: boolean): void;
  trial(): TrialView;
  proof(): Promise<ProofView>;
  /** Looks at it as at an entry of office.yaml, writes it, and has calls told apart by it at once. */
  put(part: OfficePart, account: string): Promise<WorkResult>;
  /** Takes a unit or room away that nothing hangs on. */
  remove(part: RemovedPart, account: string): Promise<WorkResult>;
}

export interface SetupDeskDeps {
  readonly store: Pick<Store, 'office' | 'accounts'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly office: SetupOffice;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly clock: () => number;
}

/** A check logs in to every PBX. */
const CHECKS_A_MINUTE = 12;
const ACCOUNTS_A_MINUTE = 20;

export function addSetupDesk(app: FastifyInstance, deps: SetupDeskDeps): void {
  const { office, intake, clock } = deps;
  const preHandler = deps.refuseForeign;
  const limited = (max: number) => ({ preHandler, config: { rateLimit: { max, timeWindow: 60_000 } } });

  app.get('/api/setup', (request, reply) =>
    withAdministrator(request, reply, async () => reply.send(await view())),
  );

  app.post('/api/setup/check', limited(CHECKS_A_MINUTE), (request, reply) =>
    withAdministrator(request, reply, async () => reply.send(await office.check())),
  );

  // The page asks again and again: no sign that somebody is there.
  app.get('/api/setup/trial', { config: { byItself: true } }, (request, reply) =>
    withAdministrator(request, reply, async () => reply.send(office.trial())),
  );

  app.post('/api/setup/trial', { preHandler }, (request, reply) =>
    withAdministrator(request, reply, async (visitor) => {
      const body = parseTrialBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      // Whoever watches sees that somebody calls, also on numbers that are no duty lines.
      if (body.watch) await audit(visitor, 'trial-calls-watched', null, {});
      office.watchTrial(body.watch);
      return reply.send(office.trial());
    }),
  );

  app.get('/api/setup/proof', (request, reply) =>
    withAdministrator(request, reply, async () => reply.send(await office.proof())),
  );

  app.post('/api/setup/parts', { preHandler }, (request, reply) =>
    withAdministrator(request, reply, async (visitor) => {
      const part = parsePartBody(request.body);
      if (part === null) return refuse(reply, 400, BAD_REQUEST);
      const written = await office.put(part, visitor.account.id);
      return written.ok ? reply.code(204).send() : refuse(reply, 409, written.refusal);
    }),
  );

  app.post('/api/setup/parts/remove', { preHandler }, (request, reply) =>
    withAdministrator(request, reply, async (visitor) => {
      const part = parseRemovalBody(request.body);
      if (part === null) return refuse(reply, 400, BAD_REQUEST);
      const written = await office.remove(part, visitor.account.id);
      return written.ok ? reply.code(204).send() : refuse(reply, 409, written.refusal);
    }),
  );

  app.post('/api/setup/accounts', limited(ACCOUNTS_A_MINUTE), (request, reply) =>
    withAdministrator(request, reply, async (visitor) => {
      const body = parseAccountBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      const wrong = await refusalOf(body);
      if (wrong !== null) return refuse(reply, 409, wrong);
      const password = makePassword();
      const id = newId();
      const passwordHash = await hashPassword(password);
      const written = await intake.work({ type: 'account-add', id, ...body, passwordHash, at: clock() });
      if (!written.ok) return refuse(reply, 409, written.refusal);
      const { login, role, unit, person } = body;
      await audit(visitor, 'account-added', id, { login, role, unit, belongsTo: person });
      return reply.send({ login, password });
    }),
  );

  async function view(): Promise<SetupView> {
    const [{ units, rooms, lines, seats, people, directory }, accounts] = await Promise.all([
      deps.store.office(),
      deps.store.accounts(),
    ]);
    return {
      at: clock(),
      demo: office.demo,
      pbxs: office.pbxs(),
      units,
      rooms,
      lines,
      seats,
      // 身份 is said on the page 值班表.
      people: people.map(({ id, room, name, title, phone }) => ({ id, room, name, title, phone })),
      accounts: accounts.map(({ id, login, name, role, unit, person, disabled }) => ({
        ...{ id, login, name, role, unit, person, disabled },
      })),
      contacts: directory.length,
    };
  }

  async function refusalOf({ login, unit, person }: AccountBody): Promise<Refusal | null> {
    if (!isLoginName(login)) return LOGIN_FORM;
    const { units, rooms, people } = await deps.store.office();
    if (!units.some(({ id }) => id === unit)) return UNIT_UNKNOWN;
    if (person === null) return null;
    const room = people.find(({ id }) => id === person)?.room;
    return rooms.find(({ id }) => id === room)?.unit === unit ? null : PERSON_OF_OTHER_UNIT;
  }

  async function withAdministrator(
    request: FastifyRequest,
    reply: FastifyReply,
    act: (visitor: Visitor) => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    const visitor = await deps.visitorOf(request);
    if (visitor === null) return refuse(reply, 401, NOT_LOGGED_IN);
    if (may(visitor.scope, 'administer', null)) return act(visitor);
    await audit(visitor, 'setup-refused', null, {});
    return refuse(reply, 404, NOT_FOUND);
  }

  async function audit(
    { account }: Visitor,
    kind: string,
    subject: string | null,
    payload: Readonly<Record<string, string | null>>,
  ): Promise<void> {
    await intake.work({
      type: 'audit',
      at: clock(),
      account: account.id,
      person: account.person,
      kind,
      subject,
      payload,
    });
  }
}

const LOGIN_FORM: Refusal = {
  code: 'login-form',
  zh: '登录名为 2 至 32 个字母、汉字、数字、点、横线或下划线。',
  en: 'A log-in name has 2 to 32 letters, digits, dots, - or _.',
};
const PERSON_OF_OTHER_UNIT: Refusal = {
  code: 'person-of-other-unit',
  zh: '所选人员不属于这个单位。请改选单位或人员。',
  en: 'That person belongs to another unit.',
};
