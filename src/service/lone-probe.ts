/** One probe without the service: two log-ins of its own, and nothing kept but the sound where it is told to. */
import { createAmiManager, DEFAULT_TIMING, type LinkState } from '../asterisk/control/ami-manager.ts';
import { createProbeSession } from '../asterisk/control/probe-session.ts';
import { createListenSession, LISTEN_TIMING, type ListenState } from '../asterisk/listen/listen-session.ts';
import type { Trouble } from '../asterisk/trouble.ts';
import type { AmiAccount, PbxConfig, ProbeConfig, ProbeTrunk } from '../config/config.ts';
import type { Probe, ProbeFact, ProbeOrder } from '../diagnosis/probe.ts';
import { askProbe } from '../diagnosis/probe-step.ts';
import type { RecordingLibrary } from '../recordings/library.ts';
import type { RecordingPlace } from '../recordings/recording-place.ts';
import { newId } from '../storage/new-id.ts';
import type { Log } from '../web/log.ts';
import { probeRules } from './pbx-watch.ts';
import { hearWithEar } from './probe-ear.ts';
import { followProbe } from './probe-run.ts';
import { hearProbe } from './probe-sound.ts';

export interface LoneProbeDeps {
  readonly pbx: PbxConfig & { readonly probe: AmiAccount };
  readonly rules: ProbeConfig;
  readonly trunk: ProbeTrunk;
  /** Null: the PBX records nothing that we could fetch. */
  readonly place: RecordingPlace | null;
  readonly library: RecordingLibrary;
  /** Told as it happens. */
  readonly tell: (fact: ProbeFact) => void;
  readonly log: Log;
}

export type LoneProbe =
  | {
      readonly ok: true;
      readonly probe: Probe;
      /** Its outline: 0 to 100, a hundred a second. */
      readonly peaks: readonly number[];
    }
  | { readonly ok: false; readonly trouble: Trouble };

const LOOK_MS = 250;

/** Calls the number once and says what a caller hears there. Whether it arrives at an office is not asked. */
export async function probeAlone(number: string, deps: LoneProbeDeps): Promise<LoneProbe> {
  const { pbx, rules, trunk, log } = deps;
  const { timeouts } = pbx;
  const access = ({ username, secret }: AmiAccount) => ({
    ...{ host: pbx.host, port: pbx.port, tls: pbx.tls },
    ...{ username, secret: secret.reveal() },
  });
  const timing = { connectWithinMs: timeouts.connectMs, answerWithinMs: timeouts.answerMs };
  const listening = Promise.withResolvers<ListenState>();
  const placing = Promise.withResolvers<LinkState>();
  let peaks: readonly number[] = [];
  let running: ReturnType<typeof followProbe> | null = null;

  const session = createListenSession(
    access(pbx.listen),
    {
      input(input) {
        if (input.type === 'event')
          running?.give({ type: 'event', at: input.receivedAt, event: input.event });
        if (input.type === 'link-down') running?.give({ type: 'stop', at: Date.now() });
      },
      state: (state) => state.state !== 'connecting' && listening.resolve(state),
    },
    Date.now,
    Math.random,
    { ...LISTEN_TIMING, ...timing },
  );
  const manager = createAmiManager(
    access(pbx.probe),
    (state) => state.state !== 'connecting' && placing.resolve(state),
    { ...DEFAULT_TIMING, ...timing },
  );
  const probes = createProbeSession(manager, probeRules(pbx, rules));
  const base = pbx.recordings?.base;
  const sound = {
    ...{ library: deps.library, ear: hearWithEar, log },
    soundOf: () => (base === undefined || deps.place === null ? null : { base, place: deps.place }),
    wait: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
    keep(_probe: string, _kept: unknown, found: readonly number[]) {
      peaks = found;
      return Promise.resolve();
    },
  };
  let timer: NodeJS.Timeout | undefined;
  try {
    const [heard, placed] = await Promise.all([listening.promise, placing.promise]);
    if (heard.reason !== null) return { ok: false, trouble: heard.reason };
    if (placed.state === 'down') return { ok: false, trouble: placed.trouble };
    const order: ProbeOrder = {
      id: newId(),
      line: null,
      number,
      round: null,
      scope: 'always',
      pbx: pbx.id,
      trunk: trunk.trunk,
      shows: trunk.shows,
      ringMs: rules.ringMs,
      occupier: null,
    };
    const asked = askProbe({ type: 'asked', at: Date.now(), order, askedBy: null });
    running = followProbe(
      {
        sessionOf: () => probes,
        trunkOf: () => trunk,
        expect: () => undefined,
        over: () => undefined,
        keep(_probe, facts) {
          for (const fact of facts) deps.tell(fact);
          return Promise.resolve();
        },
        listen: (probe) => hearProbe(sound, probe),
        // Neither of its log-ins may read a channel.
        passedOn: () => Promise.resolve(null),
        now: Date.now,
        log,
      },
      asked.run,
    );
    const one = running;
    timer = setInterval(() => one.give({ type: 'time-passed', at: Date.now() }), LOOK_MS);
    one.give({ type: 'begin', at: Date.now(), inSight: true });
    return { ok: true, probe: await one.done, peaks };
  } finally {
    clearInterval(timer);
    session.stop();
    await manager.stop();
  }
}
