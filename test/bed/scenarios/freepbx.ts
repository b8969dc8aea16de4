import { DID, OUTSIDE } from '../numbers.ts';
import type { Office } from '../office.ts';
import { answerAfter, busy, redirectTo, refuse, ringForEver } from '../sip-behaviour.ts';
import { type Expected, fromPhone, inbound, pause, type Story, timesOf } from './story.ts';

// FreePBX fills an empty name with the number before anything rings; the call's own name stays empty.
const outside: Partial<Expected> = { answeredBy: 'PJSIP/telco', leftPremises: true, leftTo: OUTSIDE.mobile };

function story(name: string, play: Story['play']): Story {
  return { name: `freepbx-${name}`, dialplan: 'freepbx', core: true, play };
}

const ring = (office: Office, did: string) => office.telco.call(did, { number: OUTSIDE.caller });

/** Whoever is to answer answers 600 ms after it rings; `prepare` makes it so and says who. */
function answered(
  name: string,
  did: string,
  who: (office: Office) => 'telco' | '1001' | '1002' | '1003',
  special: Partial<Expected>,
  prepare: (office: Office) => Promise<void> | void = () => undefined,
): Story {
  return story(name, async (office) => {
    await prepare(office);
    const caller = await ring(office, did);
    const key = who(office);
    const agent = key === 'telco' ? office.telco : office.phones[key];
    const far = await agent.nextCall(20_000);
    await far.reached('answered');
    await pause(600);
    caller.hangUp();
    await far.reached('ended');
    const rang = Object.values(office.phones).flatMap((phone) =>
      phone.calls().filter((call) => call.times().invite >= caller.times().invite),
    );
    return [{ expect: inbound(did, special), times: timesOf(caller, [far, ...rang]) }];
  });
}

/** Nobody answers and voicemail takes the call; the caller speaks and hangs up. */
function leftToVoicemail(
  name: string,
  did: string,
  special: Partial<Expected>,
  prepare: (office: Office) => Promise<void> | void,
): Story {
  return story(name, async (office) => {
    await prepare(office);
    const caller = await ring(office, did);
    await caller.reached('answered');
    await pause(1_500);
    caller.hangUp();
    await caller.reached('ended');
    const rang = Object.values(office.phones).flatMap((phone) =>
      phone.calls().filter((call) => call.times().invite >= caller.times().invite),
    );
    return [{ expect: inbound(did, special), times: { ...timesOf(caller, rang), answered: null } }];
  });
}

const group: Story = story('ring-group', async (office) => {
  office.phones[1001].behave(ringForEver);
  office.phones[1002].behave(answerAfter(600));
  const caller = await ring(office, DID.ringGroup);
  const loser = await office.phones[1001].nextCall();
  const winner = await office.phones[1002].nextCall();
  await winner.reached('answered');
  await loser.reached('ended');
  await pause(500);
  caller.hangUp();
  await winner.reached('ended');
  return [
    { expect: inbound(DID.ringGroup, { answeredBy: 'PJSIP/1002' }), times: timesOf(caller, [winner, loser]) },
  ];
});

const groupWithMusic: Story = story('ring-group-with-music', async (office) => {
  office.phones[1001].behave(ringForEver);
  office.phones[1002].behave(answerAfter(900));
  const caller = await ring(office, DID.dialMusic);
  const loser = await office.phones[1001].nextCall();
  const winner = await office.phones[1002].nextCall();
  await winner.reached('answered');
  await loser.reached('ended');
  await pause(500);
  caller.hangUp();
  await winner.reached('ended');
  const expect = inbound(DID.dialMusic, { answeredBy: 'PJSIP/1002', preAnswerAudio: 'music' });
  return [{ expect, times: timesOf(caller, [winner, loser]) }];
});

const ivr: Story = story('ivr', async (office) => {
  const caller = await ring(office, DID.earlyAnnouncement);
  await caller.reached('answered');
  await pause(1_600);
  await caller.dial('1');
  const phone = await office.phones[1001].nextCall();
  await phone.reached('answered');
  await pause(500);
  caller.hangUp();
  await phone.reached('ended');
  const expect = inbound(DID.earlyAnnouncement, { answeredBy: 'PJSIP/1001', preAnswerAudio: 'announcement' });
  return [{ expect, times: timesOf(caller, [phone]) }];
});

