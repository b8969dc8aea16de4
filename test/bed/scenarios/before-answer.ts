import { DID, OUTSIDE } from '../numbers.ts';
import { type Expected, inbound, pause, type Story, timesOf } from './story.ts';

/** A call answered by 1001 after whatever the dialplan plays or goes through first. */
function answeredBy1001(name: string, did: string, special: Partial<Expected>, core = true): Story {
  return {
    name,
    dialplan: 'plain',
    core,
    async play(office) {
      const caller = await office.telco.call(did, { number: OUTSIDE.caller });
      const phone = await office.phones[1001].nextCall();
      await phone.reached('answered');
      await pause(500);
      caller.hangUp();
      await phone.reached('ended');
      return [
        { expect: inbound(did, { answeredBy: 'PJSIP/1001', ...special }), times: timesOf(caller, [phone]) },
      ];
    },
  };
}

export const BEFORE_ANSWER: readonly Story[] = [
  answeredBy1001('music-before-answer', DID.dialMusic, { preAnswerAudio: 'music' }),
  answeredBy1001('announcement-after-pbx-answer', DID.answerAnnouncement, { preAnswerAudio: 'announcement' }),
  answeredBy1001('announcement-as-early-media', DID.earlyAnnouncement, { preAnswerAudio: 'announcement' }),
  answeredBy1001('early-answer', DID.earlyAnswer, { preAnswerAudio: 'early-answer' }),
  answeredBy1001('local-channel', DID.local, {}),
  answeredBy1001('local-channel-kept', DID.localKept, {}),
];
