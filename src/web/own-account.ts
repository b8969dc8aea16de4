/**
 * 设置: one's own password, PIN and one-time codes, and one's own keys. Whatever opens a door is changed only with the password
 * of now.
 */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { BY_PIN } from '../accounts/lock-out.ts';
import { refuseWeakPassword, refuseWeakPin } from '../accounts/password-rule.ts';
import type { Intake } from '../intake.ts';
import type { Refusal } from '../records/command.ts';
import type { AccountRow } from '../storage/store/accounts.ts';
import type { Store } from '../storage/store.ts';
import type { Work } from '../storage/work.ts';
import {
  parseCode,
  parseNewPassword,
  parseNewPin,
  parseOwnKeys,
  parsePassword,
  parsePasswordAndCode,
} from './bodies/own-account.ts';
import { createCounters } from './login.ts';
import { standingOf } from './me.ts';
import type { OwnSecret } from './own-secret.ts';
import { hashPassword } from './password.ts';
import type { OwnAccountView, TotpOffer } from './protocol/own-account-view.ts';
import {
  BAD_REQUEST,
  lockedFor,
  NO_PERSON_FOR_PIN,
  PASSWORD_SAME,
  TOTP_NOT_BEGUN,
  TOTP_ON_ALREADY,
  TOTP_WRONG,
} from './refusals.ts';
import { refuse } from './send-sound.ts';
import type { Sessions, Visitor } from './sessions.ts';
import { matchTotp, newTotpSecret, totpAddress } from './totp.ts';
import { doorFor } from './with-visitor.ts';

export interface OwnAccountDeps {
  readonly store: Pick<Store, 'person' | 'seat' | 'office' | 'sessionsOf'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly sessions: Sessions;
  readonly ownSecret: OwnSecret;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly clock: () => number;
}

/** Each may cost a hash. */
const CHANGES_A_MINUTE = 20;
/** Somebody may try one after the other. */
const KEYS_A_MINUTE = 60;
/** A secret that nobody confirmed is forgotten. */
const OFFER_MS = 10 * 60_000;

const STATUS: Readonly<Record<string, number>> = { locked: 429, busy: 503 };

