/** When the talk of a call began and when it was over, by our clock; also where nobody saw its end. */
import type { SoundTrail } from '../calls/sound-trail.ts';
import type { Store } from '../storage/store.ts';
import type { CallView } from '../web/protocol/call-view.ts';
import type { GapView } from '../web/protocol/room-view.ts';

/** Integer ms UTC; null: not answered, or nobody can say. */
export type TalkTimes = Pick<CallView, 'answeredAt' | 'endedAt'>;

/** Of the call with this id. */
export async function talkTimes(
  id: string,
  store: Pick<Store, 'callView' | 'soundTrail' | 'recentGaps'>,
): Promise<TalkTimes> {
  const call = await store.callView(id);
  if (call === undefined) return { answeredAt: null, endedAt: null };
  const { answeredAt, endedAt, phase } = call;
  if (answeredAt === null || endedAt !== null || phase !== 'ended') return { answeredAt, endedAt };
  const [trail, gaps] = await Promise.all([store.soundTrail(id), store.recentGaps(answeredAt)]);
  return { answeredAt, endedAt: trail === undefined ? null : lastInSight(answeredAt, trail, gaps) };
}

/**
 * The last moment at which a call whose end nobody saw surely stood: the PBX died, or the link broke, and no Hangup had been
 * read until then. Without a gap it is the last thing that was heard of the call.
 */
export function lastInSight(
  answeredAt: number,
  trail: Pick<SoundTrail, 'pbx' | 'talkSeconds' | 'endedAt'>,
  gaps: readonly Pick<GapView, 'pbx' | 'from'>[],
): number {
  // A later gap says nothing of this call: when it opened, the call was known to be over.
  const knownAt = trail.endedAt ?? Number.POSITIVE_INFINITY;
  const begins = gaps.flatMap(({ pbx, from }) => (pbx === trail.pbx && from <= knownAt ? [from] : []));
  return Math.max(answeredAt + trail.talkSeconds * 1_000, ...begins);
}
