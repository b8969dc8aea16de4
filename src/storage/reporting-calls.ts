/** Talks with superior offices that went out from a room: the telephone's own word on when something was reported. */
import { answeredAt } from '../calls/leg.ts';
import { answeredLegs } from '../calls/outcome.ts';
import { type Contact, knownCaller } from '../directory/contact.ts';
import { readNumber } from '../directory/number.ts';
import type { ReportingCall } from '../duty/incident-clock.ts';
import { among } from './among.ts';
import { type CallEntry, entryOf } from './call-row.ts';
import type { ReadDeps } from './read.ts';

export interface SuperiorTalk extends ReportingCall {
  /** As it is read: `0951-XXXXXXX`. */
  readonly number: string;
  readonly unit: string | null;
}

/** A party outside that took a call up; `key` is what the directory matches by. */
export interface OutsideTalk {
  readonly call: string;
  readonly key: string;
  /** As it is read, without the access code of the PBX. */
  readonly number: string;
  readonly answeredAt: number;
}

const MOST = 500;
/** Numbers that were dialled since: months of a busy room. */
const MOST_DIALLED = 20_000;
/** It may have begun to ring before. */
const RINGS_AT_MOST_MS = 10 * 60_000;

type Deps = Pick<ReadDeps, 'db' | 'dialect' | 'rules'>;

/** Answered since `since`, by our clock (ms UTC), the oldest first; marked 上级 in the directory. */
export async function callsToSuperiors(
  deps: Deps,
  room: string,
  since: number,
): Promise<readonly SuperiorTalk[]> {
  const { db, dialect, rules } = deps;
  const ids = await dialledToSuperiors(deps, room, since);
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('calls')
    .selectAll()
    .where(among(dialect, 'id', ids))
    .orderBy('started_at')
    .orderBy('id')
    .execute();
  const talks = rows.map(entryOf).flatMap((entry) => talksOf(entry, rules.areaCode, since));
  const parties = await partiesOf(deps, talks);
  const found = new Map<string, SuperiorTalk>();
  for (const { key, ...talk } of talks) {
    const known = parties.get(key);
    if (known?.class === 'superior' && !found.has(talk.call))
      found.set(talk.call, { ...talk, superior: true, unit: known.unit });
  }
  return [...found.values()];
}

/** Whom the directory knows of those who were called. */
export async function partiesOf(
  { db, dialect }: Deps,
  talks: readonly OutsideTalk[],
): Promise<ReadonlyMap<string, ReturnType<typeof knownCaller>>> {
  if (talks.length === 0) return new Map();
  const contacts = await db
    .selectFrom('directory')
    .selectAll()
    .where(among(dialect, 'match_key', [...new Set(talks.map(({ key }) => key))]))
    .execute();
  const byKey = Map.groupBy(contacts, (contact) => contact.match_key);
  return new Map([...byKey].map(([key, own]) => [key ?? '', knownCaller(own as readonly Contact[])]));
}

/** Of the calls that went out those that may have been to one: few, so that only these are looked into. */
async function dialledToSuperiors(
  { db, rules }: Deps,
  room: string,
  since: number,
): Promise<readonly string[]> {
  const superiors = await db
    .selectFrom('directory')
    .select('match_key')
    .where('class', '=', 'superior')
    .execute();
  const keys = new Set(superiors.map(({ match_key }) => match_key));
  if (keys.size === 0) return [];
  const dialled = await db
    .selectFrom('calls')
    .innerJoin('legs', 'legs.call_id', 'calls.id')
    .select(['calls.id', 'legs.number'])
    .where('calls.room', '=', room)
    .where('calls.started_at', '>=', since - RINGS_AT_MOST_MS)
    .where('calls.direction', '=', 'outbound')
    .where('calls.joined_to', 'is', null)
    .where('legs.role', '=', 'trunk')
    .orderBy('calls.started_at')
    .limit(MOST_DIALLED)
    .execute();
  const isSuperior = (number: string | null) =>
    number === null || number === '' || keys.has(readNumber(number, rules.areaCode).matchKey ?? '');
  const ids = new Set(dialled.flatMap(({ id, number }) => (isSuperior(number) ? [id] : [])));
  return [...ids].slice(0, MOST);
}

/** 上级单位 as the directory names them. */
export async function superiorOffices({ db }: Pick<ReadDeps, 'db'>): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('directory')
    .select('unit')
    .distinct()
    .where('class', '=', 'superior')
    .where('unit', 'is not', null)
    .orderBy('unit')
    .limit(50)
    .execute();
  return rows.flatMap(({ unit }) => unit ?? []);
}

/** Each party outside that took it up: a colleague who answers inside when the trunk is busy is no report. */
export function talksOf(
  { id, call, offsetMs }: CallEntry,
  areaCode: string,
  since: number,
): readonly OutsideTalk[] {
  return answeredLegs(call).flatMap((leg) => {
    const at = (answeredAt(leg) ?? 0) - offsetMs;
    // What a history tells of a leg may name no number.
    const { matchKey: key, shown } = readNumber(leg.number || call.dialled, areaCode);
    if (leg.role !== 'trunk' || key === null || at < since) return [];
    return [{ call: id, key, number: shown ?? '', answeredAt: at }];
  });
}
