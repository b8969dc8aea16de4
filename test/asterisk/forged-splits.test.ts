/**
 * Every attack at every chunk split: the beginning of a call, and of a forward, as Asterisk 22 and 16 write them with a forger's
 * texts, cut in two at each byte, and byte by byte.
 */
import { describe, expect, it } from 'vitest';
import { createPacketParser } from '../../src/asterisk/listen/packet-parser.ts';
import { createParagraphs } from '../../src/asterisk/listen/paragraphs.ts';
import { read, sceneOf, signature } from './forged-scene.ts';
import { forged } from './forger.ts';

const BANNER = Buffer.from('Asterisk Call Manager/11.0.0\r\n');

interface Excerpt {
  readonly file: string;
  /** Where the excerpt begins. */
  readonly from: string;
  readonly isOfForward: boolean;
}

const EXCERPTS: readonly Excerpt[] = [
  { file: '22-in-answered-utf8.ami', from: 'Event: Newchannel', isOfForward: false },
  { file: '16-in-answered-gbk.ami', from: 'Event: Newchannel', isOfForward: false },
  {
    file: '22-fwd-302.ami',
    from: 'Event: Newchannel\r\nPrivilege: call,all\r\nTimestamp: 1795450492.129319',
    isOfForward: true,
  },
  {
    file: '16-forward-302.ami',
    from: 'Event: Newchannel\r\nPrivilege: call,all\r\nTimestamp: 1795465396.356906',
    isOfForward: true,
  },
];

describe.each(EXCERPTS)('a forger in $file, from $from', ({ file, from, isOfForward }) => {
  const { bytes, texts, attacks } = sceneOf(file);
  const begin = bytes.indexOf(from);
  // Two packets: the one he writes in, and the one behind it.
  const end = bytes.indexOf('\r\n\r\n', bytes.indexOf('\r\n\r\n', begin) + 4) + 4;
  const excerpt = bytes.subarray(begin, end);
  const placed = attacks
    .filter((attack) => (attack.forward !== undefined) === isOfForward)
    .map((attack) => forged(excerpt, texts, attack));
  const longest = Math.max(...placed.map(({ length }) => length));

  it('is cut into the same paragraphs at every single split', () => {
    expect(placed.length).toBeGreaterThan(100);
    for (const attacked of placed) {
      const whole = paragraphsOf(attacked, attacked.length);
      for (let cut = 1; cut < attacked.length; cut++) {
        if (paragraphsOf(attacked, cut) !== whole)
          throw new Error(`otherwise at ${cut}: ${JSON.stringify(attacked.toString('latin1'))}`);
      }
    }
  });

  // The attacks come one after the other on one connection, each split at the same place.
  it('is read the same at every single split from where he writes to the end of the event', () => {
    const whole = readAll(placed, longest);
    const first = excerpt.findIndex((byte, at) => placed.some((attacked) => attacked[at] !== byte));
    const cuts = Array.from({ length: 423 }, (_, place) => first - 3 + place);
    expect(cuts.filter((cut) => readAll(placed, cut) !== whole)).toEqual([]);
  });

  it('is read the same byte by byte', () => {
    for (const attacked of placed) {
      const whole = read(attacked, []);
      expect(whole[0]?.name).toBe('Newchannel');
      expect(read(attacked, [...attacked.keys()]).map(signature)).toEqual(whole.map(signature));
    }
  });
});

function paragraphsOf(bytes: Buffer, cut: number): string {
  const told: string[] = [];
  const paragraphs = createParagraphs(
    { maxPacketBytes: 65_536, maxLineBytes: 16_384, maxHeaders: 512 },
    { banner: () => undefined, paragraph: (text) => void told.push(text), oversized: () => undefined },
  );
  paragraphs.push(BANNER);
  paragraphs.push(bytes.subarray(0, cut));
  paragraphs.push(bytes.subarray(cut));
  return told.join('|');
}

function readAll(placed: readonly Buffer[], cut: number): string {
  const parser = createPacketParser();
  const packets = [...parser.push(BANNER)];
  for (const attacked of placed) {
    packets.push(...parser.push(attacked.subarray(0, cut)), ...parser.push(attacked.subarray(cut)));
  }
  packets.push(...parser.settle());
  return packets
    .map((packet) => `${packet.name} ${packet.values().join()} ${packet.tampered?.sample}`)
    .join('\n');
}
