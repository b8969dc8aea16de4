/** Goto, Gosub, Macro and their conditional forms; where a call goes on that is not the next line. */
import { argumentsOf } from './dial-arguments.ts';
import { truthOf } from './dialplan-expression.ts';
import { lookUpLabel } from './dialplan-lookup.ts';
import { isPattern, sampleOf } from './dialplan-pattern.ts';
import { freepbxRoutine } from './freepbx-routines.ts';
import { isKnown, knownEnds, splitOutside, withoutUnknown } from './unknown-text.ts';
import { type Frame, jumped, onward, passing, returned, type WalkState } from './walk-state.ts';
import { withArguments, withVariable } from './walk-variables.ts';
import type { Act, Walking } from './walking.ts';

type States = readonly WalkState[];

interface Target {
  readonly context: string;
  readonly extension: string;
  readonly priority: number;
}

/** Calls deeper than this are a circle. */
const MOST_FRAMES = 30;
/** An extension that only a call knows may be any of these. */
const MOST_GUESSES = 60;

export function goTo(walking: Walking, state: WalkState, { data, line }: Act): States {
  return targetsOf(walking, state, data, line).map((target) => jumped(state, target, line));
}

/** `condition?yes:no`, both branches when a call decides; an empty branch goes on with the next line. */
export function goToIf(walking: Walking, state: WalkState, act: Act): States {
  return branches(act.data).flatMap((branch) =>
    branch === '' ? [onward(state)] : goTo(walking, state, { ...act, data: branch }),
  );
}

/** The hours are no business of a walk: it takes both ways. */
export function goToIfTime(walking: Walking, state: WalkState, act: Act): States {
  const [, labels = ''] = splitOutside(act.data, '?', 2);
  const [yes = '', no = ''] = splitOutside(labels, ':', 2);
  return [yes, no].flatMap((branch) =>
    branch.trim() === '' ? [onward(state)] : goTo(walking, state, { ...act, data: branch }),
  );
}

export function goSub(walking: Walking, state: WalkState, { data, line }: Act): States {
  const { address, given } = withoutArguments(data);
  const [context, extension] = addressOf(address, state);
  const routine = freepbxRoutine(walking, state, { context, extension, given, line });
  if (routine !== null) return routine;
  return targetsOf(walking, state, address, line).flatMap((target) =>
    called(walking, state, { kind: 'gosub', inside: target.context }, target, given, line),
  );
}

export function goSubIf(walking: Walking, state: WalkState, act: Act): States {
  return branches(act.data).flatMap((branch) =>
    branch === '' ? [onward(state)] : goSub(walking, state, { ...act, data: branch }),
  );
}

/** `Macro(name,arguments)` runs `macro-name,s,1` (Asterisk 16; gone in 22). */
export function macro(walking: Walking, state: WalkState, { data, line }: Act): States {
  const [name = '', ...given] = argumentsOf(data);
  const context = `macro-${name}`;
  const routine = freepbxRoutine(walking, state, { context, extension: 's', given, line });
  if (routine !== null) return routine;
  if (!isKnown(name)) {
    walking.gap('run-time-target', line);
    return [onward(state)];
  }
  return called(
    walking,
    state,
    { kind: 'macro', inside: context },
    { context, extension: 's', priority: 1 },
    given,
    line,
  );
}

export function macroIf(walking: Walking, state: WalkState, act: Act): States {
  return branches(act.data).flatMap((branch) =>
    branch === '' ? [onward(state)] : macro(walking, state, { ...act, data: branch }),
  );
}

/** Return(value) and MacroExit. */
export function goBack(_walking: Walking, state: WalkState, { data }: Act): States {
  const back = returned(state);
  if (back === null) return [];
  return [{ ...back, variables: withVariable(back.variables, 'GOSUB_RETVAL', data) }];
}

