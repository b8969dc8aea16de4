/**
 * What a caller hears from the PBX before a person answers (彩铃 and its relatives), from the calling channel only.
 *
 * FreePBX sends `Playtones(ring)` and `Progress()` before it dials a ring group: plain ringing. Music counts by
 * MusicOnHoldStart, speech by the application, a T that goes Up by itself as early answer. What is heard after every dial
 * has failed (busy tone, "all circuits busy", the voice mail greeting) is no ringback, unless a phone is dialled again.
 */

import type { PreAnswerAudioHeard } from './fact.ts';
import { heardBeforeAnswer } from './further-party.ts';
import { isBeingDialled } from './leg.ts';
import { isAnswered } from './legs.ts';
import type { Channel, Track } from './state.ts';
import { type Turn, tell } from './turn.ts';

const SPEAKS: ReadonlySet<string> = new Set([
  'playback',
  'background',
  'controlplayback',
  'backgrounddetect',
  'mp3player',
  'festival',
  'saydigits',
  'saynumber',
  'sayalpha',
  'sayphonetic',
  'sayunixtime',
  'datetime',
]);

/** An application that sounds to the caller: music, announcement, or null for all the others. Names compare without case. */
export function audioOf(application: string, appData: string): 'music' | 'announcement' | null {
  const name = application.toLowerCase();
  if (name === 'musiconhold' || name === 'startmusiconhold') return 'music';
  if (name === 'read') return hasSound(appData.split(',')[1]) ? 'announcement' : null;
  if (!SPEAKS.has(name)) return null;
  const takesFiles = name === 'playback' || name === 'background' || name === 'controlplayback';
  return !takesFiles || hasSound(appData.split(',')[0]) ? 'announcement' : null;
}

/** The caller hears something of the PBX's own; told once per kind. */
export function callerHears(turn: Turn, channel: Channel, audio: PreAnswerAudioHeard['audio']): void {
  const { track } = channel;
  if (channel.uniqueid !== track.call.caller || track.call.voicemail || isAnswered(track)) return;
  if (audio !== 'early-answer') heardBeforeAnswer(turn, track);
  const afterFailure = everyDialFailed(track);
  const known = afterFailure ? track.call.audioAfterFailure : track.call.audio;
  if (known === audio || known === 'music') return;
  const told = { kind: 'pre-answer-audio-heard', uniqueid: channel.uniqueid, audio, afterFailure } as const;
  tell(turn, track, told, audio);
}

function everyDialFailed(track: Track): boolean {
  if (track.call.queue === 'waiting') return false;
  const dialled = track.call.legs.filter((leg) => leg.dialledAt !== null);
  if (dialled.some(isBeingDialled)) return false;
  return dialled.length > 0 || track.call.nothingToDial;
}

/** `silence/1` is how dialplans make a pause. */
function hasSound(files: string | undefined): boolean {
  const named = (files ?? '').split('&').map((file) => file.trim());
  return named.some((file) => file !== '' && !file.startsWith('silence/'));
}
