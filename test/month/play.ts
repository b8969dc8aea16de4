/** The plan, played through the real code from its first moment to its last. */
import { openSqlite } from '../../src/storage/sqlite.ts';
import type { Work } from '../../src/storage/work.ts';
import { FIRST, GAPS, MINUTE, pbxAhead } from './calendar.ts';
import { NOTES, OFFICE, PBX, PHONES, ROOM } from './office.ts';
import type { Plan } from './plan.ts';
import { answeredAt, endedAt, type PlannedCall } from './planned-calls.ts';
import { NOTES_AT } from './planned-papers.ts';
import { type Player, startPlayer } from './player.ts';
import { eventsOf, linkedidOf } from './telephone.ts';

/** What is done at a moment; those of the same moment in the order in which they were planned. */
export interface Act {
  readonly at: number;
  readonly act: () => Promise<void> | void;
}

export interface Stage extends Player {
  readonly plan: Plan;
  /** Ids of a call and of its record, as the store gave them. */
  callId(key: string): Promise<string>;
  recordId(key: string): Promise<string>;
  /** Plan keys by the ids of calls and records, of all there are. */
  keys(): Promise<ReadonlyMap<string, string>>;
  close(): Promise<void>;
}

export async function openStage(plan: Plan, database: string): Promise<Stage> {
  const player = await startPlayer(database);
  const db = openSqlite(database, 'read');
  const keys = new Map(plan.calls.map((call, serial) => [linkedidOf(call, serial), call.key]));
  const known = new Map<string, { readonly call: string; readonly record: string | null }>();
  let since = 0;
  async function look(): Promise<void> {
    await player.flush();
    const rows = await db
      .selectFrom('calls')
      .leftJoin('records', 'records.call_id', 'calls.id')
      .select(['calls.id', 'calls.linkedid', 'calls.started_at', 'records.id as record'])
      .where('calls.room', '=', ROOM)
      .where('calls.started_at', '>=', since)
      .execute();
    for (const { id, linkedid, record, started_at } of rows) {
      const of = keys.get(linkedid) ?? '';
      known.set(of, { call: id, record });
      // Outgoing calls get their form late; nothing of yesterday is looked for for the first time.
      since = Math.max(since, started_at - 60 * MINUTE);
    }
  }
  async function lookFor(key: string) {
    if (!known.has(key)) await look();
    const found = known.get(key);
    if (found === undefined) throw new Error(`no call ${key}`);
    return found;
  }
  return Object.assign(player, {
    plan,
    callId: async (key: string) => (await lookFor(key)).call,
    recordId: async (key: string) => (await lookFor(key)).record ?? '',
    async keys() {
      await look();
      return new Map(
        [...known].flatMap(([key, { call, record }]) => [[call, key] as const, [record ?? '', key] as const]),
      );
    },
    async close() {
      await player.store.close();
      await db.destroy();
    },
  });
}

export async function play(stage: Stage, acts: readonly Act[]): Promise<void> {
  for (const { at, act } of acts.toSorted((one, other) => one.at - other.at)) {
    stage.now = at;
    await act();
  }
  await stage.flush();
}

/** The office, and the PBX in sight. */
export function beginning(stage: Stage): readonly Act[] {
  const by = { room: ROOM, account: 'a-1', person: null, name: '王某' };
  return [
    {
      at: FIRST - 240 * 60 * MINUTE,
      act: () => {
        stage.write({ type: 'office-import', office: OFFICE, at: stage.now });
        stage.linkUp(0);
      },
    },
    ...NOTES_AT.map(
      (at, base): Act => ({
        at,
        act: () => {
          const notes = { ...NOTES, other: `第 ${base + 1} 版` };
          stage.write({ ...by, type: 'duty-notes-edit', base, notes, at });
        },
      }),
    ),
  ];
}

export function theTelephone(stage: Stage): readonly Act[] {
  return [...stage.plan.calls.flatMap((call, serial) => callActs(stage, call, serial)), ...gapActs(stage)];
}

function callActs(stage: Stage, call: PlannedCall, serial: number): readonly Act[] {
  const offsetMs = pbxAhead(call.at);
  const heard = eventsOf(call, serial).map(
    ({ at, event }): Act => ({
      at,
      act: () => stage.hear({ type: 'event', receivedAt: at, event }, offsetMs),
    }),
  );
  const answer = answeredAt(call);
  if (answer === null || call.isSilent) return heard;
  const end = endedAt(call);
  const recording = `sound-${call.key}`;
  const linkedid = linkedidOf(call, serial);
  const known: Work = {
    type: 'recording-report',
    report: {
      ...{ type: 'recording-known', recording, pbx: PBX, linkedid, uniqueid: linkedid, part: 'talk' },
      ...{ mode: 'ami', pbxPath: `/spool/${call.key}.wav`, at: answer },
    },
  };
  const seconds = (end - answer) / 1_000;
  const attached: Work = {
    type: 'recording-report',
    report: {
      ...{ type: 'recording-attached', recording, file: `${call.key}.wav`, bytes: seconds * 16_000, seconds },
      ...{ sha256: String(serial).padStart(64, '0'), repaired: false, at: end },
    },
  };
  const says = (at: number, work: Work): Act => ({ at, act: () => stage.write(work) });
  return [...heard, says(answer, known), says(end, attached)];
}

function gapActs(stage: Stage): readonly Act[] {
  return GAPS.flatMap((gap): readonly Act[] => {
    const isStop = gap.key === 'stop';
    const down = () =>
      isStop ? stage.stop() : stage.hear({ type: 'link-down', at: stage.now, reason: 'reset' }, 0);
    const up = () => (isStop ? stage.start(gap.missed) : stage.linkUp(gap.missed));
    const { reportedAt, recovered } = gap;
    if (reportedAt === null)
      return [
        { at: gap.from, act: down },
        { at: gap.to, act: up },
      ];
    const report = async () => {
      await stage.flush();
      const [row] = await stage.store.recentGaps(gap.from - MINUTE);
      stage.write({
        ...{ type: 'gap-report', id: row?.id ?? '', pbx: PBX, from: gap.from, to: gap.to, at: reportedAt },
        ...{ recovered, known: 0, notRecoverable: [] },
      });
    };
    return [
      { at: gap.from, act: down },
      { at: gap.to, act: up },
      { at: reportedAt, act: report },
    ];
  });
}

/** 换人 at both seats: whoever took over. */
export function seatWorks(people: readonly string[], at: number): readonly Work[] {
  return PHONES.map((_, n): Work => {
    const person = people[n] ?? people[0] ?? null;
    return { type: 'seat-person', seat: `seat-${n + 1}`, person, at };
  });
}
