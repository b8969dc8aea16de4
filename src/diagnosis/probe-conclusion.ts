/** What may be concluded from a probe that is over: 呼转 and 彩铃 apart, each for the scope of the probe (D6). Pure. */
import type { EarVerdict } from './hearing.ts';
import type { Conclusion, Found, Probe, ProbeEnding } from './probe.ts';
import type { ProbeHeard, Suspicion, SuspicionKind } from './suspicion.ts';
import { firstOfKind, TOPIC_OF } from './suspicion.ts';
import type { LineCheck, NotKnown, WatchedTopic } from './verdict.ts';

/**
 * `inSight`: our own PBX was listened to all the while, so that a call which was not seen did not come.
 *
 * @param at ms UTC: when it was concluded
 */
export function conclude(probe: Probe, inSight: boolean, at: number): Conclusion {
  const arrived = arrivedOf(probe, inSight);
  const ofForwarding = forwardingOf(probe, arrived);
  const ofRingback = ringbackOf(probe);
  const suspicions = [...seenHere(probe), ...ofForwarding.suspicions, ...ofRingback.suspicions].filter(
    firstOfKind,
  );
  const forwarding = worst(ofForwarding.found, suspicions, 'forwarding');
  const ringback = worst(ofRingback.found, suspicions, 'ringback');
  const { line, scope } = probe.order;
  // Whether another office's call arrives is not asked.
  const ofLine = line !== null && forwarding === 'unknown' ? ofForwarding.why : null;
  const why = ringback === 'unknown' ? ofRingback.why : ofLine;
  const check = (topic: WatchedTopic, result: Found, reason: NotKnown | null): LineCheck => ({
    ...{ topic, scope, source: 'probe', at, result },
    why: result === 'unknown' ? (reason ?? 'probe-failed') : null,
  });
  return {
    forwarding,
    ringback,
    why,
    arrived,
    suspicions: line === null ? [] : suspicions,
    checks:
      line === null
        ? []
        : [check('forwarding', forwarding, ofForwarding.why), check('ringback', ringback, ofRingback.why)],
  };
}

interface Judged {
  readonly found: Found;
  readonly why: NotKnown | null;
  readonly suspicions: readonly Suspicion[];
}

const UNKNOWN = (why: NotKnown): Judged => ({ found: 'unknown', why, suspicions: [] });
const CLEAN: Judged = { found: 'clean', why: null, suspicions: [] };

/** Null: nobody can say whether it came to us. */
function arrivedOf(probe: Probe, inSight: boolean): boolean | null {
  if (probe.order.line === null || probe.crossed) return null;
  if (probe.arrival !== null) return true;
  return inSight ? false : null;
}

function forwardingOf(probe: Probe, arrived: boolean | null): Judged {
  if (probe.order.scope === 'busy' && probe.end?.ending === 'busy' && !probe.crossed) return CLEAN;
  if (arrived === null || probe.end === null || CUT_SHORT.has(probe.end.ending))
    return byItsSigns(probe, arrived);
  if (!arrived) return reached(probe) ? suspect(probe, 'probe-not-arrived', false) : byItsSigns(probe, false);
  if (wentOnWithoutUs(probe)) return suspect(probe, 'probe-not-arrived', true);
  switch (probe.order.scope) {
    case 'always':
      return CLEAN;
    case 'no-answer':
      // Somebody picked it up here: what becomes of a call that nobody takes was not seen.
      return probe.end?.ending === 'timed-out' && probe.arrival?.phoneRang === true
        ? CLEAN
        : UNKNOWN('probe-failed');
    case 'busy':
      // It came in beside the first call: the line was not busy for the carrier.
      return UNKNOWN('probe-failed');
  }
}

/** Where the arrival proves nothing: what the network said, then what was heard. */
function byItsSigns(probe: Probe, arrived: boolean | null): Judged {
  if (probe.passedOn !== undefined) return suspect(probe, 'probe-passed-on', arrived);
  return soundsForwarded(probe) && arrived !== false
    ? suspect(probe, 'sounds-forwarded', arrived)
    : UNKNOWN('probe-failed');
}

/** We ended it ourselves, or it never came to a call. */
const CUT_SHORT: ReadonlySet<ProbeEnding> = new Set(['failed', 'stopped']);

/** The network took the call further than a refusal: somewhere it rang or was answered. */
function reached({ end, rangAt, answeredAt, soundedAt, hearing }: Probe): boolean {
  if (answeredAt !== null || rangAt !== null) return true;
  return end?.ending === 'timed-out' && soundedAt !== null && !REFUSING.has(hearing?.verdict);
}

/** Early media in which the network itself says that it does not put the call through. */
const REFUSING: ReadonlySet<EarVerdict | undefined> = new Set(['busy', 'vacant', 'speech']);

/**
 * Our PBX has seen it, and it rang or talked on somewhere else: it was answered and nobody took it up here, or the arriving
 * leg was gone well before the probe itself ended (无应答 at the carrier).
 */
function wentOnWithoutUs({ arrival, answeredAt, arrivalOverAt, end }: Probe): boolean {
  if (arrival === null || end === null) return false;
  if (answeredAt !== null && !arrival.takenUp) return true;
  const endedBy = end.ending === 'timed-out' || end.ending === 'answered';
  return endedBy && arrivalOverAt !== null && !arrival.takenUp && end.at - arrivalOverAt > OUTLIVES_MS;
}

/** Both ends of one call are gone within a second of each other. */
const OUTLIVES_MS = 2_000;

/** Asked only where the arrival says nothing: a tone that restarts is no proof where the call demonstrably rang here. */
function soundsForwarded({ hearing }: Probe): boolean {
  return hearing?.forwarded === true;
}

function ringbackOf(probe: Probe): Judged {
  const { hearing, end, rangAt, soundSeconds } = probe;
  const wasRefused = end?.ending === 'rejected' || end?.ending === 'busy';
  if (end === null || CUT_SHORT.has(end.ending)) return UNKNOWN('probe-failed');
  if (hearing == null) {
    if (soundSeconds !== null) return UNKNOWN('not-recognised');
    return UNKNOWN(rangAt !== null && !wasRefused ? 'only-ringing' : 'probe-failed');
  }
  switch (hearing.verdict) {
    case 'standard':
      return CLEAN;
    case 'music':
      return suspect(probe, 'heard-music', null);
    case 'speech':
      // 关机, 空号: what the network says of a call it does not put through is no ringback.
      return wasRefused ? UNKNOWN('probe-failed') : suspect(probe, 'heard-speech', null);
    case 'busy':
    case 'vacant':
      return UNKNOWN('probe-failed');
    case 'unclear':
      return UNKNOWN('not-recognised');
  }
}

function suspect(probe: Probe, kind: SuspicionKind, arrived: boolean | null): Judged {
  const { order, hearing, end, passedOn } = probe;
  const evidence: ProbeHeard = {
    by: 'probe',
    probe: order.id,
    heard: hearing?.verdict ?? end?.ending ?? null,
    arrived,
    stretch: hearing?.stretch ?? null,
    ...(passedOn === undefined ? {} : { passedOn }),
  };
  return { found: 'suspect', why: null, suspicions: [{ kind, scope: order.scope, evidence }] };
}

/** What the call shows on our own PBX, as any call would. */
function seenHere({ arrival, crossed }: Probe): readonly Suspicion[] {
  return crossed ? [] : (arrival?.suspicions ?? []);
}

function worst(found: Found, suspicions: readonly Suspicion[], topic: WatchedTopic): Found {
  return suspicions.some(({ kind }) => TOPIC_OF[kind] === topic) ? 'suspect' : found;
}
