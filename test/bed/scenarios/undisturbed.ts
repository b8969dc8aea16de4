import type { Office } from '../office.ts';
import { type PlayedStory, playStory } from './play-story.ts';
import type { Story } from './story.ts';

/**
 * Plays a story until a take has the agents' clock and the PBX's agree, five times at most. On a busy machine a BYE may
 * lie for 200 ms before Asterisk reads it; such a take is no example of anything. `beforeTake` is called before each.
 */
export async function playUndisturbed(
  office: Office,
  story: Story,
  beforeTake: () => void = () => undefined,
): Promise<PlayedStory> {
  for (let take = 1; take <= 5; take++) {
    beforeTake();
    const played = await playStory(office, story);
    if (clocksAgree(played)) return played;
  }
  throw new Error(`story ${story.name}: the machine is too busy, five takes were late`);
}

/** Beginning, answer and end of the first call: the agent's time and the PBX's are within 70 ms. */
function clocksAgree({ truth, events }: PlayedStory): boolean {
  const [first] = truth.calls;
  const arrival = events.find((event) => event.Event === 'Newchannel');
  if (first === undefined || arrival === undefined) return true;
  // A forged arrival has lost its tail; what comes before the number in it and in its Hangup is Asterisk's own.
  const key = arrival.Uniqueid === undefined ? 'Channel' : 'Uniqueid';
  const end = events.find(
    (event) => event.Event === 'Hangup' && event.Timestamp !== undefined && event[key] === arrival[key],
  );
  const answer = events.find(
    (event) =>
      event.Event === 'DialEnd' && event.DialStatus === 'ANSWER' && !event.DestChannel?.startsWith('Local/'),
  );
  const { invite, answered, ended } = first.times;
  return [
    [invite, arrival],
    [answered, answer],
    [ended, end],
  ].every(([told, event]) => {
    if (typeof told !== 'number' || typeof event !== 'object' || event === null) return true;
    return Math.abs(Number(event.Timestamp) * 1000 - told) < 70;
  });
}
