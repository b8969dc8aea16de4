import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AmiPacket } from '../../src/asterisk/listen/ami-packet.ts';
import { decode } from '../../src/asterisk/listen/decode.ts';
import { createPacketParser, type ParserCounts } from '../../src/asterisk/listen/packet-parser.ts';
import type { ChannelEvent } from '../../src/calls/channel-event.ts';
import type { AmiTap } from '../bed/ami-tap.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { answerAfter } from '../bed/sip-behaviour.ts';
import type { SipCall } from '../bed/sip-call.ts';
import { seeded } from '../support/seeded.ts';
import { dialAnything, encoded } from './forged-call.ts';
import { type Attack, attacksOn, type Victim } from './forger.ts';

// Forged calls placed on real Asterisk: what it writes to AMI is its own doing, and the SIP agents know what was real.

const INVENTED: Victim = {
  channel: 'PJSIP/1009-00000099',
  uniqueid: '1795449999.99',
  linkedid: '1795449999.99',
};
const AT_ONCE = 6;

/** On a busy machine the last attackers' Hangups come after the victim's own. */
async function everythingTold(office: Office, tap: AmiTap): Promise<void> {
  await vi.waitUntil(
    async () => (await office.pbx.manage({ Action: 'CoreStatus' })).CoreCurrentCalls === '0',
    { timeout: 20_000, interval: 50 },
  );
  await office.pbx.manage({ Action: 'UserEvent', UserEvent: 'everything-told' });
  await tap.waitFor('the mark behind the last Hangup', ({ UserEvent }) => UserEvent === 'everything-told');
}

describe.each([22, 16] as const)('forgers on Asterisk %i', (version) => {
  let office: Office;
  let tap: AmiTap;
  let victimCall: SipCall;
  let answered = 0;
  let placed = 0;
  let reading: Reading;

  beforeAll(async () => {
    office = await startOffice({ version, sound: false });
    await dialAnything(office);
    tap = await office.tap('listen-all');
    office.phones[1001].behave(answerAfter(20));
    victimCall = await office.telco.call(DID.phone1003, { number: OUTSIDE.secondCaller });
    await victimCall.reached('answered');
    const victim = victimOf(await tap.waitFor('the victim', (packet) => packet.Event === 'BridgeEnter'));
    await tap.waitFor(
      'the other one',
      (packet) => packet.Event === 'BridgeEnter' && packet.Uniqueid !== victim.uniqueid,
    );
    const attacks = [victim, INVENTED].flatMap((of) =>
      attacksOn(of, `${victim.uniqueid.slice(0, 10)}.999999`),
    );
    const sendable = attacks.filter((attack) => attack.callerName === undefined);
    placed = sendable.length;
    answered = await placeAll(office, sendable);
    victimCall.hangUp();
    await victimCall.reached('ended');
    await tap.waitFor(
      'the end of the victim',
      ({ Uniqueid, 'Cause-txt': cause }) => Uniqueid === victim.uniqueid && cause !== undefined,
    );
    await everythingTold(office, tap);
    reading = read(tap.bytes(), []);
  });

  afterAll(() => office.stop());

  it('places them: Asterisk takes the calls and writes what was forged', () => {
    expect(answered).toBe(placed);
    expect(reading.counts.tampered).toBeGreaterThan(answered * 5);
    expect(reading.counts.forged).toBeGreaterThan(answered * 5);
  });

  it('shows every forged call from Newchannel to Hangup, marked, and no channel that never was', () => {
    const trunk = newchannels(reading).filter((event) => event.channel.startsWith('PJSIP/telco-'));
    const marked = trunk.filter((event) => event.tampered);
    const hangups = reading.events.filter((event) => event.type === 'Hangup').map((event) => event.uniqueid);
    expect(trunk).toHaveLength(answered + 1);
    expect(marked.length).toBeGreaterThan(answered * 0.9);
    expect(newchannels(reading)).toHaveLength(2 * (answered + 1));
    expect(hangups.toSorted()).toEqual(
      newchannels(reading)
        .map((event) => event.uniqueid)
        .toSorted(),
    );
  });

  it('lets nothing of the invented channel through, and nothing about a channel before it began', () => {
    const channels = new Map(newchannels(reading).map((event) => [event.uniqueid, event.channel]));
    const strangers = reading.events
      .flatMap(channelsOf)
      .filter((ref) => channels.get(ref.uniqueid) !== ref.channel);
    expect(strangers).toEqual([]);
    expect(JSON.stringify(reading.events)).not.toContain(INVENTED.uniqueid);
  });

  it("leaves the victim's call as it was", () => {
    const first = newchannels(reading).find((event) => event.callerNumber === OUTSIDE.secondCaller);
    const events = reading.events.filter((event) =>
      channelsOf(event).some(({ linkedid }) => linkedid === first?.linkedid),
    );
    expect(events.filter((event) => event.tampered)).toEqual([]);
    expect(events.filter((event) => event.type === 'Hangup')).toHaveLength(2);
    expect(events.filter((event) => event.type === 'DialEnd')).toHaveLength(1);
    expect(events.map((event) => reading.events.indexOf(event)).at(-1)).toBeGreaterThan(
      reading.events.length * 0.9,
    );
  });

  it('gives up no packet and no event', () => {
    expect(reading.counts).toMatchObject({ broken: 0, oversized: 0 });
    expect(reading.unreadable).toEqual([]);
  });

  it('reads the same bytes the same, however they are split', () => {
    const whole = reading.packets.map(signature);
    const random = seeded(`split ${version}`);
    for (let round = 0; round < 2; round++) {
      const cuts = Array.from({ length: 400 }, () => random.below(tap.bytes().length)).toSorted(
        (a, b) => a - b,
      );
      expect(read(tap.bytes(), cuts).packets.map(signature)).toEqual(whole);
    }
    const beginning = tap.bytes().subarray(0, 150_000);
    const everyByte = Array.from(beginning.keys());
    expect(read(beginning, everyByte).packets.map(signature)).toEqual(
      read(beginning, []).packets.map(signature),
    );
  });
});

