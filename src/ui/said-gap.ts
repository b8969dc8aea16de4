/** What a stretch in which nobody listened is told as: when, how many calls went by, what has become of them, what to do. */
import type { GapView } from '../web/protocol/room-view.ts';
import { duration, listMoment, listSpan } from './format.ts';
import { words } from './words.ts';

const say = words.bars;

/** `系统未值守 03:12–03:15（3 分 2 秒），其间…` */
export function saidGap(gap: GapView, now: number): string {
  if (gap.to === null) return say.gapOpen(listMoment(gap.from, now));
  return `${say.gap(listSpan(gap.from, gap.to, now), duration(gap.to - gap.from))}${saidCalls(gap)}`;
}

/** The PBX counts every run of its dialplan, internal calls too: what was not recovered may be none of ours. */
function saidCalls({ missed, recovered }: GapView): string {
  if (missed === null) return recovered === null ? say.gapUnknown : say.gapUnknownRecovered(recovered);
  if (missed === 0 && (recovered ?? 0) === 0) return say.gapNoneMissed;
  if (recovered === null) return say.gapMissed(missed);
  return recovered >= missed ? say.gapRecovered(recovered) : say.gapPartlyRecovered(missed, recovered);
}
