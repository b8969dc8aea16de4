/**
 * PURE. Which recordings may go by the office's policy. Without a rule that fits, a recording stays for ever; what is
 * protected stays whatever the rules say. No source names a period for sound of duty telephones, so there is no default.
 */
import type { Protection } from '../../sound/protection.ts';

export interface RetentionRule {
  /** Id of the unit it is made for, with the units below; null: all units. */
  readonly unit: string | null;
  /** `no-record`: sound of calls for which no record was registered. */
  readonly kind: RetentionKind;
  readonly days: number;
}

export type RetentionKind = 'talk' | 'before-answer' | 'no-record' | 'probe';

export interface Retained {
  readonly recording: string;
  /** Its unit, then the unit above, and so on. */
  readonly units: readonly string[];
  readonly part: 'talk' | 'before-answer' | 'probe';
  /** A call with a registered record, or an open finding, protects its sound: what may go has none. */
  readonly protectedBy: Protection | null;
  /** When it was made, integer ms UTC. */
  readonly at: number;
  /** Of all its files. */
  readonly bytes: number;
}

export interface Deletion {
  readonly recording: string;
  readonly bytes: number;
  /** The rule by which it goes. */
  readonly rule: RetentionRule;
  readonly ageDays: number;
  readonly zh: string;
  readonly en: string;
}

const DAY_MS = 86_400_000;
const KINDS: Readonly<Record<RetentionKind, { readonly zh: string; readonly en: string }>> = {
  talk: { zh: '通话录音', en: 'sound of a talk' },
  'before-answer': { zh: '接听前录音', en: 'sound of before the answer' },
  'no-record': { zh: '未登记来电的录音', en: 'sound of a call without a record' },
  probe: { zh: '拨测录音', en: 'sound of a probe' },
};

/** Recordings whose time is over, oldest first. `now` in integer ms UTC. */
export function deletionsDue(
  recordings: readonly Retained[],
  rules: readonly RetentionRule[],
  now: number,
): readonly Deletion[] {
  return recordings
    .filter(({ protectedBy }) => protectedBy === null)
    .toSorted((one, other) => one.at - other.at || (one.recording < other.recording ? -1 : 1))
    .flatMap((one) => {
      const rule = ruleFor(one, rules);
      return rule !== null && now - one.at >= rule.days * DAY_MS ? [deletion(one, rule, now)] : [];
    });
}

/**
 * The rule an unprotected recording goes by, null when none fits. The nearest unit decides. In it, it goes by `no-record`
 * where there is such a rule, else by what its sound is. Of two rules that say the same thing the longer counts. A probe is no
 * call and has no record: it goes by `probe`, else by the rule for what is heard before an answer, which its sound is.
 */
export function ruleFor(
  { units, part }: Pick<Retained, 'units' | 'part'>,
  rules: readonly RetentionRule[],
): RetentionRule | null {
  const kinds: readonly RetentionKind[] = part === 'probe' ? ['probe', 'before-answer'] : ['no-record', part];
  for (const unit of [...units, null]) {
    for (const kind of kinds) {
      const [longest] = rules
        .filter((rule) => rule.unit === unit && rule.kind === kind)
        .toSorted((one, other) => other.days - one.days);
      if (longest !== undefined) return longest;
    }
  }
  return null;
}

function deletion({ recording, bytes, at }: Retained, rule: RetentionRule, now: number): Deletion {
  const ageDays = Math.floor((now - at) / DAY_MS);
  const { zh, en } = KINDS[rule.kind];
  return {
    recording,
    bytes,
    rule,
    ageDays,
    zh: `${zh}按规定保存 ${rule.days} 天，已 ${ageDays} 天`,
    en: `${en} is kept for ${rule.days} days by policy, it is ${ageDays} days old`,
  };
}
