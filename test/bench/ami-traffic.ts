import { CAPTURES } from '../asterisk/captures.ts';
import { seeded } from '../support/seeded.ts';

/** So many calls stand at the same time: their events come mixed, as on a busy PBX. */
const CALLS_AT_ONCE = 20;

/** The last event, by which a reader knows that it has read all. */
const END =
  'Event: UserEvent\r\nPrivilege: user,all\r\nTimestamp: 1795999999.000000\r\nUserEvent: end\r\n\r\n';

/**
 * Makes traffic of a busy PBX out of captured calls: each played again under new Uniqueids and channel names, twenty at a
 * time, their packets mixed as they would be.
 *
 * @param events how many events
 * @returns the bytes of that many packets, log-in left out
 */
export function amiTraffic(events: number): Buffer {
  const random = seeded('ami traffic');
  const calls = CAPTURES.map(({ bytes }) => packetsOf(bytes.toString('latin1')));
  const standing: string[][] = [];
  const packets: string[] = [];
  for (let played = 0; packets.length < events - 1; ) {
    while (standing.length < CALLS_AT_ONCE)
      standing.push(renumbered(calls[played % calls.length] ?? [], played++));
    const place = random.below(standing.length);
    const packet = standing[place]?.shift();
    if (packet === undefined) standing.splice(place, 1);
    else packets.push(packet);
  }
  return Buffer.from(packets.join('') + END, 'latin1');
}

/** What came after the log-in. */
function packetsOf(capture: string): readonly string[] {
  const packets = capture.split('\r\n\r\n').map((packet) => packet.replace(/^(\r\n)+/, ''));
  const events = packets.filter((packet) => /^Event: (?!FullyBooted|SuccessfulAuth)/.test(packet));
  return events.map((packet) => `${packet}\r\n\r\n`);
}

/** Another call: Uniqueids of another second, channels with other numbers, everything as long as before. */
function renumbered(packets: readonly string[], played: number): string[] {
  return packets.map((packet) =>
    packet
      .replaceAll(
        /\b(\d{10})\.(\d{1,4})(?=\r\n)/g,
        (_, second: string, count: string) => `${Number(second) + played}.${count}`,
      )
      .replaceAll(
        /-([\da-f]{8})(?=[;\r])/g,
        (_, number: string) => `-${hex(Number.parseInt(number, 16) + played * 256)}`,
      ),
  );
}

function hex(number: number): string {
  return number.toString(16).padStart(8, '0').slice(-8);
}
