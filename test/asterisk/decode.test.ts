import { describe, expect, it } from 'vitest';
import type { AmiPacket } from '../../src/asterisk/listen/ami-packet.ts';
import { decode, decodeListedChannel } from '../../src/asterisk/listen/decode.ts';
import { createPacketParser } from '../../src/asterisk/listen/packet-parser.ts';
import type { ChannelEvent } from '../../src/calls/channel-event.ts';
import { CAPTURES, capture } from './captures.ts';

describe('decoding', () => {
  it.each(CAPTURES)('understands every event of $file that the tracker uses', ({ bytes }) => {
    const decoded = packets(bytes).map(decode);
    expect(decoded.filter(({ kind }) => kind === 'unreadable')).toEqual([]);
    expect(decoded.filter(({ kind }) => kind === 'event').length).toBeGreaterThan(15);
  });

  it('tells an inbound call of Asterisk 22 as it was', () => {
    const [newchannel] = events('22-in-answered-utf8.ami', 'Newchannel');
    expect(newchannel).toEqual({
      type: 'Newchannel',
      pbxAt: 1_795_452_315_827,
      tampered: false,
      channel: 'PJSIP/telco-00000000',
      uniqueid: '1795452315.0',
      linkedid: '1795452315.0',
      state: 'Ring',
      callerNumber: '09548887777',
      callerName: '市应急指挥中心',
      context: 'from-telco',
      exten: '09542035678',
    });
    expect(events('22-in-answered-utf8.ami', 'DialEnd')).toMatchObject([
      {
        dialStatus: 'ANSWER',
        forward: null,
        from: { uniqueid: '1795452315.0' },
        to: { channel: 'PJSIP/1001-00000001' },
      },
    ]);
  });

  it.each([
    ['22-fwd-302.ami', 'DialEnd', { dialStatus: 'CANCEL', forward: '13900001111' }],
    ['22-local-channel.ami', 'BridgeEnter', { swapUniqueid: null, bridgeType: 'basic', channelsInBridge: 1 }],
    ['16-xfer-blind-internal.ami', 'BlindTransfer', { success: true, external: true, exten: '1002' }],
    ['22-xfer-attended.ami', 'AttendedTransfer', { success: true }],
    ['22-queue-ringall.ami', 'QueueCallerJoin', { queue: 'duty' }],
    ['16-rbt-dial-m.ami', 'MusicOnHoldStart', { musicClass: 'crbt' }],
    ['16-ring-group.ami', 'phone-reachable', { reachable: true }],
    ['22-fwd-302.ami', 'LocalBridge', { pbxAt: 1_795_450_492_130 }],
  ])('finds in %s a %s with %j', (file, type, part) => {
    expect(events(file, type)).toContainEqual(expect.objectContaining(part));
  });

  it.each([
    [
      'a name with quotes, as Asterisk escapes it',
      'CallerIDName',
      '\\"Li\\" \\\\ Wu',
      { callerName: '"Li" \\ Wu' },
    ],
    ['an escaped line end', 'CallerIDName', 'a\\r\\nb', { callerName: 'a\ufffd\ufffdb' }],
    ['an unknown number', 'CallerIDNum', '<unknown>', { callerNumber: null }],
    ['no number', 'CallerIDNum', '', { callerNumber: null }],
    ['control characters', 'CallerIDNum', '1\u0001\u001b2', { callerNumber: '1\ufffd2' }],
    ['a lone line end', 'CallerIDNum', '1\n2', { callerNumber: '1\ufffd2' }],
    ['very long text', 'Context', 'x'.repeat(5000), { context: 'x'.repeat(1024) }],
    ['a formula', 'CallerIDName', '=cmd|x', { callerName: '=cmd|x' }],
    ['a Timestamp that is none', 'Timestamp', 'soon', { pbxAt: null }],
    ['a Timestamp beyond numbers', 'Timestamp', '99999999999999999999.000000', { pbxAt: null }],
  ])('takes %s', (_, header, value, part) => {
    const text = newchannelText().replace(new RegExp(`\\n${header}: .*\\r`), `\n${header}: ${value}\r`);
    const [packet] = packets(Buffer.from(text, 'utf8'));
    expect(packet === undefined ? null : decode(packet)).toMatchObject({ kind: 'event', event: part });
  });

  it('knows the time only from a Timestamp', () => {
    const [packet] = packets(Buffer.from(newchannelText().replace(/Timestamp: .*\r\n/, ''), 'utf8'));
    expect(packet === undefined ? null : decode(packet)).toMatchObject({
      kind: 'event',
      event: { pbxAt: null },
    });
  });

  it('leaves out what the tracker does not use', () => {
    const kinds = packets(capture('22-in-missed.ami').bytes).map((packet) => [
      packet.name,
      decode(packet).kind,
    ]);
    expect(kinds).toContainEqual(['TestEvent', 'unused']);
    expect(kinds).toContainEqual(['VarSet', 'unused']);
    expect(kinds).not.toContainEqual(['Newchannel', 'unused']);
  });

  it('reads a listed channel', () => {
    const snapshot = newchannelText().slice(newchannelText().indexOf('Channel: '), -2);
    const row = `Event: CoreShowChannel\r\nActionID: a\r\n${snapshot}Application: Dial\r\nApplicationData: PJSIP/1001,20\r\nDuration: 01:02:03\r\nBridgeId: \r\n\r\n`;
    const [packet] = packets(Buffer.from(row, 'utf8'));
    expect(packet === undefined ? null : decodeListedChannel(packet)).toMatchObject({
      uniqueid: '1795452315.0',
      state: 'Ring',
      application: 'Dial',
      appData: 'PJSIP/1001,20',
      bridge: null,
      seconds: 3723,
    });
  });
});

function packets(bytes: Buffer): readonly AmiPacket[] {
  const parser = createPacketParser();
  return [...parser.push(bytes), ...parser.settle()].filter((packet) => packet.kind === 'event');
}

function events(file: string, type: string): readonly ChannelEvent[] {
  const decoded = packets(capture(file).bytes).map(decode);
  return decoded.flatMap((one) => (one.kind === 'event' && one.event.type === type ? [one.event] : []));
}

function newchannelText(): string {
  const text = capture('22-in-answered-utf8.ami').bytes.toString('utf8');
  return text.match(/Event: Newchannel\r\n[\s\S]*?\r\n\r\n/)?.[0] ?? '';
}