const queueAbandoned: Story = story('queue-abandoned', async (office) => {
  office.phones[1001].behave(ringForEver);
  office.phones[1002].behave(ringForEver);
  const caller = await ring(office, DID.queueMusic);
  const phone = await office.phones[1001].nextCall();
  await pause(700);
  caller.hangUp();
  await phone.reached('ended');
  await caller.reached('ended');
  const expect = inbound(DID.queueMusic, { outcome: 'abandoned', preAnswerAudio: 'music' });
  return [{ expect, times: { ...timesOf(caller, [phone]), answered: null } }];
});

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

const record = (office: Office) => office.setDb('AMPUSER', '1001/recording/in/external', 'force');

export const FREEPBX: readonly Story[] = [
  answered('direct-recorded', DID.direct, () => '1001', { answeredBy: 'PJSIP/1001', recordings: 1 }, record),
  leftToVoicemail('voicemail-no-answer', DID.voicemail, { outcome: 'missed' }, (office) => {
    office.phones[1002].behave(ringForEver);
  }),
  leftToVoicemail('voicemail-recorded', DID.direct, { outcome: 'missed', recordings: 1 }, async (office) => {
    await record(office);
    office.phones[1001].behave(ringForEver);
  }),
  leftToVoicemail('voicemail-not-registered', DID.unregistered, { outcome: 'unreachable' }, () => undefined),
  leftToVoicemail('voicemail-do-not-disturb', DID.direct, { outcome: 'unreachable' }, (office) =>
    office.setDb('DND', '1001', 'YES'),
  ),
  group,
  groupWithMusic,
  answered(
    'queue',
    DID.queueMusic,
    () => '1002',
    { answeredBy: 'PJSIP/1002', preAnswerAudio: 'music' },
    (office) => {
      office.phones[1001].behave(ringForEver);
      office.phones[1002].behave(answerAfter(700));
    },
  ),
  answered(
    'queue-rings',
    DID.queueRings,
    () => '1002',
    { answeredBy: 'PJSIP/1002', preAnswerAudio: 'early-answer' },
    (office) => {
      office.phones[1001].behave(ringForEver);
      office.phones[1002].behave(answerAfter(700));
    },
  ),
  answered(
    'queue-member-forwarded',
    DID.queueMusic,
    () => 'telco',
    { ...outside, preAnswerAudio: 'music' },
    async (office) => {
      office.phones[1002].behave(ringForEver);
      office.telco.behave(answerAfter(700));
      await office.setDb('CF', '1001', `9${OUTSIDE.mobile}`);
    },
  ),
  queueAbandoned,
  answered('announcement', DID.answerAnnouncement, () => '1001', {
    answeredBy: 'PJSIP/1001',
    preAnswerAudio: 'announcement',
  }),
  ivr,
  answered(
    'forward-cf',
    DID.direct,
    () => 'telco',
    outside,
    (office) => office.setDb('CF', '1001', `9${OUTSIDE.mobile}`),
  ),
  answered(
    'forward-cfu',
    DID.direct,
    () => 'telco',
    outside,
    async (office) => {
      office.phones[1001].behave(ringForEver);
      await office.setDb('CFU', '1001', `9${OUTSIDE.mobile}`);
    },
  ),
  answered(
    'forward-cfb',
    DID.direct,
    () => 'telco',
    outside,
    async (office) => {
      office.phones[1001].behave(busy);
      await office.setDb('CFB', '1001', `9${OUTSIDE.mobile}`);
    },
  ),
  answered(
    'forward-302',
    DID.direct,
    () => 'telco',
    outside,
    (office) => {
      office.phones[1001].behave(redirectTo(OUTSIDE.mobile));
    },
  ),
  answered(
    'follow-me',
    DID.followMe,
    () => 'telco',
    outside,
    async (office) => {
      office.phones[1003].behave(ringForEver);
      office.telco.behave(answerAfter(700));
      await office.setDb('AMPUSER', '1003/followme/ddial', 'DIRECT');
      await office.setDb('AMPUSER', '1003/followme/grplist', `${OUTSIDE.mobile}#`);
    },
  ),
  failover,
  outboundBusy,
  intercom,
  blindTransfer,
  attendedTransfer,
  park,
  internal,
];