/** The caller's key takes him to an extension of the same context; none, after a while, to `t`. */
export function keyPressed(walking: Walking, state: WalkState, { line }: Act): States {
  const names = walking.knowledge.contexts.get(state.context)?.extensions ?? [];
  const keys = names.map(({ name }) => name).filter((name) => /^([0-9*#]{1,4}|t|i)$/.test(name));
  return [...new Set(keys)]
    .slice(0, MOST_GUESSES)
    .map((extension) => jumped(state, { context: state.context, extension, priority: 1 }, line));
}

function called(
  walking: Walking,
  state: WalkState,
  { kind, inside }: Pick<Frame, 'kind' | 'inside'>,
  target: Target,
  given: readonly string[],
  line: Act['line'],
): States {
  if (state.frames.length >= MOST_FRAMES) {
    walking.giveUp();
    return [];
  }
  const { context, extension, priority, variables } = state;
  const frame: Frame = { kind, inside, context, extension, priority: priority + 1, before: variables };
  return [
    {
      ...state,
      ...target,
      frames: [...state.frames, frame],
      variables: withArguments(variables, given),
      path: passing(state, line),
    },
  ];
}

/** Those branches of `condition?yes:no` that a call may take. */
function branches(data: string): readonly string[] {
  const [condition = '', labels = ''] = splitOutside(data, '?', 2);
  const [yes = '', no = ''] = splitOutside(labels, ':', 2);
  const truth = truthOf(condition);
  if (truth === null) return [...new Set([yes.trim(), no.trim()])];
  return [(truth ? yes : no).trim()];
}

/** `context,extension,priority(arguments)` without and with what stands in the brackets. */
function withoutArguments(data: string): { readonly address: string; readonly given: readonly string[] } {
  const plain = data.trim();
  const open = withoutUnknown(plain).indexOf('(');
  if (open === -1 || !plain.endsWith(')')) return { address: plain, given: [] };
  const inside = plain.slice(open + 1, -1);
  return { address: plain.slice(0, open), given: inside === '' ? [] : argumentsOf(inside) };
}

function addressOf(
  address: string,
  state: WalkState,
): readonly [context: string, extension: string, at: string] {
  const parts = argumentsOf(address);
  const at = parts.at(-1) ?? '';
  return [parts.at(-3) ?? state.context, parts.at(-2) ?? state.extension, at];
}

/** Where `[[context,]extension,]priority` leads: several places where a call fills in the extension, none where nobody knows. */
function targetsOf(
  walking: Walking,
  state: WalkState,
  address: string,
  line: Act['line'],
): readonly Target[] {
  const [context, extension, at] = addressOf(address, state);
  if (!isKnown(context) || !isKnown(at)) {
    walking.gap('run-time-target', line);
    return [];
  }
  const extensions = isKnown(extension) ? [extension] : guesses(walking, context, extension);
  if (extensions.length === 0) walking.gap('run-time-target', line);
  return extensions.flatMap((one) => {
    const priority = priorityOf(walking, state, context, one, at);
    return priority === null ? [] : [{ context, extension: one, priority }];
  });
}

function priorityOf(
  walking: Walking,
  state: WalkState,
  context: string,
  extension: string,
  at: string,
): number | null {
  if (/^[+-]\d{1,5}$/.test(at)) return state.priority + Number(at);
  if (/^\d{1,6}$/.test(at)) return Number(at);
  const found = lookUpLabel(walking.knowledge.contexts, context, extension, at);
  if (found.kind === 'unread') for (const name of found.contexts) walking.want('contexts', name);
  return found.kind === 'found' ? (found.steps[0]?.step.priority ?? null) : null;
}

/** Extensions of the context that an extension such as `s-${DIALSTATUS}` may become. */
function guesses(walking: Walking, context: string, extension: string): readonly string[] {
  const known = walking.knowledge.contexts.get(context);
  if (known === undefined) walking.want('contexts', context);
  const { before, behind } = knownEnds(extension);
  const names = (known?.extensions ?? []).map(({ name }) => (isPattern(name) ? sampleOf(name) : name));
  const fitting = names.filter((name) => name.startsWith(before) && name.endsWith(behind));
  return [...new Set(fitting)].slice(0, MOST_GUESSES);
}
