/** What a log is drafted from: each source says what happened in a shift of a room, or became known in it. */
import { FINDING_STATE_NAMES, KIND_NAMES } from '../diagnosis/names.ts';
import { BEHIND_SEAL_MS, type Happening } from '../duty/shift-log.ts';
import { wallTextIn } from '../duty/time-zone.ts';
import type { ReadDeps } from './read.ts';
import { incidentHappenings } from './shift-log-incidents.ts';
import { lateCallHappenings } from './shift-log-late-calls.ts';
import { recordHappenings } from './shift-log-records.ts';
import { standingHappenings } from './shift-log-standing.ts';
import { callsWithoutSound } from './sound-reads.ts';

/** Times are integer ms UTC. */
export interface LogWindow {
  readonly room: string;
  readonly from: number;
  /** Excluded; null: the shift runs. */
  readonly to: number | null;
  readonly now: number;
}

const SOURCES: readonly ((deps: ReadDeps, window: LogWindow) => Promise<readonly Happening[]>)[] = [
  recordHappenings,
  incidentHappenings,
  findingHappenings,
  gapHappenings,
  silentHappenings,
  standingHappenings,
  lateCallHappenings,
];

/** At least all that stands in the log of this shift, in any order. */
export async function happeningsOf(deps: ReadDeps, window: LogWindow): Promise<readonly Happening[]> {
  const told = await Promise.all(SOURCES.map((source) => source(deps, window)));
  return told.flat();
}

async function findingHappenings(
  { db }: ReadDeps,
  { room, from, to }: LogWindow,
): Promise<readonly Happening[]> {
  const rows = await db
    .selectFrom('findings')
    .leftJoin('lines', 'lines.id', 'findings.line')
    .select(['findings.id', 'findings.kind', 'findings.state', 'findings.opened_at', 'lines.number'])
    .where('findings.room', '=', room)
    .where('findings.opened_at', '>=', from - BEHIND_SEAL_MS)
    .$if(to !== null, (query) => query.where('findings.opened_at', '<', to ?? 0))
    .execute();
  return rows.map(({ id, kind, state, opened_at: at, number }) => {
    const what = KIND_NAMES[kind as keyof typeof KIND_NAMES];
    const stands = FINDING_STATE_NAMES[state as keyof typeof FINDING_STATE_NAMES];
    const text = `值班电话 ${number ?? ''} 检测发现：${what}（${stands}）。`;
    return { kind: 'finding', id, at, knownAt: at, text };
  });
}

/** Out of sight for less than this is no line of a log: the service was started anew. */
const SHORTEST_GAP = 60_000;

/** One that goes over a hand-over stands in both logs: it was so in both shifts. */
async function gapHappenings(
  { db, rules }: ReadDeps,
  { room, from, to, now }: LogWindow,
): Promise<readonly Happening[]> {
  const pbxs = await db.selectFrom('lines').select('pbx').distinct().where('room', '=', room).execute();
  if (pbxs.length === 0) return [];
  const rows = await db
    .selectFrom('gaps')
    .leftJoin('gap_reports', 'gap_reports.id', 'gaps.id')
    .select(['gaps.id', 'gaps.from_at', 'gaps.to_at', 'gaps.missed', 'gap_reports.recovered', 'gaps.cause'])
    .where(
      'gaps.pbx',
      'in',
      pbxs.map(({ pbx }) => pbx),
    )
    .where((gap) => gap.or([gap('gaps.to_at', 'is', null), gap('gaps.to_at', '>=', from - BEHIND_SEAL_MS)]))
    .$if(to !== null, (query) => query.where('gaps.from_at', '<', to ?? 0))
    .execute();
  return rows.flatMap((row): readonly Happening[] => {
    const end = row.to_at ?? now;
    if (end - row.from_at < SHORTEST_GAP) return [];
    const what = row.cause === 'service-stopped' ? '系统停止值守' : '与电话交换机的连接中断';
    const until = row.to_at === null ? '尚未恢复' : `${wallTextIn(rules.timeZone, row.to_at)} 恢复`;
    const seen = row.missed === null ? '' : `，其间来去电 ${row.missed} 通未即时登记`;
    const recovered = row.recovered === null ? '' : `，系统补采 ${row.recovered} 通`;
    const text = `${what}，${until}${seen}${recovered}。`;
    return [{ kind: 'outage', id: row.id, at: row.from_at, knownAt: end, text }];
  });
}

/** Calls without sound of one shift that follow each other closer than this: one outage of the recording. */
const SAME_OUTAGE = 2 * 3_600_000;
/** A call that begins in a shift has ended so long after its end. */
const LONGEST_CALL = 6 * 3_600_000;

async function silentHappenings(
  deps: ReadDeps,
  { room, from, to, now }: LogWindow,
): Promise<readonly Happening[]> {
  const until = to === null ? now + 1 : to + LONGEST_CALL;
  const found = await callsWithoutSound(deps, from - BEHIND_SEAL_MS, until);
  const silent = found
    .filter((call) => call.room === room && call.why !== 'unfinished')
    .filter((call) => to === null || call.startedAt < to)
    .toSorted((one, other) => one.startedAt - other.startedAt);
  const outages: (typeof silent)[] = [];
  for (const call of silent) {
    const latest = outages.at(-1);
    const before = latest?.at(-1)?.startedAt ?? 0;
    // Before the shift each stands alone: some are sealed with it already.
    if (latest === undefined || before < from || call.startedAt - before > SAME_OUTAGE) outages.push([call]);
    else latest.push(call);
  }
  return outages.flatMap((calls): readonly Happening[] => {
    const [first] = calls;
    const last = calls.at(-1);
    if (first === undefined || last === undefined) return [];
    const span =
      calls.length === 1
        ? ''
        : `，至 ${wallTextIn(deps.rules.timeZone, last.startedAt)} 共 ${calls.length} 通`;
    const text = `通话没有录音${span}。`;
    return [{ kind: 'outage', id: first.call, at: first.startedAt, knownAt: last.endedAt, text }];
  });
}
