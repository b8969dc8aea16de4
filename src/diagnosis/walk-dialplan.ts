/**
 * Walks the dialplan as a call of the line would go, and finds what stands between the caller and the plain ringing of the duty phone.
 *
 * Pure: what is not known yet of the PBX is wanted, not asked for; whoever reads it walks again, until nothing is wanted any more.
 * Where a call decides (a caller's number, the hour, a key), every way is taken. Where nobody can tell, the walk says so (a gap).
 */

import type { Step } from './dialplan.ts';
import { callFunction } from './dialplan-functions.ts';
import { lookUp } from './dialplan-lookup.ts';
import { substitute, type Values } from './dialplan-text.ts';
import { type DialplanLine, type SettingSuspicion, sameSuspicion } from './setting-suspicion.ts';
import { createWalkMemory } from './walk-memory.ts';
import { jumped, passing, returned, type WalkState } from './walk-state.ts';
import { perform } from './walk-steps.ts';
import { NO_VARIABLES } from './walk-variables.ts';
import type { PbxKnowledge, WalkGap, Walking, WalkQuestion, Want } from './walking.ts';

export interface Walk {
  readonly suspicions: readonly SettingSuspicion[];
  readonly gaps: readonly WalkGap[];
  /** What was not known, and would have changed where it went. Without any, the walk is as exact as it can be. */
  readonly wants: Readonly<Record<Want, readonly string[]>>;
  /** Telephones of the PBX that ring on some way. */
  readonly reached: readonly string[];
  /** Does a phone of the line ring on some way? */
  readonly rings: boolean;
  /** Entries at which no line of the dialplan stands. */
  readonly dead: readonly { readonly context: string; readonly extension: string }[];
  /** The walk was given up: too many steps, or Local channels within Local channels. */
  readonly bounded: boolean;
  readonly steps: number;
}

/** FreePBX's way to an extension takes about fifty; beyond it a dialplan is a maze, and said to be one. */
const MOST_STEPS = 10_000;
/** So many variables cost as much time as a step: what is walked must not hold up the recording of calls. */
const VARIABLES_A_STEP = 64;
/** Local channels within Local channels. */
const DEEPEST = 12;

export function walkDialplan(
  question: WalkQuestion,
  knowledge: PbxKnowledge,
  mostSteps: number = MOST_STEPS,
): Walk {
  const memory = createWalkMemory();
  const suspicions = new Map<string, SettingSuspicion>();
  const gaps = new Map<string, WalkGap>();
  const wants = {
    contexts: new Set<string>(),
    database: new Set<string>(),
    globals: new Set<string>(),
    queues: new Set<string>(),
  };
  const reached = new Set<string>();
  const localsRung = new Map<string, boolean>();
  const tally = { steps: 0, work: 0, depth: 0, bounded: false, rings: false };

  const want = (what: Want, name: string) => void wants[what].add(name);
  const walking: Walking = {
    question,
    knowledge,
    want,
    values: (state) => valuesOf(state, knowledge, want),
    gap: (kind, line) => {
      gaps.set(JSON.stringify([kind, line]), { kind, line });
    },
    suspect: (rule, { scope }, place, { target = null, sound = null } = {}) => {
      const suspicion = { rule, scope, target, sound, place };
      const key = sameSuspicion(suspicion);
      if (!suspicions.has(key)) suspicions.set(key, suspicion);
    },
    reach: (endpoint) => void reached.add(endpoint),
    giveUp: () => {
      tally.bounded = true;
    },
    explore(start) {
      const key = JSON.stringify([start.context, start.extension, start.rung, start.scope]);
      const known = localsRung.get(key);
      if (tally.depth >= DEEPEST) tally.bounded = true;
      if (tally.depth >= DEEPEST) return known ?? false;
      // What is being walked now, further up, rings nobody that will not be found there.
      if (known === undefined) localsRung.set(key, false);
      tally.depth += 1;
      const rung = run(start) || (known ?? false);
      tally.depth -= 1;
      localsRung.set(key, rung);
      return rung;
    },
  };

  /** Walks every way from here to its end; whether a phone of the line is rung on one of them. */
  function run(start: WalkState): boolean {
    const open = [start];
    let rung = false;
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const state = memory.enter(next);
      if (state === null) continue;
      tally.steps += 1;
      tally.work += 1 + state.variables.byName.size / VARIABLES_A_STEP;
      if (tally.work > mostSteps) {
        tally.bounded = true;
        return rung;
      }
      const following = follow(walking, state);
      if (following.length === 0 && state.answered !== null && !state.rung && isEnd(walking, state)) {
        walking.suspect('answered-early', state, state.answered);
      }
      rung ||= following.some((one) => one.rung);
      open.push(...following.toReversed());
    }
    return rung;
  }

  const dead = question.entries.filter(({ context, extension }) => {
    const start = startOf(context, extension);
    if (run(start)) tally.rings = true;
    return lookUp(knowledge.contexts, context, extension, 1).kind === 'none';
  });

  return {
    suspicions: [...suspicions.values()],
    gaps: [...gaps.values()],
    wants: {
      contexts: [...wants.contexts],
      database: [...wants.database],
      globals: [...wants.globals],
      queues: [...wants.queues],
    },
    reached: [...reached],
    rings: tally.rings,
    dead,
    bounded: tally.bounded,
    steps: tally.steps,
  };
}

