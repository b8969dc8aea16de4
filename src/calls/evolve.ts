/**
 * The fold: what a call is after each of its facts. Pure, and total: a fact that does not fit (repeated, too late, about a
 * leg no longer kept) changes nothing.
 */
import type { Call, Forgotten, PreAnswer, Transfer } from './call.ts';
import { evolveLeg } from './evolve-leg.ts';
import type { CallArrived, CallFact, CallTransferred, LegsAdopted, PreAnswerAudioHeard } from './fact.ts';
import { isFruitless, type Leg, newLeg, rangUntil, verdictOf } from './leg.ts';

/** Legs kept in full. A 302 to itself makes 60 in a tenth of a second (Asterisk 22 and 16), a patient queue hundreds. */
export const MAX_LEGS = 64;
const MAX_VERDICTS = 8;
const MAX_RECORDINGS = 32;
const MAX_TRANSFERS = 32;
export const MAX_SOUNDS = 8;
const PARKING_MS = 1_000;

/** The call as its first fact tells it. */
export function callOf(fact: CallArrived): Call {
  const caller = newLeg({
    uniqueid: fact.uniqueid,
    channel: fact.channel,
    endpoint: fact.endpoint,
    role: fact.role,
    openedAt: fact.at,
  });
  return {
    pbx: fact.pbx,
    linkedid: fact.linkedid,
    generation: fact.generation,
    direction: fact.direction,
    line: fact.line,
    lineNumber: fact.lineNumber,
    callerNumber: fact.callerNumber,
    callerName: null,
    dialled: fact.dialled,
    startedAt: fact.at,
    begin: fact.seen,
    caller: fact.uniqueid,
    legs: [caller],
    forgotten: { verdicts: [], rangAt: null, rangUntil: null },
    transfers: [],
    left: [],
    audio: 'none',
    audioAfterFailure: 'none',
    sounds: [],
    queue: 'none',
    voicemail: false,
    nothingToDial: false,
    divertedFrom: undefined,
    recordings: [],
    tampered: false,
    attention: [],
    joined: [],
    ending: null,
    lastFactAt: fact.at,
    factCount: 1,
  };
}

/** The call after one more fact. `call-arrived` begins a call (`callOf`) and changes nothing here. */
export function evolve(call: Call, fact: CallFact): Call {
  const next = changed(call, fact);
  return { ...next, lastFactAt: Math.max(call.lastFactAt, fact.at), factCount: call.factCount + 1 };
}

/** Folds facts from the first (`call-arrived`) on; undefined when they do not begin with it. */
export function foldCall(facts: readonly CallFact[]): Call | undefined {
  const first = facts[0];
  if (first?.kind !== 'call-arrived') return undefined;
  return facts.slice(1).reduce(evolve, callOf(first));
}

function changed(call: Call, fact: CallFact): Call {
  switch (fact.kind) {
    case 'call-arrived':
      return call;
    case 'caller-identified':
      return {
        ...call,
        callerNumber: fact.number ?? call.callerNumber,
        dialled: fact.dialled ?? call.dialled,
      };
    case 'leg-opened':
      return withLeg(call, newLeg({ ...fact, openedAt: fact.at }));
    case 'leg-dialled': {
      const known = call.legs.find((leg) => leg.uniqueid === fact.uniqueid);
      const dialled = evolveLeg(known ?? newLeg({ ...fact, openedAt: fact.at }), fact);
      return promoteAudio(known ? withChange(call, fact.uniqueid, () => dialled) : withLeg(call, dialled));
    }
    case 'leg-rang':
    case 'leg-dial-ended':
    case 'leg-answered':
    case 'leg-bridged':
    case 'leg-unbridged':
    case 'leg-held':
    case 'leg-unheld':
    case 'leg-closed':
    case 'hang-up-asked':
      return withChange(call, fact.uniqueid, (leg) => evolveLeg(leg, fact));
    case 'call-transferred':
      return withTransfer(call, fact);
    case 'call-left-premises':
      return {
        ...call,
        left: [...call.left, { uniqueid: fact.uniqueid, endpoint: fact.endpoint, to: fact.to }].slice(
          -MAX_LEGS,
        ),
      };
    case 'pre-answer-audio-heard':
      return withSound(
        fact.afterFailure
          ? { ...call, audioAfterFailure: stronger(call.audioAfterFailure, fact.audio) }
          : { ...call, audio: stronger(call.audio, fact.audio) },
        fact,
      );
    case 'queue-entered':
      return { ...call, queue: 'waiting' };
    case 'queue-left':
      return { ...call, queue: call.queue === 'abandoned' ? 'abandoned' : 'left' };
    case 'queue-abandoned':
      return { ...call, queue: 'abandoned' };
    case 'voicemail-reached':
      return { ...call, voicemail: true };
    case 'nothing-to-dial':
      return { ...call, nothingToDial: true };
    case 'diversion-read':
      return { ...call, divertedFrom: call.divertedFrom ?? fact.from };
    case 'recording-named':
      return {
        ...call,
        recordings: [
          ...call.recordings,
          { uniqueid: fact.uniqueid, path: fact.path, source: fact.source },
        ].slice(0, MAX_RECORDINGS),
      };
    case 'call-tampered':
      return { ...call, tampered: true };
    case 'legs-adopted':
      return withAdopted(call, fact);
    case 'needs-attention':
      return { ...call, attention: [...call.attention, fact.reason].slice(0, 8) };
    case 'calls-joined':
      return { ...call, ending: { kind: 'joined', at: fact.at, survivor: fact.survivor } };
    case 'call-ended':
      return { ...call, ending: { kind: 'ended', at: fact.at } };
    case 'call-lost-from-sight':
      return { ...call, ending: { kind: 'lost', knownAt: fact.at, lastSeenAt: fact.lastSeenAt } };
  }
}

