import { describe, expect, it } from 'vitest';
import type { AmiPacket } from '../../src/asterisk/listen/ami-packet.ts';
import { headerText } from '../../src/asterisk/listen/header-text.ts';
import { createPacketParser } from '../../src/asterisk/listen/packet-parser.ts';
import { type Chance, seeded } from '../support/seeded.ts';
import { CAPTURES, capture } from './captures.ts';

const GREETING = 'Asterisk Call Manager/11.0.0\r\n';
const HANGUP =
  capture('22-in-missed.ami')
    .bytes.toString('latin1')
    .match(/Event: Hangup\r\n[\s\S]*?\r\n\r\n/)?.[0] ?? '';

describe('the packet parser', () => {
  it.each(CAPTURES)('reads every packet of $file whole', ({ bytes }) => {
    const written = bytes
      .toString('latin1')
      .split('\r\n\r\n')
      .map((packet) => packet.replace(/^\r\n/, ''))
      .filter((packet) => packet !== '');
    const [greeting, ...packets] = read(bytes, []);
    expect(greeting?.kind).toBe('banner');
    expect(packets.map(asWritten)).toEqual(written.map(withoutGreeting).map(linesAsText));
  });

  it.each(CAPTURES)('reads $file alike, split at any byte or byte by byte', ({ bytes }) => {
    const part = bytes.subarray(0, 6000);
    const whole = read(part, []).map(everything).join();
    const cuts = Array.from({ length: part.length }, (_, place) => place);
    expect(cuts.filter((cut) => read(part, [cut]).map(everything).join() !== whole)).toEqual([]);
    expect(read(part, cuts).map(everything).join()).toBe(whole);
  });

  it.each([
    ['a header without space', 'Response: Success\r\nActionID:a1\r\n\r\n', ['Success', 'a1']],
    ['a header without value', 'Response: Error\r\nActionID:\r\n\r\n', ['Error', '']],
    ['a value with colons', 'Response: Success\r\nActionID: a: b:c\r\n\r\n', ['Success', 'a: b:c']],
    ['repeated headers', 'Response: Success\r\nActionID: 1\r\nActionID: 2\r\n\r\n', ['Success', '1', '2']],
    ['a line without colon', 'Response: Success\r\nnothing\r\nActionID: 1\r\n\r\n', ['Success', '1']],
    ['lone line ends in a value', 'Response: Success\r\nActionID: a\rb\nc\r\n\r\n', ['Success', 'a\rb\nc']],
    ['a NUL in a value', 'Response: Success\r\nActionID: a\0b\r\n\r\n', ['Success', 'a\0b']],
    [
      'names of Object.prototype',
      'Response: Success\r\n__proto__: x\r\nActionID: 1\r\n\r\n',
      ['Success', '1'],
    ],
    ['blank lines before', '\r\n\r\n\r\nResponse: Success\r\nActionID: 1\r\n\r\n', ['Success', '1']],
  ])('reads %s', (_, text, expected) => {
    const [packet] = read(Buffer.from(text, 'latin1'), []);
    expect([packet?.name, ...(packet?.all('ActionID') ?? [])]).toEqual(expected);
  });

  it.each([
    ['nothing', ''],
    ['only line ends', '\r\n\r\n\r\n\r\n'],
    ['no event', 'Foo: bar\r\n\r\n'],
    ['no colon', 'abcdef\r\n\r\n'],
    ['an event that ends early', 'Event: Hangup\r\nPrivilege: call,all\r\nChannel: x\r\n\r\n'],
    [
      'an event with its headers in another order',
      HANGUP.replace(/(Channel: .*\r\n)(ChannelState: .*\r\n)/, '$2$1'),
    ],
    ['an event without its first headers', HANGUP.replace(/Channel: .*\r\n/, '')],
    ['an event with a header twice', HANGUP.replace(/(Channel: .*\r\n)/, '$1$1')],
    ['half a packet', HANGUP.slice(0, 150)],
    ['an empty name', 'Event: \r\nFoo: x\r\n\r\n'],
    ['bytes of a TLS alert', '\x15\x03\x03\x00\x02\x02\x46'],
  ])('hands on nothing of %s, and reads what follows', (_, text) => {
    const parser = createPacketParser();
    expect(packetsOf(parser.push(Buffer.from(`${GREETING}${text}\r\n\r\n`, 'latin1')))).toEqual([]);
    parser.push(Buffer.from('\r\n\r\nFoo: end of what came before\r\n\r\n'));
    const after = [...parser.push(Buffer.from(HANGUP, 'latin1')), ...parser.settle()];
    expect(packetsOf(after)).toEqual(['Hangup']);
  });

  it('reads a global variable, which belongs to no channel, and doubts nobody for it', () => {
    const variable =
      'Event: VarSet\r\nPrivilege: dialplan,all\r\nTimestamp: 1795469295.968486\r\nChannel: none\r\nUniqueid: none\r\n' +
      'Variable: GLOB\r\nValue: a b\r\n\r\n';
    const parser = createPacketParser();
    const packets = [...parser.push(Buffer.from(HANGUP + variable + HANGUP)), ...parser.settle()];
    expect(packetsOf(packets)).toEqual(['Hangup', 'VarSet', 'Hangup']);
    expect(parser.counts()).toMatchObject({ forged: 0, broken: 0, tampered: 0 });
  });

  it('says what greets, also when it is no AMI', () => {
    expect(read(Buffer.from('SSH-2.0-OpenSSH_9.2p1 Debian\r\n'), [])[0]?.name).toBe(
      'SSH-2.0-OpenSSH_9.2p1 Debian',
    );
    expect(read(Buffer.from('Asterisk Call Manager/5.0.4\r\n'), [7])[0]?.name).toBe(
      'Asterisk Call Manager/5.0.4',
    );
    expect(read(Buffer.alloc(300, 'x'), [])[0]?.name).toHaveLength(256);
  });

  it('reads a capture that begins in the middle of a packet', () => {
    const { bytes } = capture('22-in-missed.ami');
    const middle = bytes.subarray(bytes.indexOf('Event: Newchannel') + 200);
    const all = read(bytes, []).filter((packet) => packet.kind === 'event');
    const later = read(middle, []).map(everything);
    expect(all.map(everything).slice(-later.length)).toEqual(later);
    expect(later.length).toBeGreaterThan(all.length - 10);
  });

  it('skips what is too long to the next blank line, holding no more than one packet', () => {
    const limits = { maxPacketBytes: 4096, maxLineBytes: 1024, maxHeaders: 40 };
    const tooLong = [
      `Event: VarSet\r\nValue: ${'x'.repeat(2000)}\r\n\r\n`,
      `Event: VarSet\r\n${'a: b\r\n'.repeat(50)}\r\n`,
      `Event: VarSet\r\n${`Value: ${'y'.repeat(500)}\r\n`.repeat(20)}\r\n`,
    ];
    for (const text of tooLong) {
      for (const size of [1, 7, 4096, 100_000]) {
        const parser = createPacketParser(limits);
        const bytes = Buffer.from(GREETING + text + HANGUP, 'latin1');
        const packets: AmiPacket[] = [];
        for (let from = 0; from < bytes.length; from += size)
          packets.push(...parser.push(bytes.subarray(from, from + size)));
        packets.push(...parser.settle());
        expect(packetsOf(packets)).toEqual(['Hangup']);
        expect(parser.counts().oversized).toBe(1);
      }
    }
  });

  it('takes 50 MB without a line end in little memory and time', () => {
    const parser = createPacketParser();
    parser.push(Buffer.from(GREETING));
    const chunk = Buffer.alloc(65_536, 'x');
    const before = process.memoryUsage().rss;
    for (let count = 0; count < 800; count++) parser.push(chunk);
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
    expect(
      packetsOf(parser.push(Buffer.from(`\r\n\r\n${HANGUP}`))).concat(packetsOf(parser.settle())),
    ).toEqual(['Hangup']);
  });

  it('keeps nothing of a chunk whose memory is used again', () => {
    const { bytes } = capture('22-in-missed.ami');
    const parser = createPacketParser();
    const memory = Buffer.alloc(1000);
    const packets: AmiPacket[] = [];
    for (let from = 0; from < bytes.length; from += memory.length) {
      const length = bytes.copy(memory, 0, from, from + memory.length);
      packets.push(...parser.push(memory.subarray(0, length)));
      memory.fill('x');
    }
    expect([...packets, ...parser.settle()].map(everything)).toEqual(read(bytes, []).map(everything));
  });

  it('forgets nothing and invents nothing when garbage stands between packets', () => {
    for (let seed = 0; seed < 300; seed++) {
      const random = seeded(`garbage ${seed}`);
      const { bytes } = capture('22-in-missed.ami');
      const clean = channelEvents(read(bytes, []));
      const at = bytes.indexOf('Event: ', random.below(bytes.length - 2000));
      const garbage = Buffer.from(Array.from({ length: random.below(400) }, () => random.below(256)));
      const soiled = Buffer.concat([
        bytes.subarray(0, at),
        garbage,
        Buffer.from('\r\n\r\n'),
        bytes.subarray(at),
      ]);
      const cuts = Array.from({ length: 20 }, () => random.below(soiled.length)).sort((a, b) => a - b);
      expect([seed, ...channelEvents(read(soiled, cuts))]).toEqual([seed, ...clean]);
    }
  });

  it('survives any cut, flip, repeat and insertion, and reads on afterwards', () => {
    for (let seed = 0; seed < 400; seed++) {
      const random = seeded(`mutation ${seed}`);
      const source = CAPTURES[random.below(CAPTURES.length)] ?? capture('22-in-missed.ami');
      const mutated = mutate(source.bytes, random);
      const parser = createPacketParser();
      for (let from = 0; from < mutated.length; ) {
        const size = 1 + random.below(3000);
        parser.push(mutated.subarray(from, from + size));
        from += size;
      }
      parser.push(Buffer.from(`\r\n\r\nnothing: x\r\n\r\n${HANGUP}`, 'latin1'));
      const after = [...parser.push(Buffer.from(HANGUP, 'latin1')), ...parser.settle()];
      expect([seed, ...packetsOf(after).slice(-1)]).toEqual([seed, 'Hangup']);
    }
  });
});

