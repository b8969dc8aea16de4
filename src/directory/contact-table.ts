/** A table of contacts as offices keep it, read by its headings in whatever order they stand. */
import type { ContactClass } from './contact.ts';
import { type ContactDraft, readContact } from './contact-rule.ts';

type Column = 'unit' | 'person' | 'title' | 'number' | 'class';

const HEADINGS: Readonly<Record<Column, RegExp>> = {
  unit: /^(来电|所属|所在|工作)?(单位|部门|机构)(名称)?$/,
  person: /^(姓名|联系人|人员|值班员|负责人|名字)(姓名)?$/,
  title: /^(职务|职位|岗位)(职称)?$/,
  number:
    /^(联系|办公|值班|座机|固定|移动|手机)?(电话|号码|手机|电话号码|手机号码?|座机|联系方式)(号码)?\d?$/,
  class: /^(类别|类型|级别|分类|隶属关系)$/,
};
const CLASSES: Readonly<Record<string, ContactClass>> = {
  上级: 'superior',
  上级单位: 'superior',
  下级: 'subordinate',
  下级单位: 'subordinate',
  公众: 'public',
  群众: 'public',
};
/** A heading may stand below a title and a date. */
const HEADING_WITHIN = 10;

export interface TableContact {
  /** Of the file, from 1. */
  readonly row: number;
  readonly contact: ContactDraft;
}

export interface TableTrouble {
  readonly row: number;
  /** As its heading says. */
  readonly column: string;
  readonly text: string;
  readonly zh: string;
}

export interface ContactTable {
  /** What was understood: the heading and what it is taken for. */
  readonly columns: readonly { readonly heading: string; readonly as: Column }[];
  /** Headings nobody understands; their columns are left out. */
  readonly ignored: readonly string[];
  readonly contacts: readonly TableContact[];
  readonly troubles: readonly TableTrouble[];
}

/** Null when no row has the heading of a telephone and one of a unit or a person. */
export function readContactTable(
  rows: readonly (readonly string[])[],
  areaCode: string,
): ContactTable | null {
  const at = rows.slice(0, HEADING_WITHIN).findIndex((row) => isHeading(row.map(columnOf)));
  const headings = rows[at];
  if (headings === undefined) return null;
  const kinds = headings.map(columnOf);
  const contacts: TableContact[] = [];
  const troubles: TableTrouble[] = [];
  for (const [index, cells] of rows.slice(at + 1).entries()) {
    const row = at + index + 2;
    if (cells.every((cell) => cell.trim() === '')) continue;
    const read = readRow(cells, kinds, headings, areaCode);
    contacts.push(...read.contacts.map((contact) => ({ row, contact })));
    troubles.push(...read.troubles.map((trouble) => ({ ...trouble, row })));
  }
  return {
    columns: headings.flatMap((heading, index) => {
      const as = kinds[index] ?? null;
      return as === null ? [] : [{ heading: plain(heading), as }];
    }),
    ignored: headings.filter((heading, index) => kinds[index] === null && plain(heading) !== '').map(plain),
    contacts,
    troubles,
  };
}

function isHeading(kinds: readonly (Column | null)[]): boolean {
  return kinds.includes('number') && (kinds.includes('unit') || kinds.includes('person'));
}

function columnOf(heading: string): Column | null {
  const text = plain(heading).replace(/[（(].*[)）]$/, '');
  const found = Object.entries(HEADINGS).find(([, pattern]) => pattern.test(text));
  return found === undefined ? null : (found[0] as Column);
}

function readRow(
  cells: readonly string[],
  kinds: readonly (Column | null)[],
  headings: readonly string[],
  areaCode: string,
): { readonly contacts: readonly ContactDraft[]; readonly troubles: readonly Omit<TableTrouble, 'row'>[] } {
  const textOf = (kind: Column) =>
    cells.find((cell, index) => kinds[index] === kind && cell.trim() !== '') ?? '';
  const headingOf = (kind: Column) => plain(headings[kinds.indexOf(kind)] ?? '');
  const troubles: Omit<TableTrouble, 'row'>[] = [];
  const written = plain(textOf('class'));
  const known = CLASSES[written] ?? null;
  if (written !== '' && written !== '未知' && known === null) {
    troubles.push({
      column: headingOf('class'),
      text: shown(written),
      zh: '类别只能是上级、下级、公众，按未知处理。',
    });
  }
  const numbers = cells.flatMap((cell, index) => (kinds[index] === 'number' ? numbersIn(cell) : []));
  if (numbers.length === 0) {
    troubles.push({ column: headingOf('number'), text: '', zh: '没有电话，这一行不导入。' });
  }
  const contacts: ContactDraft[] = [];
  for (const number of new Set(numbers)) {
    const [unit, person, title] = [textOf('unit'), textOf('person'), textOf('title')];
    const read = readContact({ number, unit, person, title, class: known }, areaCode);
    if (read.ok) contacts.push(read.contact);
    else {
      const { field, zh } = read.fault;
      const text = field === 'number' ? number : textOf(field);
      troubles.push({ column: headingOf(field), text: shown(text), zh });
    }
  }
  return { contacts, troubles };
}

/** `0954-2035678、139 0000 1111` are two; a blank alone parts nothing, since numbers are written with blanks. */
function numbersIn(cell: string): readonly string[] {
  return cell
    .split(/[\n\r、，,;；/|]+|\s{2,}|(?<=\d{7})\s+(?=1[3-9]\d{9}\b)|(?<=1[3-9]\d{9})\s+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/[\s*:：]/g, '');
}

function shown(text: string): string {
  return [...text].slice(0, 60).join('');
}
