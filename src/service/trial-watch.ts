/** 试拨: while an administrator watches, what arrives at every PBX is kept in memory, and forgotten soon after. */

import type { TrackerInput } from '../calls/tracker-input.ts';
import { seeTrial, type Trial } from '../calls/trial-call.ts';
import { maskedNumber } from '../directory/mask.ts';
import type { PbxSetup } from '../lines/duty-line.ts';
import { createLineMatch } from '../lines/line-match.ts';
import type { TrialCallView, TrialView } from '../web/protocol/setup-view.ts';

export interface TrialWatch {
  /** What a PBX says, beside the tracker. */
  see(pbx: string, input: TrackerInput): void;
  watch(on: boolean): void;
  view(): TrialView;
}

/** Long enough to find a telephone; after that nobody looks any more. */
const WATCHED_MS = 10 * 60_000;

export function createTrialWatch(setups: readonly PbxSetup[], now: () => number): TrialWatch {
  const trials = new Map<string, Trial>();
  let until = 0;

  /** Other people's calls are none of an administrator's business once he has gone. */
  function forget(): void {
    if (until !== 0 && now() >= until) {
      until = 0;
      trials.clear();
    }
  }

  return {
    see(pbx, input) {
      if (until === 0 || input.type !== 'event') return;
      forget();
      if (until !== 0) trials.set(pbx, seeTrial(trials.get(pbx) ?? [], input.event, input.receivedAt));
    },
    watch(on) {
      forget();
      if (!on) trials.clear();
      until = on ? now() + WATCHED_MS : 0;
    },
    view() {
      forget();
      const calls = setups.flatMap((setup) => callViews(setup, trials.get(setup.pbx) ?? []));
      return {
        at: now(),
        until: until === 0 ? null : until,
        calls: calls.sort((one, other) => other.arrivedAt - one.arrivedAt),
      };
    },
  };
}

/** Calls that the phones of a duty line make themselves did not arrive. */
function callViews(setup: PbxSetup, trial: Trial): readonly TrialCallView[] {
  const lines = createLineMatch(setup);
  return trial
    .filter(({ channel }) => lines.lineForPhone(channel) === null)
    .map((call): TrialCallView => {
      const knownTrunk = lines.isTrunk(call.channel);
      return {
        id: `${setup.pbx} ${call.linkedid}`,
        pbx: setup.pbx,
        arrivedAt: call.arrivedAt,
        caller: call.callerNumber === null ? null : maskedNumber(call.callerNumber),
        tampered: call.tampered,
        did: call.did,
        trunk: call.endpoint,
        knownTrunk,
        rang: call.rang.filter((endpoint) => !lines.isTrunk(endpoint)),
        answeredBy: call.answeredBy,
        endedAt: call.endedAt,
        line: knownTrunk ? (lines.lineForArrival(call.channel, call.did)?.id ?? null) : null,
      };
    });
}
