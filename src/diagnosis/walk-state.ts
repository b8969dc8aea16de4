/** Where one way through the dialplan stands. Immutable: a step gives the states that may follow. */
import type { DialplanLine, DialplanPlace } from './setting-suspicion.ts';
import type { Scope } from './suspicion.ts';
import { restoredArguments, type Variables } from './walk-variables.ts';

export interface WalkState {
  readonly context: string;
  /** The number dialled there (`EXTEN`), not the pattern that takes it. */
  readonly extension: string;
  readonly priority: number;
  readonly variables: Variables;
  readonly frames: readonly Frame[];
  /** Has a phone of the line been rung on this way? What is heard afterwards is no ringback. */
  readonly rung: boolean;
  /** When what is found from here on takes effect. */
  readonly scope: Scope;
  /** The line that picked the call up, while nothing explains yet why. */
  readonly answered: DialplanPlace | null;
  readonly path: readonly DialplanLine[];
  /** A program outside the dialplan had the call: it may have set any variable. */
  readonly programRan: boolean;
}

/** Where Return, or the end of a macro, goes on. */
export interface Frame {
  readonly kind: 'gosub' | 'macro';
  /** Of a macro: it is left when a Goto leaves this context. */
  readonly inside: string;
  readonly context: string;
  readonly extension: string;
  readonly priority: number;
  /** ARG1 … as they were. */
  readonly before: Variables;
}

/** What the path keeps: more says nothing to a person. */
const LONGEST_PATH = 40;

export function passing(state: WalkState, line: DialplanLine): readonly DialplanLine[] {
  return state.path.length < LONGEST_PATH ? [...state.path, line] : state.path;
}

/** The next priority, and what changed. */
export function onward(state: WalkState, change: Partial<WalkState> = {}): WalkState {
  return { ...state, priority: state.priority + 1, ...change };
}

/** Leaves by Goto: macros whose context it leaves are over (app_macro, 16). */
export function jumped(
  state: WalkState,
  to: { readonly context: string; readonly extension: string; readonly priority: number },
  line: DialplanLine,
): WalkState {
  const frames = [...state.frames];
  for (let top = frames.at(-1); top?.kind === 'macro' && top.inside !== to.context; top = frames.at(-1)) {
    frames.pop();
  }
  return { ...state, ...to, frames, path: passing(state, line) };
}

/** Back to where the subroutine was called; null when it was not called. */
export function returned(state: WalkState): WalkState | null {
  const frame = state.frames.at(-1);
  if (frame === undefined) return null;
  const { context, extension, priority } = frame;
  return {
    ...state,
    ...{ context, extension, priority },
    frames: state.frames.slice(0, -1),
    variables: restoredArguments(state.variables, frame.before),
  };
}
