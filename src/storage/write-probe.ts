/** What happens to a probe, and the sound that it leaves. What it found of a line becomes findings in the same transaction. */
import { foldProbe, type Probe, type ProbeFact, stateOf } from '../diagnosis/probe.ts';
import { appendFact, type Desk, noteChange } from './desk.ts';
import { keepChecks } from './line-checks.ts';
import { DONE, type Outcome } from './outcome.ts';
import { writeSuspicion } from './write-suspicion.ts';

export type ProbeWork =
  /** In their order. */
  | { readonly type: 'probe-facts'; readonly probe: string; readonly facts: readonly ProbeFact[] }
  | {
      readonly type: 'probe-sound';
      readonly probe: string;
      /** Relative to the recordings folder. */
      readonly file: string;
      readonly bytes: number;
      readonly seconds: number;
      readonly sha256: string;
      readonly peaks: readonly number[];
      readonly at: number;
    }
  /** By the office's policy: its files are gone, what was found stays. */
  | { readonly type: 'probe-sound-expired'; readonly probe: string };

export async function writeProbe(desk: Desk, work: ProbeWork): Promise<Outcome> {
  if (work.type === 'probe-facts') return writeFacts(desk, work);
  if (work.type === 'probe-sound-expired') {
    await desk.db.deleteFrom('probe_sounds').where('probe_id', '=', work.probe).execute();
    return DONE;
  }
  const { probe, file, bytes, seconds, sha256, peaks, at } = work;
  const row = { file, bytes, seconds, sha256, peaks_json: JSON.stringify(peaks), at };
  await desk.db
    .insertInto('probe_sounds')
    .values({ probe_id: probe, ...row })
    .onConflict((clash) => clash.column('probe_id').doUpdateSet(row))
    .execute();
  desk.effects.push({ id: desk.newId(), kind: 'copy-probe-sound', probe });
  return DONE;
}

async function writeFacts(
  desk: Desk,
  { probe, facts }: Extract<ProbeWork, { type: 'probe-facts' }>,
): Promise<Outcome> {
  const keyed = facts.map((fact) => [keyOf(desk, probe, fact), fact] as const);
  const written = await writtenAmong(
    desk,
    keyed.map(([key]) => key),
  );
  const stood = await stateIn(desk, probe);
  let isNews = false;
  for (const [key, fact] of keyed) {
    if (written.has(key)) continue;
    const before = await loadProbe(desk, probe);
    const room = fact.kind === 'probe-asked' ? await roomOf(desk, fact.order.line) : null;
    appendFact(desk, {
      fact_key: key,
      stream: 'probe',
      stream_id: probe,
      kind: fact.kind,
      at: fact.at,
      fact_json: JSON.stringify(fact),
      context_json: fact.kind === 'probe-asked' ? JSON.stringify({ room }) : null,
    });
    await foldProbeFact(desk, probe, fact, room);
    if (fact.kind === 'probe-concluded' && before !== undefined)
      isNews = (await tellFound(desk, before, fact)) || isNews;
  }
  const stands = await stateIn(desk, probe);
  // Its steps are seen by whoever looks at the probe itself; a room says only that one waits, runs, or has found something.
  if (stands?.room != null && (isNews || stands.state !== stood?.state))
    noteChange(desk, 'room', stands.room, stands.room);
  return DONE;
}

function stateIn({ db }: Pick<Desk, 'db'>, probe: string) {
  return db.selectFrom('probes').select(['state', 'room']).where('id', '=', probe).executeTakeFirst();
}

/** An arriving call is told of several times; everything else happens once, and is harmless when repeated. */
function keyOf(desk: Desk, probe: string, { kind }: ProbeFact): string {
  return `probe:${probe}:${kind}${kind === 'probe-arrived' ? `:${desk.newId()}` : ''}`;
}

async function writtenAmong({ db }: Pick<Desk, 'db'>, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('facts')
    .select('fact_key')
    .where('fact_key', 'in', [...keys])
    .execute();
  return new Set(rows.map((row) => row.fact_key));
}

/** Whether people have to hear of what was looked at; a suspicion is told of by itself. */
async function tellFound(
  desk: Desk,
  { order }: Probe,
  { conclusion, at }: Extract<ProbeFact, { kind: 'probe-concluded' }>,
): Promise<boolean> {
  const { line } = order;
  const room = line === null ? null : await roomOf(desk, line);
  // Taken out of the office while it was probed: there is nobody to tell.
  if (line === null || room === null) return false;
  for (const suspicion of conclusion.suspicions)
    await writeSuspicion(desk, suspicion, { line, room, call: null, probe: order.id, at });
  return keepChecks(desk, line, conclusion.checks);
}

async function roomOf(desk: Desk, line: string | null): Promise<string | null> {
  return (await desk.office.lines()).find((one) => one.id === line)?.room ?? null;
}

async function loadProbe({ db }: Pick<Desk, 'db'>, id: string): Promise<Probe | undefined> {
  const row = await db.selectFrom('probes').select('probe_json').where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : (JSON.parse(row.probe_json) as Probe);
}

/** The row after one fact; live and when everything is folded anew. */
export async function foldProbeFact(
  { db }: Pick<Desk, 'db'>,
  id: string,
  fact: ProbeFact,
  room: string | null,
): Promise<void> {
  const before = await loadProbe({ db }, id);
  const after = foldProbe(before, fact);
  if (after === undefined) return;
  const columns = { state: stateOf(after), probe_json: JSON.stringify(after) };
  if (before !== undefined) {
    await db.updateTable('probes').set(columns).where('id', '=', id).execute();
    return;
  }
  const { line, number, round } = after.order;
  const { askedBy: asked_by, askedAt: asked_at } = after;
  await db
    .insertInto('probes')
    .values({ id, line, room, number, round, asked_by, asked_at, ...columns })
    .execute();
}
