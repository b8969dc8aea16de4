import { pause } from '../bed/scenarios/story.ts';
import {
  answered,
  arrival,
  CALLER,
  lastTalk,
  numberOf,
  type Spoken,
  startTalk,
  told,
} from './spoken-call.ts';

export const blind: Spoken = async (office, plan) => {
  const { caller, desk } = await answered(office, CALLER.blind, '1001');
  const end = startTalk(caller, desk, ['caller', '1001']);
  await pause(plan.talkMs);
  const first = end();
  await desk.transferTo('1002');
  const next = await arrival(office.phones[1002], (call) => numberOf(call) === CALLER.blind);
  await next.reached('answered');
  return told('blind transfer', CALLER.blind, [first, await lastTalk(caller, next, '1002', plan)]);
};

export const attended: Spoken = async (office, plan) => {
  const { caller, desk } = await answered(office, CALLER.attended, '1001');
  const end = startTalk(caller, desk, ['caller', '1001']);
  await pause(plan.talkMs);
  const first = end();
  desk.play(null);
  await desk.hold();
  const consult = await office.phones[1001].call('1002');
  const next = await arrival(office.phones[1002], (call) => numberOf(call) === '1001');
  await consult.reached('answered');
  await pause(600);
  await desk.transferInto(consult);
  const talks = [first, await lastTalk(caller, next, '1002', plan)];
  return told('attended transfer', CALLER.attended, talks);
};

export const dtmf: Spoken = async (office, plan) => {
  const { caller, desk } = await answered(office, CALLER.dtmf, '1001');
  const end = startTalk(caller, desk, ['caller', '1001']);
  await pause(plan.talkMs);
  const first = end();
  await desk.dial('#1');
  await pause(1_200);
  await desk.dial('1002');
  const next = await arrival(office.phones[1002], (call) => numberOf(call) === CALLER.dtmf);
  await next.reached('answered');
  return told('DTMF transfer', CALLER.dtmf, [first, await lastTalk(caller, next, '1002', plan)]);
};

export const park: Spoken = async (office, plan) => {
  const { caller, desk } = await answered(office, CALLER.park, '1001');
  const end = startTalk(caller, desk, ['caller', '1001']);
  await pause(plan.talkMs);
  const first = end();
  await desk.transferTo(plan.parking.extension);
  await pause(600);
  const picker = await office.phones[1002].call(plan.parking.space);
  await picker.reached('answered');
  const talks = [first, await lastTalk(caller, picker, '1002', plan)];
  return told('park and pick-up', CALLER.park, talks);
};

/** A duty phone calls out and sends the one outside on to a colleague: the phone's own channel ends, the trunk goes on. */
export const outbound: Spoken = async (office, plan) => {
  const number = '13900002222';
  const desk = await office.phones[1001].call(`9${number}`);
  const mobile = await arrival(office.telco, (call) => call.dialled === number);
  await Promise.all([desk.reached('answered'), mobile.reached('answered')]);
  const end = startTalk(mobile, desk, ['mobile', '1001']);
  await pause(plan.talkMs);
  const before = end();
  const since = office.phones[1003].calls().length;
  await desk.transferTo('1003');
  const next = await arrival(
    office.phones[1003],
    (call) => office.phones[1003].calls().indexOf(call) >= since,
  );
  await next.reached('answered');
  return told(
    'outbound, blind transfer',
    '',
    [before, await lastTalk(mobile, next, '1003', plan, 'mobile')],
    {
      isIt: (arrived) => arrived.dialled === `9${number}`,
    },
  );
};

/** Another room's phone calls out and hands the call to the duty room: ours from then on. */
export const handedOver: Spoken = async (office, plan) => {
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
export const putThrough: Spoken = async (office, plan) => {
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