function startOf(context: string, extension: string): WalkState {
  return {
    context,
    extension,
    priority: 1,
    variables: NO_VARIABLES,
    frames: [],
    rung: false,
    scope: 'always',
    answered: null,
    path: [],
    programRan: false,
  };
}

/** Performs the step that stands here, or goes where Asterisk goes when there is none. */
function follow(walking: Walking, state: WalkState): readonly WalkState[] {
  const found = lookUp(walking.knowledge.contexts, state.context, state.extension, state.priority);
  if (found.kind === 'unread') {
    for (const name of found.contexts) walking.want('contexts', name);
    return [];
  }
  if (found.kind === 'none') return withoutStep(walking, state);
  return found.steps.flatMap((one) => {
    const here = state.priority === 1 && one.through.length > 0 ? included(state, one.through) : state;
    const line = lineOf(one.step);
    const data = substitute(one.step.appData, walking.values(here));
    return perform(walking, here, { application: one.step.application, data, line, found: one });
  });
}

/** A macro ends with its lines; a number nobody answers to goes to `i`, once. */
function withoutStep(walking: Walking, state: WalkState): readonly WalkState[] {
  const { context, extension, priority, frames } = state;
  const frame = frames.at(-1);
  if (frame?.kind === 'macro' && frame.inside === context && priority > 1) {
    const back = returned(state);
    return back === null ? [] : [back];
  }
  const known = walking.knowledge.contexts.get(context);
  if (known?.hasSwitch === true) walking.gap('switch', switchLine(context, extension));
  if (priority !== 1 || extension === 'i' || extension === 't' || extension === 'h') return [];
  const invalid = lookUp(walking.knowledge.contexts, context, 'i', 1);
  return invalid.kind === 'found'
    ? [jumped(state, { context, extension: 'i', priority: 1 }, lineAt(context, extension, priority))]
    : [];
}

/** Nothing follows because it ends here, and not because something was not read. */
function isEnd(walking: Walking, { context, extension, priority }: WalkState): boolean {
  return lookUp(walking.knowledge.contexts, context, extension, priority).kind !== 'unread';
}

function included(state: WalkState, through: readonly string[]): WalkState {
  const line = { ...lineAt(state.context, state.extension, 1), application: 'include' };
  return { ...state, path: passing(state, { ...line, data: through.join(' → ') }) };
}

function switchLine(context: string, extension: string): DialplanLine {
  return { ...lineAt(context, extension, 1), application: 'switch' };
}

function lineAt(context: string, extension: string, priority: number): DialplanLine {
  return { context, extension, priority, application: '', data: '' };
}

function lineOf({ context, extension, priority, application, appData }: Step): DialplanLine {
  return { context, extension, priority, application, data: appData };
}

/** Variables that applications and channels set: no walk knows them. */
const SET_BY_CALLS = new Set(
  `ANSWEREDTIME ATTENDEDTRANSFER AVAILCAUSECODE AVAILCHAN AVAILORIGCHAN AVAILSTATUS BLINDTRANSFER BRIDGEPEER BACKGROUNDSTATUS
AGISTATUS CALLERID CALLERIDNAME CALLERIDNUM CALLINGPRES CHANNEL DATETIME DIALEDPEERNAME DIALEDPEERNUMBER DIALEDTIME DIALSTATUS
DNID ENTITYID EPOCH GOSUB_RETVAL HANGUPCAUSE HINT HINTNAME LINKEDID PLAYBACKSTATUS QUEUESTATUS RDNIS READSTATUS RECORDED_FILE
SYSTEMNAME SYSTEMSTATUS TIMESTAMP TRYSTATUS UNIQUEID USEROPSTATUS VMSTATUS`.split(/\s+/),
);

function valuesOf(state: WalkState, knowledge: PbxKnowledge, want: Walking['want']): Values {
  const asked = (what: 'database' | 'globals', name: string): string | null => {
    const value = knowledge[what].get(name);
    if (value === undefined) want(what, name);
    return value ?? null;
  };
  const variable = (name: string): string | null => {
    const own = state.variables.byName.get(name);
    if (own !== undefined) return own.value;
    if (name === 'EXTEN') return state.extension;
    if (name === 'CONTEXT') return state.context;
    if (name === 'PRIORITY') return String(state.priority);
    if (SET_BY_CALLS.has(name) || state.programRan || !/^\w{1,80}$/.test(name)) return null;
    // A name that nothing has set on the way is a global, or empty.
    return asked('globals', name);
  };
  return {
    variable,
    call: (name, argument) =>
      callFunction(name, argument, {
        variable,
        database: (key) => asked('database', key.replace(/^\/+/, '')),
        global: (global) => asked('globals', global),
      }),
  };
}
