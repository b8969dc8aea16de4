/**
 * What may be said of a line (D6): 未发现, 疑似, 已确认 or 无法判定, for 呼转 and for 彩铃, with its time, its source and its scope.
 * There is no green without evidence: what nobody looked at for a day, and what only rang without a tone, is not known. Pure.
 */
import { type Finding, isOpen } from './finding.ts';
import { type Scope, TOPIC_OF } from './suspicion.ts';

export type WatchedTopic = 'forwarding' | 'ringback';

/** One look at a line, whoever looked: the newest of each scope and source is kept. */
export interface LineCheck {
  readonly topic: WatchedTopic;
  readonly scope: Scope;
  /** A probe we placed, a real call that came in, or the settings of the PBX. */
  readonly source: 'probe' | 'call' | 'settings';
  readonly at: number;
  readonly result: 'clean' | 'suspect' | 'unknown';
  /** Why it could not be told; null otherwise. */
  readonly why: NotKnown | null;
}

export type NotKnown =
  /** Only 180 came back, no tone: nothing to hear. */
  | 'only-ringing'
  /** There is no second trunk to call ourselves by. */
  | 'no-second-trunk'
  /** The probe failed before it could hear anything. */
  | 'probe-failed'
  /** The ear could not tell. */
  | 'not-recognised'
  | 'settings-unreadable';

/** Nothing hindered the looks, and still they prove nothing now. */
export type NotProved =
  | 'never'
  | 'too-old'
  /** What was suspect then has been dismissed or mended: nobody has looked since. */
  | 'not-rechecked'
  /** Only settings of the PBX were looked at: they say nothing of what the carrier does. */
  | 'settings-only';

export interface LineVerdict {
  readonly state: 'none' | 'suspect' | 'confirmed' | 'unknown';
  /** When it was last looked at; null: never. */
  readonly at: number | null;
  readonly source: LineCheck['source'] | null;
  /** What the last clean looks of the past day covered. */
  readonly scopes: readonly Scope[];
  /** For `unknown`. */
  readonly why: NotKnown | NotProved | null;
}

/** After a day nothing is proved any more. */
export const PROOF_LASTS_MS = 24 * 3_600_000;

/**
 * The verdict of one topic from the looks that were had and the findings: the open ones, and those noticed within the past day.
 * Only what was looked at after the last thing suspect proves anything, whatever became of that.
 */
export function verdictOf(
  topic: WatchedTopic,
  checks: readonly LineCheck[],
  findings: readonly Pick<Finding, 'kind' | 'state' | 'lastAt'>[],
  now: number,
): LineVerdict {
  const looks = checks.filter((check) => check.topic === topic).toSorted((one, other) => other.at - one.at);
  const known = findings.filter((finding) => TOPIC_OF[finding.kind] === topic);
  const open = known.filter((finding) => isOpen(finding.state));
  const noticedAt = lastNoticed(looks, known);
  const fresh = looks.filter((check) => now - check.at < PROOF_LASTS_MS);
  const proofs = fresh.filter((check) => check.result === 'clean' && proves(check) && check.at > noticedAt);
  const scopes = [...new Set(proofs.map((check) => check.scope))];
  if (open.length > 0) {
    const state = open.some((finding) => finding.state === 'confirmed') ? 'confirmed' : 'suspect';
    const at = Math.max(...open.map((finding) => finding.lastAt));
    return {
      state,
      at,
      source: looks.find((check) => check.result === 'suspect')?.source ?? null,
      scopes,
      why: null,
    };
  }
  const last = proofs[0];
  if (last !== undefined) return { state: 'none', at: last.at, source: last.source, scopes, why: null };
  const unknown = fresh.find((check) => check.result === 'unknown' && check.at > noticedAt);
  const newest = unknown ?? looks.find(proves) ?? looks[0];
  const why = unknown?.why ?? notProved(newest, fresh, now - noticedAt < PROOF_LASTS_MS);
  return { state: 'unknown', at: newest?.at ?? null, source: newest?.source ?? null, scopes: [], why };
}

/**
 * When something was suspect last; −∞: never. What the settings say counts when it is noticed, not at each look: a setting that a
 * person has dismissed is said again for ever.
 */
function lastNoticed(looks: readonly LineCheck[], known: readonly Pick<Finding, 'lastAt'>[]): number {
  const suspect = looks.filter(({ result, source }) => result === 'suspect' && source !== 'settings');
  return Math.max(
    Number.NEGATIVE_INFINITY,
    ...suspect.map((check) => check.at),
    ...known.map((finding) => finding.lastAt),
  );
}

function notProved(
  newest: LineCheck | undefined,
  fresh: readonly LineCheck[],
  noticedToday: boolean,
): NotProved {
  if (noticedToday || fresh.some((check) => check.result === 'suspect')) return 'not-rechecked';
  if (newest === undefined) return 'never';
  return fresh.length > 0 ? 'settings-only' : 'too-old';
}

/**
 * A real call that arrived proves that the line was not forwarded before our PBX; what the caller heard meanwhile only a
 * probe has heard. Settings without a fault prove nothing of what the carrier does.
 */
function proves({ topic, source }: LineCheck): boolean {
  return source === 'probe' || (source === 'call' && topic === 'forwarding');
}
