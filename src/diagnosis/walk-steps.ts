/** What each application does to a call on its way: where it goes on, what the caller hears, which variables are set. */
import { audioOf } from '../calls/pre-answer.ts';
import { argumentsOf, isPlainTone } from './dial-arguments.ts';
import type { Step } from './dialplan.ts';
import { truthOf } from './dialplan-expression.ts';
import { isKnown, shownText, splitOutside, unknown } from './unknown-text.ts';
import { dial, followMe, queue, tellEarlyAnswer } from './walk-dial.ts';
import {
  goBack,
  goSub,
  goSubIf,
  goTo,
  goToIf,
  goToIfTime,
  keyPressed,
  macro,
  macroIf,
} from './walk-jumps.ts';
import { onward, type WalkState } from './walk-state.ts';
import { type Variables, withVariable } from './walk-variables.ts';
import { type Act, placeOf, type Walking } from './walking.ts';
import { areApprovedSounds } from './watch-rules.ts';

type States = readonly WalkState[];
type Application = (walking: Walking, state: WalkState, act: Act) => States;

/** The states after one application. None: the call ends here, or leaves what can be walked. */
export function perform(walking: Walking, state: WalkState, act: Act): States {
  const application = APPLICATIONS[act.application.toLowerCase()] ?? sounds;
  return application(walking, state, act);
}

const ends: Application = () => [];

const answer: Application = (_walking, state, { line }) => [
  onward(state, { answered: state.answered ?? (state.rung ? null : placeOf(state, line)) }),
];

/** Speech and music; every application without a row of its own comes here, most of them make no sound. */
function sounds(walking: Walking, state: WalkState, act: Act): States {
  const { application, data, line } = act;
  const audio = audioOf(application, shownText(data));
  if (audio === null) return [onward(state)];
  const said = shownText(audio === 'music' ? (argumentsOf(data)[0] ?? '') : soundNames(application, data));
  if (!state.rung) {
    // An approved 录音告知语 needs the call to be picked up before: neither is a fault.
    if (audio === 'announcement' && areApprovedSounds(said, walking.question.approvedSounds))
      return [onward(state, { answered: null })];
    const rule = audio === 'music' ? 'music' : 'announcement';
    walking.suspect(rule, state, placeOf(state, line), { sound: said });
  }
  return [onward(state)];
}

const background: Application = (walking, state, act) =>
  sounds(walking, state, act).flatMap((next) => [next, ...keyPressed(walking, next, act)]);

const waitForKeys: Application = (walking, state, act) => [onward(state), ...keyPressed(walking, state, act)];

const read: Application = (walking, state, act) => {
  const name = argumentsOf(act.data)[0] ?? '';
  return sounds(walking, state, act).map((next) => ({
    ...next,
    variables: withVariable(next.variables, name, unknown(`\${${name}}`)),
  }));
};

/** FreePBX sends PlayTones(ring) before a ring group: plain ringing. */
const playTones: Application = (walking, state, { data, line }) => {
  if (!state.rung && isKnown(data) && data !== '' && !isPlainTone(data)) {
    walking.suspect('own-tone', state, placeOf(state, line), { sound: data });
  }
  return [onward(state)];
};

/** The greeting of a mailbox instead of ringing. */
const voicemail: Application = (walking, state, { data, line }) => {
  if (!state.rung) {
    const sound = shownText(argumentsOf(data)[0] ?? '');
    walking.suspect('announcement', state, placeOf(state, line), { sound });
  }
  return [onward(state, { answered: null })];
};

const transfer: Application = (walking, state, { data, line }) => {
  tellEarlyAnswer(walking, state);
  walking.suspect('sent-elsewhere', state, placeOf(state, line), { target: shownText(data) });
  return [];
};

const program: Application = (walking, state, { line }) => {
  walking.gap('program', line);
  return [onward(state, { programRan: true })];
};

const set: Application = (_walking, state, { data }) => [
  onward(state, { variables: assigned(state.variables, data) }),
];

const setMany: Application = (_walking, state, { data }) => [
  onward(state, { variables: argumentsOf(data).reduce(assigned, state.variables) }),
];

/** `NAME=value`; of functions only those that hold a variable. */
function assigned(variables: Variables, assignment: string): Variables {
  const equals = assignment.indexOf('=');
  const name = assignment.slice(0, equals).trim();
  if (equals === -1 || !isKnown(name)) return variables;
  const value = assignment.slice(equals + 1);
  const [, holder, held = ''] = /^(\w+)\((.*)\)$/.exec(name) ?? [];
  if (holder === undefined) return withVariable(variables, name, value);
  switch (holder.toUpperCase()) {
    case 'GLOBAL':
    case 'LOCAL':
      return withVariable(variables, held, value);
    case 'ARRAY':
      return held.split(',').reduce((all, one) => withVariable(all, one, unknown(`\${${one}}`)), variables);
    default:
      return variables;
  }
}

