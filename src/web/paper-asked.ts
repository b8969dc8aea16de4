/** What an address asks to have printed; null for anything else, because a wrong paper is worse than none. */
import type { FormKind } from '../records/paper.ts';

const MOST_RECORDS = 50;
const MOST_COPIES = 50;
const ID = /^[0-9A-Za-z-]{1,64}$/;

interface FormAsked {
  readonly form: FormKind;
  readonly format: 'html' | 'docx';
  /** 领导批示 as an empty column. */
  readonly column: boolean;
}

export interface RecordsAsked extends FormAsked {
  readonly ids: readonly string[];
}

export interface BlankAsked extends FormAsked {
  readonly room: string;
  readonly copies: number;
}

export interface DayAsked {
  readonly room: string;
  /** `2026-11-23`. */
  readonly date: string;
  /** Its beginning as UTC would show it, ms. */
  readonly day: number;
  readonly format: 'html' | 'docx' | 'xlsx';
}

/** A paper of tables about one thing: a line, a round. */
export interface ListAsked {
  readonly id: string;
  readonly format: 'html' | 'docx';
}

/** `ids=a,b&form=seed|full&format=html|docx&column=blank`; the last three may be left out. At most 50 different ids. */
export function readRecordsAsked(query: unknown): RecordsAsked | null {
  const asked = textsOf(query);
  const form = asked === null ? null : readForm(asked);
  const ids = [...new Set((asked?.ids ?? '').split(','))];
  if (form === null || ids.length > MOST_RECORDS || !ids.every((id) => ID.test(id))) return null;
  return { ...form, ids };
}

/** `room=…&copies=1…50` and the same three. */
export function readBlankAsked(query: unknown): BlankAsked | null {
  const asked = textsOf(query);
  const form = asked === null ? null : readForm(asked);
  const { room = '', copies = '1' } = asked ?? {};
  if (form === null || !ID.test(room) || !/^[1-9]\d?$/.test(copies) || Number(copies) > MOST_COPIES)
    return null;
  return { ...form, room, copies: Number(copies) };
}

/** `room=…&date=2026-11-23&format=html|docx|xlsx`. */
export function readDayAsked(query: unknown): DayAsked | null {
  const { room = '', date = '', format = 'html' } = textsOf(query) ?? {};
  if (!ID.test(room) || !/^2\d{3}-\d\d-\d\d$/.test(date)) return null;
  if (format !== 'html' && format !== 'docx' && format !== 'xlsx') return null;
  const day = Date.parse(`${date}T00:00:00Z`);
  // 2026-02-30 is no day, though it can be read as one.
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== date) return null;
  return { room, date, day, format };
}

/** `room=…&from=…&format=html|docx`; `from` names the shift, ms UTC. */
export function readShiftAsked(
  query: unknown,
): { readonly room: string; readonly from: number; readonly format: 'html' | 'docx' } | null {
  const { room = '', from = '', format = 'html' } = textsOf(query) ?? {};
  if (!ID.test(room) || !/^\d{1,13}$/.test(from) || (format !== 'html' && format !== 'docx')) return null;
  return { room, from: Number(from), format };
}

/** `<name>=…&format=html|docx`. */
export function readListAsked(query: unknown, name: 'line' | 'round'): ListAsked | null {
  const { [name]: id = '', format = 'html' } = textsOf(query) ?? {};
  return ID.test(id) && (format === 'html' || format === 'docx') ? { id, format } : null;
}

/** One report of an incident. */
export interface ReportAsked {
  readonly incident: string;
  readonly report: string;
  readonly format: 'html' | 'docx';
}

/** `incident=…&report=…&format=html|docx`. */
export function readReportAsked(query: unknown): ReportAsked | null {
  const { incident = '', report = '', format = 'html' } = textsOf(query) ?? {};
  if (!ID.test(incident) || !ID.test(report)) return null;
  return format === 'html' || format === 'docx' ? { incident, report, format } : null;
}

function readForm({
  form = 'seed',
  format = 'html',
  column,
}: Readonly<Record<string, string>>): FormAsked | null {
  if ((form !== 'seed' && form !== 'full') || (format !== 'html' && format !== 'docx')) return null;
  // 附件2 has no such column.
  if (column !== undefined && (column !== 'blank' || form === 'seed')) return null;
  return { form, format, column: column !== undefined };
}

/** A parameter that comes twice is a list, and no text. */
function textsOf(query: unknown): Readonly<Record<string, string>> | null {
  const texts = Object.entries(query ?? {});
  return texts.every((entry): entry is [string, string] => typeof entry[1] === 'string')
    ? Object.fromEntries(texts)
    : null;
}
