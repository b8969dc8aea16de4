import { DID, OUTSIDE } from '../numbers.ts';
import type { Office } from '../office.ts';
import { answerAfter, busy, decline, ringForEver } from '../sip-behaviour.ts';
import { type Expected, inbound, pause, type Story, timesOf } from './story.ts';

const ring = (office: Office, did: string) => office.telco.call(did, { number: OUTSIDE.caller });

/** 1001 and 1002 ring, 1002 answers, the caller hangs up. */
function answeredBy1002(name: string, did: string, special: Partial<Expected>, core = true): Story {
  return {
    name,
    dialplan: 'plain',
    core,
    async play(office) {
      office.phones[1001].behave(ringForEver);
      office.phones[1002].behave(answerAfter(600));
      const caller = await ring(office, did);
      const loser = await office.phones[1001].nextCall();
      const winner = await office.phones[1002].nextCall();
      await winner.reached('answered');
      await loser.reached('ended');
      await pause(500);
      caller.hangUp();
      await winner.reached('ended');
      return [
        {
          expect: inbound(did, { answeredBy: 'PJSIP/1002', ...special }),
          times: timesOf(caller, [winner, loser]),
        },
      ];
    },
  };
}

const groupAllBusy: Story = {
  name: 'ring-group-all-busy',
  dialplan: 'plain',
  core: false,
  async play(office) {
    office.phones[1001].behave(busy);
    office.phones[1002].behave(busy);
    const caller = await ring(office, DID.ringGroup);
    await caller.reached('ended');
    return [
      { expect: inbound(DID.ringGroup, { outcome: 'busy', hungUpBy: 'callee' }), times: timesOf(caller, []) },
    ];
  },
};

const groupOneDeclines: Story = {
  name: 'ring-group-one-declines-other-answers',
  dialplan: 'plain',
  core: false,
  async play(office) {
    office.phones[1001].behave(decline);
    office.phones[1002].behave(answerAfter(700));
    const caller = await ring(office, DID.ringGroup);
    const refuser = await office.phones[1001].nextCall();
    const winner = await office.phones[1002].nextCall();
    await winner.reached('answered');
    await pause(400);
    caller.hangUp();
    await winner.reached('ended');
    return [
      {
        expect: inbound(DID.ringGroup, { answeredBy: 'PJSIP/1002' }),
        times: timesOf(caller, [refuser, winner]),
      },
    ];
  },
};

const queueAbandoned: Story = {
  name: 'queue-abandoned',
  dialplan: 'plain',
  core: true,
  async play(office) {
    office.phones[1001].behave(ringForEver);
    office.phones[1002].behave(ringForEver);
    const caller = await ring(office, DID.queueMusic);
    const phone = await office.phones[1001].nextCall();
    await pause(800);
    caller.hangUp();
    await phone.reached('ended');
    await caller.reached('ended');
    const expect = inbound(DID.queueMusic, { outcome: 'abandoned', preAnswerAudio: 'music' });
    return [{ expect, times: { ...timesOf(caller, [phone]), answered: null } }];
  },
};

const queueAbandonedBeforeRinging: Story = {
  name: 'queue-abandoned-before-ringing',
  dialplan: 'plain',
  core: true,
  async play(office) {
    const caller = await ring(office, DID.queueEmpty);
    await caller.reached('answered');
    await pause(900);
    caller.hangUp();
    await caller.reached('ended');
    const expect = inbound(DID.queueEmpty, { outcome: 'abandoned', preAnswerAudio: 'music' });
    return [{ expect, times: timesOf(caller, []) }];
  },
};

export const GROUPS: readonly Story[] = [
  answeredBy1002('ring-group', DID.ringGroup, {}),
  groupAllBusy,
  groupOneDeclines,
  answeredBy1002('queue-answered', DID.queueRings, {}),
  answeredBy1002('queue-with-music-answered', DID.queueMusic, { preAnswerAudio: 'music' }),
  queueAbandoned,
  queueAbandonedBeforeRinging,
];
