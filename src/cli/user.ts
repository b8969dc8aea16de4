/** `dutyline user …`: accounts that log in, and the PINs by which people change at a seat. */
import { ROLES } from '../accounts/access.ts';
import { isLoginName } from '../accounts/login-name.ts';
import { type PasswordRefusal, refuseWeakPassword, refuseWeakPin } from '../accounts/password-rule.ts';
import { newId } from '../storage/new-id.ts';
import type { AccountRow } from '../storage/store/accounts.ts';
import type { Store } from '../storage/store.ts';
import type { Work } from '../storage/work.ts';
import { makePassword } from '../web/first-password.ts';
import { hashPassword } from '../web/password.ts';
import { writeAll } from './office-store.ts';
import { askSecret, CommandRefused, columns, print, shown } from './terminal.ts';

export interface NewUser {
  readonly name: string | undefined;
  readonly role: string;
  readonly unit: string | undefined;
  readonly person: string | undefined;
  /** Makes a password and prints it once. */
  readonly generate: boolean;
}

/** Adds an account; the password is asked for, or made and printed. */
export async function addUser(store: Store, login: string, wish: NewUser): Promise<void> {
  if (!isLoginName(login)) {
    throw new CommandRefused('A log-in name has 2 to 32 letters, digits, dots, - or _.');
  }
  const role = ROLES.find((known) => known === wish.role);
  if (role === undefined)
    throw new CommandRefused(`There is no role "${wish.role}"; roles: ${ROLES.join(', ')}.`);
  const unit = await unitOf(store, wish.unit);
  const person = wish.person === undefined ? null : await personOf(store, wish.person);
  if ((await store.accountByLogin(login)) !== undefined)
    throw new CommandRefused(`The log-in name ${login} is taken.`);
  const password = await newPassword(login, wish.generate);
  const id = newId();
  const name = wish.name ?? login;
  const passwordHash = await hashPassword(password);
  await writeAll(store, [
    { type: 'account-add', id, login, name, role, unit, person, passwordHash, at: Date.now() },
    audited('account-added', id, { login, role, unit }),
  ]);
  print(`${login} was added as ${role} of ${unit}.`);
  if (wish.generate) print(`Password, shown this once: ${password}`);
}

/** Prints every account. */
export async function listUsers(store: Store): Promise<void> {
  const accounts = await store.accounts();
  const rows = accounts.map((account) => [
    account.login,
    shown(account.name),
    account.role,
    account.unit,
    stateOf(account),
  ]);
  for (const line of columns([['log-in', 'name', 'role', 'unit', 'state'], ...rows])) print(line);
}

/** Sets a new password; every session of the account ends. */
export async function changePassword(store: Store, login: string, generate: boolean): Promise<void> {
  const account = await store.accountByLogin(login);
  if (account === undefined)
    throw new CommandRefused(`There is no account ${login}; "dutyline user list" shows all.`);
  const password = await newPassword(login, generate);
  const passwordHash = await hashPassword(password);
  await writeAll(store, [
    { type: 'account-password', account: account.id, passwordHash, at: Date.now() },
    audited('account-password-changed', account.id, { login: account.login }),
  ]);
  print(`${account.login} has a new password and is logged out everywhere.`);
  if (generate) print(`Password, shown this once: ${password}`);
}

/** Sets the PIN by which a person takes over a seat (换人). */
export async function changePin(store: Store, person: string): Promise<void> {
  const id = await personOf(store, person);
  const pin = await askSecret('PIN');
  refuse(refuseWeakPin(pin));
  const pinHash = await hashPassword(pin);
  await writeAll(store, [
    { type: 'person-pin', person: id, pinHash, at: Date.now() },
    audited('person-pin-changed', id, {}),
  ]);
  print(`${id} has a new PIN.`);
}

async function newPassword(login: string, generate: boolean): Promise<string> {
  if (generate) return makePassword();
  const password = await askSecret('Password');
  refuse(refuseWeakPassword(password, login));
  return password;
}

function refuse(refusal: PasswordRefusal | null): void {
  if (refusal !== null) throw new CommandRefused(refusal.en);
}

/** The unit that was named; without a name the only one that has a room. */
async function unitOf(store: Store, named: string | undefined): Promise<string> {
  const { units, rooms } = await store.office();
  const known = units.map((unit) => unit.id);
  const withRooms = [...new Set(rooms.map((room) => room.unit))];
  const unit = named ?? (withRooms.length === 1 ? withRooms[0] : undefined);
  if (unit !== undefined && known.includes(unit)) return unit;
  const why = named === undefined ? 'Name the unit by --unit' : `There is no unit "${named}"`;
  throw new CommandRefused(`${why}; units: ${known.join(', ') || 'none; fill config/office.yaml first'}.`);
}

async function personOf(store: Store, id: string): Promise<string> {
  if ((await store.person(id)) !== undefined) return id;
  const { people } = await store.office();
  throw new CommandRefused(
    `There is no person "${id}"; people: ${people.map((person) => person.id).join(', ') || 'none'}.`,
  );
}

function stateOf(account: AccountRow): string {
  if (account.disabled) return 'closed';
  return account.lockedUntil !== null && account.lockedUntil > Date.now() ? 'locked for now' : 'open';
}

/** Typed at the machine itself, so no account and no person stands behind it. */
function audited(kind: string, subject: string, payload: Readonly<Record<string, string>>): Work {
  return {
    type: 'audit',
    at: Date.now(),
    account: null,
    person: null,
    kind,
    subject,
    payload: { by: 'cli', ...payload },
  };
}
