import type { AmiTap } from '../ami-tap.ts';
import type { AccountName } from '../manager-conf.ts';
import type { Office } from '../office.ts';
import { pause, SETUP, type Story, type StoryTruth } from './story.ts';

export interface PlayedStory {
  /** Every byte the AMI sent from the log-in on. */
  readonly bytes: Buffer;
  readonly truth: StoryTruth;
  readonly events: AmiTap['events'] extends () => infer Events ? Events : never;
}

/**
 * Plays one story in a started office and captures the AMI from before the first INVITE until every channel is gone.
 * The office is put back to its usual manners first.
 */
export async function playStory(
  office: Office,
  story: Story,
  account: AccountName = 'listen',
): Promise<PlayedStory> {
  await office.reset();
  const tap = await office.tap(account);
  try {
    const calls = await story.play(office);
    await allChannelsGone(tap);
    const { major } = office.pbx;
    const truth: StoryTruth = {
      name: story.name,
      version: major,
      dialplan: office.dialplan,
      setup: SETUP,
      calls,
    };
    return { bytes: tap.bytes(), truth, events: tap.events() };
  } catch (failure) {
    throw new Error(`story ${story.name}: ${failure instanceof Error ? failure.message : String(failure)}`, {
      cause: failure,
    });
  } finally {
    await tap.close();
  }
}

/** Waits until each channel has hung up and the CDRs, which come up to 90 ms later, are there too. */
async function allChannelsGone(tap: AmiTap): Promise<void> {
  const deadline = performance.now() + 15_000;
  let quietSince = performance.now();
  let size = tap.bytes().length;
  for (;;) {
    await pause(25);
    const now = performance.now();
    if (tap.bytes().length !== size) quietSince = now;
    size = tap.bytes().length;
    const alive = new Set<string>();
    for (const event of tap.events()) {
      if (event.Event === 'Newchannel') alive.add(event.Uniqueid ?? '');
      if (event.Event === 'Hangup') alive.delete(event.Uniqueid ?? '');
    }
    if (alive.size === 0 && now - quietSince > 250) return;
    if (now > deadline) throw new Error(`channels still there: ${[...alive].join(', ')}`);
  }
}
