/** What leads from calls to their sound, read in pages: a night's look at months of calls must not hold up a live one. */
import { setImmediate } from 'node:timers/promises';
import type { Call } from '../calls/call.ts';
import { isSoundDue, whyMissing } from '../calls/sound-due.ts';
import { type SoundTrail, soundTrailOf } from '../calls/sound-trail.ts';
import type { RecordingMode } from '../lines/duty-line.ts';
import { padded } from './bulk.ts';
import { entryOf } from './call-row.ts';
import type { CallTable } from './call-tables.ts';
import type { ReadDeps } from './read.ts';
import type { KnownSoundRow, SilentCallRow } from './store/recordings.ts';

const PAGE = 256;

export async function soundTrails(
  deps: ReadDeps,
  pbx: string,
  from: number,
  to: number,
): Promise<readonly SoundTrail[]> {
  const rows = await deps.db
    .selectFrom('calls')
    .select(['id', 'pbx', 'joined_to'])
    // By the index of ends; with `pbx = …` SQLite walks every call there ever was. Nothing of before lives on.
    .where((row) => row.or([row('ended_at', 'is', null), row('ended_at', '>=', from)]))
    .where('started_at', '<', to)
    .execute();
  const ours = rows.filter((row) => row.pbx === pbx);
  return trailsOf(deps, [...new Set(ours.map((row) => row.joined_to ?? row.id))]);
}

export async function soundTrail(deps: ReadDeps, call: string): Promise<SoundTrail | undefined> {
  const row = await deps.db
    .selectFrom('calls')
    .select(['id', 'joined_to'])
    .where('id', '=', call)
    .executeTakeFirst();
  if (row?.joined_to != null) return soundTrail(deps, row.joined_to);
  return row === undefined ? undefined : (await trailsOf(deps, [row.id]))[0];
}

export async function knownSound(
  { db }: ReadDeps,
  pbx: string,
  since: number,
): Promise<readonly KnownSoundRow[]> {
  const rows = await db
    .selectFrom('recordings')
    .select(['id', 'call_id', 'pbx_path', 'state', 'part', 'mode', 'linkedid', 'found_by'])
    .where('pbx', '=', pbx)
    .where('known_at', '>=', since)
    .execute();
  return rows.map(({ id, call_id, pbx_path, state, part, mode, linkedid, found_by }) => ({
    recording: id,
    call: call_id,
    pbxPath: pbx_path,
    state: state as KnownSoundRow['state'],
    part: part as KnownSoundRow['part'],
    mode: mode as KnownSoundRow['mode'],
    linkedid,
    foundBy: found_by,
  }));
}

export async function callsWithoutSound(
  deps: ReadDeps,
  from: number,
  to: number,
): Promise<readonly SilentCallRow[]> {
  const rows = await deps.db
    .selectFrom('calls')
    .select('id')
    .where('ended_at', '>=', from)
    .where('ended_at', '<', to)
    .where('joined_to', 'is', null)
    .orderBy('ended_at', 'desc')
    .execute();
  return silentAmong(
    deps,
    rows.map((row) => row.id),
  );
}

/** Those of these calls (survivors) that should have sound and have none, in their order. */
export async function silentAmong(
  deps: ReadDeps,
  calls: readonly string[],
): Promise<readonly SilentCallRow[]> {
  const silent: SilentCallRow[] = [];
  for (let at = 0; at < calls.length; at += PAGE) {
    if (at > 0) await setImmediate();
    const page = calls.slice(at, at + PAGE);
    const sounds = await deps.db
      .selectFrom('recordings')
      .select(['call_id', 'state'])
      .where('call_id', 'in', [...padded(page)])
      .where('part', '=', 'talk')
      .execute();
    const byCall = Map.groupBy(sounds, (sound) => sound.call_id);
    const whyOf = (call: string) => whyMissing((byCall.get(call) ?? []).map((sound) => sound.state));
    // Nearly all have theirs: only the others are looked at closely.
    const without = page.filter((call) => whyOf(call) !== null);
    for (const trail of await trailsOf(deps, without)) {
      const why = whyOf(trail.call);
      if (why !== null && isSoundDue(trail)) silent.push(silentRow(trail, why));
    }
  }
  return silent;
}

function silentRow(trail: SoundTrail, why: SilentCallRow['why']): SilentCallRow {
  const { call, room, line, pbx, linkedid, talkSeconds, offsetMs } = trail;
  return {
    call,
    room,
    line,
    mode: trail.mode === 'ami' || trail.mode === 'snippet' ? trail.mode : 'pbx',
    pbx,
    linkedid,
    startedAt: trail.startedAt - offsetMs,
    endedAt: (trail.endedAt ?? 0) - offsetMs,
    talkSeconds,
    why,
  };
}

/** The trails of these calls (survivors), in their order. */
async function trailsOf(deps: ReadDeps, ids: readonly string[]): Promise<readonly SoundTrail[]> {
  const { db } = deps;
  const lines = await db.selectFrom('lines').select(['id', 'recording']).execute();
  const modes = new Map(lines.map((line) => [line.id, line.recording as RecordingMode]));
  const trails = new Map<string, SoundTrail>();
  for (let from = 0; from < ids.length; from += PAGE) {
    if (from > 0) await setImmediate();
    const page = [...padded(ids.slice(from, from + PAGE))];
    const rows = await db.selectFrom('calls').selectAll().where('id', 'in', page).execute();
    const legs = await db
      .selectFrom('legs')
      .select(['call_id', 'uniqueid'])
      .where('call_id', 'in', page)
      .execute();
    const legsOf = Map.groupBy(legs, (leg) => leg.call_id);
    const joined = await joinedTo(deps, rows);
    for (const row of rows) {
      const { call, id, room, offsetMs } = entryOf(row);
      const otherUniqueids = (legsOf.get(id) ?? []).map((leg) => leg.uniqueid);
      const mode = call.line === null ? null : (modes.get(call.line) ?? null);
      trails.set(
        id,
        soundTrailOf(call, joined.get(id) ?? [], { call: id, room, mode, offsetMs, otherUniqueids }),
      );
    }
  }
  return ids.flatMap((id) => trails.get(id) ?? []);
}

/** Calls that became part of these, by survivor. Found by their Linkedids, which the survivor knows and an index has. */
async function joinedTo(
  { db }: ReadDeps,
  rows: readonly CallTable[],
): Promise<ReadonlyMap<string, readonly Call[]>> {
  const found = new Map<string, Call[]>();
  for (const pbx of new Set(rows.map((row) => row.pbx))) {
    const linkedids = rows.flatMap((row) => (row.pbx === pbx ? entryOf(row).call.joined : []));
    for (let from = 0; from < linkedids.length; from += PAGE) {
      const joined = await db
        .selectFrom('calls')
        .selectAll()
        .where('pbx', '=', pbx)
        .where('linkedid', 'in', [...padded(linkedids.slice(from, from + PAGE))])
        .where('joined_to', 'is not', null)
        .execute();
      for (const row of joined) {
        const survivor = row.joined_to ?? '';
        found.set(survivor, [...(found.get(survivor) ?? []), entryOf(row).call]);
      }
    }
  }
  return found;
}
