/**
 * The calls a newcomer sees: each one a capture of a real call on Asterisk 22.10 (`stories/*.ami`, the noise taken out),
 * with the pauses between its events drawn out so that people can follow.
 */
import { readFileSync } from 'node:fs';
import { type Packet, readPackets } from './packet.ts';

export interface Story {
  readonly id: string;
  /** Shown on 模拟来电. */
  readonly title: string;
  readonly packets: readonly Packet[];
  /** What each pause of the capture of half a second or more becomes, in ms, in order. */
  readonly pauses: readonly number[];
}

const CAST: readonly { readonly id: string; readonly title: string; readonly pauses: readonly number[] }[] = [
  { id: 'answered', title: '来电，接听', pauses: [6_000, 22_000] },
  { id: 'colour-ringback', title: '来电，先放彩铃，接听', pauses: [7_000, 9_000] },
  { id: 'forwarded', title: '来电，被呼转到手机', pauses: [5_000, 10_000] },
  { id: 'missed', title: '来电，无人接听', pauses: [14_000] },
  { id: 'transferred', title: '来电，接听后转给另一分机', pauses: [4_000, 9_000, 3_000, 4_000, 10_000] },
  { id: 'busy', title: '来电，分机占线', pauses: [] },
  { id: 'outbound', title: '去电，对方接听', pauses: [5_000, 12_000] },
];

/** All stories, in the order in which 模拟来电 offers them. Throws when a capture is missing. */
export function loadStories(): readonly Story[] {
  return CAST.map((story) => ({
    ...story,
    packets: readPackets(readFileSync(new URL(`stories/${story.id}.ami`, import.meta.url), 'utf8')),
  }));
}
