import { DID, OUTSIDE } from '../numbers.ts';
import type { Office } from '../office.ts';
import type { SipCall } from '../sip-call.ts';
import { inbound, pause, type Story, timesOf } from './story.ts';

/** A call to the direct number, answered by 1001. */
async function answeredCall(office: Office): Promise<{ caller: SipCall; phone: SipCall }> {
  const caller = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
  const phone = await office.phones[1001].nextCall();
  await caller.reached('answered');
  await pause(400);
  return { caller, phone };
}

const blind: Story = {
  name: 'transfer-blind',
  dialplan: 'plain',
  core: true,
  async play(office) {
    const { caller, phone } = await answeredCall(office);
    await phone.transferTo('1002');
    const target = await office.phones[1002].nextCall();
    await target.reached('answered');
    await pause(500);
    caller.hangUp();
    await target.reached('ended');
    const expect = inbound(DID.direct, {
      answeredBy: 'PJSIP/1002',
      transfers: [{ kind: 'blind', to: '1002' }],
    });
    return [{ expect, times: timesOf(caller, [phone]) }];
  },
};

const blindToMobile: Story = {
  name: 'transfer-blind-to-mobile',
  dialplan: 'plain',
  core: true,
  async play(office) {
    const { caller, phone } = await answeredCall(office);
    await phone.transferTo(`9${OUTSIDE.mobile}`);
    const target = await office.telco.nextCall();
    await target.reached('answered');
    await pause(500);
    target.hangUp();
    await caller.reached('ended');
    const expect = inbound(DID.direct, {
      answeredBy: 'PJSIP/telco',
      hungUpBy: 'callee',
      transfers: [{ kind: 'blind', to: `9${OUTSIDE.mobile}` }],
      leftPremises: true,
      leftTo: OUTSIDE.mobile,
    });
    return [{ expect, times: timesOf(caller, [phone]) }];
  },
};

const attended: Story = {
  name: 'transfer-attended',
  dialplan: 'plain',
  core: true,
  async play(office) {
    const { caller, phone } = await answeredCall(office);
    await phone.hold();
    const consult = await office.phones[1001].call('1002');
    const target = await office.phones[1002].nextCall();
    await consult.reached('answered');
    await pause(400);
    await phone.transferInto(consult);
    await pause(600);
    caller.hangUp();
    await target.reached('ended');
    const expect = inbound(DID.direct, {
      answeredBy: 'PJSIP/1002',
      transfers: [{ kind: 'attended', to: '1002' }],
    });
    return [{ expect, times: timesOf(caller, [phone]) }];
  },
};

const dtmf: Story = {
  name: 'transfer-dtmf',
  dialplan: 'plain',
  core: true,
  async play(office) {
    const { caller, phone } = await answeredCall(office);
    await phone.dial('#1');
    await pause(1_200);
    await phone.dial('1002');
    const target = await office.phones[1002].nextCall(15_000);
    await target.reached('answered');
    await pause(500);
    caller.hangUp();
    await target.reached('ended');
    const expect = inbound(DID.direct, {
      answeredBy: 'PJSIP/1002',
      transfers: [{ kind: 'dtmf', to: '1002' }],
    });
    return [{ expect, times: timesOf(caller, [phone]) }];
  },
};

const park: Story = {
  name: 'park-and-pick-up',
  dialplan: 'plain',
  core: true,
  async play(office) {
    const { caller, phone } = await answeredCall(office);
    await phone.transferTo('700');
    await pause(500);
    const picker = await office.phones[1002].call('701');
    await picker.reached('answered');
    await pause(600);
    caller.hangUp();
    await picker.reached('ended');
    const expect = inbound(DID.direct, {
      answeredBy: 'PJSIP/1001',
      transfers: [{ kind: 'park', to: '701' }],
    });
    return [{ expect, times: timesOf(caller, [phone]) }];
  },
};

export const TRANSFERS: readonly Story[] = [blind, blindToMobile, attended, dtmf, park];
