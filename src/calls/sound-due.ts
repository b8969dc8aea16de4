/** PURE. Which calls should have sound, and why one has none. */
import type { SoundTrail } from './sound-trail.ts';

/** Whether somebody promised that this call has sound: it was talked on a duty line that is recorded. */
export function isSoundDue(trail: Pick<SoundTrail, 'mode' | 'talkSeconds' | 'endedAt'>): boolean {
  return trail.mode !== null && trail.mode !== 'none' && trail.endedAt !== null && trail.talkSeconds > 0;
}

/**
 * No file was ever named or found; only files without a sample; the file that was named never came; its path lay outside;
 * it could not be looked at, or is still being taken over.
 */
export type WhyMissing = 'no-file' | 'empty' | 'vanished' | 'path-refused' | 'unfinished';

/** States of a recording that came to nothing; a file that turns up after all is taken nevertheless. */
export const GIVEN_UP: readonly string[] = ['missing', 'no-sound', 'refused-path'];

/** Null: it has sound. `states` are those of all its recordings of talk. */
export function whyMissing(states: readonly string[], foundEmpty = false): WhyMissing | null {
  if (states.includes('attached')) return null;
  if (states.some((state) => !GIVEN_UP.includes(state))) return 'unfinished';
  if (states.includes('missing')) return 'vanished';
  if (states.includes('refused-path')) return 'path-refused';
  return states.length > 0 || foundEmpty ? 'empty' : 'no-file';
}
