import { DID, OUTSIDE } from '../numbers.ts';
import type { Office } from '../office.ts';
import { answerAfter, busy, redirectTo, ringForEver } from '../sip-behaviour.ts';
import { answered, leftToVoicemail, outside, ring, story } from './freepbx-story.ts';
import { inbound, pause, type Story, timesOf } from './story.ts';

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

const record = (office: Office) => office.setDb('AMPUSER', '1001/recording/in/external', 'force');

export const FREEPBX_INBOUND: readonly Story[] = [
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
];
