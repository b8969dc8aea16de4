import { DID, OUTSIDE } from '../numbers.ts';
import type { Office } from '../office.ts';
import { busy, decline, ringForEver } from '../sip-behaviour.ts';
import { inbound, pause, type Story, timesOf } from './story.ts';

const ring = (office: Office, did: string, options: Parameters<Office['telco']['call']>[1] = {}) =>
  office.telco.call(did, { number: OUTSIDE.caller, ...options });

const timedOut: Story = {
  name: 'inbound-missed',
  dialplan: 'plain',
  core: true,
  async play(office) {
    office.phones[1001].behave(ringForEver);
    const caller = await ring(office, DID.givesUp);
    const phone = await office.phones[1001].nextCall();
    await caller.reached('ended');
    return [
      {
        expect: inbound(DID.givesUp, { outcome: 'missed', hungUpBy: 'pbx' }),
        times: timesOf(caller, [phone]),
      },
    ];
  },
};

const abandoned: Story = {
  name: 'inbound-abandoned',
  dialplan: 'plain',
  core: true,
  async play(office) {
    office.phones[1001].behave(ringForEver);
    const caller = await ring(office, DID.direct);
    const phone = await office.phones[1001].nextCall();
    await caller.reached('ringing');
    await pause(700);
    caller.hangUp();
    await caller.reached('ended');
    await phone.reached('ended');
    return [{ expect: inbound(DID.direct, { outcome: 'abandoned' }), times: timesOf(caller, [phone]) }];
  },
};

const abandonedBeforeRinging: Story = {
  name: 'inbound-abandoned-before-ringing',
  dialplan: 'plain',
  core: true,
  async play(office) {
    const caller = await ring(office, DID.waits);
    await pause(1_000);
    caller.hangUp();
    await caller.reached('ended');
    return [{ expect: inbound(DID.waits, { outcome: 'abandoned' }), times: timesOf(caller, []) }];
  },
};

const phoneBusy: Story = {
  name: 'inbound-busy',
  dialplan: 'plain',
  core: true,
  async play(office) {
    office.phones[1001].behave(busy);
    const caller = await ring(office, DID.direct);
    const phone = await office.phones[1001].nextCall();
    await caller.reached('ended');
    return [
      {
        expect: inbound(DID.direct, { outcome: 'busy', hungUpBy: 'callee' }),
        times: timesOf(caller, [phone]),
      },
    ];
  },
};

const phoneDeclines: Story = {
  name: 'inbound-declined',
  dialplan: 'plain',
  core: true,
  async play(office) {
    office.phones[1001].behave(decline);
    const caller = await ring(office, DID.direct);
    const phone = await office.phones[1001].nextCall();
    await caller.reached('ended');
    return [
      {
        expect: inbound(DID.direct, { outcome: 'declined', hungUpBy: 'callee' }),
        times: timesOf(caller, [phone]),
      },
    ];
  },
};

const notRegistered: Story = {
  name: 'inbound-phone-not-registered',
  dialplan: 'plain',
  core: true,
  async play(office) {
    const caller = await ring(office, DID.unregistered);
    await caller.reached('ended');
    const expect = inbound(DID.unregistered, { outcome: 'unreachable', hungUpBy: 'pbx' });
    return [{ expect, times: timesOf(caller, []) }];
  },
};

/** Not a number of ours: nothing may be printed. */
const unallocated: Story = {
  name: 'inbound-unallocated',
  dialplan: 'plain',
  core: true,
  async play(office) {
    const caller = await ring(office, DID.unallocated);
    await caller.reached('ended');
    return [];
  },
};

const voicemail: Story = {
  name: 'inbound-voicemail',
  dialplan: 'plain',
  core: true,
  async play(office) {
    office.phones[1001].behave(ringForEver);
    const caller = await ring(office, DID.voicemail);
    const phone = await office.phones[1001].nextCall();
    await caller.reached('answered');
    await pause(1_500);
    caller.hangUp();
    await caller.reached('ended');
    const expect = inbound(DID.voicemail, { outcome: 'missed' });
    return [{ expect, times: { ...timesOf(caller, [phone]), answered: null } }];
  },
};

export const INBOUND_UNANSWERED: readonly Story[] = [
  timedOut,
  abandoned,
  abandonedBeforeRinging,
  phoneBusy,
  phoneDeclines,
  notRegistered,
  unallocated,
  voicemail,
];
