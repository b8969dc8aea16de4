import { describe, expect, it } from 'vitest';
import { firstChoices, type ImportRow, planOf } from '../../src/ui/directory/import-plan.ts';

type Entry = ImportRow['contact'];
const entry = (id: string, given: Partial<Entry> = {}): Entry => ({
  id,
  number: '0954-2035678',
  unit: '某局',
  person: null,
  title: null,
  class: null,
  ...given,
});
const row = (contact: Entry, standing: readonly Entry[] = []): ImportRow => ({ row: 2, contact, standing });

describe('the rows of a file', () => {
  const stands = entry('old', { person: '张某' });
  const rows = [
    row(entry('new', { number: '2035670' })),
    row(entry('twin', { number: '2035670' })),
    row(entry('more', { person: '张某', title: '科长', class: 'public' }), [entry('else'), stands]),
    row(entry('nothing', { person: '张某' }), [stands]),
  ];

  it('are added, fill what stands, or are left out', () => {
    expect(firstChoices(rows)).toEqual(['add', 'skip', 'merge', 'skip']);
  });

  it('come to one change: an entry only gains by 合并, and is the file’s by 覆盖', () => {
    expect(planOf(rows, firstChoices(rows))).toEqual({
      puts: [
        { contact: rows[0]?.contact, was: null },
        { contact: { ...stands, title: '科长', class: 'public' }, was: stands },
      ],
      removes: [],
    });
    const replaced = planOf(rows, ['skip', 'skip', 'replace', 'merge']).puts;
    expect(replaced).toEqual([{ contact: { ...rows[2]?.contact, id: 'old' }, was: stands }]);
    expect(planOf(rows, ['skip', 'skip', 'skip', 'add']).puts).toEqual([
      { contact: rows[3]?.contact, was: null },
    ]);
  });
});
