/** Dial, Queue and what else rings somebody: who, with which sound, and what may follow. */
import { argumentsOf, dialTarget, optionsOf, soundOfOptions } from './dial-arguments.ts';
import type { SettingRule } from './setting-suspicion.ts';
import { isKnown, shownText, splitOutside } from './unknown-text.ts';
import { onward, passing, type WalkState } from './walk-state.ts';
import { inherited, withVariable } from './walk-variables.ts';
import { type Act, placeOf, type Walking } from './walking.ts';

type States = readonly WalkState[];

export function dial(walking: Walking, state: WalkState, { data, line }: Act): States {
  const [targets = '', , options = ''] = argumentsOf(data);
  tellOptions(walking, state, line, options);
  tellEarlyAnswer(walking, state);
  const rung = splitOutside(targets, '&').map((target) =>
    ring(walking, state, line, target, 'dialled-outside'),
  );
  return afterwards(state, rung.includes(true));
}

/**
 * FreePBX picks up before every queue: with `r` the caller hears plain ringing all the same, so only a queue's music counts.
 * `R` is music until a member's phone rings.
 */
export function queue(walking: Walking, state: WalkState, { data, line }: Act): States {
  const [name = '', options = ''] = argumentsOf(data);
  if (!state.rung && !optionsOf(options).has('r')) {
    if (isKnown(options)) walking.suspect('queue-with-music', state, placeOf(state, line), { sound: name });
    else walking.gap('queue-options', line);
  }
  const members = isKnown(name) ? walking.knowledge.queues.get(name) : null;
  if (members === undefined) walking.want('queues', name);
  if (members === null) walking.gap('queue-members', line);
  const rung = (members ?? []).map((member) => ring(walking, state, line, member, 'member-outside'));
  return afterwards(state, rung.includes(true) || members === null);
}

/** FollowMe() takes its numbers from a file which AMI does not show. */
export function followMe(walking: Walking, state: WalkState, { line }: Act): States {
  walking.gap('follow-me-file', line);
  tellEarlyAnswer(walking, state);
  return afterwards(state, true);
}

/** Rings one target. Whether it is, or leads to, a phone of the line; what nobody can tell is taken to be one. */
function ring(
  walking: Walking,
  state: WalkState,
  line: Act['line'],
  text: string,
  rule: SettingRule,
): boolean {
  if (text.trim() === '') return false;
  const target = dialTarget(text, walking.question.isTrunk);
  switch (target.kind) {
    case 'phone':
      walking.reach(target.endpoint);
      return walking.question.isDutyPhone(target.endpoint);
    case 'outside':
      walking.suspect(rule, state, placeOf(state, line), { target: target.number });
      return false;
    case 'unknown':
      walking.gap('run-time-target', line);
      return true;
    case 'local': {
      const { context, extension } = target;
      if (!isKnown(context) || !isKnown(extension)) {
        walking.gap('run-time-target', line);
        return true;
      }
      return walking.explore({
        ...state,
        ...{ context, extension, priority: 1, frames: [], answered: null, programRan: false },
        variables: inherited(state.variables),
        path: passing(state, line),
      });
    }
  }
}

/** Music or a tone by Dial's options; not once the phone has been rung and nobody came. */
export function tellOptions(walking: Walking, state: WalkState, line: Act['line'], options: string): void {
  const heard = state.rung ? null : soundOfOptions(options);
  if (heard === null) return;
  const rule = heard.sound === 'music' ? 'music-while-ringing' : 'own-tone';
  walking.suspect(rule, state, placeOf(state, line), { sound: shownText(heard.name) });
}

/** Somebody is rung, and the PBX has picked the call up before. */
export function tellEarlyAnswer(walking: Walking, state: WalkState): void {
  if (state.answered !== null && !state.rung) walking.suspect('answered-early', state, state.answered);
}

/** How a Dial that nobody takes ends, and for whom what follows is meant. */
const ENDINGS = [
  ['NOANSWER', 'no-answer'],
  ['BUSY', 'busy'],
  // Not registered, or no line free.
  ['CHANUNAVAIL', 'no-answer'],
  ['CONGESTION', 'no-answer'],
] as const;

/** What follows when nobody answers, once for each way it can end. `rung`: a phone of the line was among those rung. */
export function afterwards(state: WalkState, rung: boolean): States {
  return ENDINGS.map(([status, scope]) =>
    onward(state, {
      rung: state.rung || rung,
      answered: null,
      scope: rung && state.scope === 'always' ? scope : state.scope,
      variables: withVariable(state.variables, 'DIALSTATUS', status),
    }),
  );
}
