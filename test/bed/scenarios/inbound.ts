import { DID, OUTSIDE } from '../numbers.ts';
import type { Office } from '../office.ts';
import { answerAfter, answerThenHangUp } from '../sip-behaviour.ts';
import { inbound, pause, type Story, timesOf } from './story.ts';

const ring = (office: Office, did: string, options: Parameters<Office['telco']['call']>[1] = {}) =>
  office.telco.call(did, { number: OUTSIDE.caller, ...options });

const answeredCallerHangsUp: Story = {
  name: 'inbound-answered',
  dialplan: 'plain',
  core: true,
  async play(office) {
    const caller = await ring(office, DID.direct);
    const phone = await office.phones[1001].nextCall();
    await caller.reached('answered');
    await pause(800);
    caller.hangUp();
    await phone.reached('ended');
    return [{ expect: inbound(DID.direct, { answeredBy: 'PJSIP/1001' }), times: timesOf(caller, [phone]) }];
  },
};

const answeredCalleeHangsUp: Story = {
  name: 'inbound-answered-callee-hangs-up',
  dialplan: 'plain',
  core: true,
  async play(office) {
    office.phones[1001].behave(answerThenHangUp(400, 600));
    const caller = await ring(office, DID.direct, { name: '市应急管理局' });
    const phone = await office.phones[1001].nextCall();
    await caller.reached('ended');
    const expect = inbound(DID.direct, {
      caller: { number: OUTSIDE.caller, name: '市应急管理局' },
      answeredBy: 'PJSIP/1001',
      hungUpBy: 'callee',
    });
    return [{ expect, times: timesOf(caller, [phone]) }];
  },
};

const anonymous: Story = {
  name: 'inbound-anonymous',
  dialplan: 'plain',
  core: false,
  async play(office) {
    const caller = await ring(office, DID.direct, {
      rawFrom: '"Anonymous" <sip:anonymous@anonymous.invalid>',
    });
    const phone = await office.phones[1001].nextCall();
    await caller.reached('answered');
    await pause(400);
    caller.hangUp();
    await phone.reached('ended');
    const expect = inbound(DID.direct, {
      caller: { number: 'anonymous', name: 'Anonymous' },
      answeredBy: 'PJSIP/1001',
    });
    return [{ expect, times: timesOf(caller, [phone]) }];
  },
};

const withheld: Story = {
  name: 'inbound-number-withheld',
  dialplan: 'plain',
  core: false,
  async play(office) {
    const caller = await ring(office, DID.direct, { rawFrom: `<sip:${office.telco.address}>` });
    const phone = await office.phones[1001].nextCall();
    await caller.reached('answered');
    await pause(400);
    caller.hangUp();
    await phone.reached('ended');
    const expect = inbound(DID.direct, { caller: { number: null, name: null }, answeredBy: 'PJSIP/1001' });
    return [{ expect, times: timesOf(caller, [phone]) }];
  },
};

/** Somebody else's number and phone on the same PBX: nothing may be printed. */
const notOurs: Story = {
  name: 'inbound-not-ours',
  dialplan: 'plain',
  core: false,
  async play(office) {
    const caller = await ring(office, DID.notOurs);
    await caller.reached('answered');
    await pause(300);
    caller.hangUp();
    await caller.reached('ended');
    return [];
  },
};

const diverted: Story = {
  name: 'inbound-diverted',
  dialplan: 'plain',
  core: true,
  async play(office) {
    const headers = [
      ['Diversion', `<sip:09542030000@${office.telco.address}>;reason=unconditional;counter=1`],
    ] as const;
    const caller = await ring(office, DID.direct, { headers });
    const phone = await office.phones[1001].nextCall();
    await caller.reached('answered');
    await pause(400);
    caller.hangUp();
    await phone.reached('ended');
    const expect = inbound(DID.direct, { answeredBy: 'PJSIP/1001', diverted: true });
    return [{ expect, times: timesOf(caller, [phone]) }];
  },
};

const twoAtOnce: Story = {
  name: 'inbound-two-at-once',
  dialplan: 'plain',
  core: true,
  async play(office) {
    const first = await ring(office, DID.direct);
    const firstAtPhone = await office.phones[1001].nextCall();
    await first.reached('answered');
    office.phones[1001].behave(answerAfter(700));
    const second = await ring(office, DID.direct, { number: OUTSIDE.secondCaller });
    const secondAtPhone = await office.phones[1001].nextCall();
    await pause(300);
    await firstAtPhone.hold();
    await second.reached('answered');
    await pause(400);
    second.hangUp();
    await secondAtPhone.reached('ended');
    await firstAtPhone.resume();
    await pause(200);
    firstAtPhone.hangUp();
    await first.reached('ended');
    const caller = { number: OUTSIDE.secondCaller, name: null };
    return [
      {
        expect: inbound(DID.direct, { answeredBy: 'PJSIP/1001', hungUpBy: 'callee' }),
        times: timesOf(first, [firstAtPhone]),
      },
      {
        expect: inbound(DID.direct, { caller, answeredBy: 'PJSIP/1001' }),
        times: timesOf(second, [secondAtPhone]),
      },
    ];
  },
};

const hold: Story = {
  name: 'inbound-hold',
  dialplan: 'plain',
  core: true,
  async play(office) {
    const caller = await ring(office, DID.direct);
    const phone = await office.phones[1001].nextCall();
    await caller.reached('answered');
    await pause(300);
    await phone.hold();
    await pause(600);
    await phone.resume();
    await pause(300);
    caller.hangUp();
    await phone.reached('ended');
    return [{ expect: inbound(DID.direct, { answeredBy: 'PJSIP/1001' }), times: timesOf(caller, [phone]) }];
  },
};

/** The dialplan records by itself (recording mode `pbx`). */
const recordedByDialplan: Story = {
  name: 'inbound-recorded-by-dialplan',
  dialplan: 'plain',
  core: true,
  async play(office) {
    const caller = await ring(office, DID.recordedByDialplan);
    const phone = await office.phones[1001].nextCall();
    await caller.reached('answered');
    await pause(1_000);
    caller.hangUp();
    await phone.reached('ended');
    const expect = inbound(DID.recordedByDialplan, { answeredBy: 'PJSIP/1001', recordings: 1 });
    return [{ expect, times: timesOf(caller, [phone]) }];
  },
};

export const INBOUND: readonly Story[] = [
  answeredCallerHangsUp,
  answeredCalleeHangsUp,
  anonymous,
  withheld,
  notOurs,
  diverted,
  twoAtOnce,
  hold,
  recordedByDialplan,
];
