/** Real captures of ten kinds of calls, told again and again under new channel ids, twenty calls interleaved at a time. */
import { CAPTURES } from '../asterisk/captures.ts';

/** What the captures' duty line is called on, and the trunks it is reached by. */
export const DIDS = ['09542035678', '09542035601', '09542035605', '09542035609', '09542035613'];
export const TRUNKS = ['PJSIP/telco', 'PJSIP/telcoraw'];

const AT_ONCE = 20;

/** The bytes of so many calls, told a packet of each in turn. */
export function callTraffic(from: number, count: number): Buffer {
  const told: string[] = [];
  for (let first = from; first < from + count; first += AT_ONCE) {
    const calls = Array.from({ length: Math.min(AT_ONCE, from + count - first) }, (_, n) =>
      packetsOf(first + n),
    );
    for (let turn = 0; calls.some((packets) => turn < packets.length); turn += 1) {
      for (const packets of calls) told.push(packets[turn] ?? '');
    }
  }
  return Buffer.from(told.join(''), 'latin1');
}

/** One capture's events under channel ids of their own: counters of Uniqueids and channel names move on. */
function packetsOf(call: number): readonly string[] {
  const capture = CAPTURES[call % CAPTURES.length];
  if (capture === undefined) throw new Error('there are no captures');
  return capture.bytes
    .toString('latin1')
    .replaceAll(
      /\b(17954\d{5})\.(\d+)\b/g,
      (_all, second, count) => `${second}.${Number(count) + call * 10_000}`,
    )
    .split(/(?<=\r\n\r\n)/)
    .filter((packet) => packet.startsWith('Event: '));
}
