import { speechLike } from '../g711.ts';
import { OUTSIDE } from '../numbers.ts';
import type { Behaviour } from '../sip-agent.ts';
import { announceThenRefuse, answerThenHangUp, busy, refuse, ringForEver } from '../sip-behaviour.ts';
import { type Expected, fromPhone, pause, type Story, timesOf } from './story.ts';

const dialled = `9${OUTSIDE.mobile}`;

/** A call from 1001 to a mobile that ends by the far side. */
function endedByFarSide(name: string, behaviour: Behaviour, special: Partial<Expected>, core = true): Story {
  return {
    name,
    dialplan: 'plain',
    core,
    async play(office) {
      office.telco.behave(behaviour);
      const caller = await office.phones[1001].call(dialled);
      const far = await office.telco.nextCall();
      await caller.reached('ended', 30_000);
      return [{ expect: fromPhone('1001', dialled, special), times: timesOf(caller, [far]) }];
    },
  };
}

const answered: Story = {
  name: 'outbound-answered',
  dialplan: 'plain',
  core: true,
  async play(office) {
    const caller = await office.phones[1001].call(dialled);
    const far = await office.telco.nextCall();
    await caller.reached('answered');
    await pause(700);
    caller.hangUp();
    await far.reached('ended');
    return [
      { expect: fromPhone('1001', dialled, { answeredBy: 'PJSIP/telco' }), times: timesOf(caller, [far]) },
    ];
  },
};

const abandoned: Story = {
  name: 'outbound-abandoned',
  dialplan: 'plain',
  core: true,
  async play(office) {
    office.telco.behave(ringForEver);
    const caller = await office.phones[1001].call(dialled);
    const far = await office.telco.nextCall();
    await caller.reached('ringing');
    await pause(600);
    caller.hangUp();
    await far.reached('ended');
    await caller.reached('ended');
    return [{ expect: fromPhone('1001', dialled, { outcome: 'abandoned' }), times: timesOf(caller, [far]) }];
  },
};

const failover: Story = {
  name: 'outbound-trunk-failover',
  dialplan: 'plain',
  core: true,
  async play(office) {
    office.telco.behave(refuse(503, 'Service Unavailable'));
    const caller = await office.phones[1001].call(dialled);
    const far = await office.telco2.nextCall();
    await caller.reached('answered');
    await pause(500);
    caller.hangUp();
    await far.reached('ended');
    return [
      { expect: fromPhone('1001', dialled, { answeredBy: 'PJSIP/telco2' }), times: timesOf(caller, [far]) },
    ];
  },
};

const bothTrunksFail: Story = {
  name: 'outbound-both-trunks-fail',
  dialplan: 'plain',
  core: false,
  async play(office) {
    office.telco.behave(refuse(503, 'Service Unavailable'));
    office.telco2.behave(refuse(503, 'Service Unavailable'));
    const caller = await office.phones[1001].call(dialled);
    await caller.reached('ended');
    const expect = fromPhone('1001', dialled, { outcome: 'failed', hungUpBy: 'callee' });
    return [{ expect, times: timesOf(caller, []) }];
  },
};

const internal: Story = {
  name: 'internal-answered',
  dialplan: 'plain',
  core: true,
  async play(office) {
    const caller = await office.phones[1001].call('1002');
    const far = await office.phones[1002].nextCall();
    await caller.reached('answered');
    await pause(500);
    far.hangUp();
    await caller.reached('ended');
    const expect = fromPhone('1001', '1002', {
      direction: 'internal',
      answeredBy: 'PJSIP/1002',
      hungUpBy: 'callee',
    });
    return [{ expect, times: timesOf(caller, [far]) }];
  },
};

export const OUTBOUND: readonly Story[] = [
  answered,
  endedByFarSide('outbound-answered-callee-hangs-up', answerThenHangUp(400, 500), {
    answeredBy: 'PJSIP/telco',
    hungUpBy: 'callee',
  }),
  endedByFarSide('outbound-not-answered', refuse(480, 'Temporarily Unavailable', 900), {
    outcome: 'no-answer',
    hungUpBy: 'callee',
  }),
  endedByFarSide('outbound-busy', busy, { outcome: 'busy', hungUpBy: 'callee' }),
  endedByFarSide(
    'outbound-announcement',
    announceThenRefuse(speechLike(2), 1_500, 480, 'Temporarily Unavailable'),
    { outcome: 'no-answer', hungUpBy: 'callee' },
  ),
  endedByFarSide('outbound-unallocated', refuse(404, 'Not Found'), { outcome: 'failed', hungUpBy: 'callee' }),
  abandoned,
  failover,
  bothTrunksFail,
  internal,
];
