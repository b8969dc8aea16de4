import type { Refusal } from '../records/command.ts';
import type { AccountWork, SeatWork, SessionWork } from './account-work.ts';
import type { Desk } from './desk.ts';
import { noteChange } from './desk.ts';
import { DONE, type Outcome } from './outcome.ts';

const REFUSALS = {
  loginTaken: { code: 'login-taken', zh: '该登录名已被使用。', en: 'The log-in name is taken.' },
  noAccount: { code: 'account-unknown', zh: '找不到该账号。', en: 'There is no such account.' },
  noSession: {
    code: 'session-unknown',
    zh: '登录已失效，请重新登录。',
    en: 'The session has ended; log in again.',
  },
  noSeat: { code: 'seat-unknown', zh: '找不到该坐席。', en: 'There is no such seat.' },
  noPerson: { code: 'person-unknown', zh: '本室没有这位人员。', en: 'There is no such person in this room.' },
} as const satisfies Record<string, Refusal>;

export async function writeAccount(desk: Desk, work: AccountWork): Promise<Outcome> {
  if (work.type === 'account-add') return addAccount(desk, work);
  const { numUpdatedRows } = await desk.db
    .updateTable('accounts')
    .set(accountColumns(work))
    .where('id', '=', work.account)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return { ok: false, refusal: REFUSALS.noAccount };
  // A new password or a closed account ends every session: whoever had the old one is out.
  if (work.type === 'account-password' || (work.type === 'account-disabled' && work.disabled)) {
    const kept = work.type === 'account-password' ? (work.keep ?? null) : null;
    await desk.db
      .deleteFrom('sessions')
      .where('account', '=', work.account)
      .$if(kept !== null, (query) => query.where('id', '!=', kept))
      .execute();
  }
  return DONE;
}

function accountColumns(work: Exclude<AccountWork, { type: 'account-add' }>) {
  switch (work.type) {
    case 'account-password':
      return { password_hash: work.passwordHash, failures: 0, locked_until: null };
    case 'account-totp':
      return { totp_secret: work.secret };
    case 'account-disabled':
      return { disabled: work.disabled ? 1 : 0 };
    case 'account-attempt':
      return { failures: work.failures, locked_until: work.lockedUntil };
  }
}

async function addAccount(desk: Desk, work: Extract<AccountWork, { type: 'account-add' }>): Promise<Outcome> {
  const { numInsertedOrUpdatedRows } = await desk.db
    .insertInto('accounts')
    .values({
      id: work.id,
      login_key: work.login.toLowerCase(),
      login: work.login,
      name: work.name,
      role: work.role,
      unit: work.unit,
      person: work.person,
      password_hash: work.passwordHash,
      totp_secret: null,
      failures: 0,
      locked_until: null,
      disabled: 0,
      created_at: work.at,
      keys_json: null,
    })
    .onConflict((clash) => clash.column('login_key').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 0n ? { ok: false, refusal: REFUSALS.loginTaken } : DONE;
}

export async function writeSession(desk: Desk, work: SessionWork): Promise<Outcome> {
  if (work.type === 'session-end') {
    await desk.db.deleteFrom('sessions').where('id', '=', work.id).execute();
    return DONE;
  }
  if (work.type === 'session-open') return openSession(desk, work);
  const { numUpdatedRows } = await desk.db
    .updateTable('sessions')
    .set(sessionColumns(work))
    .where('id', '=', work.id)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 0n ? { ok: false, refusal: REFUSALS.noSession } : DONE;
}

function sessionColumns(work: Exclude<SessionWork, { type: 'session-end' | 'session-open' }>) {
  switch (work.type) {
    case 'session-seat':
      return { seat: work.seat };
    case 'session-seen':
      return { seen_at: work.at, expires_at: work.expiresAt };
    case 'session-active':
      return { active_at: work.at };
    case 'session-lock':
      return { locked_at: work.at };
    case 'session-unlock':
      return { locked_at: null };
  }
}

async function openSession(
  desk: Desk,
  work: Extract<SessionWork, { type: 'session-open' }>,
): Promise<Outcome> {
  await desk.db.deleteFrom('sessions').where('expires_at', '<', work.at).execute();
  await desk.db
    .insertInto('sessions')
    .values({
      id: work.id,
      account: work.account,
      seat: null,
      opened_at: work.at,
      seen_at: work.at,
      expires_at: work.expiresAt,
      locked_at: null,
      active_at: work.at,
    })
    .onConflict((clash) => clash.column('id').doNothing())
    .execute();
  return DONE;
}

/** 换人 and PINs. A person sits in a seat of the own room only. */
export async function writeSeat(desk: Desk, work: SeatWork): Promise<Outcome> {
  if (work.type === 'person-pin') {
    const { numUpdatedRows } = await desk.db
      .updateTable('people')
      .set({ pin_hash: work.pinHash })
      .where('id', '=', work.person)
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 0n ? { ok: false, refusal: REFUSALS.noPerson } : DONE;
  }
  const seat = await desk.db.selectFrom('seats').selectAll().where('id', '=', work.seat).executeTakeFirst();
  if (seat === undefined) return { ok: false, refusal: REFUSALS.noSeat };
  if (work.person !== null) {
    const person = await desk.db
      .selectFrom('people')
      .select('room')
      .where('id', '=', work.person)
      .executeTakeFirst();
    if (person?.room !== seat.room) return { ok: false, refusal: REFUSALS.noPerson };
  }
  if (seat.person === work.person) return DONE;
  await desk.db
    .updateTable('seats')
    .set({ person: work.person, person_since: work.at })
    .where('id', '=', seat.id)
    .execute();
  noteChange(desk, 'room', seat.room, seat.room);
  return DONE;
}
