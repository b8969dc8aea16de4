/** What telephone and recording of a room have shown since a shift began: for 设备检查. */

import type { Probe } from '../diagnosis/probe.ts';
import type { DeviceEvidence, LineEvidence } from '../duty/device-evidence.ts';
import { openGaps } from './gap-reads.ts';
import type { ShiftSoFar } from './open-matters.ts';
import type { ReadDeps } from './read.ts';
import { callsWithoutSound } from './sound-reads.ts';

export async function deviceEvidence(
  deps: ReadDeps,
  room: string,
  { from, to }: ShiftSoFar,
): Promise<DeviceEvidence> {
  const { db } = deps;
  const [lines, gaps, silent, { recorded }] = await Promise.all([
    db.selectFrom('lines').select(['id', 'number', 'pbx']).where('room', '=', room).orderBy('id').execute(),
    openGaps(deps),
    callsWithoutSound(deps, from, to),
    // By the calls of the shift: the states of recordings would lead through all that were ever kept.
    db
      .selectFrom('calls')
      .innerJoin('recordings', 'recordings.call_id', 'calls.id')
      .select((of) => of.fn.count<number>('recordings.call_id').distinct().as('recorded'))
      .where('calls.room', '=', room)
      .where('calls.started_at', '>=', from)
      .where('recordings.part', '=', 'talk')
      .where('recordings.state', '=', 'attached')
      .executeTakeFirstOrThrow(),
  ]);
  return {
    lines: await Promise.all(
      lines.map(async ({ id, number, pbx }) => ({
        ...{ line: id, number, inSight: !gaps.some((gap) => gap.pbx === pbx) },
        lastCallAt: await lastCall(deps, room, id, from),
        probe: await lastProbe(deps, id, from),
      })),
    ),
    recorded: Number(recorded),
    // What is being taken over just now is not missing yet.
    silent: silent.filter((call) => call.room === room && call.why !== 'unfinished').length,
  };
}

async function lastCall({ db }: ReadDeps, room: string, line: string, from: number): Promise<number | null> {
  const row = await db
    .selectFrom('calls')
    .select('started_at')
    .where('room', '=', room)
    .where('started_at', '>=', from)
    .where('line', '=', line)
    .where('direction', '=', 'inbound')
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.started_at ?? null;
}

async function lastProbe({ db }: ReadDeps, line: string, from: number): Promise<LineEvidence['probe']> {
  const row = await db
    .selectFrom('probes')
    .selectAll()
    .where('line', '=', line)
    .where('asked_at', '>=', from)
    .orderBy('asked_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { conclusion } = JSON.parse(row.probe_json) as Probe;
  return {
    ...{ id: row.id, at: row.asked_at },
    ...{ running: conclusion === null, arrived: conclusion?.arrived ?? null },
  };
}
