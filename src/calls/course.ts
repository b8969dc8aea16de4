import type { Call } from './call.ts';
import type { CallFact, CallsJoined } from './fact.ts';

/** One line of 通话经过; `kind` is a fact's kind, `detail` holds ids, numbers and endpoints only. */
export interface CourseLine {
  readonly kind: CallFact['kind'];
  readonly at: number;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

/**
 * The line a fact adds to 通话经过, or null when people need not see it (bridges, paths of files, halves of Local
 * channels). `call` is the call after the fact.
 */
export function courseLine(call: Call, fact: CallFact): CourseLine | null {
  const detail = detailOf(call, fact);
  return detail === null ? null : { kind: fact.kind, at: fact.at, detail };
}

function detailOf(call: Call, fact: CallFact): CourseLine['detail'] | null {
  switch (fact.kind) {
    case 'call-arrived':
      return { endpoint: fact.endpoint, number: fact.callerNumber, dialled: fact.dialled, seen: fact.seen };
    case 'leg-dialled':
      return fact.role === 'local' ? null : { endpoint: fact.endpoint, number: fact.number };
    case 'leg-rang':
    case 'leg-held':
    case 'leg-unheld':
      return ofLeg(call, fact.uniqueid);
    case 'leg-dial-ended': {
      const leg = ofLeg(call, fact.uniqueid);
      return leg === null ? null : { ...leg, status: fact.status, forward: fact.forward };
    }
    case 'leg-answered':
      return { endpoint: fact.endpoint };
    case 'leg-closed': {
      const leg = ofLeg(call, fact.uniqueid);
      return leg === null ? null : { ...leg, cause: fact.cause, seen: fact.seen };
    }
    case 'hang-up-asked':
      return ofLeg(call, fact.uniqueid);
    case 'call-transferred':
      return { ...ofLeg(call, fact.uniqueid), transfer: fact.transfer, to: fact.to };
    case 'call-left-premises':
      return { endpoint: fact.endpoint, to: fact.to };
    case 'pre-answer-audio-heard':
      return fact.afterFailure ? null : { audio: fact.audio };
    case 'diversion-read':
      return fact.from === null ? null : { from: fact.from };
    case 'calls-joined':
      return joined(fact);
    case 'call-lost-from-sight':
      return { reason: fact.reason, lastSeenAt: fact.lastSeenAt };
    case 'needs-attention':
      return { reason: fact.reason };
    case 'queue-entered':
    case 'queue-left':
    case 'queue-abandoned':
    case 'voicemail-reached':
    case 'nothing-to-dial':
    case 'call-tampered':
    case 'call-ended':
      return {};
    case 'caller-identified':
    case 'leg-opened':
    case 'leg-bridged':
    case 'leg-unbridged':
    case 'recording-named':
    case 'legs-adopted':
      return null;
  }
}

function ofLeg(call: Call, uniqueid: string): { readonly endpoint: string } | null {
  const leg = call.legs.find((candidate) => candidate.uniqueid === uniqueid);
  return leg === undefined || leg.role === 'local' ? null : { endpoint: leg.answeredBy ?? leg.endpoint };
}

function joined(fact: CallsJoined): CourseLine['detail'] {
  return { survivor: fact.survivor, joined: fact.joined };
}
