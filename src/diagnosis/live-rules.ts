/**
 * What one call of a duty line shows by itself, with nobody asking (measured on Asterisk 22 and 16).
 * Pure: a call as folded so far in, suspicions out. Asked after each fact that may add one; the same suspicion comes out each time.
 *
 * An inbound call whose leg leaves through a trunk was forwarded: that held in every measured case (302, CF in the dialplan or
 * straight to a trunk, ring groups, follow-me). What the carrier forwards before it reaches us cannot be seen here: the arrival
 * check of a probe finds that.
 */
import type { Call } from '../calls/call.ts';
import { answeredAt, type Leg } from '../calls/leg.ts';
import { answeredLegs } from '../calls/outcome.ts';
import { summaryOf } from '../calls/summary.ts';
import { firstOfKind, type LeavingWay, type LeftPremises, type Scope, type Suspicion } from './suspicion.ts';
import { areApprovedSounds, rulesOfLine, targetOf, type WatchRules } from './watch-rules.ts';

/** Everything this call shows so far. Empty for calls of no line, and for calls that go out. */
export function suspicionsOfCall(call: Call, rules: WatchRules): readonly Suspicion[] {
  const { line } = call;
  if (line === null || call.direction !== 'inbound' || call.ending?.kind === 'joined') return [];
  return [
    ...leftPremises(call, rules, line),
    ...answeredElsewhere(call, rules, line),
    ...diverted(call, rules, line),
    ...soundBeforeAnswer(call, rules, line),
    ...unreachable(call),
    ...rangLong(call, rules),
  ];
}

/**
 * Whether this may turn out otherwise within the moment: the phone of the same Dial may be told of behind the trunk, and even
 * behind its ringing (16 and 22), so that "instead" is true only when the far end has rung for a moment, was answered, or is over.
 */
export function mayStillChange(call: Call, { evidence }: Suspicion): boolean {
  if (evidence.by !== 'call' || evidence.what !== 'left' || evidence.way !== 'instead') return false;
  return call.ending === null && !call.left.some(({ uniqueid }) => hasGotSomewhere(call, uniqueid));
}

function hasGotSomewhere(call: Call, uniqueid: string): boolean {
  const leg = call.legs.find((one) => one.uniqueid === uniqueid);
  if (leg === undefined || answeredAt(leg) !== null) return true;
  if (leg.dialEndedAt !== null || leg.closedAt !== null) return true;
  return leg.rangAt !== null && leg.rangAt - (leg.dialledAt ?? leg.openedAt) >= SAME_MOMENT_MS;
}

function leftPremises(call: Call, rules: WatchRules, line: string): readonly Suspicion[] {
  const found = call.left.flatMap((left): readonly Suspicion[] => {
    const target = targetOf(left.to, rules, line);
    if (target === 'approved') return [];
    const leg = call.legs.find((one) => one.uniqueid === left.uniqueid);
    const way = wayOut(call, leg);
    const evidence: LeftPremises = {
      ...{ by: 'call', what: 'left', to: left.to, trunk: left.endpoint, target, way },
    };
    const kind = way === 'transfer' ? 'transferred-outside' : 'left-premises';
    return [{ kind, scope: scopeOf(call, way), evidence }];
  });
  // The mobile an inspector asks for before a number nobody knows.
  return found.toSorted((one, other) => weight(other) - weight(one)).filter(firstOfKind);
}

function weight({ evidence }: Suspicion): number {
  return evidence.by === 'call' && evidence.what === 'left' && evidence.target === 'mobile' ? 1 : 0;
}

function wayOut(call: Call, leg: Leg | undefined): LeavingWay {
  if (call.legs.some((one) => one.forward !== null)) return 'phone-forward';
  const at = leg?.dialledAt ?? leg?.openedAt ?? call.lastFactAt;
  const byHand = call.transfers.some(
    (transfer) => transfer.kind !== 'park' && transfer.at <= at + SAME_MOMENT_MS,
  );
  const taken = answeredLegs(call).some(
    (one) => one.uniqueid !== leg?.uniqueid && (answeredAt(one) ?? at) < at,
  );
  if (byHand || taken) return 'transfer';
  const rung = phonesRung(call);
  if (rung.length === 0) return 'instead';
  return rung.some((phone) => ringsWith(phone, at)) ? 'together' : 'after';
}

/** One that has rung alone for seconds was not rung with the trunk: FollowMe may end it a moment behind (22.10), or never. */
function ringsWith(phone: Leg, at: number): boolean {
  return !isOverBy(phone, at) && at - (phone.dialledAt ?? at) < ALONE_MS;
}

const ALONE_MS = 1_500;

/** BlindTransfer may be told behind the dial it causes (Asterisk 22.10). */
const SAME_MOMENT_MS = 500;

function phonesRung(call: Call): readonly Leg[] {
  return call.legs.filter((leg) => isPhone(leg) && leg.dialledAt !== null);
}

