/** One call as people and `dutyline explain` see it, derived from what its facts folded to. Joined calls are one. */
import type { Call } from './call.ts';
import type { CallSummary } from './call-summary.ts';
import { answeredAt, type Leg, rangUntil } from './leg.ts';
import { answeredLegs, hungUpBy, outcomeOf } from './outcome.ts';

/** Times are integer ms UTC, seconds have 3 decimals and are never negative; what is not known is null. */
export function summaryOf(call: Call): CallSummary {
  const answered = answeredLegs(call);
  const answer = firstAnswer(answered);
  const ringingAt = firstRing(call);
  const endedAt = endOf(call);
  const ringEnd = answer ?? lastRing(call) ?? endedAt;
  return {
    linkedId: call.linkedid,
    line: call.lineNumber,
    direction: call.direction,
    caller: { number: call.callerNumber, name: call.callerName },
    dialled: call.dialled,
    outcome: outcomeOf(call),
    startedAt: call.startedAt,
    ringingAt,
    answeredAt: answer,
    endedAt,
    ringSeconds: secondsBetween(ringingAt, ringEnd),
    talkSeconds: secondsBetween(answer, endedAt),
    answeredBy: lastAnswerer(call, answered),
    hungUpBy: hungUpBy(call),
    transfers: call.transfers.map(({ kind, to }) => ({ kind, to })),
    leftPremises: call.left.length > 0,
    leftTo: leftTo(call),
    diverted: call.divertedFrom === undefined ? null : call.divertedFrom !== null,
    preAnswerAudio: call.audio,
    tampered: call.tampered,
    recordings: recordingPaths(call),
    complete: call.begin !== 'list' && call.ending?.kind === 'ended',
  };
}

function firstAnswer(answered: readonly Leg[]): number | null {
  return answered.length === 0 ? null : Math.min(...answered.map(time));
}

/** The last DialEnd ANSWER that is not Local: after a transfer the one it went to. */
function lastAnswerer(call: Call, answered: readonly Leg[]): string | null {
  const last = answered.reduce<Leg | undefined>(
    (latest, leg) => (latest === undefined || time(leg) >= time(latest) ? leg : latest),
    undefined,
  );
  if (last !== undefined) return last.answeredBy ?? last.endpoint;
  const talking = call.legs.find(
    (leg) => leg.uniqueid !== call.caller && leg.role !== 'local' && leg.foundTalking,
  );
  return talking?.endpoint ?? null;
}

function firstRing(call: Call): number | null {
  const rings = call.legs.flatMap((leg) => (leg.rangAt === null ? [] : [leg.rangAt]));
  if (call.forgotten.rangAt !== null) rings.push(call.forgotten.rangAt);
  return rings.length === 0 ? null : Math.min(...rings);
}

/** When the last phone stopped ringing; null while one still rings. */
function lastRing(call: Call): number | null {
  const rung = call.legs.filter((leg) => leg.rangAt !== null);
  const ends = rung.map(rangUntil);
  if (ends.includes(null)) return null;
  const known = [...ends, call.forgotten.rangUntil].flatMap((end) => (end === null ? [] : [end]));
  return known.length === 0 ? null : Math.max(...known);
}

/** When the last party's Hangup was read; null for a call that lasts or whose end was not seen. */
function endOf(call: Call): number | null {
  if (call.ending?.kind !== 'ended') return null;
  const ends = call.legs.flatMap((leg) =>
    leg.closedAt !== null && leg.closing === 'live' && leg.role !== 'local' ? [leg.closedAt] : [],
  );
  return ends.length === 0 ? call.ending.at : Math.max(call.startedAt, ...ends);
}

/** As dialled: of the leg outside that was answered, else of the first that left. */
function leftTo(call: Call): string | null {
  const answered = new Set(answeredLegs(call).map((leg) => leg.uniqueid));
  const gone = call.left.find((left) => answered.has(left.uniqueid)) ?? call.left[0];
  return gone === undefined || gone.to === '' ? null : gone.to;
}

/** Full paths first; an argument of MixMonitor counts only where no full path of the same file is known. */
function recordingPaths(call: Call): readonly string[] {
  const full = call.recordings.filter((r) => r.source === 'variable').map((r) => r.path);
  const named = call.recordings
    .filter((r) => r.source === 'dialplan' && !full.some((path) => sameFile(path, r.path)))
    .map((r) => r.path);
  return [...new Set([...full, ...named])];
}

/** Asterisk adds the monitor folder in front and, when there is none, an extension behind. */
function sameFile(full: string, named: string): boolean {
  return full === named || full.endsWith(`/${named}`) || full.replace(/\.[^./]*$/, '').endsWith(`/${named}`);
}

function time(leg: Leg): number {
  return answeredAt(leg) ?? 0;
}

function secondsBetween(from: number | null, to: number | null): number | null {
  return from === null || to === null ? null : Math.max(0, to - from) / 1_000;
}
