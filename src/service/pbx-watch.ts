/** One PBX as the service stands beside it: the listening log-in, the two that ask and record, and what the tracker wants. */

import type { AmiManager } from '../asterisk/control/ami-manager.ts';
import { createAmiManager, DEFAULT_TIMING } from '../asterisk/control/ami-manager.ts';
import { type ControlSession, createControlSession } from '../asterisk/control/control-session.ts';
import {
  createProbeSession,
  type ProbeSession,
  type ProbeSessionRules,
} from '../asterisk/control/probe-session.ts';
import { createEvidenceStop, createRecorderHand } from '../asterisk/control/recorder-hand.ts';
import { createRecorderSession } from '../asterisk/control/recorder-session.ts';
import { askRights, lackOf } from '../asterisk/control/rights.ts';
import { readVariables } from '../asterisk/control/variable-reader.ts';
import type { ListenSession, ListenState } from '../asterisk/listen/listen-session.ts';
import { createListenSession, LISTEN_TIMING } from '../asterisk/listen/listen-session.ts';
import { hindrance, type Trouble } from '../asterisk/trouble.ts';
import type { Effect } from '../calls/step.ts';
import type { TrackerInput } from '../calls/tracker-input.ts';
import type { AmiAccount, PbxConfig, ProbeConfig } from '../config/config.ts';
import type { RecorderHand } from '../recordings/followed-recording.ts';
import type { LinkBoard } from '../web/link-board.ts';
import type { Log } from '../web/log.ts';
import type { SettingsReaders } from './settings-reading.ts';

export interface PbxWatchDeps {
  readonly receive: (input: TrackerInput) => void;
  readonly links: LinkBoard;
  /** 拨测; null: none is placed. */
  readonly probe: ProbeConfig | null;
  readonly now: () => number;
  readonly log: Log;
}

export interface PbxWatch {
  readonly pbx: string;
  /** Null when no line is recorded by AMI from here. */
  readonly hand: RecorderHand | null;
  /** Null without a control log-in. */
  readonly stopEvidence: ((uniqueid: string) => Promise<void>) | null;
  /** What an audit of settings, or a probe, asks; null without a control log-in. */
  readonly questions: (SettingsReaders & Pick<ControlSession, 'getVariable'>) | null;
  /** Null: from here no probe is placed. */
  readonly probes: ProbeSession | null;
  /** It is listened to, and calls are heard. */
  inSight(): boolean;
  /** PBX clock minus our clock in ms; null before it was measured. */
  offset(): number | null;
  /** Begins to listen. After the intake was restored: what comes first belongs to calls it must know. */
  listen(): void;
  handle(effect: Extract<Effect, { kind: 'read-variable' | 'list-channels-again' }>): void;
  /** Stops to listen: no input comes any more. */
  stopListening(): void;
  stop(): Promise<void>;
}

const TICK_MS = 1_000;

/** The log-ins beside the listening one. */
type BesideName = 'control' | 'recorder' | 'probe';

/** What the log-in for probes of this PBX may say. */
export function probeRules(
  { id, recordings }: PbxConfig,
  { trunks, notice }: ProbeConfig,
): ProbeSessionRules {
  const own = trunks.filter(({ pbx }) => pbx === id).map(({ trunk }) => trunk);
  return { base: recordings?.base ?? null, trunks: own, notice };
}

export function createPbxWatch(config: PbxConfig, deps: PbxWatchDeps): PbxWatch {
  const { now, links, log } = deps;
  const pbx = config.id;
  const timing = {
    connectWithinMs: config.timeouts.connectMs,
    answerWithinMs: config.timeouts.answerMs,
    pingEveryMs: config.timeouts.pingMs,
  };
  /** What the log-ins beside the listening one lack now. */
  const missing = new Map<string, Trouble>();
  let heard: ListenState = { state: 'connecting', reason: null, limits: [], offsetMs: null };
  let session: ListenSession | null = null;
  let ticker: NodeJS.Timeout | undefined;

  const control = config.control === null ? null : logIn('control', config.control);
  const recorder = config.recorder === null ? null : logIn('recorder', config.recorder);
  const probe = config.probe === null || deps.probe === null ? null : logIn('probe', config.probe);
  const questions = control === null ? null : createControlSession(control);

  function access(account: AmiAccount) {
    const { host, port, tls } = config;
    return { host, port, tls, username: account.username, secret: account.secret.reveal() };
  }

  function logIn(name: BesideName, account: AmiAccount): AmiManager {
    const manager = createAmiManager(
      access(account),
      (state) => {
        log('info', 'ami-link', { pbx, session: name, state: state.state });
        if (state.state === 'down') lack(name, hindrance(name, state.trouble));
        if (state.state === 'up') void lookAtRights(name, manager);
      },
      { ...DEFAULT_TIMING, ...timing },
    );
    return manager;
  }

  /** Known at the log-in, not only at the first call that should have been recorded. */
  async function lookAtRights(name: BesideName, manager: AmiManager): Promise<void> {
    const answer = await askRights(manager, name);
    if (manager.state().state === 'up') lack(name, answer.ok ? lackOf(name, answer.value) : null);
  }

  function lack(name: BesideName, hindered: Trouble | null): void {
    if (hindered === null) missing.delete(name);
    else missing.set(name, hindered);
    show();
  }

  function show(): void {
    const counts = session?.counts();
    // While nobody listens, that the other log-ins are out too says nothing new.
    const others = heard.state === 'up' ? [...missing.values()] : [];
    const deaf = deafness();
    links.set({
      pbx,
      name: config.name,
      state: deaf === undefined ? heard.state : 'down',
      since: now(),
      reason: deaf ?? heard.reason,
      offsetMs: heard.offsetMs,
      limits: [...heard.limits, ...others],
      quarantined: counts === undefined ? 0 : counts.tampered + counts.forged,
    });
  }

  /** A log-in that hears no call watches nothing, however well it stands: alarm, alert and page take it for down. */
  function deafness(): Trouble | undefined {
    return heard.state === 'up' ? heard.limits.find(({ code }) => code === 'ami-no-call-events') : undefined;
  }

  show();
  return {
    pbx,
    probes:
      probe === null || deps.probe === null
        ? null
        : createProbeSession(probe, probeRules(config, deps.probe)),
    inSight: () => heard.state === 'up' && deafness() === undefined,
    hand:
      recorder === null || config.recordings === null
        ? null
        : createRecorderHand(createRecorderSession(recorder, config.recordings.base), questions),
    stopEvidence: questions === null ? null : createEvidenceStop(questions),
    questions,
    offset: () => session?.state().offsetMs ?? null,
    listen: () => {
      session = createListenSession(
        access(config.listen),
        {
          input: deps.receive,
          state: (state) => {
            heard = state;
            log('info', 'ami-link', {
              pbx,
              session: 'listen',
              state: state.state,
              reason: state.reason?.code,
            });
            show();
          },
        },
        now,
        Math.random,
        { ...LISTEN_TIMING, ...timing },
      );
      ticker = setInterval(() => {
        deps.receive({ type: 'time-passed', at: now() });
        show();
      }, TICK_MS);
    },
    handle: (effect) => {
      if (effect.kind === 'list-channels-again') session?.listAgain(effect.notBefore);
      else if (questions !== null) {
        readVariables(questions, effect, now, deps.receive).catch((error: unknown) => {
          log('error', 'variables-failed', { pbx, error: String(error) });
        });
      }
    },
    stopListening: () => {
      clearInterval(ticker);
      session?.stop();
    },
    stop: async () => {
      await Promise.all([control?.stop(), recorder?.stop(), probe?.stop()]);
    },
  };
}
