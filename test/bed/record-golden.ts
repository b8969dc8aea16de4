import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { type Office, startOffice } from './office.ts';
import { STAGES, storiesFor } from './scenarios/all-stories.ts';
import { type PlayedStory, playStory } from './scenarios/play-story.ts';
import type { Story } from './scenarios/story.ts';

/**
 * `node test/bed/record-golden.ts [part of a name …]`: plays every story (or those whose name holds the text) and
 * writes test/golden/<version>-<story>.ami, as read from the socket, with the agents' truth beside it.
 */
const LARGEST = 200_000;
const folder = new URL('../golden/', import.meta.url);
const wanted = process.argv.slice(2);

mkdirSync(folder, { recursive: true });
for (const stage of STAGES) {
  const stories = storiesFor(stage.version, stage.dialplan).filter(
    (story) => wanted.length === 0 || wanted.some((text) => `${stage.version}-${story.name}`.includes(text)),
  );
  if (stories.length === 0) continue;
  const office = await startOffice(stage);
  try {
    for (const story of stories) {
      const { bytes, truth } = await playUndisturbed(office, story);
      const name = `${stage.version}-${story.name}`;
      // A forward loop or a FreePBX queue is half a megabyte of VarSet; packed it is a few kilobytes.
      const isLarge = bytes.length > LARGEST;
      writeFileSync(
        new URL(isLarge ? `${name}.ami.gz` : `${name}.ami`, folder),
        isLarge ? gzipSync(bytes, { level: 9 }) : bytes,
      );
      writeFileSync(new URL(`${name}.truth.json`, folder), `${JSON.stringify(truth, null, 2)}\n`);
      process.stdout.write(`${name}: ${bytes.length} bytes, ${truth.calls.length} calls\n`);
    }
  } finally {
    await office.stop();
  }
}

/** On a busy machine a BYE may lie for 200 ms before Asterisk reads it; such a take is no example of anything. */
async function playUndisturbed(office: Office, story: Story): Promise<PlayedStory> {
  for (let take = 1; take <= 5; take++) {
    const played = await playStory(office, story);
    if (clocksAgree(played)) return played;
  }
  throw new Error(`story ${story.name}: the machine is too busy, five takes were late`);
}

/** Beginning, answer and end of the first call: the agent's time and the PBX's are within 70 ms. */
function clocksAgree({ truth, events }: PlayedStory): boolean {
  const [first] = truth.calls;
  const arrival = events.find((event) => event.Event === 'Newchannel');
  // A forged arrival has lost its tail, and with it what it could be compared by.
  if (first === undefined || arrival?.Uniqueid === undefined) return true;
  const end = events.find((event) => event.Event === 'Hangup' && event.Uniqueid === arrival.Uniqueid);
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
