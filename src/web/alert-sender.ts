/**
 * Brings alerts to the office's receivers (webhook, e-mail). An alert is written down before it is sent, and stays until
 * each receiver has taken it: the network that hides a PBX often hides the receiver too, and a restart must not lose what
 * was to be told. To one receiver they go one after the other, in the order they were raised: 'watched again' never
 * overtakes 'unwatched'. A receiver may get the same alert twice; it knows it by its id.
 */
import type { Intake } from '../intake.ts';
import type { Store } from '../storage/store.ts';
import type { Log } from './log.ts';
import {
  ALERT_TRIED_FOR_MS,
  type AlertBody,
  type AlertChannelName,
  type ChannelView,
} from './protocol/alert-view.ts';

export interface AlertChannel {
  readonly name: AlertChannelName;
  /** Null when the receiver took it; else what it met, without addresses. Never rejects. */
  deliver(body: AlertBody, stopped: AbortSignal): Promise<string | null>;
}

export interface Alerts {
  /** Never waits and never throws. `room` null: it is about the installation. */
  send(body: AlertBody, room?: string | null): void;
  /** How each receiver fares; empty: none is configured. */
  standing(): Promise<readonly ChannelView[]>;
  /** Ends without waiting for a receiver that does not answer. */
  close(): Promise<void>;
}

export interface AlertSenderDeps {
  readonly store: Pick<Store, 'nextAlert' | 'channelStanding'>;
  readonly intake: Pick<Intake, 'work' | 'subscribe'>;
  readonly channels: readonly AlertChannel[];
  readonly clock: () => number;
  readonly log: Log;
  /** Pauses between attempts; the last one repeats. */
  readonly pausesMs?: readonly number[];
  /** How often the alerts are looked at that nobody told of (another process, a restart). */
  readonly lookMs?: number;
  /** How long the store is waited for before an alert goes straight to the receivers. */
  readonly keepWithinMs?: number;
}

const PAUSES_MS = [2_000, 5_000, 15_000, 60_000, 300_000];
const LOOK_MS = 5_000;
/** A database that does not answer must not keep the alert from going out. */
const KEEP_WITHIN_MS = 3_000;

export function createAlertSender(deps: AlertSenderDeps): Alerts {
  const { channels, clock, log } = deps;
  const ended = new AbortController();
  const lanes = channels.map((channel) => startLane(channel, deps, ended.signal));
  const wake = (): void => {
    for (const lane of lanes) lane.wake();
  };
  // A new 疑似 changes its room, and its alert stands in the same commit.
  const stop = deps.intake.subscribe((changes) => {
    if (changes.some((change) => change.entity === 'room')) wake();
  });
  const timer = setInterval(wake, deps.lookMs ?? LOOK_MS);
  wake();

  async function keep(body: AlertBody, room: string | null): Promise<void> {
    const late = Promise.withResolvers<'late'>();
    const patience = setTimeout(() => late.resolve('late'), deps.keepWithinMs ?? KEEP_WITHIN_MS);
    // Late, it still waits for the store; then the lanes bring it, also to who could not be reached meanwhile.
    const keeping = deps.intake.work({ type: 'alert-raised', body, room }).then((written) => {
      if (written.ok) wake();
      return written;
    });
    try {
      const kept = await Promise.race([keeping, late.promise]);
      if (kept !== 'late' && kept.ok) return;
      log('error', 'alert-not-kept', { kind: body.kind });
    } catch (error) {
      log('error', 'alert-not-kept', { kind: body.kind, error: String(error) });
    } finally {
      clearTimeout(patience);
    }
    await Promise.all(channels.map((channel) => deliverUnkept(channel, body)));
  }

  async function deliverUnkept(channel: AlertChannel, body: AlertBody): Promise<void> {
    const answer = await channel.deliver(body, ended.signal);
    logDelivery(log, channel.name, body, answer);
  }

  return {
    send(body, room = null) {
      void keep(body, room);
    },
    standing: () =>
      Promise.all(channels.map(({ name }) => deps.store.channelStanding(name, clock() - ALERT_TRIED_FOR_MS))),
    async close() {
      stop();
      clearInterval(timer);
      ended.abort();
      await Promise.all(lanes.map((lane) => lane.ended()));
    },
  };
}

interface Lane {
  wake(): void;
  ended(): Promise<void>;
}

function startLane(channel: AlertChannel, deps: AlertSenderDeps, stopped: AbortSignal): Lane {
  const { store, intake, clock, log } = deps;
  const pauses = deps.pausesMs ?? PAUSES_MS;
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  let woken = false;
  let timer: NodeJS.Timeout | undefined;
  const end = Promise.withResolvers<'ended'>();
  stopped.addEventListener('abort', () => end.resolve('ended'), { once: true });

  function wake(): void {
    woken = true;
    if (busy || stopped.aborted) return;
    busy = true;
    clearTimeout(timer);
    running = sendAll()
      .catch((error: unknown) =>
        log('error', 'alert-failed', { channel: channel.name, error: String(error) }),
      )
      .finally(() => {
        busy = false;
        // Told of while the last look was under way.
        if (woken) wake();
      });
  }

  async function sendAll(): Promise<void> {
    woken = false;
    while (!stopped.aborted) {
      const next = await store.nextAlert(channel.name, clock() - ALERT_TRIED_FOR_MS);
      if (next === undefined) return;
      const wait = next.nextAt - clock();
      if (wait > 0) {
        timer = setTimeout(wake, wait).unref();
        return;
      }
      if (!(await sendOne(next.body, next.attempts))) return;
    }
  }

  /** False: what came of it is not kept, so that the next look would send the same again; the one after a while may. */
  async function sendOne(body: AlertBody, failed: number): Promise<boolean> {
    const answer = await channel.deliver(body, stopped);
    // Broken off by our own end: that was no attempt.
    if (answer !== null && stopped.aborted) return false;
    const at = clock();
    const pause = pauses[Math.min(failed, pauses.length - 1)] ?? 0;
    const isOld = at + pause - body.at > ALERT_TRIED_FOR_MS;
    const state = answer === null ? 'delivered' : isOld ? 'given-up' : 'waiting';
    logDelivery(log, channel.name, body, answer, failed);
    const keeping = intake.work({
      ...{ type: 'alert-tried', alert: body.id, channel: channel.name },
      ...{ state, answer, at, nextAt: at + pause },
    });
    // A store that fails is waited for, but not beyond our own end.
    const kept = await Promise.race([keeping, end.promise]);
    return kept !== 'ended' && kept.ok;
  }

  return {
    wake,
    async ended() {
      clearTimeout(timer);
      await running;
    },
  };
}

function logDelivery(
  log: Log,
  channel: AlertChannelName,
  { kind, pbx }: AlertBody,
  answer: string | null,
  attempt = 0,
): void {
  if (answer === null) log('info', 'alert-delivered', { channel, kind, pbx });
  else log('warn', 'alert-not-delivered', { channel, kind, pbx, attempt, answer });
}
