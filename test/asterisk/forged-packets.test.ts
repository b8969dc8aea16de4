import { describe, expect, it } from 'vitest';
import type { AmiPacket } from '../../src/asterisk/listen/ami-packet.ts';
import { decode } from '../../src/asterisk/listen/decode.ts';
import { CALLER_TEXT_LIMIT, HEADER_ORDERS } from '../../src/asterisk/listen/header-order.ts';
import { headerText } from '../../src/asterisk/listen/header-text.ts';
import { createPacketParser } from '../../src/asterisk/listen/packet-parser.ts';
import { aSetup, watched } from '../calls/given.ts';
import { seeded } from '../support/seeded.ts';
import { read, type Scene, sceneOf, signature } from './forged-scene.ts';
import { type Attack, type CallerTexts, forged } from './forger.ts';

const SCENES: readonly Scene[] = [
  '22-in-answered-utf8.ami',
  '16-in-answered-gbk.ami',
  '22-fwd-302.ami',
  '16-forward-302.ami',
  '16-ring-group.ami',
].map(sceneOf);

describe.each(SCENES)('a forger in $file', ({ file, bytes, texts, attacks }) => {
  const clean = read(bytes, []);

  it('is in the capture with number, DID and channels', () => {
    expect(texts.number.length).toBeGreaterThan(2);
    expect(texts.did.length).toBeGreaterThan(2);
    expect(clean.filter((packet) => packet.tampered !== null)).toEqual([]);
    expect(attacks.length).toBeGreaterThan(200);
  });

  it.each(attacks)('changes nothing by $name', (attack) => {
    const attacked = forged(bytes, texts, attack);
    const packets = read(attacked, []);
    expect(packets.map(identity)).toEqual(clean.map(identity));
    expect(packets.flatMap((packet, place) => falsehoods(packet, clean[place], texts, attack))).toEqual([]);
  });

  it('changes no fact of the tracker but what the caller himself said', () => {
    const told = factsOf(clean);
    expect(told.length).toBeGreaterThan(8);
    for (const attack of attacks) {
      const facts = factsOf(read(forged(bytes, texts, attack), []));
      expect([attack.name, ...facts]).toEqual([attack.name, ...told]);
    }
  });

  it('changes nothing wherever the bytes are split', () => {
    const random = seeded(file);
    for (const attack of attacks) {
      const attacked = forged(bytes, texts, attack);
      const whole = read(attacked, []).map(signature);
      const cuts: readonly number[] = Array.from({ length: 40 }, () => random.below(attacked.length)).sort(
        (a, b) => a - b,
      );
      expect([attack.name, ...read(attacked, cuts).map(signature)]).toEqual([attack.name, ...whole]);
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
    const { bytes, texts } = sceneOf('22-in-answered-utf8.ami');
    const did = '1\r\nPriority: 1\r\nUniqueid: 1795449999.99\r\nLinkedid: 1795449999.99\r\n\r\n';
    const attacked = forged(bytes, texts, { name: '', did });
    const forgedEnd = attacked.indexOf('1795449999.99\r\n\r\n') + '1795449999.99\r\n\r\n'.length;
    const parser = createPacketParser();
    const before = parser.push(attacked.subarray(0, forgedEnd));
    const after = parser.push(attacked.subarray(forgedEnd));
    expect(before.filter((packet) => packet.name === 'Newchannel')).toEqual([]);
    expect(after[0]?.name).toBe('Newchannel');
    expect(after[0]?.get('Uniqueid')).not.toBe('1795449999.99');
  });

  function newchannelsUnder(attack: Attack): readonly AmiPacket[] {
    const { bytes, texts } = sceneOf('22-in-answered-utf8.ami');
    const attacked = forged(bytes, texts, attack);
    return read(attacked, []).filter((packet) => packet.name === 'Newchannel');
  }
});

/** What an event is about: its name, time and channels. All genuine events must be there in order, and no other. */
function identity(packet: AmiPacket): string {
  const blocks = HEADER_ORDERS.get(packet.name)?.blocks ?? [];
  const channels = blocks.map(({ prefix }) =>
    ['Channel', 'Uniqueid', 'Linkedid'].map((name) => withoutNumber(packet.get(prefix + name))),
  );
  return JSON.stringify([packet.name, packet.get('Timestamp'), channels]);
}

/** A Local channel is named after a number, which may be a forger's text: its Uniqueid tells it from all others. */
function withoutNumber(value: string | undefined): string | undefined {
  return value?.replace(/^Local\/.*/u, 'Local/');
}

/** The tracker's facts without what is a caller's to say, and without the mark that he forged. */
function factsOf(packets: readonly AmiPacket[]): readonly string[] {
  const tracker = watched(aSetup({ dids: [], trunks: ['PJSIP/telco', 'PJSIP/telcoraw'] }));
  const decoded = packets.map(decode);
  tracker.hear(...decoded.flatMap((one) => (one.kind === 'event' ? [one.event] : [])));
  return tracker.facts
    .filter(({ kind }) => kind !== 'call-tampered')
    .map((fact) =>
      JSON.stringify(fact, (key, value: unknown) =>
        CALLERS_WORDS.has(key) ? undefined : typeof value === 'string' ? withoutNumber(value) : value,
      ),
    );
}

const CALLERS_WORDS: ReadonlySet<string> = new Set(['callerNumber', 'number', 'dialled', 'to', 'forward']);

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
    // Of CEL's Extra every text is escaped, as JSON; a name of a channel may hold a caller's text, and be unreadable.
    const isTrue =
      rule.fromCaller || rule.name === 'Extra'
        ? mayStandThere(value, truth, texts, attack)
        : value === undefined ||
          withoutNumber(value) === withoutNumber(truth) ||
          (rule.namesChannel && value === '\ufffd');
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
  const escaped = (text: string) =>
    text.slice(0, CALLER_TEXT_LIMIT).replaceAll('\r', '\\r').replaceAll('\n', '\\n');
  const replacements = [
    [texts.number, attack.number],
    [texts.did, attack.did],
    [headerText(texts.callerName), attack.callerName],
    [texts.forward, attack.forward],
  ];
  const attacked = replacements.reduce(
    (text, [from = '', to = from]) => (from === '' ? text : text.replaceAll(from, escaped(to))),
    truth ?? '',
  );
  return value === truth || value === '\ufffd' || (value !== undefined && attacked.startsWith(value));
}
