/**
 * One 演练, from the first ring to its end. Nothing of it leaves this page: no call, no record, no number, no statistics.
 * Pure; time is an input, ms of any one clock.
 */
import type { DrillScript, ScriptedCall } from './script.ts';

export interface Drill {
  readonly id: number;
  readonly script: DrillScript;
  readonly startedAt: number;
  /** Time of the last input. */
  readonly at: number;
  readonly calls: readonly DrillCall[];
  /** The call the officer speaks with; the others wait. */
  readonly active: string | null;
  /** The call whose form is open. */
  readonly open: string | null;
  readonly ended: DrillEnd | null;
}

export interface DrillEnd {
  readonly at: number;
  /** `real-call`: a real telephone rang, which ends a drill at once. */
  readonly why: 'checked' | 'stopped' | 'real-call';
}

export interface DrillCall {
  readonly script: ScriptedCall;
  readonly phase: 'coming' | 'ringing' | 'talking' | 'ended' | 'missed';
  readonly rangAt: number | null;
  readonly answeredAt: number | null;
  /** How much of the speech was heard; stands still while the caller waits. */
  readonly heardMs: number;
  readonly form: DrillForm;
}

export interface DrillForm {
  readonly unit: string;
  readonly person: string;
  readonly category: string;
  readonly content: string;
  /** 无需记录 and why; null: it is to be recorded. */
  readonly noRecord: string | null;
}

export type DrillField = Exclude<keyof DrillForm, 'noRecord'>;

export type DrillInput = { readonly at: number } & (
  | { readonly type: 'tick' }
  | { readonly type: 'answer'; readonly call: string }
  | { readonly type: 'hang-up'; readonly call: string }
  | { readonly type: 'say-again'; readonly call: string }
  | { readonly type: 'open'; readonly call: string }
  | { readonly type: 'write'; readonly call: string; readonly field: DrillField; readonly text: string }
  | { readonly type: 'no-record'; readonly call: string; readonly reason: string | null }
  | { readonly type: 'end'; readonly why: DrillEnd['why'] }
);

const EMPTY_FORM: DrillForm = { unit: '', person: '', category: '', content: '', noRecord: null };
/** After the last word the caller waits so long for a question. */
const WAITS_MS = 45_000;

export function beginDrill(id: number, script: DrillScript, at: number): Drill {
  const calls = script.calls.map(
    (call): DrillCall => ({
      script: call,
      phase: 'coming',
      rangAt: null,
      answeredAt: null,
      heardMs: 0,
      form: EMPTY_FORM,
    }),
  );
  return pass({ id, script, startedAt: at, at, calls, active: null, open: null, ended: null }, at);
}

/** What an input makes of a drill. One that has ended takes nothing more. */
export function stepDrill(drill: Drill, input: DrillInput): Drill {
  if (drill.ended !== null) return drill;
  const now = pass(drill, input.at);
  switch (input.type) {
    case 'tick':
      return now;
    case 'answer':
      return answer(now, input.call);
    case 'hang-up':
      return ended(now, input.call);
    case 'say-again':
      return change(now, input.call, (call) => (call.phase === 'talking' ? { ...call, heardMs: 0 } : call));
    case 'open':
      return wasRung(now, input.call) ? { ...now, open: input.call } : now;
    case 'write':
      return form(now, input.call, { [input.field]: input.text });
    case 'no-record':
      return form(now, input.call, { noRecord: input.reason });
    case 'end':
      return { ...now, ended: { at: input.at, why: input.why } };
  }
}

/** The newest call that rings, else the one that is spoken with: what F2 takes. */
export function callToTake(drill: Drill): DrillCall | null {
  const ringing = drill.calls.filter(({ phase }) => phase === 'ringing');
  return ringing.at(-1) ?? drill.calls.find(({ script }) => script.id === drill.active) ?? null;
}

/** What the caller says now; null: he does not speak, or has said everything. */
export function heardNow({ phase, script, heardMs }: DrillCall): string | null {
  if (phase !== 'talking') return null;
  let from = 0;
  for (const { text, forMs } of script.speech) {
    if (heardMs < from + forMs) return text;
    from += forMs;
  }
  return null;
}

/** Every call is over: nothing is left but to finish writing. */
export function isQuiet(drill: Drill): boolean {
  return drill.calls.every(({ phase }) => phase === 'ended' || phase === 'missed');
}

function pass(drill: Drill, at: number): Drill {
  const passed = Math.max(0, at - drill.at);
  const calls = drill.calls.map((call) => passCall(call, drill, at, passed));
  const active = calls.find(({ script, phase }) => script.id === drill.active && phase === 'talking');
  // Whoever waits is spoken with again as soon as the other has gone.
  const next = active ?? calls.find(({ phase }) => phase === 'talking');
  return { ...drill, at: Math.max(drill.at, at), calls, active: next?.script.id ?? null };
}

function passCall(call: DrillCall, drill: Drill, at: number, passed: number): DrillCall {
  const { script } = call;
  const ringsAt = drill.startedAt + script.ringsAtMs;
  switch (call.phase) {
    case 'coming':
      return at < ringsAt
        ? call
        : passCall({ ...call, phase: 'ringing', rangAt: ringsAt }, drill, at, passed);
    case 'ringing':
      return at < ringsAt + script.ringsForMs ? call : { ...call, phase: 'missed' };
    case 'talking': {
      if (drill.active !== script.id) return call;
      const heardMs = call.heardMs + passed;
      return heardMs < lengthOf(script) + WAITS_MS
        ? { ...call, heardMs }
        : { ...call, heardMs, phase: 'ended' };
    }
    case 'ended':
    case 'missed':
      return call;
  }
}

function answer(drill: Drill, id: string): Drill {
  const call = drill.calls.find(({ script }) => script.id === id);
  if (call === undefined || (call.phase !== 'ringing' && call.phase !== 'talking')) return drill;
  const answered = change(drill, id, (one) =>
    one.phase === 'ringing' ? { ...one, phase: 'talking', answeredAt: drill.at } : one,
  );
  return { ...answered, active: id, open: id };
}

function ended(drill: Drill, id: string): Drill {
  const over = change(drill, id, (call) => (call.phase === 'talking' ? { ...call, phase: 'ended' } : call));
  return pass(over, over.at);
}

function form(drill: Drill, id: string, part: Partial<DrillForm>): Drill {
  return wasRung(drill, id)
    ? change(drill, id, (call) => ({ ...call, form: { ...call.form, ...part } }))
    : drill;
}

function wasRung(drill: Drill, id: string): boolean {
  return drill.calls.some(({ script, phase }) => script.id === id && phase !== 'coming');
}

function change(drill: Drill, id: string, make: (call: DrillCall) => DrillCall): Drill {
  return { ...drill, calls: drill.calls.map((call) => (call.script.id === id ? make(call) : call)) };
}

function lengthOf({ speech }: ScriptedCall): number {
  return speech.reduce((sum, { forMs }) => sum + forMs, 0);
}
