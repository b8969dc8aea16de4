/**
 * The loop of the service without its waiting: inputs are stepped through the real tracker, works gathered and written together,
 * and the clock is whatever the plan says. `stop` and `start` are those of a service that is stopped and started again.
 */
import { type KeptWatch, restoreTracker, watchOf } from '../../src/calls/restore.ts';
import { emptyState, type TrackerState } from '../../src/calls/state.ts';
import { step } from '../../src/calls/tracker.ts';
import type { TrackerInput } from '../../src/calls/tracker-input.ts';
import type { PbxSetup } from '../../src/lines/duty-line.ts';
import { createLineMatch } from '../../src/lines/line-match.ts';
import { openStore } from '../../src/storage/open-store.ts';
import type { Store } from '../../src/storage/store.ts';
import type { Work, WorkResult } from '../../src/storage/work.ts';
import { RULES } from '../storage/office.ts';
import { OFFICE, PBX, TRUNK } from './office.ts';

export interface Player {
  readonly store: Store;
  /** Our clock, ms UTC. */
  now: number;
  /** `offsetMs`: the PBX's clock minus ours, as it was measured. */
  hear(input: TrackerInput, offsetMs: number): void;
  /** Will be written with others; what is refused throws then. */
  write(work: Work): void;
  /** Written now, behind all that waits: `done`, or the code of the refusal. */
  tried(work: Work): Promise<string>;
  flush(): Promise<void>;
  stop(): Promise<void>;
  /** Calls that nobody saw, by the PBX's counter. */
  start(missed: number): Promise<void>;
  linkUp(missed: number): void;
}

const BATCH = 400;

const lines = createLineMatch({ pbx: PBX, trunks: [TRUNK], lines: OFFICE.lines } as PbxSetup);

export async function startPlayer(database: string): Promise<Player> {
  let waiting: Work[] = [];
  /** What the recorder says, behind the calls that came meanwhile: between them it would cut what is written together small. */
  const sounds: Work[] = [];
  let tracker: TrackerState = emptyState(lines, null);
  let kept: KeptWatch | null = null;
  const store = await openStore({ database, rules: RULES });

  async function written(works: readonly Work[]): Promise<readonly WorkResult[]> {
    return works.length === 0 ? [] : store.write(works);
  }
  const player: Player = {
    store,
    now: 0,
    hear(input, offsetMs) {
      const { facts, pbxFacts, texts, effects } = step(tracker, input);
      if (facts.length + pbxFacts.length + texts.length === 0) return;
      const drafts = effects.flatMap((effect) =>
        effect.kind === 'open-draft' ? [{ linkedid: effect.linkedid, generation: effect.generation }] : [],
      );
      player.write({ type: 'call-step', pbx: PBX, facts, pbxFacts, texts, drafts, offsetMs });
    },
    write(work) {
      if (work.type === 'recording-report') sounds.push(work);
      else waiting.push(...(work.type === 'call-step' ? [] : sounds.splice(0)), work);
    },
    async tried(work) {
      await player.flush();
      const [result] = await written([work]);
      return result?.ok === false ? result.refusal.code : 'done';
    },
    async flush() {
      const works = [...waiting, ...sounds.splice(0)];
      waiting = [];
      for (let from = 0; from < works.length; from += BATCH) {
        const batch = works.slice(from, from + BATCH);
        for (const [place, result] of (await written(batch)).entries())
          if (!result.ok) throw new Error(`${JSON.stringify(batch[place])}: ${result.refusal.en}`);
      }
    },
    async stop() {
      await player.flush();
      player.hear({ type: 'channels-listed', receivedAt: player.now, channels: [], first: false }, 0);
      kept = watchOf(tracker);
    },
    async start(missed) {
      await player.flush();
      tracker = restoreTracker(lines, null, {
        ...(await store.keptForRestore(PBX, player.now)),
        watch: kept,
      });
      player.linkUp(missed);
    },
    linkUp(missed) {
      const processedCalls = (tracker.watch.processedCalls ?? 0) + missed;
      player.hear({ type: 'link-up', at: player.now, processedCalls, pbxStartedAt: 1 }, 0);
      player.hear({ type: 'channels-listed', receivedAt: player.now, channels: [], first: true }, 0);
    },
  };
  return player;
}
