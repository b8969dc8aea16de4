/** 拨测 for the page, and what the service must know of them before it places the next. */

import { type HeardByTrunk, type OwnTone, ownToneOf } from '../diagnosis/callers-own-tone.ts';
import { isPlaced, type Probe, stateOf } from '../diagnosis/probe.ts';
import { stepsOf } from '../diagnosis/probe-steps.ts';
import { type Contact, knownCaller } from '../directory/contact.ts';
import { readNumber } from '../directory/number.ts';
import type { ProbeResultView, ProbeView } from '../web/protocol/probe-view.ts';
import { among } from './among.ts';
import { heardBehind } from './heard-by-trunks.ts';
import type { ProbeSoundTable, ProbeTable } from './probe-table.ts';
import type { ReadDeps } from './read.ts';

/** One probe with what decides who may see it. */
export interface ProbeRow {
  readonly probe: Probe;
  /** Room of its line; null for a number of another office. */
  readonly room: string | null;
  readonly sound: Pick<ProbeSoundTable, 'file' | 'bytes' | 'sha256'> | null;
}

/** How often a line was probed since a moment, and when the schedule last asked for it. */
export interface ProbeTally {
  readonly line: string;
  readonly asked: number;
  readonly scheduledAt: number | null;
}

/** Of these lines, the newest first; `outlines` false: a list that is asked for every second, without their waveforms. */
export async function probesOfLines(
  deps: ReadDeps,
  lines: readonly string[],
  limit: number,
  outlines = true,
): Promise<readonly ProbeView[]> {
  if (lines.length === 0) return [];
  const rows = await deps.db
    .selectFrom('probes')
    .selectAll()
    .where(among(deps.dialect, 'line', lines))
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return viewsOf(deps, rows, outlines);
}

/** One with its waveform; undefined: there is none. */
export async function probeView(deps: ReadDeps, id: string): Promise<ProbeView | undefined> {
  const rows = await deps.db.selectFrom('probes').selectAll().where('id', '=', id).execute();
  return (await viewsOf(deps, rows, true))[0];
}

/** Of one 抽查, in the order in which they are placed; without their waveforms. */
export async function probesOfRound(deps: ReadDeps, round: string): Promise<readonly ProbeView[]> {
  const rows = await deps.db
    .selectFrom('probes')
    .selectAll()
    .where('round', '=', round)
    .orderBy('asked_at')
    .orderBy('id')
    .execute();
  return viewsOf(deps, rows, false);
}

export async function probeRow({ db }: ReadDeps, id: string): Promise<ProbeRow | undefined> {
  const row = await db.selectFrom('probes').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  const sound = await db
    .selectFrom('probe_sounds')
    .select(['file', 'bytes', 'sha256'])
    .where('probe_id', '=', id)
    .executeTakeFirst();
  return { probe: probeOf(row), room: row.room, sound: sound ?? null };
}

/** Who asked for a round; undefined: there is no such round. */
export async function askerOfRound({ db }: ReadDeps, round: string): Promise<string | null | undefined> {
  const row = await db
    .selectFrom('probes')
    .select('asked_by')
    .where('round', '=', round)
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : row.asked_by;
}

/** Those that had not been concluded: at start they are what a crash left. */
export async function openProbes({ db }: ReadDeps): Promise<readonly Probe[]> {
  const rows = await db
    .selectFrom('probes')
    .selectAll()
    .where('state', 'in', ['waiting', 'running'])
    .orderBy('asked_at')
    .execute();
  return rows.map(probeOf);
}

/** Those that were placed, of those asked for from … to (ms UTC), oldest first, whatever became of them. */
export async function probesPlaced({ db }: ReadDeps, from: number, to: number): Promise<readonly Probe[]> {
  const rows = await db
    .selectFrom('probes')
    .select('probe_json')
    .where('asked_at', '>=', from - WAITS_AT_MOST_MS)
    .where('asked_at', '<=', to)
    .orderBy('asked_at')
    .execute();
  return rows.map(probeOf).filter(isPlaced);
}

/** A 抽查 may wait for hours before its turn comes. */
const WAITS_AT_MOST_MS = 7 * 3_600_000;

export async function probeTally({ db }: ReadDeps, since: number): Promise<readonly ProbeTally[]> {
  const rows = await db
    .selectFrom('probes')
    .select(['line', 'asked_by', 'asked_at'])
    .where('asked_at', '>=', since)
    .where('line', 'is not', null)
    .execute();
  return [...Map.groupBy(rows, (row) => row.line ?? '')].map(([line, asked]) => {
    const scheduled = asked.filter((row) => row.asked_by === null).map((row) => row.asked_at);
    return { line, asked: asked.length, scheduledAt: scheduled.length === 0 ? null : Math.max(...scheduled) };
  });
}

