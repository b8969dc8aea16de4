/**
 * The table of what a call of the duty line shows by itself: every forwarding case of `telephony.md` §4 and every ringback
 * set-up of §5, as stories with what must be found of each. Placed by `npm run soak -- watch`.
 */
import type { Scope, SuspicionKind } from '../../src/diagnosis/suspicion.ts';
import type { AsteriskMajor } from '../bed/asterisk-prefix.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import type { Office } from '../bed/office.ts';
import type { DialplanName } from '../bed/office-config.ts';
import { STORIES } from '../bed/scenarios/all-stories.ts';
import { inbound, pause, type Story, timesOf } from '../bed/scenarios/story.ts';
import { answerAfter, ringForEver } from '../bed/sip-behaviour.ts';
import { MORE } from './more-numbers.ts';

export interface Expected {
  readonly kind: SuspicionKind;
  readonly scope: Scope;
  readonly evidence: Readonly<Record<string, unknown>>;
}

export interface LiveCase {
  /** Row of `telephony.md`. */
  readonly row: string;
  readonly story: Story;
  readonly expected: readonly Expected[];
}

function named(name: string): Story {
  const story = STORIES.find((one) => one.name === name);
  if (story === undefined) throw new Error(`no story ${name}`);
  return story;
}

const { mobile, caller: CALLER } = OUTSIDE;

function left(way: string, scope: Scope = 'always', to: string = mobile): Expected {
  const evidence = { by: 'call', what: 'left', to, trunk: 'PJSIP/telco', target: 'mobile', way };
  return { kind: way === 'transfer' ? 'transferred-outside' : 'left-premises', scope, evidence };
}

const sound = (kind: SuspicionKind, file: unknown = null): Expected => ({
  ...{ kind, scope: 'always' },
  evidence: { by: 'call', what: 'sound', sound: file },
});
const MUSIC = sound('music-before-answer');

/** A call to 1001, answered there, which then goes on to the mobile by what `act` does. */
function handedOn(
  name: string,
  act: (office: Office, phone: Awaited<ReturnType<Office['telco']['nextCall']>>) => Promise<void>,
): Story {
  return {
    ...{ name, dialplan: 'plain', core: true },
    async play(office) {
      const caller = await office.telco.call(DID.direct, { number: CALLER });
      const phone = await office.phones[1001].nextCall();
      await caller.reached('answered');
      await pause(400);
      await act(office, phone);
      const far = await office.telco.nextCall(15_000);
      await far.reached('answered');
      await pause(800);
      caller.hangUp();
      await far.reached('ended');
      return [{ expect: inbound(DID.direct, {}), times: timesOf(caller, [phone]) }];
    },
  };
}

const attendedToMobile = handedOn('transfer-attended-to-mobile', async (office, phone) => {
  await phone.hold();
  const consult = await office.phones[1001].call(`9${mobile}`);
  await consult.reached('answered');
  await pause(400);
  await phone.transferInto(consult);
});

const keyedToMobile = handedOn('transfer-dtmf-to-mobile', async (_office, phone) => {
  await phone.dial('#1');
  await pause(1_200);
  await phone.dial(`9${mobile}`);
});

/** The officer is quicker than the mobile that rings beside his phone. */
const phoneWins: Story = {
  ...{ name: 'forward-simultaneous-phone-wins', dialplan: 'plain', core: true },
  async play(office) {
    office.telco.behave(ringForEver);
    office.phones[1001].behave(answerAfter(900));
    const caller = await office.telco.call(DID.simultaneous, { number: CALLER });
    const far = await office.telco.nextCall();
    await caller.reached('answered');
    await far.reached('ended');
    await pause(400);
    caller.hangUp();
    await caller.reached('ended');
    return [{ expect: inbound(DID.simultaneous, {}), times: timesOf(caller, []) }];
  },
};

/** The mobile answers while 1001 rings. */
function mobileTakesIt(name: string, did: string): Story {
  return {
    ...{ name, dialplan: 'plain', core: true },
    async play(office) {
      office.phones[1001].behave(ringForEver);
      const caller = await office.telco.call(did, { number: CALLER });
      const far = await office.telco.nextCall();
      await far.reached('answered');
      await pause(400);
      caller.hangUp();
      await far.reached('ended');
      return [{ expect: inbound(did, {}), times: timesOf(caller, []) }];
    },
  };
}

function arrivesWith(
  name: string,
  headers: (office: Office) => readonly (readonly [string, string])[],
): Story {
  return {
    ...{ name, dialplan: 'plain', core: true },
    async play(office) {
      const caller = await office.telco.call(DID.direct, { number: CALLER, headers: headers(office) });
      const phone = await office.phones[1001].nextCall();
      await caller.reached('answered');
      await pause(400);
      caller.hangUp();
      await phone.reached('ended');
      return [{ expect: inbound(DID.direct, {}), times: timesOf(caller, [phone]) }];
    },
  };
}

const DIVERTED: Expected = {
  ...{ kind: 'arrived-diverted', scope: 'always' },
  evidence: { by: 'call', what: 'diverted', from: '09542030000' },
};