function isPhone(leg: Leg): boolean {
  return leg.role === 'duty-phone' || leg.role === 'phone';
}

function isOverBy(leg: Leg, at: number): boolean {
  const over = leg.dialEndedAt ?? leg.closedAt;
  return over !== null && over <= at;
}

function scopeOf(call: Call, way: LeavingWay): Scope {
  if (way !== 'after') return 'always';
  return phonesRung(call).some((leg) => leg.dialStatus === 'BUSY') ? 'busy' : 'no-answer';
}

/** Who took the call up first: a colleague it was handed to afterwards is nobody else. */
function answeredElsewhere(call: Call, rules: WatchRules, line: string): readonly Suspicion[] {
  const first = answeredLegs(call).toSorted(
    (one, other) => (answeredAt(one) ?? 0) - (answeredAt(other) ?? 0),
  )[0];
  const endpoint = first?.answeredBy ?? first?.endpoint;
  if (first === undefined || endpoint === undefined) return [];
  const pickedUpElsewhere = first.answeredBy !== null && first.answeredBy !== first.endpoint;
  if (first.role !== 'phone' && !pickedUpElsewhere) return [];
  if (isOwn(call, endpoint) || rulesOfLine(rules, line).approvedPhones.includes(endpoint)) return [];
  return [
    {
      kind: 'answered-elsewhere',
      scope: 'always',
      evidence: { by: 'call', what: 'answered-elsewhere', endpoint },
    },
  ];
}

function isOwn(call: Call, endpoint: string): boolean {
  return call.legs.some((leg) => leg.role === 'duty-phone' && leg.endpoint === endpoint);
}

function diverted(call: Call, rules: WatchRules, line: string): readonly Suspicion[] {
  const from = call.divertedFrom ?? null;
  if (from === null || targetOf(from, rules, line) === 'approved') return [];
  return [{ kind: 'arrived-diverted', scope: 'always', evidence: { by: 'call', what: 'diverted', from } }];
}

function soundBeforeAnswer(call: Call, rules: WatchRules, line: string): readonly Suspicion[] {
  const sounds = call.sounds.filter((one) => !one.afterFailure).map((one) => one.sound);
  const approved = rulesOfLine(rules, line).approvedSounds;
  const objectionable = sounds.find((one) => one === null || !areApprovedSounds(one, approved));
  const evidence = { by: 'call', what: 'sound', sound: objectionable ?? null } as const;
  switch (call.audio) {
    case 'music':
      return [{ kind: 'music-before-answer', scope: 'always', evidence }];
    case 'announcement':
      return sounds.length > 0 && objectionable === undefined
        ? []
        : [{ kind: 'announcement-before-answer', scope: 'always', evidence }];
    case 'early-answer':
      return saysEarlyAnswer(call) ? [{ kind: 'answered-early', scope: 'always', evidence }] : [];
    case 'none':
      return [];
  }
}

/**
 * A T that is Up before any DialBegin is the rule in queues and voicemail of FreePBX; and an announcement
 * that is approved follows its Answer by a moment, so nothing is said before the call has got further.
 */
function saysEarlyAnswer(call: Call): boolean {
  if (call.queue !== 'none' || call.voicemail) return false;
  return answeredLegs(call).length > 0 || call.ending !== null;
}

function unreachable(call: Call): readonly Suspicion[] {
  if (call.ending === null || answeredLegs(call).length > 0) return [];
  const own = call.legs.filter((leg) => leg.role === 'duty-phone' && leg.dialledAt !== null);
  const noneTook = own.every(
    (leg) => leg.rangAt === null && (leg.dialStatus === 'CHANUNAVAIL' || turnsInCircles(call, leg)),
  );
  if (!call.nothingToDial && (own.length === 0 || !noneTook)) return [];
  const phones = [...new Set(own.map((leg) => leg.endpoint))];
  return [
    { kind: 'phone-unreachable', scope: 'always', evidence: { by: 'call', what: 'unreachable', phones } },
  ];
}

/** 302 to itself, for ever: no other phone was rung, and nothing left. */
function turnsInCircles(call: Call, leg: Leg): boolean {
  return leg.forward !== null && call.left.length === 0 && call.legs.every(({ role }) => role !== 'phone');
}

/** Answered late, or rung long and not answered at all: a caller who gives up at the second ring was not kept waiting. */
function rangLong(call: Call, rules: WatchRules): readonly Suspicion[] {
  const { ringSeconds: seconds, answeredAt: answer } = summaryOf(call);
  const decided = answer !== null || call.ending !== null;
  if (!decided || seconds === null || seconds * 1_000 <= rules.lateMs) return [];
  const evidence = { by: 'call', what: 'rang', seconds, answered: answer !== null } as const;
  return [{ kind: 'rang-long', scope: 'always', evidence }];
}