/** Places all calls, a few at once, each hung up by the caller as soon as it is answered; how many were. */
async function placeAll(office: Office, attacks: readonly Attack[]): Promise<number> {
  let answered = 0;
  for (let from = 0; from < attacks.length; from += AT_ONCE) {
    const taken = await Promise.all(
      attacks.slice(from, from + AT_ONCE).map((attack) => place(office, attack)),
    );
    answered += taken.filter((isTaken) => isTaken).length;
  }
  return answered;
}

async function place(office: Office, { number, did }: Attack): Promise<boolean> {
  const options =
    number === undefined ? { number: OUTSIDE.caller } : { rawFrom: `<sip:${encoded(number)}@outside.test>` };
  const call = await office.telco.call(did === undefined ? DID.direct : encoded(`d${did}`), options);
  const isAnswered = await call.reached('answered').then(
    () => true,
    () => false,
  );
  if (isAnswered) call.hangUp();
  await call.reached('ended');
  return isAnswered;
}

function victimOf(packet: Readonly<Record<string, string>>): Victim {
  const { Channel: channel = '', Uniqueid: uniqueid = '', Linkedid: linkedid = '' } = packet;
  return { channel, uniqueid, linkedid };
}

interface Reading {
  readonly packets: readonly AmiPacket[];
  readonly events: readonly ChannelEvent[];
  readonly unreadable: readonly string[];
  readonly counts: ParserCounts;
}

function read(bytes: Buffer, cuts: readonly number[]): Reading {
  const parser = createPacketParser();
  const packets: AmiPacket[] = [];
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    packets.push(...parser.push(bytes.subarray(from, cut)));
    from = cut;
  }
  packets.push(...parser.settle());
  const decoded = packets.map(decode);
  return {
    packets,
    events: decoded.flatMap((one) => (one.kind === 'event' ? [one.event] : [])),
    unreadable: decoded.flatMap((one) => (one.kind === 'unreadable' ? [one.name] : [])),
    counts: parser.counts(),
  };
}

function newchannels({ events }: Reading) {
  return events.filter((event) => event.type === 'Newchannel');
}

/** Every channel an event names. */
function channelsOf(event: ChannelEvent) {
  const refs = [event, ...Object.values(event)].filter(
    (value): value is { channel: string; uniqueid: string; linkedid: string } =>
      typeof value === 'object' && value !== null && 'linkedid' in value && 'channel' in value,
  );
  return refs.map(({ channel, uniqueid, linkedid }) => ({ channel, uniqueid, linkedid }));
}

function signature(packet: AmiPacket): string {
  return JSON.stringify([packet.kind, packet.name, packet.headers(), packet.tampered]);
}
