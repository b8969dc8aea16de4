/** Calls that lived while nobody listened, from what the PBX kept. Done twice, the second time writes nothing. */
import type { ExpectedProbe } from '../calls/probe-arrival.ts';
import type { PbxSetup } from '../lines/duty-line.ts';
import type { Store } from '../storage/store.ts';
import type { CallStepWork, Work, WorkResult } from '../storage/work.ts';
import { cdrAsCel } from './cdr-as-cel.ts';
import type { CelRow, HistoryReader, HistoryResult } from './cel-row.ts';
import { type CelGroup, groupRows } from './group.ts';
import { type Recovered, recoverGroup, type WhyNotRecoverable } from './recover.ts';

export interface BackfillDeps {
  readonly store: Pick<Store, 'knownChannels' | 'recoveredCalls'>;
  readonly write: (work: Work) => Promise<WorkResult>;
  readonly setup: PbxSetup;
  readonly reader: HistoryReader;
  readonly pbx: string;
  /** The gap, our clock, integer ms UTC. */
  readonly from: number;
  readonly to: number;
  readonly now: number;
  /** PBX clock minus our clock. */
  readonly offsetMs: number;
  /** Probes of ours (拨测) that may have come in meanwhile: no calls. */
  readonly expected?: readonly ExpectedProbe[];
  /** How long a PBX must have written nothing of a call without an end; default 5 minutes. */
  readonly quietMs?: number;
  /** Told after each group. */
  readonly progress: (done: number, all: number) => void;
}

export interface GapReport {
  readonly from: number;
  readonly to: number;
  readonly recovered: number;
  /** Seen live, or recovered by an earlier run. */
  readonly alreadyKnown: number;
  /** Of these, the ones an earlier run recovered: one that was cut off told nobody of them. */
  readonly recoveredBefore: number;
  readonly notOurs: number;
  readonly notRecoverable: readonly LostGroup[];
  /** Rows of the history that cannot be read. */
  readonly brokenRows: number;
  /** The stretch holds more rows than one reading may: its end was not read. */
  readonly cut: boolean;
}

export interface LostGroup {
  readonly why: WhyNotRecoverable['code'] | 'still-open' | 'not-written';
  readonly linkedid: string;
}

export type BackfillResult =
  | { readonly ok: true; readonly report: GapReport }
  /** The history cannot be read now: to be tried again. */
  | { readonly ok: false; readonly reason: string };

/** Before the gap: a call of the gap may have begun long before it was lost. Behind: CEL is written with a delay. */
const BEFORE_MS = 2 * 60 * 60 * 1_000;
const AFTER_MS = 2 * 60 * 60 * 1_000;
/** A call without an end is taken for dead when its PBX wrote nothing of it for this long. */
const QUIET_MS = 5 * 60 * 1_000;

/** Recovers what touched the gap and is not known; what the PBX never wrote is not invented. */
export async function backfill(deps: BackfillDeps): Promise<BackfillResult> {
  const { reader, from, to, offsetMs } = deps;
  // Also beyond our "now": on a busy machine the PBX's clock is measured some seconds late, and a call that has just ended
  // would lose its last rows and count as one that goes on.
  const read = await readHistory(reader, from - BEFORE_MS + offsetMs, to + AFTER_MS + offsetMs);
  if (!read.ok) return read;
  const groups = groupRows(read.rows).filter((group) => touchesGap(group, from + offsetMs, to + offsetMs));
  const known = await knownGroups(deps, groups);
  const lost: LostGroup[] = [];
  let expected = deps.expected ?? [];
  let recovered = 0;
  let ofKnown = 0;
  let notOurs = 0;
  let done = 0;
  for (const group of groups) {
    done += 1;
    deps.progress(done, groups.length);
    const unseen = known.get(group);
    if (unseen?.length === 0) continue;
    const whole = recoverGroup(group, deps.setup, offsetMs, read.from, expected);
    // One call is one probe: a second that looks like it is a real one.
    if (whole.kind === 'not-ours') expected = expected.filter(({ probe }) => probe !== whole.probe);
    const made = unseen === undefined ? whole : onlyThese(unseen, whole);
    if (made === null) continue;
    const outcome = await keep(deps, group, made);
    if (outcome === 'recovered') {
      recovered += 1;
      if (unseen !== undefined) ofKnown += 1;
    } else if (outcome === 'not-ours') notOurs += 1;
    else lost.push({ why: outcome, linkedid: group.linkedIds[0] ?? '' });
  }
  const report: GapReport = {
    from,
    to,
    recovered,
    alreadyKnown: known.size - ofKnown,
    recoveredBefore: await recoveredBefore(deps, [...known.keys()]),
    notOurs,
    notRecoverable: lost,
    brokenRows: read.broken,
    cut: read.cut,
  };
  return { ok: true, report };
}

