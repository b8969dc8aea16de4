/** 移交事项: whatever is open in a room now, by the tables that know it. */
import type { OpenMatter } from '../duty/hand-over.ts';
import { openCallbacks } from './callback-views.ts';
import { clockMatters } from './incident-clocks.ts';
import { lastTakeOver } from './last-take-over.ts';
import type { ReadDeps } from './read.ts';
import { callsWithoutSound, silentAmong } from './sound-reads.ts';
import { undecidedEmergencies } from './undecided-emergencies.ts';

const MOST = 500;
/** Before the first hand-over of a room nobody knows when its shift began: so far back its calls are looked at. */
const FIRST_LOOK_MS = 86_400_000;

/** Since when the shift runs, and now: integer ms UTC. */
export interface ShiftSoFar {
  readonly from: number;
  readonly to: number;
}

type Source = (deps: ReadDeps, room: string, span: ShiftSoFar) => Promise<readonly OpenMatter[]>;

/** What can be open in a room; `web/matter-views.ts` says each in words. */
const SOURCES: readonly Source[] = [emergencies, clocks, drafts, callbacks, findings, missingSound, tasks];

/** Undecided 突发信息, clocks, drafts, 待回拨, findings and 待办 however old; calls without their sound until a shift has said why it gives them up. */
export async function openMatters(
  deps: ReadDeps,
  room: string,
  span: ShiftSoFar,
): Promise<readonly OpenMatter[]> {
  const found = await Promise.all(SOURCES.map((source) => source(deps, room, span)));
  return found.flat();
}

async function drafts({ db }: ReadDeps, room: string): Promise<readonly OpenMatter[]> {
  const rows = await db
    .selectFrom('records')
    .select('id')
    .where('room', '=', room)
    .where('state', '=', 'draft')
    // 去电 is no open work until somebody has touched it (D4).
    .where((is) => is.or([is('direction', '!=', 'outbound'), is('touched', '=', 1)]))
    .orderBy('opened_at')
    .limit(MOST)
    .execute();
  return rows.map(({ id }) => ({ kind: 'draft', id }));
}

async function callbacks(deps: ReadDeps, room: string): Promise<readonly OpenMatter[]> {
  return (await openCallbacks(deps, room, MOST)).map((id) => ({ kind: 'callback', id }));
}

async function findings({ db }: ReadDeps, room: string): Promise<readonly OpenMatter[]> {
  const rows = await db
    .selectFrom('findings')
    .select('id')
    .where('room', '=', room)
    .where('state', 'in', ['suspect', 'confirmed'])
    .orderBy('opened_at')
    .limit(MOST)
    .execute();
  return rows.map(({ id }) => ({ kind: 'finding', id }));
}

async function emergencies(deps: ReadDeps, room: string, { to }: ShiftSoFar): Promise<readonly OpenMatter[]> {
  const undecided = await undecidedEmergencies(deps, room, to);
  return undecided.map(({ record }) => ({ kind: 'emergency-undecided', id: record }));
}

async function clocks(deps: ReadDeps, room: string, { to }: ShiftSoFar): Promise<readonly OpenMatter[]> {
  return (await clockMatters(deps, room, to)).map((id) => ({ kind: 'clock', id }));
}

async function tasks({ db }: ReadDeps, room: string): Promise<readonly OpenMatter[]> {
  const rows = await db
    .selectFrom('tasks')
    .select('id')
    .where('room', '=', room)
    .where('closed_at', 'is', null)
    .orderBy('written_at')
    .orderBy('id')
    .limit(MOST)
    .execute();
  return rows.map(({ id }) => ({ kind: 'task', id }));
}

/**
 * Calls of this shift and of the one before (a call may be told late, after its shift was handed over), and those that were
 * handed over before that and have no sound still. What the last shift kept for itself with a reason is not asked for again.
 */
async function missingSound(
  deps: ReadDeps,
  room: string,
  { from, to }: ShiftSoFar,
): Promise<readonly OpenMatter[]> {
  const before = (await lastTakeOver(deps, room))?.handOver;
  const gone = (before?.matters ?? []).filter(({ kind }) => kind === 'missing-sound');
  const handed = gone.flatMap((matter) => (matter.handed ? matter.id : []));
  const kept = new Set(gone.flatMap((matter) => (matter.handed ? [] : matter.id)));
  const since = Math.min(from, before?.from ?? to - FIRST_LOOK_MS);
  const [recent, old] = await Promise.all([callsWithoutSound(deps, since, to), silentAmong(deps, handed)]);
  const calls = [...old, ...recent].flatMap((silent) => (silent.room === room ? silent.call : []));
  return [...new Set(calls)]
    .filter((call) => !kept.has(call))
    .slice(0, MOST)
    .map((id) => ({ kind: 'missing-sound', id }));
}
