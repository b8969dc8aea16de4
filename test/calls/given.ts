/** A tracker under test, and all it has told. */
import type { Call } from '../../src/calls/call.ts';
import type { CallSummary } from '../../src/calls/call-summary.ts';
import type { ChannelEvent } from '../../src/calls/channel-event.ts';
import { foldCall } from '../../src/calls/evolve.ts';
import type { CallFact, CallText, PbxFact } from '../../src/calls/fact.ts';
import { restoreTracker, watchOf } from '../../src/calls/restore.ts';
import { emptyState, type TrackerState } from '../../src/calls/state.ts';
import type { Effect } from '../../src/calls/step.ts';
import { summaryOf } from '../../src/calls/summary.ts';
import { step } from '../../src/calls/tracker.ts';
import type { TrackerInput } from '../../src/calls/tracker-input.ts';
import type { DutyLine, PbxSetup } from '../../src/lines/duty-line.ts';
import { createLineMatch, type LineMatch } from '../../src/lines/line-match.ts';

export const DID = '09542035678';

/** One line with two phones behind one trunk. */
export function aSetup(line: Partial<DutyLine> = {}, setup: Partial<PbxSetup> = {}): PbxSetup {
  return {
    pbx: 'office',
    trunks: ['PJSIP/telco', 'PJSIP/telco2', 'PJSIP/telcoraw', 'PJSIP/carrier'],
    lines: [
      {
        id: 'line-1',
        room: 'room-1',
        number: '0954-2035678',
        dids: [DID],
        trunks: [],
        phones: ['PJSIP/1001', 'PJSIP/1002'],
        recording: 'none',
        ...line,
      },
    ],
    ...setup,
  };
}

export interface Watched {
  readonly facts: readonly CallFact[];
  readonly pbxFacts: readonly PbxFact[];
  readonly texts: readonly CallText[];
  readonly effects: readonly Effect[];
  readonly state: TrackerState;
  give(...inputs: readonly TrackerInput[]): void;
  /** Events as they come on a quiet line: received when the PBX says. */
  hear(...events: readonly ChannelEvent[]): void;
  /** The service is killed and stands up from what was written. */
  restart(): void;
  /** Two empty lists of channels, far enough apart. */
  seeNothing(at: number): void;
  /** Kinds of the facts, in order. */
  kinds(): readonly string[];
  calls(): readonly Call[];
  /** What people see: joined calls are one. */
  summaries(): readonly CallSummary[];
  /** The only call. */
  summary(): CallSummary;
}

export function watched(setup: PbxSetup = aSetup()): Watched {
  const lines: LineMatch = createLineMatch(setup);
  const facts: CallFact[] = [];
  const pbxFacts: PbxFact[] = [];
  const texts: CallText[] = [];
  const effects: Effect[] = [];
  let state = emptyState(lines, setup.probePrefix ?? null);

  const self: Watched = {
    facts,
    pbxFacts,
    texts,
    effects,
    get state() {
      return state;
    },
    give(...inputs) {
      for (const input of inputs) {
        const made = step(state, input);
        facts.push(...made.facts);
        pbxFacts.push(...made.pbxFacts);
        texts.push(...made.texts);
        effects.push(...made.effects);
      }
    },
    hear(...events) {
      for (const event of events) self.give({ type: 'event', receivedAt: event.pbxAt ?? 0, event });
    },
    restart() {
      state = restoreTracker(lines, setup.probePrefix ?? null, { facts, texts, watch: watchOf(state) });
    },
    seeNothing(at) {
      self.give({ type: 'channels-listed', receivedAt: at, channels: [], first: true });
      self.give({ type: 'channels-listed', receivedAt: at + 2_000, channels: [], first: false });
    },
    kinds: () => facts.map((fact) => fact.kind),
    calls() {
      const grouped = Map.groupBy(facts, (fact) => `${fact.linkedid}|${fact.generation}`);
      return [...grouped.values()].flatMap((told) => {
        const call = foldCall(told);
        const named = texts.findLast(
          (text) => text.linkedid === call?.linkedid && text.generation === call.generation,
        );
        return call === undefined ? [] : [{ ...call, callerName: named?.callerName ?? null }];
      });
    },
    summaries: () =>
      self
        .calls()
        .filter((call) => call.ending?.kind !== 'joined')
        .map(summaryOf),
    summary() {
      const all = self.summaries();
      if (all.length !== 1 || all[0] === undefined) throw new Error(`${all.length} calls, not one`);
      return all[0];
    },
  };
  return self;
}