type History = HistoryResult<CelRow> & { readonly from?: 'cel' | 'cdr' };

/** CEL; where it holds nothing of that time, CDR: a PBX whose CEL is off keeps an empty table, no table, or no file. */
async function readHistory(reader: HistoryReader, from: number, to: number): Promise<History> {
  const cel = await reader.cel(from, to);
  const celIsOff = cel.ok ? cel.rows.length === 0 : cel.noTable === true;
  if (!celIsOff) return { ...cel, from: 'cel' };
  const cdr = await reader.cdr(from, to);
  // Half a history is better told as it is than not at all: CEL could be read, and it is empty.
  if (!cdr.ok) return cel.ok ? { ...cel, from: 'cel' } : cdr;
  const broken = (cel.ok ? cel.broken : 0) + cdr.broken;
  return { ...cdr, rows: cdrAsCel(cdr.rows), broken, from: 'cdr' };
}

type Kept = 'recovered' | 'not-ours' | LostGroup['why'];

async function keep(deps: BackfillDeps, group: CelGroup, made: Recovered): Promise<Kept> {
  if (made.kind === 'not-ours') return 'not-ours';
  if (made.kind === 'not-recoverable') return made.why.code;
  const last = (group.rows.at(-1)?.at ?? 0) - deps.offsetMs;
  if (!made.complete && deps.now - last < (deps.quietMs ?? QUIET_MS)) return 'still-open';
  const work: CallStepWork = {
    type: 'call-step',
    pbx: deps.pbx,
    facts: made.facts,
    pbxFacts: [],
    texts: made.texts,
    drafts: made.drafts,
    offsetMs: deps.offsetMs,
  };
  const result = await deps.write(work);
  return result.ok ? 'recovered' : 'not-written';
}

/**
 * Groups of which any channel is known: what was seen, in whole or in part, is never written a second time. With each the
 * Linkedids of its calls that nobody saw: they began in the gap and were joined with a known call there.
 */
async function knownGroups(
  { store, pbx }: BackfillDeps,
  groups: readonly CelGroup[],
): Promise<ReadonlyMap<CelGroup, readonly string[]>> {
  const ids = new Set(groups.flatMap((group) => [...group.linkedIds, ...group.uniqueIds]));
  const known = await store.knownChannels(pbx, [...ids]);
  return new Map(
    groups
      .filter(({ linkedIds, uniqueIds }) => [...linkedIds, ...uniqueIds].some((id) => known.has(id)))
      .map((group) => [group, unseenCalls(group, known)]),
  );
}

function unseenCalls({ linkedIds, rows }: CelGroup, known: ReadonlySet<string>): readonly string[] {
  const begun = rows.filter((row) => row.eventType === 'CHAN_START');
  const seen = new Set(begun.filter((row) => known.has(row.uniqueId)).map((row) => row.linkedId));
  return linkedIds.filter((linkedid) => !known.has(linkedid) && !seen.has(linkedid));
}

/** Of a group that is known in part, what is told of these calls; null when that is nothing. */
function onlyThese(linkedids: readonly string[], made: Recovered): Recovered | null {
  if (made.kind !== 'call') return null;
  const isOne = ({ linkedid }: { readonly linkedid: string }) => linkedids.includes(linkedid);
  const facts = made.facts.filter(isOne);
  if (facts.length === 0) return null;
  return { ...made, facts, texts: made.texts.filter(isOne), drafts: made.drafts.filter(isOne) };
}

async function recoveredBefore({ store, pbx }: BackfillDeps, groups: readonly CelGroup[]): Promise<number> {
  const recovered = await store.recoveredCalls(pbx, [...new Set(groups.flatMap((group) => group.linkedIds))]);
  return groups.filter(({ linkedIds }) => linkedIds.some((id) => recovered.has(id))).length;
}

/** A table of FreePBX keeps whole seconds (`datetime`): a row of 12:00:00 was written up to 999 ms later. */
const A_SECOND_MS = 1_000;

/**
 * Times are PBX clock here. A short call of the very second in which the gap began must not seem to have ended before it; whoever
 * did end before it was seen live, and is known.
 */
function touchesGap({ rows }: CelGroup, from: number, to: number): boolean {
  const [first, last] = [rows[0]?.at ?? 0, rows.at(-1)?.at ?? 0];
  return first <= to && last + A_SECOND_MS > from;
}
