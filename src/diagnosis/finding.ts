/**
 * A finding (疑似 → 问题): what is wrong with a line, gathered under one kind until a person has decided. A machine only ever
 * suspects; confirming, dismissing and closing are people's. Pure; times are integer ms UTC.
 */
import type { Suspicion, SuspicionKind } from './suspicion.ts';

export type FindingState =
  /** 疑似 */
  | 'suspect'
  /** 已确认: it is a 问题 now, to be mended and checked again. */
  | 'confirmed'
  /** 已排除, with a reason. */
  | 'dismissed'
  /** 已整改, after it was checked again. */
  | 'closed';

export interface Finding {
  readonly id: string;
  readonly line: string;
  readonly kind: SuspicionKind;
  readonly state: FindingState;
  readonly openedAt: number;
  /** When it was last noticed, and how often in all. */
  readonly lastAt: number;
  readonly times: number;
  /** Who decided last, and when; null while nobody has. */
  readonly decided: { readonly by: string | null; readonly at: number } | null;
}

/** Ids, times, numbers: the reasons people give are erasable and stand beside the facts (D11). */
export type FindingFact =
  | {
      readonly kind: 'finding-suspected';
      readonly line: string;
      readonly suspicion: Suspicion;
      /** The call it was noticed in; null for a setting or a probe. */
      readonly call: string | null;
      /** The probe it was noticed in, also where our own PBX saw it go (evidence of a call); facts of before have none. */
      readonly probe?: string | null;
      readonly at: number;
    }
  | { readonly kind: FindingDecision; readonly by: string | null; readonly at: number };

export type FindingDecision = 'finding-confirmed' | 'finding-dismissed' | 'finding-closed';

/** Undefined before the first suspicion; a fact that does not fit changes nothing. */
export function foldFinding(id: string, before: Finding | undefined, fact: FindingFact): Finding | undefined {
  if (fact.kind === 'finding-suspected') {
    const { line, suspicion, at } = fact;
    if (before !== undefined)
      return { ...before, lastAt: Math.max(before.lastAt, at), times: before.times + 1 };
    const noticed = { openedAt: at, lastAt: at, times: 1 };
    return { id, line, kind: suspicion.kind, state: 'suspect', ...noticed, decided: null };
  }
  if (before === undefined || !mayFollow(before.state, fact.kind)) return before;
  const { by, at } = fact;
  return { ...before, state: STATE_AFTER[fact.kind], decided: { by, at } };
}

const STATE_AFTER = {
  'finding-confirmed': 'confirmed',
  'finding-dismissed': 'dismissed',
  'finding-closed': 'closed',
} as const satisfies Readonly<Record<FindingDecision, FindingState>>;

/** A suspicion is confirmed or dismissed, one that was confirmed may still prove to be none, and only a confirmed one is closed. */
export function mayFollow(state: FindingState, decision: FindingDecision): boolean {
  if (decision === 'finding-confirmed') return state === 'suspect';
  if (decision === 'finding-dismissed') return state === 'suspect' || state === 'confirmed';
  return state === 'confirmed';
}

export const OPEN_STATES: readonly FindingState[] = ['suspect', 'confirmed'];

export function isOpen(state: FindingState): boolean {
  return OPEN_STATES.includes(state);
}

/**
 * What a standing setting says is said again at every look: once dismissed, the same thing at the same place stays dismissed.
 * Null for what happens anew each time (a call, a probe): that counts again.
 */
export function standingKey({ kind, evidence }: Suspicion): string | null {
  switch (evidence.by) {
    case 'setting':
      return `${kind} ${evidence.key} ${evidence.value}`;
    case 'dialplan': {
      const { context, extension, priority, application, data } = evidence;
      return [kind, context, extension, priority, application, data].join(' ');
    }
    case 'call':
    case 'code':
    case 'probe':
      return null;
  }
}

/** A code that removes forwarding is told with the finding it may mend; by itself it makes no line suspect. */
export function opensFinding({ evidence }: Suspicion): boolean {
  return evidence.by !== 'code' || evidence.change === 'set';
}
