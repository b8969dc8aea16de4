import { describe, expect, it } from 'vitest';
import type { AmiPacket } from '../../src/asterisk/listen/ami-packet.ts';
import { HEADER_ORDERS } from '../../src/asterisk/listen/header-order.ts';
import { headerText } from '../../src/asterisk/listen/header-text.ts';
import { createPacketParser } from '../../src/asterisk/listen/packet-parser.ts';
import { seeded } from '../support/seeded.ts';
import { capture } from './captures.ts';
import { type Attack, attacksOn, type CallerTexts, forged, type Victim } from './forger.ts';

interface Scene {
  readonly file: string;
  readonly texts: CallerTexts;
  /** Channels that the attack aims at: one that lives in this capture, and one that does not exist. */
  readonly victims: readonly Victim[];
}

const INVENTED: Victim = {
  channel: 'PJSIP/1009-00000099',
  uniqueid: '1795449999.99',
  linkedid: '1795449999.99',
};

const SCENES: readonly Scene[] = [
  '22-in-answered-utf8.ami',
  '16-in-answered-gbk.ami',
  '22-fwd-302.ami',
  '16-ring-group.ami',
].map(sceneOf);

describe.each(SCENES)('a forger in $file', ({ file, texts, victims }) => {
  const { bytes } = capture(file);
  const clean = read(bytes, [bytes.length]);
  const attacks = victims.flatMap((victim) => attacksOn(victim, clean[20]?.get('Timestamp') ?? ''));

  it('is in the capture with number, DID and channels', () => {
    expect(texts.number.length).toBeGreaterThan(2);
    expect(texts.did.length).toBeGreaterThan(2);
    expect(clean.filter((packet) => packet.tampered !== null)).toEqual([]);
    expect(attacks.length).toBeGreaterThan(300);
  });

  it.each(attacks)('changes nothing by $name', (attack) => {
    const attacked = forged(bytes, texts, attack);
    const packets = read(attacked, [attacked.length]);
    expect(packets.map(identity)).toEqual(clean.map(identity));
    expect(packets.flatMap((packet, place) => falsehoods(packet, clean[place], texts, attack))).toEqual([]);
  });

  it('changes nothing wherever the bytes are split', () => {
    const random = seeded(file);
    for (const attack of attacks) {
      const attacked = forged(bytes, texts, attack);
      const whole = read(attacked, [attacked.length]).map(signature);
      const cuts: readonly number[] = Array.from({ length: 40 }, () => random.below(attacked.length)).sort(
        (a, b) => a - b,
      );
      expect([attack.name, ...read(attacked, cuts).map(signature)]).toEqual([attack.name, ...whole]);
    }
  });
});

describe('a forged beginning of a call', () => {
  const { file, texts, victims } = sceneOf('22-in-answered-utf8.ami');
  const { bytes } = capture(file);
  const start = bytes.indexOf('Event: Newchannel');
  const excerpt = bytes.subarray(
    start,
    bytes.indexOf('\r\n\r\n', bytes.indexOf('Event: Newexten', start)) + 4,
  );
  const attacks = victims.flatMap((victim) => attacksOn(victim, '1795449797.226532'));

  it('is read the same at every single split, and byte by byte', () => {
    for (const attack of attacks.filter((_, place) => place % 5 === 0)) {
      const attacked = forged(excerpt, texts, attack);
      const whole = read(attacked, [attacked.length]).map(signature);
      const everyCut = Array.from({ length: attacked.length - 1 }, (_, place) => place + 1);
      const wrong = everyCut.filter((cut) => read(attacked, [cut]).map(signature).join() !== whole.join());
      expect([attack.name, ...wrong]).toEqual([attack.name]);
      const everyByte = Array.from({ length: attacked.length }, (_, place) => place);
      expect([attack.name, ...read(attacked, everyByte).map(signature)]).toEqual([attack.name, ...whole]);
    }
  });
});

