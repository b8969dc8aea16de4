import type { Context, DialplanRow } from '../../src/diagnosis/dialplan.ts';
import { readContext } from '../../src/diagnosis/dialplan.ts';

/** The rows that ShowDialPlan would give for the text of an extensions.conf: contexts, exten, same, include; and its globals. */
export function rowsOf(text: string): {
  readonly rows: readonly DialplanRow[];
  readonly globals: ReadonlyMap<string, string>;
} {
  const rows: DialplanRow[] = [];
  const globals = new Map<string, string>();
  let context = '';
  let extension = '';
  let priority = 0;
  for (const raw of text.split('\n')) {
    const line = raw.replace(/^\s*;.*$/, '').trim();
    const section = /^\[([^\]]+)\]/.exec(line);
    if (section !== null) {
      context = section[1] ?? '';
      continue;
    }
    if (context === 'general' || line === '') continue;
    if (context === 'globals') {
      const [name = '', value = ''] = line.split(/=(.*)/s);
      globals.set(name.trim(), value.trim());
      continue;
    }
    const include = /^include\s*=>?\s*(\S+)/.exec(line);
    if (include !== null) {
      rows.push({ ...EMPTY, context, include: include[1] ?? '' });
      continue;
    }
    const step = /^(?:exten\s*=>?\s*([^,]+),|same\s*=>?\s*)([\w]+)(?:\(([^)]+)\))?,(.*)$/.exec(line);
    if (step === null) throw new Error(`not understood: ${raw}`);
    const [, name, at = '', label, what = ''] = step;
    if (name !== undefined) extension = name;
    if (at === 'hint') continue;
    priority = at === 'n' ? priority + 1 : Number(at);
    const [, application = '', appData = ''] = /^(\w+)\(?(.*?)\)?$/s.exec(what.trim()) ?? [];
    rows.push({
      ...EMPTY,
      ...{ context, extension, label: label ?? null, priority: String(priority), application },
      appData: what.includes('(') ? what.trim().slice(application.length + 1, -1) : appData,
    });
  }
  return { rows, globals };
}

/** The contexts of such a text. Those it does not have do not exist: an entry is null for each name asked. */
export function contextsOf(text: string): ReadonlyMap<string, Context | null> {
  const { rows } = rowsOf(text);
  const names = new Set(rows.map(({ context }) => context));
  return new Map([...names].map((name) => [name, readContext(name, rows)]));
}

const EMPTY: DialplanRow = {
  context: '',
  extension: null,
  label: null,
  priority: null,
  application: null,
  appData: '',
  include: null,
  switchTo: null,
};
