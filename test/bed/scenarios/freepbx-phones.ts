import { DID, OUTSIDE } from '../numbers.ts';
import { busy, refuse } from '../sip-behaviour.ts';
import { outside, ring, story } from './freepbx-story.ts';
import { fromPhone, inbound, pause, type Story, timesOf } from './story.ts';

const failover: Story = story('trunk-failover', async (office) => {
  office.telco.behave(refuse(503, 'Service Unavailable'));
  const dialled = `9${OUTSIDE.mobile}`;
  const caller = await office.phones[1001].call(dialled);
  const far = await office.telco2.nextCall();
  await caller.reached('answered');
  await pause(500);
  caller.hangUp();
  await far.reached('ended');
  return [
    { expect: fromPhone('1001', dialled, { answeredBy: 'PJSIP/telco2' }), times: timesOf(caller, [far]) },
  ];
});

/** The PBX passes the refusal on by itself: Busy() sends 486 to the phone, which has not hung up. */
const outboundBusy: Story = story('outbound-busy', async (office) => {
  office.telco.behave(busy);
  const dialled = `9${OUTSIDE.mobile}`;
  const caller = await office.phones[1001].call(dialled);
  await caller.reached('ended');
  return [
    {
      expect: fromPhone('1001', dialled, { outcome: 'busy', hungUpBy: 'callee' }),
      times: timesOf(caller, []),
    },
  ];
});

const intercom: Story = story('intercom', async (office) => {
  const caller = await office.phones[1001].call('*801002');
  const far = await office.phones[1002].nextCall();
  await caller.reached('answered');
  await pause(600);
  caller.hangUp();
  await far.reached('ended');
  const expect = fromPhone('1001', '*801002', { direction: 'internal', answeredBy: 'PJSIP/1002' });
  // A(beep) is played to the called phone first; the caller is told of the answer half a second later.
  return [{ expect, times: { ...timesOf(caller, [far]), answered: caller.times().answered } }];
});

const blindTransfer: Story = story('transfer-blind-to-mobile', async (office) => {
  const caller = await ring(office, DID.direct);
  const phone = await office.phones[1001].nextCall();
  await caller.reached('answered');
  await pause(400);
  await phone.transferTo(`9${OUTSIDE.mobile}`);
  const mobile = await office.telco.nextCall();
  await mobile.reached('answered');
  await pause(500);
  caller.hangUp();
  await mobile.reached('ended');
  const expect = inbound(DID.direct, {
    ...outside,
    transfers: [{ kind: 'blind', to: `9${OUTSIDE.mobile}` }],
  });
  return [{ expect, times: timesOf(caller, [phone]) }];
});

/** Recorded twice: the caller's channel and the consultation. */
const attendedTransfer: Story = story('transfer-attended-recorded', async (office) => {
  await office.setDb('AMPUSER', '1001/recording/in/external', 'force');
  await office.setDb('AMPUSER', '1002/recording/in/internal', 'force');
  const caller = await ring(office, DID.direct);
  const phone = await office.phones[1001].nextCall();
  await caller.reached('answered');
  await pause(400);
  await phone.hold();
  const consult = await office.phones[1001].call('1002');
  const target = await office.phones[1002].nextCall();
  await consult.reached('answered');
  await pause(500);
  await phone.transferInto(consult);
  await pause(600);
  caller.hangUp();
  await target.reached('ended');
  const expect = inbound(DID.direct, {
    answeredBy: 'PJSIP/1002',
    transfers: [{ kind: 'attended', to: '1002' }],
    recordings: 2,
  });
  return [{ expect, times: timesOf(caller, [phone]) }];
});

const park: Story = story('park-and-pick-up', async (office) => {
  const caller = await ring(office, DID.direct);
  const phone = await office.phones[1001].nextCall();
  await caller.reached('answered');
  await pause(400);
  await phone.transferTo('70');
  await pause(500);
  const picker = await office.phones[1002].call('71');
  await picker.reached('answered');
  await pause(500);
  caller.hangUp();
  await picker.reached('ended');
  const expect = inbound(DID.direct, { answeredBy: 'PJSIP/1001', transfers: [{ kind: 'park', to: '71' }] });
  return [{ expect, times: timesOf(caller, [phone]) }];
});

const internal: Story = story('internal', async (office) => {
  const caller = await office.phones[1001].call('1002');
  const far = await office.phones[1002].nextCall();
  await caller.reached('answered');
  await pause(500);
  caller.hangUp();
  await far.reached('ended');
  const expect = fromPhone('1001', '1002', { direction: 'internal', answeredBy: 'PJSIP/1002' });
  return [{ expect, times: timesOf(caller, [far]) }];
});

export const FREEPBX_PHONES: readonly Story[] = [
  failover,
  outboundBusy,
  intercom,
  blindTransfer,
  attendedTransfer,
  park,
  internal,
];