function withChange(call: Call, uniqueid: string, change: (leg: Leg) => Leg): Call {
  const at = call.legs.findIndex((leg) => leg.uniqueid === uniqueid);
  const leg = call.legs[at];
  return leg === undefined ? call : { ...call, legs: call.legs.with(at, change(leg)) };
}

function withLeg(call: Call, leg: Leg): Call {
  if (call.legs.some((known) => known.uniqueid === leg.uniqueid)) return call;
  if (call.legs.length < MAX_LEGS) return { ...call, legs: [...call.legs, leg] };
  const at = call.legs.findIndex((old) => old.uniqueid !== call.caller && isFruitless(old));
  const old = call.legs[at];
  if (old === undefined) return call;
  return {
    ...call,
    legs: [...call.legs.toSpliced(at, 1), leg],
    forgotten: forget(call.forgotten, old),
  };
}

function forget(forgotten: Forgotten, leg: Leg): Forgotten {
  if (leg.role === 'local' || leg.dialledAt === null) return forgotten;
  const verdict = verdictOf(leg);
  const until = rangUntil(leg);
  return {
    verdicts: forgotten.verdicts.includes(verdict)
      ? forgotten.verdicts
      : [...forgotten.verdicts, verdict].slice(0, MAX_VERDICTS),
    rangAt: forgotten.rangAt ?? leg.rangAt,
    rangUntil: until === null ? forgotten.rangUntil : Math.max(until, forgotten.rangUntil ?? until),
  };
}

function withAdopted(call: Call, fact: LegsAdopted): Call {
  const legs = fact.legs.reduce(withLeg, call);
  const recordings = fact.recordings.filter((r) => !legs.recordings.some((known) => known.path === r.path));
  return {
    ...legs,
    joined:
      fact.from === call.linkedid || call.joined.includes(fact.from)
        ? call.joined
        : [...call.joined, fact.from].slice(0, MAX_LEGS),
    transfers: [...legs.transfers, ...fact.transfers].slice(-MAX_TRANSFERS),
    recordings: [...legs.recordings, ...recordings].slice(0, MAX_RECORDINGS),
  };
}

function withTransfer(call: Call, fact: CallTransferred): Call {
  const made = { kind: fact.transfer, to: fact.to, at: fact.at };
  const moved = { ...call, transfers: onceParked(call, made).slice(-MAX_TRANSFERS) };
  return fact.away.reduce<Call>((c, id) => withChange(c, id, (leg) => ({ ...leg, away: true })), moved);
}

/**
 * A call is parked by transferring it to the parking extension: one move, told twice (Asterisk 22 says ParkedCall before
 * BlindTransfer).
 */
function onceParked(call: Call, made: Transfer): readonly Transfer[] {
  const last = call.transfers.at(-1);
  if (last === undefined || Math.abs(made.at - last.at) > PARKING_MS) return [...call.transfers, made];
  if (made.kind === 'park' && isByHand(last)) return [...call.transfers.slice(0, -1), made];
  return last.kind === 'park' && isByHand(made) ? call.transfers : [...call.transfers, made];
}

function isByHand(transfer: Transfer): boolean {
  return transfer.kind === 'blind' || transfer.kind === 'dtmf';
}

function withSound(call: Call, fact: PreAnswerAudioHeard): Call {
  if (fact.audio !== 'announcement') return call;
  const { sound = null, afterFailure }: { sound?: string | null; afterFailure: boolean } = fact;
  return { ...call, sounds: [...call.sounds, { sound, afterFailure }].slice(0, MAX_SOUNDS) };
}

/** A phone is dialled again: what was heard after the failure was heard before an answer after all. */
function promoteAudio(call: Call): Call {
  if (call.audioAfterFailure === 'none') return call;
  return {
    ...call,
    audio: stronger(call.audio, call.audioAfterFailure),
    audioAfterFailure: 'none',
    sounds: call.sounds.map(({ sound }) => ({ sound, afterFailure: false })),
  };
}

const STRENGTH: Readonly<Record<PreAnswer, number>> = {
  none: 0,
  'early-answer': 1,
  announcement: 2,
  music: 3,
};

function stronger(a: PreAnswer, b: PreAnswer): PreAnswer {
  return STRENGTH[b] > STRENGTH[a] ? b : a;
}