/** Numbers of other offices that were called since a moment, each as it was written, and how often. */
export async function probedElsewhere(
  { db }: ReadDeps,
  since: number,
): Promise<readonly { readonly number: string; readonly asked: number }[]> {
  const rows = await db
    .selectFrom('probes')
    .select(({ fn }) => ['number', fn.countAll().as('asked')])
    .where('asked_at', '>=', since)
    .where('line', 'is', null)
    .groupBy('number')
    .execute();
  return rows.map(({ number, asked }) => ({ number, asked: Number(asked) }));
}

function probeOf(row: Pick<ProbeTable, 'probe_json'>): Probe {
  return JSON.parse(row.probe_json) as Probe;
}

async function viewsOf(
  deps: ReadDeps,
  rows: readonly ProbeTable[],
  outlines: boolean,
): Promise<readonly ProbeView[]> {
  const { db, dialect, rules } = deps;
  const ids = rows.map((row) => row.id);
  const askers = rows.flatMap((row) => row.asked_by ?? []);
  const keyOf = (number: string) => readNumber(number, rules.areaCode).matchKey;
  const keys = rows.flatMap((row) => keyOf(row.number) ?? []);
  const [sounds, accounts, contacts, units] = await Promise.all([
    db
      .selectFrom('probe_sounds')
      .select(['probe_id', 'seconds'])
      .$if(outlines, (query) => query.select('peaks_json'))
      .where(among(dialect, 'probe_id', ids))
      .execute(),
    db
      .selectFrom('accounts')
      .select(['id', 'name'])
      .where(among(dialect, 'id', askers))
      .execute(),
    db
      .selectFrom('directory')
      .selectAll()
      .where(among(dialect, 'match_key', keys))
      .execute(),
    db
      .selectFrom('lines')
      .innerJoin('rooms', 'rooms.id', 'lines.room')
      .innerJoin('units', 'units.id', 'rooms.unit')
      .select(['lines.id', 'units.name'])
      .execute(),
  ]);
  const heard = await heardBehind(deps, rows.map(probeOf));
  return rows.map((row) => {
    const sound = sounds.find((one) => one.probe_id === row.id);
    const known = contacts.filter((contact) => contact.match_key === keyOf(row.number));
    return viewOf(probeOf(row), {
      sound,
      heard,
      askedBy: accounts.find((account) => account.id === row.asked_by)?.name ?? null,
      unit:
        units.find((unit) => unit.id === row.line)?.name ??
        knownCaller(known as unknown as readonly Contact[])?.unit ??
        null,
    });
  });
}

type ShownSound = Pick<ProbeSoundTable, 'seconds'> & Partial<Pick<ProbeSoundTable, 'peaks_json'>>;

interface Beside {
  readonly sound: ShownSound | undefined;
  readonly askedBy: string | null;
  readonly unit: string | null;
  readonly heard: readonly HeardByTrunk[];
}

function viewOf(probe: Probe, { sound, askedBy, unit, heard }: Beside): ProbeView {
  const { id, line, number, scope } = probe.order;
  return {
    ...{ id, line, number, unit, scope, askedBy },
    at: probe.askedAt,
    dialledAt: probe.dialledAt,
    state: stateOf(probe),
    steps: stepsOf(probe),
    result: resultOf(probe, sound, ownToneOf(probe.order, heard)),
  };
}

function resultOf(probe: Probe, sound: ShownSound | undefined, ownTone: OwnTone): ProbeResultView | null {
  const { conclusion, end, hearing, arrival } = probe;
  if (conclusion === null || end === null) return null;
  const { forwarding, ringback, why, arrived } = conclusion;
  return {
    ...{ forwarding, ringback, why, arrived },
    passedOn: probe.passedOn ?? null,
    ownTone: ringback === 'suspect' ? ownTone.state : null,
    heard:
      hearing == null
        ? null
        : {
            verdict: hearing.verdict,
            confidence: hearing.confidence,
            segments: hearing.segments,
            cadence: hearing.cadence,
            peaks: JSON.parse(sound?.peaks_json ?? '[]') as readonly number[],
          },
    ending: end.ending,
    cause: end.cause,
    sip: end.sip,
    arrival:
      arrival === null
        ? null
        : {
            did: arrival.did,
            caller: arrival.caller,
            diverted: arrival.diverted,
            phoneRang: arrival.phoneRang,
          },
    soundSeconds: sound?.seconds ?? null,
  };
}
