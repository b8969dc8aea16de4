/** 拨测 among its neighbours: the PBXs that place, the trackers that see the calls arrive, the library that keeps the sound. */
import type { Config, PbxConfig } from '../config/config.ts';
import { passedOnByCount } from '../diagnosis/probe-passed-on.ts';
import type { Office } from '../duty/office.ts';
import type { Intake } from '../intake.ts';
import type { RecordingLibrary } from '../recordings/library.ts';
import { createPauses } from '../recordings/reporting.ts';
import type { Store } from '../storage/store.ts';
import type { Log } from '../web/log.ts';
import type { PbxWatch } from './pbx-watch.ts';
import { hearWithEar } from './probe-ear.ts';
import { hearProbe } from './probe-sound.ts';
import { createProbes, type Probes } from './probes.ts';
import type { RecordingPlaces } from './recording-places.ts';

export interface ProbingDeps {
  readonly config: Config;
  readonly pbxs: readonly PbxConfig[];
  readonly places: RecordingPlaces;
  readonly library: RecordingLibrary;
  readonly store: Store;
  readonly watches: ReadonlyMap<string, PbxWatch>;
  readonly office: Office;
  /** Comes later. */
  readonly intake: () => Intake;
  readonly now: () => number;
  readonly log: Log;
}

export function createProbing(deps: ProbingDeps): { readonly probes: Probes; stop(): Promise<void> } {
  const { config, pbxs, places, library, watches, now, log } = deps;
  const pauses = createPauses();
  const work: Intake['work'] = (one) => deps.intake().work(one);
  const sound = {
    ...{ library, ear: hearWithEar, wait: pauses.pause, log },
    soundOf(pbx: string) {
      const base = pbxs.find((one) => one.id === pbx)?.recordings?.base;
      const place = places.of(pbx);
      return base === undefined || place === null ? null : { base, place };
    },
    keep(
      probe: string,
      kept: Parameters<Parameters<typeof hearProbe>[0]['keep']>[1],
      peaks: readonly number[],
    ) {
      const { file, bytes, seconds, sha256 } = kept;
      // It waits for a store that fails; what is heard is not kept waiting.
      void work({ type: 'probe-sound', probe, ...{ file, bytes, seconds, sha256, peaks }, at: now() });
      return Promise.resolve();
    },
  };
  const probes = createProbes({
    config,
    office: deps.office,
    store: deps.store,
    work,
    receive: (pbx, input) => deps.intake().receive(pbx, input),
    inSight: (pbx) => watches.get(pbx)?.inSight() ?? false,
    sessionOf: (pbx) => watches.get(pbx)?.probes ?? null,
    listen: (probe) => hearProbe(sound, probe),
    async passedOn(pbx, channelId) {
      const answer = await watches.get(pbx)?.questions?.getVariable(channelId, 'REDIRECTING(count)');
      return answer?.ok === true ? passedOnByCount(answer.value) : null;
    },
    now,
    log,
  });
  return {
    probes,
    async stop() {
      await probes.stop();
      pauses.stop();
    },
  };
}