describe('texts of the PBX', () => {
  it.each([
    ['市应急指挥中心', 'utf8'],
    ['𠮷野家', 'utf8'],
    ['\u202eמוקד חירום', 'utf8'],
  ] as const)('%s is read whole, cut at every byte', (name, encoding) => {
    const bytes = Buffer.from(withName(Buffer.from(name, encoding).toString('latin1')), 'latin1');
    const wrong = Array.from({ length: bytes.length }, (_, cut) =>
      read(bytes, [cut])[1]?.get('CallerIDName'),
    );
    expect(wrong.filter((read) => read !== name)).toEqual([]);
  });

  it('reads a GBK name of Asterisk 16', () => {
    const names = read(capture('16-in-answered-gbk.ami').bytes, []).map((packet) =>
      packet.get('CallerIDName'),
    );
    expect(names).toContain('值班室');
    expect(names.join()).not.toContain('\ufffd');
  });

  it('reads GBK and UTF-8 in one packet, each as what it is', () => {
    const gbk = Buffer.from('d6b5b0e0cad2', 'hex').toString('latin1');
    const packet = read(
      Buffer.from(
        withName(gbk).replace(/ConnectedLineName: .*\r/, `ConnectedLineName: ${latin1('𠮷')}\r`),
        'latin1',
      ),
      [],
    )[1];
    expect([packet?.get('CallerIDName'), packet?.get('ConnectedLineName')]).toEqual(['值班室', '𠮷']);
  });
});

