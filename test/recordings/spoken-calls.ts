import { tone } from '../bed/g711.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { pause } from '../bed/scenarios/story.ts';
import { HERTZ } from '../bed/tones.ts';
import {
  ANNOUNCED,
  answered,
  arrival,
  CALLER,
  lastTalk,
  type Spoken,
  startTalk,
  told,
} from './spoken-call.ts';
import { attended, blind, dtmf, handedOver, outbound, park, putThrough } from './spoken-transfers.ts';

const plain: Spoken = async (office, plan) => {
  const { caller, desk } = await answered(office, CALLER.plain, '1001');
  return told('plain', CALLER.plain, [await lastTalk(caller, desk, '1001', plan)]);
};

const hold: Spoken = async (office, plan) => {
  const { caller, desk } = await answered(office, CALLER.hold, '1001');
  const end = startTalk(caller, desk, ['caller', '1001']);
  await pause(plan.talkMs);
  const first = end();
  desk.play(null);
  await desk.hold();
  await pause(1_000);
  await desk.resume();
  desk.play(tone(HERTZ[1001], 1));
  return told('hold', CALLER.hold, [first, await lastTalk(caller, desk, '1001', plan)]);
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
  return told('caller sends nothing', CALLER.mute, [first, await lastTalk(caller, desk, '1001', plan)], {
    muted,
  });
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

/** The network's own sound before the answer comes from another machine than the voice after it. */
const announced: Spoken = async (office, plan) => {
  const desk = await office.phones[1001].call(`9${ANNOUNCED}`);
  const mobile = await arrival(office.telco, (call) => call.dialled === ANNOUNCED);
  await Promise.all([desk.reached('answered'), mobile.reached('answered')]);
  return told('outbound, announced before', '', [await lastTalk(mobile, desk, '1001', plan, 'mobile')], {
    isIt: (arrived) => arrived.dialled === `9${ANNOUNCED}`,
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

/** A call of two talks that lasts as long as another's one. */
function halved(play: Spoken): Spoken {
  return (office, plan) => play(office, { ...plan, talkMs: plan.talkMs / 2 });
}

/** For the soak: calls that may last for hours, all equally long. */
export const LONG_CALLS: readonly Spoken[] = [plain, halved(blind), halved(hold), halved(outbound)];
