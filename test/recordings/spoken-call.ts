import type { CallArrived } from '../../src/calls/fact.ts';
import { speechLike, tone } from '../bed/g711.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import type { Office } from '../bed/office.ts';
import { pause } from '../bed/scenarios/story.ts';
import type { Behaviour, SipAgent } from '../bed/sip-agent.ts';
import { answerAfter, redirectTo, ringForEver } from '../bed/sip-behaviour.ts';
import type { SipCall } from '../bed/sip-call.ts';
import { header, userOf } from '../bed/sip-message.ts';
import { HERTZ, type Party } from '../bed/tones.ts';

/** Two parties in talk, by the packets each of them sent meanwhile. */
export interface Talk {
  readonly outside: Party;
  readonly room: Party;
  readonly outsideSeconds: number;
  readonly roomSeconds: number;
}

/** What the agents know of one call after it. */
export interface SpokenCall {
  readonly name: string;
  readonly talks: readonly Talk[];
  /** Seconds the outside party was silent in talk. */
  readonly muted: number;
  /** Is this the arrival of this call? */
  readonly isIt: (arrived: CallArrived) => boolean;
}

/** How long each talk lasts, and where the dialplan has what. */
export interface SpokenPlan {
  readonly talkMs: number;
  readonly parking: { readonly extension: string; readonly space: string };
}

export type Spoken = (office: Office, plan: SpokenPlan) => Promise<SpokenCall>;

const PACKET_SECONDS = 0.02;

/** Everybody speaks in the own voice; a phone that is told a caller's number behaves to it as said. */
export function giveVoices(
  office: Office,
  manners: Readonly<Record<string, Readonly<Record<string, Behaviour>>>>,
): void {
  for (const [name, phone] of Object.entries(office.phones)) {
    phone.behave((call) => (manners[name]?.[numberOf(call)] ?? answerAfter(300))(call));
  }
  for (const trunk of [office.telco, office.telco2]) {
    trunk.behave((call) => {
      if (call.dialled === ANNOUNCED) call.earlySound(speechLike(2));
      else call.ring();
      call.after(call.dialled === ANNOUNCED ? 1_500 : 300, () => {
        if (call.dialled === ANNOUNCED) call.changeSource(20_000);
        call.answer();
        call.play(tone(HERTZ.mobile, 1));
      });
    });
  }
}

/** An outside number whose network plays something of its own before the answer. */
export const ANNOUNCED = '13900005555';

/** Callers by scenario: numbers by which calls that stand side by side are told apart. */
export const CALLER = {
  blind: '09548880001',
  attended: '09548880002',
  dtmf: '09548880003',
  park: '09548880004',
  hold: '09548880005',
  ringGroup: '09548880006',
  queue: '09548880007',
  sentOn: '09548880008',
  first: '09548880009',
  second: '09548880010',
  mute: '09548880011',
  plain: '09548880012',
  music: '09548880014',
} as const;

/** The phones that do not simply answer. */
export const MANNERS: Readonly<Record<string, Readonly<Record<string, Behaviour>>>> = {
  '1002': { [CALLER.ringGroup]: ringForEver, [CALLER.queue]: ringForEver, [CALLER.music]: ringForEver },
  '1003': { [CALLER.sentOn]: redirectTo(OUTSIDE.mobile) },
};

export function numberOf(call: SipCall): string {
  return userOf(header(call.invite, 'from'));
}

/** The call that came to this agent from (or to) this number. */
export async function arrival(agent: SipAgent, isIt: (call: SipCall) => boolean): Promise<SipCall> {
  const deadline = performance.now() + 15_000;
  for (;;) {
    const found = agent.calls().find((call) => call.direction === 'in' && isIt(call));
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`${agent.user}: the call did not come`);
    await pause(10);
  }
}

export function startTalk(outside: SipCall, room: SipCall, parties: readonly [Party, Party]): () => Talk {
  const from = [outside.sound().sent, room.sound().sent] as const;
  return () => ({
    outside: parties[0],
    room: parties[1],
    outsideSeconds: (outside.sound().sent - from[0]) * PACKET_SECONDS,
    roomSeconds: (room.sound().sent - from[1]) * PACKET_SECONDS,
  });
}

/** An inbound call and the phone that answered it. */
export async function answered(
  office: Office,
  number: string,
  phone: '1001' | '1002' | '1003',
  did: string = DID.direct,
  voice: Party = 'caller',
): Promise<{ caller: SipCall; desk: SipCall }> {
  const caller = await office.telco.call(did, { number, voice: tone(HERTZ[voice], 1) });
  const desk = await arrival(office.phones[phone], (call) => numberOf(call) === number);
  await Promise.all([caller.reached('answered'), desk.reached('answered')]);
  return { caller, desk };
}

export function told(
  name: string,
  number: string,
  talks: readonly Talk[],
  rest: Partial<SpokenCall> = {},
): SpokenCall {
  return { name, talks, muted: 0, isIt: (arrived) => arrived.callerNumber === number, ...rest };
}

/** The rest of a call: a talk with who has it now, then the caller hangs up. */
export async function lastTalk(
  caller: SipCall,
  room: SipCall,
  party: Party,
  plan: SpokenPlan,
  outside: Party = 'caller',
): Promise<Talk> {
  const end = startTalk(caller, room, [outside, party]);
  await pause(plan.talkMs);
  const talk = end();
  caller.hangUp();
  await room.reached('ended');
  return talk;
}
