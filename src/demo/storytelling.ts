/** Who calls the demonstration, when and with which story: by itself, so that the page lives, or because somebody asks. */
import { randomUUID } from 'node:crypto';
import type { Packet } from './packet.ts';
import { type Caller, retell, type ToldPacket } from './retell.ts';
import type { Story } from './story.ts';

export interface Storytelling {
  /** Begins a story at once; false when there is no such story or too many run already. */
  simulate(story: string): boolean;
  /** From now on stories begin by themselves too. */
  playByItself(): void;
  /** How many were begun. */
  begun(): number;
  stop(): void;
}

const CALLERS: readonly Caller[] = [
  { number: '09548887777', name: '市应急管理局' },
  { number: '09548886666', name: '<unknown>' },
  { number: '13900001111', name: '<unknown>' },
  { number: '09548885555', name: '某镇政府值班室' },
];
const MOBILE = '13800002222';

/** What runs by itself, and when, in ms after the start: all kinds within the first minute. */
const FIRST_MINUTE: readonly (readonly [string, number])[] = [
  ['answered', 1_500],
  ['colour-ringback', 12_000],
  ['forwarded', 30_000],
  ['missed', 40_000],
];
/** Then one every few minutes, so that the page lives without filling up. */
const LATER: readonly string[] = [
  'answered',
  'outbound',
  'transferred',
  'missed',
  'answered',
  'busy',
  'forwarded',
  'colour-ringback',
];
const LATER_EVERY_MS = 240_000;
const MOST_AT_ONCE = 10;

/** Nothing is told before one of the two is asked for. `happen` gets every packet at its time. */
export function createStorytelling(
  stories: readonly Story[],
  now: () => number,
  happen: (packet: Packet) => void,
): Storytelling {
  const timers = new Set<NodeJS.Timeout>();
  let living: NodeJS.Timeout | undefined;
  let channels = 0;
  let calls = 0;
  let running = 0;

  function later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, ms);
    timers.add(timer);
  }

  function begin(story: Story): boolean {
    if (running >= MOST_AT_ONCE) return false;
    const startAt = now();
    const caller = CALLERS[calls % CALLERS.length] ?? { number: '09548887777', name: '<unknown>' };
    running += 1;
    calls += 1;
    const told = retell(story, {
      startAt,
      caller,
      mobile: MOBILE,
      nextUniqueid: () => ++channels,
      nextChannel: () => ++channels,
      newBridge: randomUUID,
    });
    tellFrom(told, 0);
    return true;
  }

  /** One timer at a time: packets of one millisecond must keep their order. */
  function tellFrom(told: readonly ToldPacket[], first: number): void {
    let next = first;
    for (let due = told[next]; due !== undefined && due.at <= now(); due = told[++next]) happen(due.packet);
    const waiting = told[next];
    if (waiting === undefined) running -= 1;
    else later(Math.max(1, waiting.at - now()), () => tellFrom(told, next));
  }

  function simulate(id: string): boolean {
    const story = stories.find((each) => each.id === id);
    return story !== undefined && begin(story);
  }

  return {
    simulate,
    playByItself() {
      let round = 0;
      for (const [id, ms] of FIRST_MINUTE) later(ms, () => simulate(id));
      living = setInterval(() => simulate(LATER[round++ % LATER.length] ?? ''), LATER_EVERY_MS);
    },
    begun: () => calls,
    stop() {
      clearInterval(living);
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
