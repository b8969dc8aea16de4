/**
 * 封存后补录: calls of a shift whose log was sealed stand in its counts as they were known then. What became known since (calls that the
 * history of the PBX gave, one that rang over the seal and that nobody answered) is told in the next log, one line for each sealed one.
 */
import type { CallCounts, Happening } from '../duty/shift-log.ts';
import { wallTextIn } from '../duty/time-zone.ts';
import type { ReadDeps } from './read.ts';
import { callCounts } from './shift-log-counts.ts';
import type { LogWindow } from './shift-log-happenings.ts';
import type { SealedContent } from './shift-log-seal.ts';

/** A PBX out of sight for longer than this tells its calls by 人工补记. */
const LOOKED_BACK_MS = 2 * 86_400_000;

/** Only for the shift that begins where the last seal ends. */
export async function lateCallHappenings(
  deps: ReadDeps,
  { room, from: sealedTo }: LogWindow,
): Promise<readonly Happening[]> {
  const logs = await deps.db
    .selectFrom('shift_logs')
    .select(['id', 'from_at', 'to_at'])
    .where('room', '=', room)
    .where('from_at', '>=', sealedTo - LOOKED_BACK_MS)
    .where('from_at', '<', sealedTo)
    .orderBy('to_at')
    .execute();
  if (logs.at(-1)?.to_at !== sealedTo) return [];
  const told = logs.map(async ({ id, from_at: from, to_at: to }): Promise<readonly Happening[]> => {
    const [sealed, now] = await Promise.all([
      sealedCounts(deps, room, id),
      callCounts(deps, room, { from, to }),
    ]);
    const more = COUNTED.map(([what, word]) => ({
      word,
      count: Math.max(0, now[what] - (sealed?.[what] ?? now[what])),
    }));
    if (more.every(({ count }) => count === 0)) return [];
    const counts = more.filter(({ count }) => count > 0).map(({ word, count }) => `${word} ${count} 通`);
    const moment = (at: number) => wallTextIn(deps.rules.timeZone, at);
    return [
      {
        ...{ kind: 'late', at: from, knownAt: sealedTo },
        // What stands under the next seal is told; more of it since then is another line.
        id: [id, ...more.map(({ count }) => count)].join('-'),
        text: `封存后补录：${moment(from)} 至 ${moment(to)} 的班封存后记入${counts.join('、')}，不在该班日志的计数内。`,
      },
    ];
  });
  return (await Promise.all(told)).flat();
}

/** A call back, or 无需记录, is an act of who does it, later. */
const COUNTED = [
  ['inbound', '来电'],
  ['outbound', '去电'],
  ['missed', '未接'],
] as const satisfies readonly (readonly [keyof CallCounts, string])[];

/** As they were under the first seal. */
async function sealedCounts({ db }: ReadDeps, room: string, log: string): Promise<CallCounts | undefined> {
  const row = await db
    .selectFrom('shift_log_seals')
    .select('content_json')
    .where('room', '=', room)
    .where('log', '=', log)
    .orderBy('serial')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : (JSON.parse(row.content_json) as SealedContent).counts;
}
