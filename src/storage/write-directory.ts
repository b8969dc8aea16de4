/** 通讯录 entry by entry: added, changed, deleted, merged or many at once, all of one work or none of it. */
import type { Contact } from '../directory/contact.ts';
import { readContact, sameContact } from '../directory/contact-rule.ts';
import { readNumber } from '../directory/number.ts';
import type { Refusal } from '../records/command.ts';
import { padded, pieces } from './bulk.ts';
import { type Desk, noteChange } from './desk.ts';
import { DONE, type Outcome } from './outcome.ts';

export interface DirectoryWork {
  readonly type: 'directory-change';
  /** What somebody did, for the audit trail. */
  readonly how:
    | 'contact-added'
    | 'contact-changed'
    | 'contact-deleted'
    | 'contacts-merged'
    | 'contacts-imported';
  /** `was` is what the writer saw; null: the entry is new. */
  readonly puts: readonly { readonly contact: Contact; readonly was: Contact | null }[];
  /** As the writer saw them. */
  readonly removes: readonly Contact[];
  /** False: entries of superior offices are none of the writer's business, not even that they stand. */
  readonly seesSuperior: boolean;
  readonly account: string | null;
  readonly person: string | null;
  readonly at: number;
}

const A_DAY = 24 * 60 * 60 * 1_000;
const MOST_CONTACTS = 20_000;

/** Refuses an entry that is not well-formed, that stands already, or that somebody else changed meanwhile. */
export async function writeDirectory(desk: Desk, work: DirectoryWork): Promise<Outcome> {
  const { areaCode } = desk.rules;
  const keyOf = (contact: Contact) => readNumber(contact.number, areaCode).matchKey ?? '';
  const puts: Contact[] = [];
  for (const { contact } of work.puts) {
    const read = readContact(contact, areaCode);
    if (!read.ok) return { ok: false, refusal: plainRefusal(read.fault) };
    puts.push({ ...read.contact, id: contact.id });
  }
  const standing = await standingById(desk, [...puts, ...work.removes]);
  const removes = work.removes.filter((gone) => standing.has(gone.id));
  if (removes.some((gone) => !sameAs(standing.get(gone.id), gone))) return { ok: false, refusal: meanwhile };
  const fresh: Contact[] = [];
  const changed: Contact[] = [];
  for (const [index, put] of puts.entries()) {
    const stands = standing.get(put.id);
    const was = work.puts[index]?.was ?? null;
    if (sameAs(stands, put)) continue;
    if (stands === undefined && was !== null) return { ok: false, refusal: unknown };
    if (stands !== undefined && (was === null || !sameAs(stands, was)))
      return { ok: false, refusal: meanwhile };
    (stands === undefined ? fresh : changed).push(put);
  }
  const moved = [...fresh, ...changed];
  if (moved.length + removes.length === 0) return DONE;
  if (await standsTwice(desk, moved, work, keyOf)) return { ok: false, refusal: twice };
  if (await isFull(desk, fresh.length - removes.length)) return { ok: false, refusal: full };

  for (const piece of pieces(removes)) {
    await desk.db
      .deleteFrom('directory')
      .where('id', 'in', [...padded(piece.map(({ id }) => id))])
      .execute();
  }
  const rowOf = ({ id, number, unit, person, title, class: kind }: Contact) => ({
    id,
    number,
    match_key: readNumber(number, areaCode).matchKey ?? number,
    unit,
    person,
    title,
    class: kind,
  });
  for (const piece of pieces(fresh)) {
    await desk.db.insertInto('directory').values(piece.map(rowOf)).execute();
  }
  for (const contact of changed) {
    await desk.db.updateTable('directory').set(rowOf(contact)).where('id', '=', contact.id).execute();
  }
  const before = moved.flatMap((contact) => standing.get(contact.id) ?? []);
  await tell(desk, [...new Set([...moved, ...removes, ...before].map(keyOf))], work.at);
  audit(desk, work, moved, removes);
  return DONE;
}

async function standingById(desk: Desk, named: readonly Contact[]): Promise<ReadonlyMap<string, Contact>> {
  const found = new Map<string, Contact>();
  for (const piece of pieces(named)) {
    const rows = await desk.db
      .selectFrom('directory')
      .select(['id', 'number', 'unit', 'person', 'title', 'class'])
      .where('id', 'in', [...padded(piece.map(({ id }) => id))])
      .execute();
    for (const row of rows as readonly Contact[]) found.set(row.id, row);
  }
  return found;
}

