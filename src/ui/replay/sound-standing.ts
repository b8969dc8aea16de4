import type { CallView, RecordingView } from '../../web/protocol/call-view.ts';

/** Nothing more comes of these by itself, and there is no sound in them. */
const GIVEN_UP: ReadonlySet<RecordingView['state']> = new Set(['missing', 'no-sound', 'refused-path']);

/** Whether the talk of a call can be heard, and why not; `isDue`: its line is recorded. Pure. */
export function soundStanding(
  call: Pick<CallView, 'phase' | 'answeredAt' | 'recordings'>,
  told: readonly RecordingView[],
  isDue: boolean,
): 'here' | 'not-over' | 'no-talk' | 'coming' | 'expired' | 'missing' | 'not-recorded' {
  if (call.phase !== 'ended') return 'not-over';
  if (told.some(({ part, state }) => part === 'talk' && state === 'attached')) return 'here';
  if (call.answeredAt === null) return told.some(({ state }) => state === 'attached') ? 'here' : 'no-talk';
  const talks = told.filter(({ part }) => part === 'talk');
  if (talks.some(({ state }) => state === 'expired')) return 'expired';
  if (talks.some(({ state }) => !GIVEN_UP.has(state))) return 'coming';
  return isDue ? 'missing' : 'not-recorded';
}