/** `condition?application(data):application(data)`. */
const execIf: Application = (walking, state, act) => {
  const [condition = '', choices = ''] = splitOutside(act.data, '?', 2);
  const [yes = '', no = ''] = splitOutside(choices, ':', 2);
  const truth = truthOf(condition);
  const chosen = truth === null ? [yes, no] : [truth ? yes : no];
  return chosen.flatMap((text) => performText(walking, state, act, text));
};

const execIfTime: Application = (walking, state, act) => {
  const [, text = ''] = splitOutside(act.data, '?', 2);
  return [onward(state), ...performText(walking, state, act, text)];
};

const exec: Application = (walking, state, act) => performText(walking, state, act, act.data);

function performText(walking: Walking, state: WalkState, outer: Act, text: string): States {
  const [, application, data = ''] = /^\s*(\w+)\s*(?:\(([\s\S]*)\))?\s*$/.exec(text) ?? [];
  if (application === undefined) return [onward(state)];
  return perform(walking, state, { ...outer, application, data });
}

/** While and its companions stand in one extension: the loop's ends are found in its steps. */
const whileLoop: Application = (_walking, state, { data, found }) => {
  const truth = truthOf(data);
  const end = loopEnd(found.extension.steps, state.priority);
  const past = end === null ? [] : [{ ...state, priority: end + 1 }];
  if (truth === null) return [onward(state), ...past];
  return truth ? [onward(state)] : past;
};

const endWhile: Application = (_walking, state, { found }) => {
  const start = loopStart(found.extension.steps, state.priority);
  return start === null ? [onward(state)] : [{ ...state, priority: start }];
};

const exitWhile: Application = (_walking, state, { found }) => {
  const end = loopEnd(found.extension.steps, loopStart(found.extension.steps, state.priority) ?? 0);
  return end === null ? [onward(state)] : [{ ...state, priority: end + 1 }];
};

function loopEnd(steps: readonly Step[], from: number): number | null {
  return partner(
    steps.filter((step) => step.priority > from),
    'while',
    'endwhile',
  );
}

function loopStart(steps: readonly Step[], from: number): number | null {
  return partner(steps.filter((step) => step.priority < from).toReversed(), 'endwhile', 'while');
}

/** The first `closes` that no `opens` before it takes. */
function partner(steps: readonly Step[], opens: string, closes: string): number | null {
  let depth = 0;
  for (const { application, priority } of steps) {
    const name = application.toLowerCase();
    if (name === opens) depth += 1;
    if (name !== closes) continue;
    if (depth === 0) return priority;
    depth -= 1;
  }
  return null;
}

/** Names of sound files an application plays: Read names them second. */
function soundNames(application: string, data: string): string {
  const all = argumentsOf(data);
  return (application.toLowerCase() === 'read' ? all[1] : all[0]) ?? '';
}

/** By small letters: files spell them as people like, calls as Asterisk registers them. */
const APPLICATIONS: Readonly<Record<string, Application>> = {
  goto: goTo,
  gotoif: goToIf,
  gotoiftime: goToIfTime,
  gosub: goSub,
  gosubif: goSubIf,
  macro,
  macroif: macroIf,
  return: goBack,
  macroexit: goBack,
  stackpop: (_walking, state) => [onward(state, { frames: state.frames.slice(0, -1) })],
  execif: execIf,
  execiftime: execIfTime,
  exec,
  tryexec: exec,
  set,
  mset: setMany,
  while: whileLoop,
  endwhile: endWhile,
  continuewhile: endWhile,
  exitwhile: exitWhile,
  answer,
  background,
  waitexten: waitForKeys,
  read,
  playtones: playTones,
  dial,
  retrydial: (walking, state, act) =>
    dial(walking, state, {
      ...act,
      // RetryDial(announcement,pause,retries, and then what Dial takes).
      data: argumentsOf(act.data).slice(3).join(','),
    }),
  queue,
  followme: followMe,
  voicemail,
  transfer,
  agi: program,
  eagi: program,
  deadagi: program,
  stasis: program,
  externalivr: program,
  hangup: ends,
  busy: ends,
  congestion: ends,
};
