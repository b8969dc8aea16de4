/**
 * PURE. Tells a captured call as if it happened now: times moved and drawn out, every channel, Uniqueid and bridge given a
 * name of its own, the people in it replaced. Order and headers of the capture stay.
 */
import { type Header, headerValue, type Packet } from './packet.ts';
import type { Story } from './story.ts';

/** Who calls this time. Numbers and names are invented. */
export interface Caller {
  readonly number: string;
  readonly name: string;
}

export interface Retelling {
  /** When the story begins, integer ms UTC. */
  readonly startAt: number;
  readonly caller: Caller;
  /** The mobile the story's call goes to: forwarded, or dialled from the room. */
  readonly mobile: string;
  /** Next number of Asterisk's counters, never the same twice. */
  readonly nextUniqueid: () => number;
  readonly nextChannel: () => number;
  readonly newBridge: () => string;
}

export interface ToldPacket {
  readonly at: number;
  readonly packet: Packet;
}

const CAPTURED = { caller: '09548887777', callerName: '市应急指挥中心', mobile: '13900001111' };
/** Shorter pauses are Asterisk's own work and stay as they were. */
const PAUSE_MS = 500;

/** The whole story with the time of each packet; times never go back. */
export function retell(story: Story, telling: Retelling): readonly ToldPacket[] {
  const clock = drawnOut(story, telling.startAt);
  const rename = renaming(telling, clock);
  return story.packets.map((packet) => ({
    at: clock(momentOf(packet) ?? 0),
    packet: packet.map((header) => ({ name: header.name, value: retold(header, clock, rename) })),
  }));
}

/** Captured ms → ms now. */
type Clock = (captured: number) => number;

function drawnOut(story: Story, startAt: number): Clock {
  const moments = story.packets.map(momentOf).filter((moment) => moment !== null);
  const first = moments[0] ?? 0;
  const marks = [{ captured: first, told: startAt }];
  const pauses = [...story.pauses];
  let last = first;
  let told = startAt;
  for (const moment of moments) {
    const pause = moment - last;
    told += pause >= PAUSE_MS ? (pauses.shift() ?? pause) : Math.max(0, pause);
    last = Math.max(last, moment);
    marks.push({ captured: moment, told });
  }
  return (captured) => {
    const mark = marks.findLast((each) => each.captured <= captured) ?? { captured, told: startAt };
    return mark.told + Math.max(0, captured - mark.captured);
  };
}

function momentOf(packet: Packet): number | null {
  const stamp = headerValue(packet, 'Timestamp');
  return stamp === '' ? null : Math.round(Number(stamp) * 1_000_000) / 1_000;
}

function retold({ name, value }: Header, clock: Clock, rename: (value: string) => string): string {
  if (name === 'Timestamp') return (clock(Number(value) * 1_000) / 1_000).toFixed(6);
  const day = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(value);
  if (day)
    return new Date(clock(Date.parse(`${day[1]}T${day[2]}Z`))).toISOString().slice(0, 19).replace('T', ' ');
  return rename(value);
}

function renaming(telling: Retelling, clock: Clock): (value: string) => string {
  const given = new Map<string, string>();
  const once = (old: string, make: () => string) => {
    const known = given.get(old);
    if (known !== undefined) return known;
    const made = make();
    given.set(old, made);
    return made;
  };
  return (value) =>
    value
      .replaceAll(/\b\d{10}\.\d+\b/g, (old) =>
        once(
          old,
          () => `${Math.floor(clock(Number.parseInt(old, 10) * 1_000) / 1_000)}.${telling.nextUniqueid()}`,
        ),
      )
      .replaceAll(/\b(?:PJSIP|Local)\/[\w@.]+-([0-9a-f]{8})\b/g, (old, suffix: string) => {
        const fresh = once(`channel ${suffix}`, () => telling.nextChannel().toString(16).padStart(8, '0'));
        return `${old.slice(0, -suffix.length)}${fresh}`;
      })
      .replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, (old) => once(old, telling.newBridge))
      .replaceAll(CAPTURED.caller, telling.caller.number)
      .replaceAll(CAPTURED.callerName, telling.caller.name)
      .replaceAll(CAPTURED.mobile, telling.mobile);
}
