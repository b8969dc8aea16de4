/** What becomes of each row of a file, and all of it as one change. Pure. */
import type { ImportPreview } from '../../web/protocol/directory-import-view.ts';
import type { ContactView } from '../../web/protocol/directory-view.ts';
import type { DirectoryChange } from './directory-api.ts';

export type Choice = 'add' | 'skip' | 'merge' | 'replace';
export type ImportRow = ImportPreview['rows'][number];

/** New numbers are added; what stands already gets what it lacks; what says nothing new is left out. */
export function firstChoices(rows: readonly ImportRow[]): readonly Choice[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    const { number, unit, person } = row.contact;
    const name = JSON.stringify([number, unit, person]);
    if (seen.has(name)) return 'skip';
    seen.add(name);
    const target = targetOf(row);
    if (target === undefined) return 'add';
    return same(merged(target, row.contact), target) ? 'skip' : 'merge';
  });
}

/** The change that the choices come to; several rows may reach the same entry. */
export function planOf(rows: readonly ImportRow[], choices: readonly Choice[]): DirectoryChange {
  const puts = new Map<string, { contact: ContactView; was: ContactView | null }>();
  for (const [index, row] of rows.entries()) {
    const choice = choices[index] ?? 'skip';
    const target = targetOf(row);
    if (choice === 'skip') continue;
    if (choice === 'add' || target === undefined) {
      puts.set(row.contact.id, { contact: row.contact, was: null });
      continue;
    }
    const now = puts.get(target.id)?.contact ?? target;
    const contact = choice === 'merge' ? merged(now, row.contact) : { ...row.contact, id: target.id };
    puts.set(target.id, { contact, was: target });
  }
  return { puts: [...puts.values()], removes: [] };
}

/** Of the entries with this number, that of the same person, else the first. */
export function targetOf({ contact, standing }: ImportRow): ContactView | undefined {
  return standing.find(({ person }) => person === contact.person) ?? standing[0];
}

function merged(stands: ContactView, brings: ContactView): ContactView {
  return {
    ...stands,
    unit: stands.unit ?? brings.unit,
    person: stands.person ?? brings.person,
    title: stands.title ?? brings.title,
    class: stands.class ?? brings.class,
  };
}

function same(one: ContactView, other: ContactView): boolean {
  return (['unit', 'person', 'title', 'class'] as const).every((item) => one[item] === other[item]);
}