describe('a forged packet', () => {
  it('keeps the DID, when only the number was forged', () => {
    const [newchannel] = newchannelsUnder({
      name: '',
      number: '95\r\n\r\nEvent: Hangup\r\nChannel: PJSIP/1001-00000001',
    });
    expect(newchannel?.get('CallerIDNum')).toBe('\ufffd');
    expect(newchannel?.get('Exten')).toBe('09542035678');
    expect(newchannel?.get('Context')).toBe('from-telco');
    expect(newchannel?.tampered?.unreadable).toEqual(['CallerIDNum']);
    expect(newchannel?.tampered?.sample).toContain('95⏎⏎Event: Hangup⏎Channel: PJSIP/1001');
  });

  it('keeps the number, when only the DID was forged', () => {
    const [newchannel] = newchannelsUnder({
      name: '',
      did: '1\r\nPriority: 1\r\nUniqueid: 1.1\r\nLinkedid: 1.1\r\n\r\n',
    });
    expect(newchannel?.get('CallerIDNum')).toBe('09548887777');
    expect(newchannel?.get('Exten')).toBe('\ufffd');
    expect(newchannel?.get('Uniqueid')).not.toBe('1.1');
  });

  it('does not let a DID be put in the place of the one that was dialled', () => {
    const did = '9\r\nLanguage: en\r\nAccountCode: \r\nContext: from-telco\r\nExten: 110';
    expect(newchannelsUnder({ name: '', did })[0]?.get('Exten')).toBe('\ufffd');
  });

  it('is not handed on before its genuine end has come', () => {
    const { file, texts } = sceneOf('22-in-answered-utf8.ami');
    const did = '1\r\nPriority: 1\r\nUniqueid: 1795449999.99\r\nLinkedid: 1795449999.99\r\n\r\n';
    const attacked = forged(capture(file).bytes, texts, { name: '', did });
    const forgedEnd = attacked.indexOf('1795449999.99\r\n\r\n') + '1795449999.99\r\n\r\n'.length;
    const parser = createPacketParser();
    const before = parser.push(attacked.subarray(0, forgedEnd));
    const after = parser.push(attacked.subarray(forgedEnd));
    expect(before.filter((packet) => packet.name === 'Newchannel')).toEqual([]);
    expect(after[0]?.name).toBe('Newchannel');
    expect(after[0]?.get('Uniqueid')).not.toBe('1795449999.99');
  });

  function newchannelsUnder(attack: Attack): readonly AmiPacket[] {
    const { file, texts } = sceneOf('22-in-answered-utf8.ami');
    const attacked = forged(capture(file).bytes, texts, attack);
    return read(attacked, [attacked.length]).filter((packet) => packet.name === 'Newchannel');
  }
});

function sceneOf(file: string): Scene {
  const { bytes } = capture(file);
  const newchannels = read(bytes, [bytes.length]).filter((packet) => packet.name === 'Newchannel');
  const [trunk, other] = newchannels;
  const text = (header: string) => Buffer.from(trunk?.get(header) ?? '', 'utf8').toString('latin1');
  const rawName =
    /CallerIDName: ([^\r]*)\r\nConnectedLineNum: <unknown>/.exec(bytes.toString('latin1'))?.[1] ?? '';
  const known = {
    channel: other?.get('Channel') ?? '',
    uniqueid: other?.get('Uniqueid') ?? '',
    linkedid: other?.get('Linkedid') ?? '',
  };
  return {
    file,
    texts: {
      number: text('CallerIDNum'),
      did: text('Exten'),
      callerName: rawName === '<unknown>' ? '' : rawName,
    },
    victims: [known, INVENTED],
  };
}

/** Reads bytes split at these places; only the events we read. */
function read(bytes: Buffer, cuts: readonly number[]): readonly AmiPacket[] {
  const parser = createPacketParser();
  const packets: AmiPacket[] = [];
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    packets.push(...parser.push(bytes.subarray(from, cut)));
    from = cut;
  }
  packets.push(...parser.settle());
  return packets.filter((packet) => packet.kind === 'event' && HEADER_ORDERS.has(packet.name));
}

function signature(packet: AmiPacket): string {
  return JSON.stringify([packet.name, packet.headers(), packet.tampered]);
}

/** What an event is about: its name, time and channels. All genuine events must be there in order, and no other. */
function identity(packet: AmiPacket): string {
  const blocks = HEADER_ORDERS.get(packet.name)?.blocks ?? [];
  const channels = blocks.map(({ prefix }) =>
    ['Channel', 'Uniqueid', 'Linkedid'].map((name) => packet.get(prefix + name)),
  );
  return JSON.stringify([packet.name, packet.get('Timestamp'), channels]);
}

/** Headers that say what Asterisk did not say. A header that cannot be known may be missing. */
function falsehoods(
  packet: AmiPacket,
  genuine: AmiPacket | undefined,
  texts: CallerTexts,
  attack: Attack,
): readonly string[] {
  const rules = HEADER_ORDERS.get(packet.name)?.rules ?? [];
  return rules.flatMap((rule) => {
    const value = packet.get(rule.name);
    const truth = genuine?.get(rule.name);
    const isTrue = rule.fromCaller
      ? mayStandThere(value, truth, texts, attack)
      : value === undefined || value === truth;
    return isTrue ? [] : [`${packet.name} ${rule.name}: ${value} is not ${truth}`];
  });
}

/** A forged text is unreadable; a text the forger left alone is as it was; one that he cut is its own beginning. */
function mayStandThere(
  value: string | undefined,
  truth: string | undefined,
  texts: CallerTexts,
  attack: Attack,
): boolean {
  const escaped = (text: string) => text.replaceAll('\r', '\\r').replaceAll('\n', '\\n');
  const replacements = [
    [texts.number, attack.number],
    [texts.did, attack.did],
    [headerText(texts.callerName), attack.callerName],
  ];
  const attacked = replacements.reduce(
    (text, [from = '', to = from]) => (from === '' ? text : text.replaceAll(from, escaped(to))),
    truth ?? '',
  );
  return value === truth || value === '\ufffd' || (value !== undefined && attacked.startsWith(value));
}
