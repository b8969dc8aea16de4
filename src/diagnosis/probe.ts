/**
 * One probe (拨测): a call that DutyLine places to hear what a caller hears. Its life as facts, and what they fold to. Pure;
 * times are integer ms UTC by our own clock.
 */
import type { ProbeArrival } from './arrival-check.ts';
import type { Hearing } from './hearing.ts';
import type { PassedOn, Scope, Suspicion } from './suspicion.ts';
import type { LineCheck, NotKnown } from './verdict.ts';

export interface ProbeOrder {
  /** UUID; the Uniqueid of its channel holds it. */
  readonly id: string;
  /** Null: another office's line (抽查), of which only what is heard can be told. */
  readonly line: string | null;
  /** As published. */
  readonly number: string;
  /** The 抽查 it belongs to. */
  readonly round: string | null;
  readonly scope: Scope;
  /** PBX that places it, and the trunk it leaves by. */
  readonly pbx: string;
  readonly trunk: string;
  /** Numbers the call may show where it comes in; an order of an earlier version has none. */
  readonly shows?: readonly string[];
  /** How long it may ring, ms: the PBX itself ends it then, whatever becomes of us. */
  readonly ringMs: number;
  /** 遇忙: a first call, by another trunk, keeps the line busy meanwhile. */
  readonly occupier: Occupier | null;
}

export interface Occupier extends Pick<ProbeOrder, 'id' | 'trunk' | 'shows'> {}

/** The main call, or the one that keeps the line busy for it. */
export type ProbeEnd = 'main' | 'occupier';

export type ProbeEnding = 'answered' | 'timed-out' | 'busy' | 'rejected' | 'failed' | 'stopped';

export interface Probe {
  readonly order: ProbeOrder;
  /** Id of the account; null: asked for by the schedule. */
  readonly askedBy: string | null;
  readonly askedAt: number;
  /** The PBX was asked to place it. */
  readonly placedAt: number | null;
  /** 遇忙: what became of the first call; undefined until it is placed. `linkedid`: as our PBX names it where it came in. */
  readonly occupied?: { readonly placedAt: number; readonly linkedid: string | null };
  /** Its channel exists. */
  readonly dialledAt: number | null;
  readonly rangAt: number | null;
  /** Sound comes from the network: the file's zero (Asterisk 16 and 22 write nothing before it). */
  readonly soundedAt: number | null;
  readonly answeredAt: number | null;
  readonly arrival: ProbeArrival | null;
  readonly arrivedAt: number | null;
  readonly arrivalOverAt: number | null;
  /** The network said that it passes the call on; absent in probes of before that was asked. */
  readonly passedOn?: PassedOn;
  /** A real call came in on the line meanwhile: nothing is proved. */
  readonly crossed: boolean;
  readonly end: {
    readonly at: number;
    readonly ending: ProbeEnding;
    readonly cause: number | null;
    readonly sip: string | null;
  } | null;
  /** Undefined: not listened to yet; null: there was nothing, or nobody to listen. */
  readonly hearing: Hearing | null | undefined;
  /** Seconds of sound that are kept; null: none. */
  readonly soundSeconds: number | null;
  readonly conclusion: Conclusion | null;
}

export type Found = 'clean' | 'suspect' | 'unknown';

export interface Conclusion {
  readonly forwarding: Found;
  readonly ringback: Found;
  readonly why: NotKnown | null;
  /** Null: it was not our own line, or not in sight, or crossed by a real call. */
  readonly arrived: boolean | null;
  /** For the findings of our own lines; empty for others. */
  readonly suspicions: readonly Suspicion[];
  readonly checks: readonly LineCheck[];
}

