import { DID, OUTSIDE } from '../numbers.ts';
import type { CallOptions } from '../sip-agent.ts';
import { type Expected, inbound, pause, type Story, timesOf } from './story.ts';

/** A caller whose name or number is not what it should be; 1001 answers all the same. */
function strangeCaller(
  name: string,
  options: CallOptions,
  special: Partial<Expected>,
  where: Partial<Pick<Story, 'core' | 'only'>> = {},
): Story {
  return {
    name,
    dialplan: 'plain',
    core: true,
    ...where,
    async play(office) {
      const caller = await office.telco.call(DID.direct, options);
      const phone = await office.phones[1001].nextCall();
      await caller.reached('answered');
      await pause(400);
      caller.hangUp();
      await phone.reached('ended');
      const expect = inbound(DID.direct, { answeredBy: 'PJSIP/1001', ...special });
      return [{ expect, times: timesOf(caller, [phone]) }];
    },
  };
}

// 值班室 in GBK: valid in no other way, so that Asterisk 22 replaces it and 16 lets it pass.
const GBK_NAME = Uint8Array.of(0xd6, 0xb5, 0xb0, 0xe0, 0xca, 0xd2);
const unreadable = { caller: { number: '\u{fffd}', name: null }, tampered: true };

// pjsip decodes %0d%0a of a user part, and AMI writes the result as it is (16.28 and 22.10): new headers, or a whole packet.
export const FORGERS: readonly Story[] = [
  strangeCaller(
    'forged-header-in-number',
    { rawFrom: '<sip:95%0d%0aUniqueid%3a%201.1%0d%0aLinkedid%3a%201.1@outside.test>' },
    unreadable,
  ),
  strangeCaller(
    'forged-hangup-in-number',
    {
      rawFrom: '<sip:95%0d%0a%0d%0aEvent%3a%20Hangup%0d%0aPrivilege%3a%20call,all%0d%0aX%3a%20@outside.test>',
    },
    unreadable,
  ),
  strangeCaller(
    'name-in-gbk',
    { number: OUTSIDE.caller, name: GBK_NAME },
    { caller: { number: OUTSIDE.caller, name: '值班室' } },
    { only: 16 },
  ),
];
