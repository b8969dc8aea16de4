/** Calls of every kind in which nothing is wrong: of none of them anything may be found. */

import type { AsteriskMajor } from '../bed/asterisk-prefix.ts';
import { OUTSIDE } from '../bed/numbers.ts';
import type { DialplanName } from '../bed/office-config.ts';
import { STORIES } from '../bed/scenarios/all-stories.ts';
import { inbound, pause, type Story, timesOf } from '../bed/scenarios/story.ts';
import { liveCases } from './live-cases.ts';
import { MORE } from './more-numbers.ts';

/** What is wrong in these is no forward and no ringback, and is found: the phone cannot be reached. */
const UNREACHABLE: ReadonlySet<string> = new Set([
  'inbound-phone-not-registered',
  'freepbx-voicemail-not-registered',
  'freepbx-voicemail-do-not-disturb',
  // A queue that nobody serves plays music to its end.
  'queue-abandoned',
  'queue-abandoned-before-ringing',
  'freepbx-queue-abandoned',
]);

function toDuty(name: string, did: string): Story {
  return {
    ...{ name, dialplan: 'plain', core: true },
    async play(office) {
      const caller = await office.telco.call(did, { number: OUTSIDE.caller });
      const phone = await office.phones[1001].nextCall();
      await phone.reached('answered');
      await pause(400);
      caller.hangUp();
      await phone.reached('ended');
      return [{ expect: inbound(did, {}), times: timesOf(caller, [phone]) }];
    },
  };
}

/** §5: plain ringing by `r`; `r(tone)` sounds like nothing to the caller either, and is the settings' to find. */
const RINGS: readonly Story[] = [toDuty('dial-r', MORE.rings), toDuty('dial-r-tone', MORE.ownTone)];

export function cleanCalls(version: AsteriskMajor, dialplan: DialplanName): readonly Story[] {
  const faulty = new Set(liveCases(22, dialplan).map(({ story }) => story.name));
  const kind = dialplan === 'plain' ? 'plain' : 'freepbx';
  return [...STORIES, ...RINGS].filter(
    (story) =>
      story.dialplan === kind &&
      (story.only ?? version) === version &&
      !faulty.has(story.name) &&
      !UNREACHABLE.has(story.name),
  );
}
