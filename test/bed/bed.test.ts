import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TapPacket } from './ami-tap.ts';
import { DID, OUTSIDE } from './numbers.ts';
import { type Office, startOffice } from './office.ts';
import { STORIES } from './scenarios/all-stories.ts';
import { playStory } from './scenarios/play-story.ts';
import { pause } from './scenarios/story.ts';
import { ringForEver } from './sip-behaviour.ts';

/** `wanted` stands in `events` in this order, with anything in between. */
function expectOrder(events: readonly TapPacket[], wanted: readonly string[]): void {
  const names = events.map((event) => event.Event ?? '');
  let from = 0;
  for (const name of wanted) {
    const found = names.indexOf(name, from);
    expect(found, `${name} after event ${from} of ${names.join(' ')}`).toBeGreaterThanOrEqual(0);
    from = found + 1;
  }
}

/**
 * What each call must show: every list in its own order. Two lists where Asterisk publishes from two threads, so that the
 * one may overtake the other on a loaded machine: DialState and Newstate of a ringing phone (seen on 16), BlindTransfer
 * and the BridgeLeave of those it moves (seen on 22.10).
 */
const ORDER: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'inbound-answered': [
    [
      'Newchannel',
      'Newexten',
      'Newchannel',
      'DialBegin',
      'DialState',
      'Newstate',
      'DialEnd',
      'Newstate',
      'BridgeCreate',
      'BridgeEnter',
      'BridgeEnter',
      'HangupRequest',
      'BridgeLeave',
      'Hangup',
      'Hangup',
    ],
    ['DialBegin', 'Newstate', 'Newstate', 'DialEnd', 'Newstate', 'BridgeCreate'],
  ],
  'inbound-abandoned': [['Newchannel', 'DialBegin', 'HangupRequest', 'DialEnd', 'Hangup', 'Hangup']],
  'inbound-busy': [['Newchannel', 'DialBegin', 'HangupRequest', 'DialEnd', 'Hangup']],
  'inbound-hold': [['BridgeEnter', 'Hold', 'MusicOnHoldStart', 'Unhold', 'MusicOnHoldStop', 'Hangup']],
  'transfer-blind': [
    ['BridgeEnter', 'BridgeLeave', 'DialBegin', 'DialEnd', 'BridgeEnter', 'Hangup'],
    ['BridgeEnter', 'BlindTransfer', 'DialBegin', 'DialEnd', 'BridgeEnter', 'Hangup'],
  ],
  'transfer-attended': [['BridgeEnter', 'Hold', 'Newchannel', 'DialBegin', 'AttendedTransfer', 'Hangup']],
  'transfer-dtmf': [
    ['BridgeEnter', 'Hold', 'DialBegin', 'DialEnd', 'Hangup'],
    ['BridgeEnter', 'Hold', 'BlindTransfer', 'Hangup'],
  ],
  'queue-answered': [
    ['QueueCallerJoin', 'AgentCalled', 'DialBegin', 'DialEnd', 'AgentConnect', 'AgentComplete'],
  ],
  'park-and-pick-up': [
    ['ParkedCall', 'UnParkedCall', 'Hangup'],
    ['BridgeEnter', 'BlindTransfer', 'Hangup'],
    ['ParkedCall', 'BridgeEnter', 'Hangup'],
  ],
};

describe.each([22, 16] as const)('the test bed on Asterisk %i', (version) => {
  let office: Office;
  beforeAll(async () => {
    office = await startOffice({ version, carrier: true });
  });
  afterAll(() => office.stop());

  it('has Macro(), of which the dialplan of FreePBX 16 is made, on Asterisk 16 only', async () => {
    const answer = await office.pbx.manage({ Action: 'ModuleCheck', Module: 'app_macro' });
    expect(answer.Response).toBe(version === 16 ? 'Success' : 'Error');
  });

  it('carries sound both ways and the agents note who did what when', async () => {
    await office.reset();
    const caller = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
    const phone = await office.phones[1001].nextCall();
    await caller.reached('answered');
    await pause(1_000);
    const heardLeast = () => Math.min(...[caller, phone].map((side) => side.sound().heard));
    await expect.poll(heardLeast).toBeGreaterThan(40);
    caller.hangUp();
    await phone.reached('ended');
    for (const side of [caller, phone]) {
      expect(side.sound().sent).toBeGreaterThan(40);
      expect(side.sound().heard).toBeGreaterThan(40);
    }
    expect([caller.endedBy(), phone.endedBy()]).toEqual(['us', 'them']);
    const { invite, ringing, answered, ended } = phone.times();
    expect((answered ?? 0) - (ringing ?? 0)).toBeGreaterThanOrEqual(295);
    expect((ended ?? 0) - (answered ?? 0)).toBeGreaterThanOrEqual(990);
    expect(invite - caller.times().invite).toBeLessThan(200);
  });

  it.each(Object.keys(ORDER))('%s: the AMI tells it in the known order', async (name) => {
    const story = STORIES.find((candidate) => candidate.name === name);
    if (story === undefined) throw new Error(`no story ${name}`);
    const { events, bytes, truth } = await playStory(office, story);
    for (const wanted of ORDER[name] ?? []) expectOrder(events, wanted);
    expect(bytes.toString('latin1')).toMatch(
      /^Asterisk Call Manager\/\d+\.\d+\.\d+\r\nResponse: Success\r\n/,
    );
    const [first] = truth.calls;
    const arrival = events.find((event) => event.Event === 'Newchannel');
    expect(Math.abs(Number(arrival?.Timestamp) * 1000 - (first?.times.invite ?? 0))).toBeLessThan(100);
  });

  it('calls in and out through a second real Asterisk, the carrier', async () => {
    await office.reset();
    const subscriber = office.carrier?.subscriber;
    if (subscriber === undefined) throw new Error('no carrier');
    const into = await subscriber.call(DID.direct);
    await into.reached('answered');
    into.hangUp();
    const out = await office.phones[1002].call(`8${OUTSIDE.mobile}`);
    await out.reached('answered');
    out.hangUp();
    await out.reached('ended');
    expect((await subscriber.nextCall()).dialled).toBe(OUTSIDE.mobile);
  });

  it('comes back after a kill with its phones registered', async () => {
    await office.reset();
    office.phones[1001].behave(ringForEver);
    const tap = await office.tap();
    const standing = await office.telco.call(DID.direct);
    await standing.reached('ringing');
    await office.kill9();
    expect(office.pbx.pid()).toBeNull();
    await office.restart();
    expect(tap.closed()).toBe(true);
    office.phones[1001].behave((call) => call.answer());
    const after = await office.telco.call(DID.direct);
    await after.reached('answered');
    after.hangUp();
    await after.reached('ended');
  });

  it('refuses what an account has no class for', async () => {
    const snapshot = async (account: 'listen' | 'listen-no-write') => {
      const tap = await office.tap(account);
      const answer = await tap.action({ Action: 'CoreShowChannels' });
      await tap.close();
      return answer.Message;
    };
    expect(await snapshot('listen')).toBe('Channels will follow');
    expect(await snapshot('listen-no-write')).toBe('Permission denied');
  });
});