const PLAIN: readonly LiveCase[] = [
  { row: '§4 a, 302', story: named('forward-302'), expected: [left('phone-forward')] },
  {
    row: '§4 a, 302, mobile not answered',
    story: named('forward-302-not-answered'),
    expected: [left('phone-forward')],
  },
  {
    row: "§4 a', 302 to itself for ever",
    story: named('forward-302-endless'),
    expected: [
      {
        ...{ kind: 'phone-unreachable', scope: 'always' },
        evidence: { by: 'call', what: 'unreachable', phones: ['PJSIP/1003'] },
      },
    ],
  },
  { row: '§4 b, CF', story: named('forward-cf'), expected: [left('instead')] },
  { row: '§4 b, CFU', story: named('forward-cfu'), expected: [left('after', 'no-answer')] },
  { row: '§4 b, CFB', story: named('forward-cfb'), expected: [left('after', 'busy')] },
  {
    row: "§4 b', straight to a trunk",
    story: named('forward-straight-to-trunk'),
    expected: [left('instead')],
  },
  { row: '§4 c, blind transfer', story: named('transfer-blind-to-mobile'), expected: [left('transfer')] },
  { row: '§4 c, attended transfer', story: attendedToMobile, expected: [left('transfer')] },
  { row: '§4 c, transfer by keys', story: keyedToMobile, expected: [left('transfer')] },
  { row: '§4 d, Diversion', story: named('inbound-diverted'), expected: [DIVERTED] },
  {
    row: '§4 d, History-Info',
    story: arrivesWith('inbound-history-info', ({ telco }) => [
      // As RFC 7044 has it; 16 and 22 read it only when each entry is a header of its own.
      ['History-Info', `<sip:09542030000@${telco.address}>;index=1`],
      ['History-Info', `<sip:${DID.direct}@${telco.address};cause=302>;index=1.1`],
    ]),
    expected: [DIVERTED],
  },
  { row: '§4 e, simultaneous', story: named('forward-simultaneous'), expected: [left('together')] },
  { row: '§4 e, simultaneous, phone answers', story: phoneWins, expected: [left('together')] },
  {
    row: '§4 e, simultaneous, mobile first',
    story: mobileTakesIt('forward-simultaneous-mobile-first', MORE.mobileFirst),
    expected: [left('together')],
  },
  { row: '§4 e, sequential', story: named('forward-sequential'), expected: [left('after', 'no-answer')] },
  {
    row: '§4 e, FollowMe, mobile alone',
    story: mobileTakesIt('forward-followme-mobile', MORE.followMe),
    expected: [left('instead'), MUSIC],
  },
  {
    row: '§4 e, FollowMe, phone first',
    // Never calls the second number on 16.
    story: { ...named('forward-followme'), only: 22 },
    expected: [left('after', 'no-answer'), MUSIC],
  },
  { row: '§5 Dial m(class)', story: named('music-before-answer'), expected: [MUSIC] },
  {
    row: '§5 Answer+Playback',
    story: named('announcement-after-pbx-answer'),
    expected: [sound('announcement-before-answer', /welcome$/)],
  },
  { row: '§5 Queue with music', story: named('queue-with-music-answered'), expected: [MUSIC] },
  {
    row: '§5 Progress+Playback',
    story: named('announcement-as-early-media'),
    expected: [sound('announcement-before-answer', /welcome$/)],
  },
  { row: '§5 Answer, then Dial', story: named('early-answer'), expected: [sound('answered-early')] },
];

const FREEPBX: readonly LiveCase[] = [
  { row: '§4 a, 302', story: named('freepbx-forward-302'), expected: [left('phone-forward')] },
  { row: '§4 b, CF', story: named('freepbx-forward-cf'), expected: [left('instead')] },
  { row: '§4 b, CFU', story: named('freepbx-forward-cfu'), expected: [left('after', 'no-answer')] },
  { row: '§4 b, CFB', story: named('freepbx-forward-cfb'), expected: [left('after', 'busy')] },
  {
    row: '§4 c, blind transfer',
    story: named('freepbx-transfer-blind-to-mobile'),
    expected: [left('transfer')],
  },
  { row: '§4 e, follow-me', story: named('freepbx-follow-me'), expected: [left('after', 'no-answer')] },
  {
    row: '§4 b, CF of a queue member',
    story: named('freepbx-queue-member-forwarded'),
    expected: [left('together'), MUSIC],
  },
  { row: '§5 ring group with m(class)', story: named('freepbx-ring-group-with-music'), expected: [MUSIC] },
  { row: '§5 Queue with music', story: named('freepbx-queue'), expected: [MUSIC] },
  {
    row: '§5 announcement',
    story: named('freepbx-announcement'),
    expected: [sound('announcement-before-answer', /welcome/)],
  },
  { row: '§5 IVR', story: named('freepbx-ivr'), expected: [sound('announcement-before-answer', /welcome/)] },
];

export function liveCases(version: AsteriskMajor, dialplan: DialplanName): readonly LiveCase[] {
  const all = dialplan === 'plain' ? PLAIN : FREEPBX;
  return all.filter(({ story }) => (story.only ?? version) === version);
}
