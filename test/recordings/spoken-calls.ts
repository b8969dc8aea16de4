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
  /** Seconds the outside party was silent in talk, and seconds it spoke to music. */
  readonly muted: number;
  readonly held: number;
  /** Is this the arrival of this call? */
  readonly isIt: (arrived: CallArrived) => boolean;
}

/** How much longer than the default each talk lasts, and where the dialplan has what. */
export interface SpokenPlan {
  readonly talkMs: number;
  readonly parking: { readonly extension: string; readonly space: string };
}

export type Spoken = (office: Office, plan: SpokenPlan) => Promise<SpokenCall>;

const PACKET_SECONDS = 0.02;

/** Everybody speaks in the own voice; a phone that is told a caller's number behaves to it as said. */
export function giveVoices(office: Office, manners: Readonly<Record<string, Readonly<Record<string, Behaviour>>>>): void {
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
const ANNOUNCED = '13900005555';

/** Callers by scenario: numbers by which calls that stand side by side are told apart. */
const CALLER = {
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

function numberOf(call: SipCall): string {
  return userOf(header(call.invite, 'from'));
}

/** The call that came to this agent from (or to) this number. */
async function arrival(agent: SipAgent, isIt: (call: SipCall) => boolean): Promise<SipCall> {
  const deadline = performance.now() + 15_000;
  for (;;) {
    const found = agent.calls().find((call) => call.direction === 'in' && isIt(call));
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`${agent.user}: the call did not come`);
    await pause(10);
  }
}

function startTalk(outside: SipCall, room: SipCall, parties: readonly [Party, Party]): () => Talk {
  const from = [outside.sound().sent, room.sound().sent] as const;
  return () => ({
    outside: parties[0],
    room: parties[1],
    outsideSeconds: (outside.sound().sent - from[0]) * PACKET_SECONDS,
    roomSeconds: (room.sound().sent - from[1]) * PACKET_SECONDS,
  });
}

/** An inbound call and the phone that answered it. */
async function answered(
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

function told(name: string, number: string, talks: readonly Talk[], rest: Partial<SpokenCall> = {}): SpokenCall {
  return { name, talks, muted: 0, held: 0, isIt: (arrived) => arrived.callerNumber === number, ...rest };
}

/** The rest of a call: a talk with who has it now, then the caller hangs up. */
async function lastTalk(
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

const plain: Spoken = async (office, plan) => {
  const { caller, desk } = await answered(office, CALLER.plain, '1001');
  return told('plain', CALLER.plain, [await lastTalk(caller, desk, '1001', plan)]);
};

const blind: Spoken = async (office, plan) => {
  const { caller, desk } = await answered(office, CALLER.blind, '1001');
  const end = startTalk(caller, desk, ['caller', '1001']);
  await pause(plan.talkMs);
  const first = end();
  await desk.transferTo('1002');
  const next = await arrival(office.phones[1002], (call) => numberOf(call) === CALLER.blind);
  await next.reached('answered');
  return told('blind transfer', CALLER.blind, [first, await lastTalk(caller, next, '1002', plan)]);
};

const attended: Spoken = async (office, plan) => {
  const { caller, desk } = await answered(office, CALLER.attended, '1001');
  const end = startTalk(caller, desk, ['caller', '1001']);
  await pause(plan.talkMs);
  const first = end();
  const silent = startTalk(caller, desk, ['caller', '1001']);
  desk.play(null);
  await desk.hold();
  const consult = await office.phones[1001].call('1002');
  const next = await arrival(office.phones[1002], (call) => numberOf(call) === '1001');
  await consult.reached('answered');
  await pause(600);
  await desk.transferInto(consult);
  const held = silent().outsideSeconds;
  const talks = [first, await lastTalk(caller, next, '1002', plan)];
  return told('attended transfer', CALLER.attended, talks, { held });
};

const dtmf: Spoken = async (office, plan) => {
  const { caller, desk } = await answered(office, CALLER.dtmf, '1001');
  const end = startTalk(caller, desk, ['caller', '1001']);
  await pause(plan.talkMs);
  const first = end();
  const silent = startTalk(caller, desk, ['caller', '1001']);
  await desk.dial('#1');
  await pause(1_200);
  await desk.dial('1002');
  const next = await arrival(office.phones[1002], (call) => numberOf(call) === CALLER.dtmf);
  const held = silent().outsideSeconds;
  await next.reached('answered');
  return told('DTMF transfer', CALLER.dtmf, [first, await lastTalk(caller, next, '1002', plan)], { held });
};

const park: Spoken = async (office, plan) => {
  const { caller, desk } = await answered(office, CALLER.park, '1001');
  const end = startTalk(caller, desk, ['caller', '1001']);
  await pause(plan.talkMs);
  const first = end();
  const silent = startTalk(caller, desk, ['caller', '1001']);
  await desk.transferTo(plan.parking.extension);
  await pause(600);
  const picker = await office.phones[1002].call(plan.parking.space);
  await picker.reached('answered');
  const held = silent().outsideSeconds;
  const talks = [first, await lastTalk(caller, picker, '1002', plan)];
  return told('park and pick-up', CALLER.park, talks, { held });
};

const hold: Spoken = async (office, plan) => {
  const { caller, desk } = await answered(office, CALLER.hold, '1001');
  const end = startTalk(caller, desk, ['caller', '1001']);
  await pause(plan.talkMs);
  const first = end();
  const silent = startTalk(caller, desk, ['caller', '1001']);
  desk.play(null);
  await desk.hold();
  await pause(1_000);
  await desk.resume();
  const held = silent().outsideSeconds;
  desk.play(tone(HERTZ[1001], 1));
  return told('hold', CALLER.hold, [first, await lastTalk(caller, desk, '1001', plan)], { held });
};

const mute: Spoken = async (office, plan) => {
  const { caller, desk } = await answered(office, CALLER.mute, '1001');
  const end = startTalk(caller, desk, ['caller', '1001']);
  await pause(plan.talkMs);
  const first = end();
  const quiet = startTalk(caller, desk, ['caller', '1001']);
  caller.play(null);
  await pause(1_500);
  const muted = quiet().roomSeconds;
  caller.play(tone(HERTZ.caller, 1));
  return told('caller sends nothing', CALLER.mute, [first, await lastTalk(caller, desk, '1001', plan)], { muted });
};

const ringGroup: Spoken = async (office, plan) => {
  const { caller, desk } = await answered(office, CALLER.ringGroup, '1001', DID.ringGroup);
  return told('ring group', CALLER.ringGroup, [await lastTalk(caller, desk, '1001', plan)]);
};

const queue: Spoken = async (office, plan) => {
  const { caller, desk } = await answered(office, CALLER.queue, '1001', DID.queueMusic);
  return told('queue', CALLER.queue, [await lastTalk(caller, desk, '1001', plan)]);
};

const music: Spoken = async (office, plan) => {
  const { caller, desk } = await answered(office, CALLER.music, '1001', DID.dialMusic);
  return told('music before the answer', CALLER.music, [await lastTalk(caller, desk, '1001', plan)]);
};

const sentOn: Spoken = async (office, plan) => {
  const caller = await office.telco.call(office.dialplan === 'plain' ? DID.phone1003 : DID.followMe, {
    number: CALLER.sentOn,
    voice: tone(HERTZ.caller, 1),
  });
  const mobile = await arrival(office.telco, (call) => call.dialled === OUTSIDE.mobile);
  await Promise.all([caller.reached('answered'), mobile.reached('answered')]);
  return told('302', CALLER.sentOn, [await lastTalk(caller, mobile, 'mobile', plan)]);
};

const first: Spoken = async (office, plan) => {
  const { caller, desk } = await answered(office, CALLER.first, '1001');
  return told('first of two', CALLER.first, [await lastTalk(caller, desk, '1001', plan)]);
};

const second: Spoken = async (office, plan) => {
  const { caller, desk } = await answered(office, CALLER.second, '1001', DID.direct, 'secondCaller');
  const talk = await lastTalk(caller, desk, '1001', plan, 'secondCaller');
  return told('second of two', CALLER.second, [talk]);
};

/** A duty phone calls out and sends the one outside on to a colleague: the phone's own channel ends, the trunk goes on. */
const outbound: Spoken = async (office, plan) => {
  const number = '13900002222';
  const desk = await office.phones[1001].call(`9${number}`);
  const mobile = await arrival(office.telco, (call) => call.dialled === number);
  await Promise.all([desk.reached('answered'), mobile.reached('answered')]);
  const end = startTalk(mobile, desk, ['mobile', '1001']);
  await pause(plan.talkMs);
  const before = end();
  const since = office.phones[1003].calls().length;
  await desk.transferTo('1003');
  const next = await arrival(office.phones[1003], (call) => office.phones[1003].calls().indexOf(call) >= since);
  await next.reached('answered');
  return told('outbound, blind transfer', '', [before, await lastTalk(mobile, next, '1003', plan, 'mobile')], {
    isIt: (arrived) => arrived.dialled === `9${number}`,
  });
};

/** The network's own sound before the answer comes from another machine than the voice after it. */
const announced: Spoken = async (office, plan) => {
  const desk = await office.phones[1001].call(`9${ANNOUNCED}`);
  const mobile = await arrival(office.telco, (call) => call.dialled === ANNOUNCED);
  await Promise.all([desk.reached('answered'), mobile.reached('answered')]);
  return told('outbound, announced before', '', [await lastTalk(mobile, desk, '1001', plan, 'mobile')], {
    isIt: (arrived) => arrived.dialled === `9${ANNOUNCED}`,
  });
};

/** Another room's phone calls out and hands the call to the duty room: ours from then on. */
const handedOver: Spoken = async (office, plan) => {
  const number = '13900003333';
  const other = await office.phones[1004].call(`9${number}`);
  const mobile = await arrival(office.telco, (call) => call.dialled === number);
  await other.reached('answered');
  other.play(null);
  await other.hold();
  const consult = await office.phones[1004].call('1002');
  const desk = await arrival(office.phones[1002], (call) => numberOf(call) === '1004');
  await consult.reached('answered');
  await other.transferInto(consult);
  const talk = await lastTalk(mobile, desk, '1002', plan, 'mobile');
  return told('outbound call of another room, handed over', '', [talk], {
    isIt: (arrived) => arrived.dialled === `9${number}`,
  });
};

/** A duty phone asks a colleague of another room, who puts somebody outside through to it. */
const putThrough: Spoken = async (office, plan) => {
  const number = '13900004444';
  const desk = await office.phones[1002].call('1004');
  const other = await arrival(office.phones[1004], (call) => numberOf(call) === '1002');
  await desk.reached('answered');
  other.play(null);
  await other.hold();
  const consult = await office.phones[1004].call(`9${number}`);
  const mobile = await arrival(office.telco, (call) => call.dialled === number);
  await consult.reached('answered');
  consult.play(null);
  await other.transferInto(consult);
  const talk = await lastTalk(mobile, desk, '1002', plan, 'mobile');
  return told('put through to somebody outside', '', [talk], {
    isIt: (arrived) => arrived.dialled === `9${number}` || arrived.dialled === '1004',
  });
};

/** All that may stand on one PBX side by side. */
const TOGETHER: readonly Spoken[] = [
  plain,
  blind,
  attended,
  dtmf,
  park,
  hold,
  mute,
  ringGroup,
  sentOn,
  first,
  second,
  outbound,
  announced,
];

/** Every call in its wave: a queue rings no phone that is in a call, and two calls share phone 1004. */
export const WAVES: readonly (readonly Spoken[])[] = [TOGETHER, [queue, handedOver], [putThrough, music]];

export const NAMES = [
  'plain',
  'blind transfer',
  'attended transfer',
  'DTMF transfer',
  'park and pick-up',
  'hold',
  'caller sends nothing',
  'ring group',
  '302',
  'first of two',
  'second of two',
  'outbound, blind transfer',
  'outbound, announced before',
  'queue',
  'outbound call of another room, handed over',
  'put through to somebody outside',
  'music before the answer',
] as const;

/** A call that lasts until this moment (ms UTC) and as long as a talk beyond it. */
export function callOver(at: number): { readonly play: Spoken; readonly number: string } {
  const number = '09548880013';
  return {
    number,
    async play(office, plan) {
      const { caller, desk } = await answered(office, number, '1001');
      const talkMs = Math.max(0, at - Date.now()) + plan.talkMs;
      return told('midnight', number, [await lastTalk(caller, desk, '1001', { ...plan, talkMs })]);
    },
  };
}

/** For the soak: calls that may last for hours. */
export const LONG_CALLS: readonly Spoken[] = [plain, blind, hold, outbound];
