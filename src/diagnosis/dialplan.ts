/** The dialplan as ShowDialPlan tells it (Asterisk 16 and 22): rows in, contexts out. Its texts are the PBX's own, and hostile. */

/** One row of ShowDialPlan: a step, an `include`, or a `switch`. */
export interface DialplanRow {
  readonly context: string;
  /** Null for a row that is an `include` or `switch`. */
  readonly extension: string | null;
  readonly label: string | null;
  /** A number, or `hint`. */
  readonly priority: string | null;
  readonly application: string | null;
  readonly appData: string;
  /** `context`, or with a time behind it `context,09:00-17:00,mon-fri,*,*`. */
  readonly include: string | null;
  /** `Realtime/…`, `Lua/…`: extensions that stand somewhere else. */
  readonly switchTo: string | null;
}

/** One step, spelled as in the file (`Playtones`, where a call says `PlayTones`): compare applications without case. */
export interface Step {
  readonly context: string;
  readonly extension: string;
  readonly priority: number;
  readonly application: string;
  readonly appData: string;
  readonly label: string | null;
}

/** Name as written: a number, a word, or a pattern that begins with `_`. Steps by rising priority. */
export interface Extension {
  readonly name: string;
  readonly steps: readonly Step[];
}

export interface Context {
  readonly name: string;
  /** Extensions that differ only by the caller's number stand here twice: ShowDialPlan does not tell that number. */
  readonly extensions: readonly Extension[];
  readonly includes: readonly Include[];
  readonly hasSwitch: boolean;
}

export interface Include {
  readonly context: string;
  /** It counts at some hours only. */
  readonly timed: boolean;
}

/** No dialplan that people write comes near it. */
const LONGEST_DATA = 4_000;

/** One context of its rows, in their order; null when there is none. */
export function readContext(name: string, rows: readonly DialplanRow[]): Context | null {
  const own = rows.filter((row) => row.context === name);
  if (own.length === 0) return null;
  const extensions: { readonly name: string; readonly steps: Step[] }[] = [];
  for (const row of own) {
    const step = stepOf(row);
    if (step === null) continue;
    const last = extensions.at(-1);
    const follows = last?.name === step.extension && (last.steps.at(-1)?.priority ?? 0) < step.priority;
    if (last !== undefined && follows) last.steps.push(step);
    else extensions.push({ name: step.extension, steps: [step] });
  }
  return {
    name,
    extensions,
    includes: own.flatMap(({ include }) => (include === null ? [] : [includeOf(include)])),
    hasSwitch: own.some(({ switchTo }) => switchTo !== null),
  };
}

function includeOf(text: string): Include {
  const [context = '', ...hours] = text.split(/[,|]/);
  return { context, timed: hours.length > 0 };
}

function stepOf({ context, extension, priority, application, appData, label }: DialplanRow): Step | null {
  if (extension === null || application === null || !/^[1-9]\d{0,5}$/.test(priority ?? '')) return null;
  return {
    context,
    extension,
    priority: Number(priority),
    application,
    appData: appData.replaceAll(/\p{Co}/gu, '\ufffd').slice(0, LONGEST_DATA),
    label,
  };
}