export type ProbeFact =
  | {
      readonly kind: 'probe-asked';
      readonly at: number;
      readonly order: ProbeOrder;
      readonly askedBy: string | null;
    }
  | {
      readonly kind:
        | 'probe-occupier-placed'
        | 'probe-placed'
        | 'probe-dialled'
        | 'probe-rang'
        | 'probe-sounded'
        | 'probe-answered';
      readonly at: number;
    }
  | { readonly kind: 'probe-occupier-arrived'; readonly at: number; readonly linkedid: string }
  | { readonly kind: 'probe-arrived'; readonly at: number; readonly arrival: ProbeArrival }
  | { readonly kind: 'probe-passed-on'; readonly at: number; readonly passedOn: PassedOn }
  | { readonly kind: 'probe-crossed'; readonly at: number }
  | {
      readonly kind: 'probe-ended';
      readonly at: number;
      readonly ending: ProbeEnding;
      readonly cause: number | null;
      readonly sip: string | null;
    }
  | {
      readonly kind: 'probe-heard';
      readonly at: number;
      readonly hearing: Hearing | null;
      readonly soundSeconds: number | null;
    }
  | { readonly kind: 'probe-concluded'; readonly at: number; readonly conclusion: Conclusion };

/** Undefined before it was asked for; a fact that does not fit changes nothing. */
export function foldProbe(before: Probe | undefined, fact: ProbeFact): Probe | undefined {
  if (fact.kind === 'probe-asked') return before ?? asked(fact);
  if (before === undefined) return undefined;
  const { at } = fact;
  switch (fact.kind) {
    case 'probe-occupier-placed':
      return { ...before, occupied: before.occupied ?? { placedAt: at, linkedid: null } };
    case 'probe-occupier-arrived': {
      const { placedAt, linkedid } = before.occupied ?? { placedAt: at, linkedid: null };
      return { ...before, occupied: { placedAt, linkedid: linkedid ?? fact.linkedid } };
    }
    case 'probe-placed':
      return { ...before, placedAt: before.placedAt ?? at };
    case 'probe-dialled':
      return { ...before, dialledAt: before.dialledAt ?? at };
    case 'probe-rang':
      return { ...before, rangAt: before.rangAt ?? at };
    case 'probe-sounded':
      return { ...before, soundedAt: before.soundedAt ?? at };
    case 'probe-answered':
      return { ...before, answeredAt: before.answeredAt ?? at };
    case 'probe-arrived': {
      const { arrival } = fact;
      const overAt = before.arrivalOverAt ?? (arrival.over ? at : null);
      return { ...before, arrival, arrivedAt: before.arrivedAt ?? at, arrivalOverAt: overAt };
    }
    case 'probe-passed-on':
      return { ...before, passedOn: clearer(before.passedOn, fact.passedOn) };
    case 'probe-crossed':
      return { ...before, crossed: true };
    case 'probe-ended': {
      const { ending, cause, sip } = fact;
      return { ...before, end: before.end ?? { at, ending, cause, sip } };
    }
    case 'probe-heard':
      return { ...before, hearing: fact.hearing, soundSeconds: fact.soundSeconds };
    case 'probe-concluded':
      return { ...before, conclusion: before.conclusion ?? fact.conclusion };
  }
}

/** A 181 names nobody: the number that is told later says more. */
function clearer(before: PassedOn | undefined, told: PassedOn): PassedOn {
  if (before === undefined) return told;
  return before.number === null && told.number !== null ? { ...before, number: told.number } : before;
}

function asked({ order, askedBy, at }: Extract<ProbeFact, { kind: 'probe-asked' }>): Probe {
  return {
    order,
    askedBy,
    askedAt: at,
    placedAt: null,
    dialledAt: null,
    rangAt: null,
    soundedAt: null,
    answeredAt: null,
    arrival: null,
    arrivedAt: null,
    arrivalOverAt: null,
    crossed: false,
    end: null,
    hearing: undefined,
    soundSeconds: null,
    conclusion: null,
  };
}

export type ProbeState = 'waiting' | 'running' | 'done' | 'failed';

export function stateOf(probe: Probe): ProbeState {
  if (probe.conclusion !== null) return hasFailed(probe) ? 'failed' : 'done';
  return isPlaced(probe) ? 'running' : 'waiting';
}

/** It, or the call that keeps the line busy for it. */
export function isPlaced({ placedAt, occupied }: Probe): boolean {
  return placedAt !== null || occupied !== undefined;
}

function hasFailed({ end, dialledAt }: Probe): boolean {
  return dialledAt === null || end?.ending === 'failed' || end?.ending === 'stopped';
}