export function addOwnAccount(app: FastifyInstance, deps: OwnAccountDeps): void {
  const withOwn = doorFor(deps.visitorOf);
  const { store, clock } = deps;
  const limited = (max: number) => ({
    preHandler: deps.refuseForeign,
    config: { rateLimit: { max, timeWindow: 60_000 } },
  });
  const limits = limited(CHANGES_A_MINUTE);
  /** By session; it counts only once a code of it was typed. */
  const offers = new Map<string, { readonly secret: string; readonly until: number }>();

  /** Six digits are soon guessed by who knows the password. */
  const codes = createCounters(BY_PIN);

  app.get('/api/account', (request, reply) =>
    withOwn(request, reply, async (visitor) => reply.send(await viewOf(visitor))),
  );

  app.post('/api/account/password', limits, (request, reply) =>
    withOwn(request, reply, async (visitor) => {
      const body = parseNewPassword(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      const { account, session } = visitor;
      const weak = refuseWeakPassword(body.next, account.login);
      if (weak !== null) return refuse(reply, 409, weak);
      if (body.next === body.password) return refuse(reply, 409, PASSWORD_SAME);
      const refusal = await deps.ownSecret(account, body.password);
      if (refusal !== null) return slowed(reply, refusal);
      const others = (await store.sessionsOf(account.id)).filter((id) => id !== session.id);
      const passwordHash = await hashPassword(body.next);
      await write({
        type: 'account-password',
        account: account.id,
        passwordHash,
        keep: session.id,
        at: clock(),
      });
      deps.sessions.haveEnded(others);
      await audit(account, 'account-password-changed', account.id);
      return reply.send({ ended: others.length });
    }),
  );

  app.post('/api/account/pin', limits, (request, reply) =>
    withOwn(request, reply, async ({ account }) => {
      const body = parseNewPin(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      if (account.person === null) return refuse(reply, 409, NO_PERSON_FOR_PIN);
      const weak = refuseWeakPin(body.pin);
      if (weak !== null) return refuse(reply, 409, weak);
      const refusal = await deps.ownSecret(account, body.password);
      if (refusal !== null) return slowed(reply, refusal);
      const pinHash = await hashPassword(body.pin);
      await write({ type: 'person-pin', person: account.person, pinHash, at: clock() });
      await audit(account, 'person-pin-changed', account.person);
      return reply.code(204).send();
    }),
  );

  app.post('/api/account/totp', limits, (request, reply) =>
    withOwn(request, reply, async ({ account, session }) => {
      const body = parsePassword(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      if (account.totpSecret !== null) return refuse(reply, 409, TOTP_ON_ALREADY);
      const refusal = await deps.ownSecret(account, body.password);
      if (refusal !== null) return slowed(reply, refusal);
      const secret = newTotpSecret(randomBytes);
      for (const [id, offer] of offers) if (offer.until < clock()) offers.delete(id);
      offers.set(session.id, { secret, until: clock() + OFFER_MS });
      return reply.send({ secret, address: totpAddress(secret, account.login) } satisfies TotpOffer);
    }),
  );

  app.post('/api/account/totp/confirm', limits, (request, reply) =>
    withOwn(request, reply, async ({ account, session }) => {
      const body = parseCode(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      if (account.totpSecret !== null) return refuse(reply, 409, TOTP_ON_ALREADY);
      const offer = offers.get(session.id);
      if (offer === undefined || offer.until < clock()) return refuse(reply, 409, TOTP_NOT_BEGUN);
      if (matchTotp(offer.secret, body.code, clock()) === null) return refuse(reply, 409, TOTP_WRONG);
      offers.delete(session.id);
      await write({ type: 'account-totp', account: account.id, secret: offer.secret });
      await audit(account, 'account-totp-on', account.id);
      return reply.code(204).send();
    }),
  );

  app.post('/api/account/totp/off', limits, (request, reply) =>
    withOwn(request, reply, async ({ account }) => {
      const body = parsePasswordAndCode(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      if (account.totpSecret === null) return reply.code(204).send();
      const refusal = await deps.ownSecret(account, body.password);
      if (refusal !== null) return slowed(reply, refusal);
      const wait = codes.wait(account.id, clock());
      if (wait > 0) return slowed(reply, lockedFor(wait));
      if (matchTotp(account.totpSecret, body.code, clock()) === null) {
        codes.fail(account.id, clock());
        return refuse(reply, 409, TOTP_WRONG);
      }
      codes.forget(account.id);
      await write({ type: 'account-totp', account: account.id, secret: null });
      await audit(account, 'account-totp-off', account.id);
      return reply.code(204).send();
    }),
  );

  /** They open no door: whoever sits here changes them, as he types here in his name. */
  app.post('/api/account/keys', limited(KEYS_A_MINUTE), (request, reply) =>
    withOwn(request, reply, async (visitor) => {
      const keys = parseOwnKeys(request.body);
      if (keys === null) return refuse(reply, 400, BAD_REQUEST);
      const { person } = (await standingOf(store, visitor)).me;
      const { account } = visitor;
      await write({
        type: 'own-keys',
        of: person === null ? { account: account.id } : { person: person.id },
        keys,
      });
      await audit({ ...account, person: person?.id ?? null }, 'own-keys-changed', person?.id ?? account.id);
      return reply.code(204).send();
    }),
  );

  async function viewOf({ account, session }: Visitor): Promise<OwnAccountView> {
    const person = account.person === null ? undefined : await store.person(account.person);
    const unit = (await store.office()).units.find(({ id }) => id === account.unit);
    const sessions = await store.sessionsOf(account.id);
    return {
      login: account.login,
      name: account.name,
      role: account.role,
      unit: unit?.name ?? account.unit,
      person: person?.name ?? null,
      hasPin: person?.pinHash != null,
      totp: account.totpSecret !== null,
      otherSessions: sessions.filter((id) => id !== session.id).length,
    };
  }

  async function write(work: Work): Promise<void> {
    const written = await deps.intake.work(work);
    if (!written.ok) throw new Error(`the account could not be changed: ${written.refusal.code}`);
  }

  async function audit(
    account: Pick<AccountRow, 'id' | 'person'>,
    kind: string,
    subject: string,
  ): Promise<void> {
    await write({
      type: 'audit',
      at: clock(),
      account: account.id,
      person: account.person,
      kind,
      subject,
      payload: { by: 'self' },
    });
  }
}

function slowed(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return refuse(reply, STATUS[refusal.code] ?? 403, refusal);
}