/** The same number with the same unit and the same person: nobody could tell the two apart. */
async function standsTwice(
  desk: Desk,
  moved: readonly Contact[],
  { removes, seesSuperior }: Pick<DirectoryWork, 'removes' | 'seesSuperior'>,
  keyOf: (contact: Contact) => string,
): Promise<boolean> {
  const nameOf = (key: string, unit: string | null, person: string | null) =>
    JSON.stringify([key, unit, person]);
  const names = moved.map((one) => nameOf(keyOf(one), one.unit, one.person));
  if (new Set(names).size < names.length) return true;
  const aside = new Set([...moved, ...removes].map(({ id }) => id));
  const wanted = new Set(names);
  for (const piece of pieces(moved)) {
    const rows = await desk.db
      .selectFrom('directory')
      .select(['id', 'match_key', 'unit', 'person'])
      .where('match_key', 'in', [...padded(piece.map(keyOf))])
      .$if(!seesSuperior, (query) =>
        query.where((row) => row.or([row('class', 'is', null), row('class', '!=', 'superior')])),
      )
      .execute();
    if (rows.some((row) => !aside.has(row.id) && wanted.has(nameOf(row.match_key, row.unit, row.person))))
      return true;
  }
  return false;
}

async function isFull(desk: Desk, more: number): Promise<boolean> {
  if (more <= 0) return false;
  const { count } = await desk.db
    .selectFrom('directory')
    .select((of) => of.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count) + more > MOST_CONTACTS;
}

/** Class and names in a call's view come from the directory: the calls that pages may show are told anew. */
async function tell(desk: Desk, keys: readonly string[], at: number): Promise<void> {
  for (const piece of pieces(keys.map((key) => ({ key })))) {
    const calls = await desk.db
      .selectFrom('calls')
      .select(['id', 'room'])
      .where('caller_key', 'in', [...padded(piece.map(({ key }) => key))])
      .where((row) => row.or([row('ended_at', 'is', null), row('started_at', '>=', at - A_DAY)]))
      .execute();
    for (const call of calls) noteChange(desk, 'call', call.id, call.room);
  }
  const rooms = await desk.db.selectFrom('rooms').select('id').execute();
  for (const { id } of rooms) noteChange(desk, 'room', id, id);
}

/** Numbers of superior offices stay out of it: whoever reads the audit trail may not see them. */
function audit(
  desk: Desk,
  work: DirectoryWork,
  moved: readonly Contact[],
  removes: readonly Contact[],
): void {
  const { at, account, person, how } = work;
  const [one] = moved.length === 0 ? removes : moved;
  const many = moved.length + removes.length > 1 && how === 'contacts-imported';
  desk.audits.push({
    at,
    account,
    person,
    kind: how,
    subject: many ? null : (one?.id ?? null),
    payload:
      many || one === undefined
        ? { kept: moved.length, removed: removes.length }
        : {
            unit: one.unit,
            person: one.person,
            class: one.class,
            number: one.class === 'superior' ? null : one.number,
            removed: removes.length,
          },
  });
}

function sameAs(one: Contact | undefined, other: Contact): boolean {
  return one !== undefined && sameContact(one, other);
}

/** A page shows the item it belongs to by its own check. */
function plainRefusal({ code, zh, en }: Refusal): Refusal {
  return { code, zh, en };
}

const unknown: Refusal = {
  code: 'contact-unknown',
  zh: '通讯录中已没有这一条，可能刚被删除。请刷新后再改。',
  en: 'This entry is no longer in the directory.',
};
const meanwhile: Refusal = {
  code: 'contact-changed-meanwhile',
  zh: '这一条刚被他人修改。请看新内容，再决定是否修改。',
  en: 'Somebody else changed this entry meanwhile. Look at it again.',
};
const twice: Refusal = {
  code: 'contact-exists',
  zh: '通讯录中已有同一单位、同一姓名和同一号码的一条。',
  en: 'The directory has an entry of this unit, person and number.',
};
const full: Refusal = {
  code: 'directory-full',
  zh: '通讯录最多 20000 条。请先删除不用的条目。',
  en: 'The directory holds at most 20,000 entries.',
};
