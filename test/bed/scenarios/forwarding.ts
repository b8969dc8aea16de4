import { DID, OUTSIDE } from '../numbers.ts';
import type { Office } from '../office.ts';
import { busy, redirectTo, refuse, ringForEver } from '../sip-behaviour.ts';
import type { SipCall } from '../sip-call.ts';
import { type Expected, inbound, pause, type Story, timesOf } from './story.ts';

const outside: Partial<Expected> = { answeredBy: 'PJSIP/telco', leftPremises: true, leftTo: OUTSIDE.mobile };

/** A call that reaches the mobile by whatever `prepare` set; `alsoReached` are the phones that rang before. */
function answeredByMobile(
  name: string,
  did: string,
  prepare: (office: Office) => Promise<void> | void,
  options: { special?: Partial<Expected>; rang?: boolean; core?: boolean } = {},
): Story {
  return {
    name,
    dialplan: 'plain',
    core: options.core ?? true,
    async play(office) {
      await prepare(office);
      const caller = await office.telco.call(did, { number: OUTSIDE.caller });
      const phone = options.rang === true ? await office.phones[1001].nextCall() : null;
      const mobile = await office.telco.nextCall(15_000);
      await mobile.reached('answered');
      await pause(500);
      caller.hangUp();
      await mobile.reached('ended');
      const reached: SipCall[] = phone === null ? [mobile] : [phone, mobile];
      return [{ expect: inbound(did, { ...outside, ...options.special }), times: timesOf(caller, reached) }];
    },
  };
}

const redirectedMobileSilent: Story = {
  name: 'forward-302-not-answered',
  dialplan: 'plain',
  core: false,
  async play(office) {
    office.phones[1003].behave(redirectTo(OUTSIDE.mobile));
    office.telco.behave(refuse(480, 'Temporarily Unavailable', 700));
    const caller = await office.telco.call(DID.phone1003, { number: OUTSIDE.caller });
    const mobile = await office.telco.nextCall();
    await caller.reached('ended');
    const expect = inbound(DID.phone1003, {
      outcome: 'missed',
      hungUpBy: 'callee',
      leftPremises: true,
      leftTo: OUTSIDE.mobile,
    });
    return [{ expect, times: timesOf(caller, [mobile]) }];
  },
};

/** The phone sends the call to itself three times, then takes it: a loop short enough to be kept. */
const redirectedToItself: Story = {
  name: 'forward-302-to-itself',
  dialplan: 'plain',
  core: true,
  async play(office) {
    let loops = 0;
    office.phones[1003].behave((call) => {
      if (loops++ < 3) return call.redirect('1003');
      call.ring();
      call.after(400, () => call.answer());
    });
    const caller = await office.telco.call(DID.phone1003, { number: OUTSIDE.caller });
    await caller.reached('answered');
    const attempts = office.phones[1003].calls().slice(-4);
    const last = attempts.slice(-1);
    await pause(400);
    caller.hangUp();
    await last[0]?.reached('ended');
    return [{ expect: inbound(DID.phone1003, { answeredBy: 'PJSIP/1003' }), times: timesOf(caller, last) }];
  },
};

/** The phone sends the call to itself for ever: Asterisk gives up after about 20 rounds. */
const redirectedForEver: Story = {
  name: 'forward-302-endless',
  dialplan: 'plain',
  core: false,
  async play(office) {
    office.phones[1003].behave(redirectTo('1003'));
    const caller = await office.telco.call(DID.phone1003, { number: OUTSIDE.caller });
    await caller.reached('ended');
    const expect = inbound(DID.phone1003, { outcome: 'unreachable', hungUpBy: 'pbx' });
    return [{ expect, times: timesOf(caller, []) }];
  },
};

const ringsFirst = (office: Office) => office.phones[1001].behave(ringForEver);

export const FORWARDING: readonly Story[] = [
  answeredByMobile('forward-302', DID.phone1003, (office) =>
    office.phones[1003].behave(redirectTo(OUTSIDE.mobile)),
  ),
  redirectedMobileSilent,
  redirectedToItself,
  redirectedForEver,
  answeredByMobile('forward-cf', DID.forwarding, (office) =>
    office.setDb('CF', '1001', `9${OUTSIDE.mobile}`),
  ),
  answeredByMobile(
    'forward-cfb',
    DID.forwarding,
    async (office) => {
      office.phones[1001].behave(busy);
      await office.setDb('CFB', '1001', `9${OUTSIDE.mobile}`);
    },
    { rang: true },
  ),
  answeredByMobile(
    'forward-cfu',
    DID.forwarding,
    async (office) => {
      ringsFirst(office);
      await office.setDb('CFU', '1001', `9${OUTSIDE.mobile}`);
    },
    { rang: true },
  ),
  answeredByMobile('forward-straight-to-trunk', DID.straightToTrunk, (office) =>
    office.setDb('CF', '1001', OUTSIDE.mobile),
  ),
  answeredByMobile('forward-simultaneous', DID.simultaneous, ringsFirst, { rang: true }),
  answeredByMobile('forward-sequential', DID.sequential, ringsFirst, { rang: true }),
  // Asterisk 16 without the callee's prompt bridges the caller with the Local channel before anybody answers.
  answeredByMobile('forward-followme', DID.followMe, ringsFirst, {
    rang: true,
    core: false,
    special: { preAnswerAudio: 'music' },
  }),
];
