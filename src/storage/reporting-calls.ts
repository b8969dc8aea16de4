/** Talks with superior offices that went out from a room: the telephone's own word on when something was reported. */
import { summaryOf } from '../calls/summary.ts';
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

const MOST = 200;
/** It may have begun to ring before. */
const RINGS_AT_MOST_MS = 10 * 60_000;

/** Answered since `since`, by our clock (ms UTC), the oldest first; marked 上级 in the directory. */
export async function callsToSuperiors(
  deps: Pick<ReadDeps, 'db' | 'dialect' | 'rules'>,
  room: string,
  since: number,
): Promise<readonly SuperiorTalk[]> {
  const { db, dialect, rules } = deps;
  const rows = await db
    .selectFrom('calls')
    .selectAll()
    .where('room', '=', room)
    .where('started_at', '>=', since - RINGS_AT_MOST_MS)
    .where('direction', '=', 'outbound')
    .where('joined_to', 'is', null)
    .orderBy('started_at')
    .limit(MOST)
    .execute();
  const talks = rows.map(entryOf).flatMap((entry) => talkOf(entry, rules.areaCode, since));
  const keys = [...new Set(talks.map(({ key }) => key))];
  if (keys.length === 0) return [];
  const contacts = await db
    .selectFrom('directory')
    .selectAll()
    .where(among(dialect, 'match_key', keys))
    .execute();
  const byKey = Map.groupBy(contacts, (contact) => contact.match_key);
  return talks.flatMap(({ key, ...talk }) => {
    const known = knownCaller((byKey.get(key) ?? []) as readonly Contact[]);
    return known?.class === 'superior' ? [{ ...talk, superior: true, unit: known.unit }] : [];
  });
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

function talkOf({ id, call, offsetMs }: CallEntry, areaCode: string, since: number) {
  const { answeredAt } = summaryOf(call);
  const sent = call.legs.findLast((leg) => leg.role === 'trunk' && leg.number !== null)?.number;
  const { matchKey: key, shown } = readNumber(sent ?? call.dialled, areaCode);
  if (answeredAt === null || key === null || answeredAt - offsetMs < since) return [];
  return [{ call: id, key, number: shown ?? '', answeredAt: answeredAt - offsetMs }];
}
