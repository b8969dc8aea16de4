/** What one input makes of the tracker: what happened, what to keep beside it, what to do now. */
import type { Call } from './call.ts';
import type { CallFact, CallText, PbxFact } from './fact.ts';
import type { TrackerState } from './state.ts';

export interface Step {
  readonly state: TrackerState;
  /** To be written in this order, in one transaction, before anything is published or done. */
  readonly facts: readonly CallFact[];
  /** Gaps of sight: about the PBX, not about a call. */
  readonly pbxFacts: readonly PbxFact[];
  readonly texts: readonly CallText[];
  readonly effects: readonly Effect[];
}

/** Which call an effect is for. */
interface ForCall {
  readonly linkedid: string;
  readonly generation: number;
}

export type Effect =
  /** Inbound: at arrival. Outbound: after a person answered (D4). Never for internal calls. */
  | (ForCall & { readonly kind: 'open-draft'; readonly line: string | null })
  /** Mode `ami` (D5); an addition (`further-party.ts`) in every mode. Not to be kept for later: a late start loses the talk. */
  | (ForCall & {
      readonly kind: 'start-recording';
      readonly channel: string;
      readonly uniqueid: string;
      readonly line: string;
      /** Who sits at the channel's end: decides which side of it is whose. */
      readonly end: 'outside' | 'room';
    })
  /** Ask the channel while it lives; answers come back as `variable-read`. */
  | (ForCall & {
      readonly kind: 'read-variable';
      readonly channel: string;
      readonly uniqueid: string;
      readonly variables: readonly string[];
    })
  /** What our own PBX saw so far of a call that we placed ourselves (of no line: it is held back). `over`: it is gone. */
  | { readonly kind: 'probe-arrived'; readonly probe: string; readonly call: Call; readonly over: boolean }
  /** A real call came in on the line while the probe was awaited. */
  | { readonly kind: 'probe-crossed'; readonly probe: string; readonly caller: string | null }
  /** A channel was missing from a list: look again, not before this time (ms UTC, our clock). */
  | { readonly kind: 'list-channels-again'; readonly notBefore: number };
