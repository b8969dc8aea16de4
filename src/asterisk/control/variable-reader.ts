import type { Effect } from '../../calls/step.ts';
import type { TrackerInput } from '../../calls/tracker-input.ts';
import type { ControlSession } from './control-session.ts';

/**
 * Answers the tracker's `read-variable` effect: one `variable-read` input for each variable the PBX answered. A channel
 * that is gone by then, or a lost link, gives none: the tracker knows then that nobody could look.
 */
export async function readVariables(
  control: ControlSession,
  effect: Extract<Effect, { kind: 'read-variable' }>,
  now: () => number,
  receive: (input: TrackerInput) => void,
): Promise<void> {
  const { uniqueid, variables } = effect;
  await Promise.all(
    variables.map(async (variable) => {
      // By Uniqueid: Asterisk 16 and 22 find a channel by it, and a channel's name may hold a caller's number (DAHDI).
      const answer = await control.getVariable(uniqueid, variable);
      if (answer.ok) receive({ type: 'variable-read', at: now(), uniqueid, variable, value: answer.value });
    }),
  );
}
