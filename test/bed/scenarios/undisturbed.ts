import type { TapPacket } from '../ami-tap.ts';
import type { Office } from '../office.ts';
import { type PlayedStory, playStory } from './play-story.ts';
import type { Story } from './story.ts';

/**
 * Plays a story until a take has the agents' clock and the PBX's agree, five times at most. On a busy machine a BYE may
 * lie for 200 ms before Asterisk reads it; such a take is no example of anything, but its calls were real: it is handed to
 * `discarded`. `beforeTake` is called before each.
 */
export async function playUndisturbed(
  office: Office,
  story: Story,
  beforeTake: () => void = () => undefined,
  discarded: (take: PlayedStory) => void = () => undefined,
): Promise<PlayedStory> {
  for (let take = 1; take <= 5; take++) {
    beforeTake();
    const played = await playStory(office, story);
    if (clocksAgree(played)) return played;
    discarded(played);
  }
  throw new Error(`story ${story.name}: the machine is too busy, five takes were late`);
}

/** Each time an agent logged has an event of its kind within 70 ms. */
function clocksAgree({ truth, events }: PlayedStory): boolean {
  const timesOf = (isOfKind: (event: TapPacket) => boolean) =>
    events.filter(isOfKind).map((event) => Number(event.Timestamp) * 1000);
  const seen = {
    invite: timesOf((event) => event.Event === 'Newchannel'),
    ringing: timesOf(
      (event) =>
        event.Event === 'DialState' || (event.Event === 'Newstate' && event.ChannelStateDesc === 'Ringing'),
    ),
    answered: timesOf((event) => event.Event === 'Newstate' && event.ChannelStateDesc === 'Up'),
    ended: timesOf((event) => event.Event === 'Hangup'),
  };
  return truth.calls.every(({ times }) =>
    (['invite', 'ringing', 'answered', 'ended'] as const).every((kind) => {
      const told = times[kind];
      return told === null || seen[kind].some((at) => Math.abs(at - told) < 70);
    }),
  );
}