function read(bytes: Buffer, cuts: readonly number[]): readonly AmiPacket[] {
  const parser = createPacketParser();
  const packets: AmiPacket[] = [];
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    packets.push(...parser.push(bytes.subarray(from, cut)));
    from = cut;
  }
  return [...packets, ...parser.settle()];
}

function everything(packet: AmiPacket): string {
  return JSON.stringify([packet.kind, packet.name, packet.headers()]);
}

function channelEvents(packets: readonly AmiPacket[]): readonly string[] {
  const about = packets.filter((packet) => packet.get('Uniqueid') !== undefined);
  return about.map((packet) => [packet.name, packet.get('Timestamp'), packet.get('Uniqueid')].join(' '));
}

function packetsOf(packets: readonly AmiPacket[]): readonly string[] {
  return packets.filter((packet) => packet.kind !== 'banner').map((packet) => packet.name);
}

function asWritten(packet: AmiPacket): string {
  return packet
    .headers()
    .map(([name, value]) => `${name}: ${value}`)
    .join('\r\n');
}

function linesAsText(packet: string): string {
  return packet.split('\r\n').map(headerText).join('\r\n');
}

function withoutGreeting(packet: string): string {
  return packet.replace(/^Asterisk Call Manager.*\r\n/, '');
}

function withName(bytes: string): string {
  return GREETING + HANGUP.replace(/CallerIDName: .*\r\n/, `CallerIDName: ${bytes}\r\n`);
}

function latin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function mutate(bytes: Buffer, random: Chance): Buffer {
  const at = random.below(bytes.length);
  const length = random.below(500);
  const part = bytes.subarray(at, at + length);
  switch (random.below(5)) {
    case 0:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), part, part, bytes.subarray(at)]);
    case 2:
      return Buffer.from(bytes.map((byte, place) => (place === at ? byte ^ (1 << random.below(8)) : byte)));
    case 3:
      return Buffer.concat([bytes.subarray(0, at), Buffer.alloc(length), bytes.subarray(at)]);
    default:
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from('\r\n'.repeat(1 + random.below(4))),
        bytes.subarray(at),
      ]);
  }
}
