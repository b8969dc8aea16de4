/**
 * What a caller hears from the PBX before a person answers (彩铃 and its relatives), from the calling channel only.
 *
 * FreePBX sends `Playtones(ring)` and `Progress()` before it dials a ring group: plain ringing. Music counts by
 * MusicOnHoldStart, speech by the application, a T that goes Up by itself as early answer. What is heard after every dial
 * has failed (busy tone, "all circuits busy", the voice mail greeting) is no ringback, unless a phone is dialled again.
 */

import { MAX_SOUNDS } from './evolve.ts';
import type { PreAnswerAudioHeard } from './fact.ts';
import { heardBeforeAnswer } from './further-party.ts';
import { isBeingDialled } from './leg.ts';
import { isAnswered } from './legs.ts';
import type { Channel, Track } from './state.ts';
import { type Turn, tell } from './turn.ts';

const LONGEST_SOUND = 79;

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
  return !takesFiles(name) || hasSound(appData.split(',')[0]) ? 'announcement' : null;
}

function takesFiles(name: string): boolean {
  return name === 'playback' || name === 'background' || name === 'controlplayback' || name === 'read';
}

/** The files an application plays, as the dialplan names them; undefined where it names none. At most 79 characters. */
export function soundOf(application: string, appData: string): string | undefined {
  const name = application.toLowerCase();
  const files = appData.split(',')[name === 'read' ? 1 : 0]?.trim() ?? '';
  return takesFiles(name) && files !== '' ? files.slice(0, LONGEST_SOUND) : undefined;
}

/**
 * The caller hears something of the PBX's own; told once per kind, and an announcement once for each of its files: one that
 * is approved (录音告知语) may be followed by one that is not.
 */
export function callerHears(
  turn: Turn,
  channel: Channel,
  audio: PreAnswerAudioHeard['audio'],
  sound?: string,
): void {
  const { track } = channel;
  if (channel.uniqueid !== track.call.caller || track.call.voicemail || isAnswered(track)) return;
  if (audio !== 'early-answer') heardBeforeAnswer(turn, track);
  const afterFailure = everyDialFailed(track);
  const known = afterFailure ? track.call.audioAfterFailure : track.call.audio;
  if (known === 'music' || (known === audio && !isFurther(track, audio, sound))) return;
  const told = {
    ...({ kind: 'pre-answer-audio-heard', uniqueid: channel.uniqueid, audio, afterFailure } as const),
    ...(sound === undefined ? {} : { sound }),
  };
  tell(turn, track, told, known === audio ? `${audio}:${sound}` : audio);
}

function isFurther({ call }: Track, audio: PreAnswerAudioHeard['audio'], sound: string | undefined): boolean {
  if (audio !== 'announcement' || sound === undefined || call.sounds.length >= MAX_SOUNDS) return false;
  return !call.sounds.some((known) => known.sound === sound);
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
