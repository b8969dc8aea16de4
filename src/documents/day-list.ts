/** 来电一览: the calls and forms of one room and one day, in the order in which they came. */
import { maskedNumber } from '../directory/mask.ts';
import { STATE_NAMES } from '../records/names.ts';
import { dayText, printable } from '../records/paper-text.ts';
import type { CallView } from '../web/protocol/call-view.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import type { ListPaper } from './list-paper.ts';
import type { Sheet } from './sheet.ts';

export interface DayList {
  readonly title: string;
  readonly head: { readonly room: string; readonly date: string };
  /** `share` in percent of the paper, `width` in characters of a spreadsheet. */
  readonly columns: readonly { readonly title: string; readonly share: number; readonly width: number }[];
  readonly rows: readonly (readonly string[])[];
  readonly note: string;
}

export interface DayEntry {
  readonly call: CallView | null;
  readonly record: RecordView | null;
}

export interface DaySetting {
  readonly room: { readonly name: string };
  /** Any moment of the day, ms UTC. */
  readonly day: number;
  readonly offset: (at: number) => number;
  /** Signs of 电话内容; null: all of it. */
  readonly contentLimit: number | null;
  /** There were more than the list holds. */
  readonly isCut: boolean;
}

const COLUMNS: DayList['columns'] = [
  { title: '序号', share: 4.5, width: 6 },
  { title: '时间', share: 5.5, width: 8 },
  { title: '来去电', share: 6, width: 8 },
  { title: '号码', share: 11.5, width: 18 },
  { title: '单位', share: 14, width: 24 },
  { title: '姓名', share: 7.5, width: 12 },
  { title: '通话情况', share: 12.5, width: 16 },
  { title: '电话内容', share: 19, width: 60 },
  { title: '记录人', share: 6.5, width: 10 },
  { title: '编号或状态', share: 13, width: 20 },
];

const OUTCOMES: Readonly<Record<string, string>> = {
  answered: '已接听',
  missed: '未接',
  abandoned: '对方挂断',
  busy: '忙线未接',
  declined: '拒接',
  unreachable: '话机未响',
  failed: '未接通',
  'no-answer': '无人接听',
};

/** The list of a day; the oldest first, joined calls in the one they joined. */
export function dayList(entries: readonly DayEntry[], setting: DaySetting): DayList {
  const shown = entries
    .filter(({ call, record }) => call?.joinedTo == null && record?.state !== 'merged')
    .toSorted((one, other) => timeOf(one) - timeOf(other));
  const calls = shown.filter(({ call }) => call !== null);
  const unanswered = calls.filter(({ call }) => call?.phase === 'ended' && call.answeredAt === null).length;
  const registered = shown.filter(({ record }) => record?.number != null).length;
  return {
    title: `${printable(setting.room.name)}来电一览`,
    head: { room: printable(setting.room.name), date: dayText(setting.day, setting.offset) },
    columns: COLUMNS,
    rows: shown.map((entry, index) => [String(index + 1), ...row(entry, setting)].map(oneLine)),
    note: `共 ${calls.length} 通电话，其中未接通 ${unanswered} 通；电话记录单已编号 ${registered} 份。${setting.isCut ? `当日条目过多，仅列前 ${entries.length} 条。` : ''}`,
  };
}

/** The same list on paper. */
export function dayPaper({ title, head, columns, rows, note }: DayList): ListPaper {
  return { title, head, tables: [{ heading: null, columns, rows, none: null }], note };
}

/** The same list for a spreadsheet. */
export function daySheet({ head, columns, rows }: DayList): Sheet {
  async function* pieces(): AsyncGenerator<readonly (readonly string[])[]> {
    yield rows;
  }
  return { name: head.date, columns, rows: pieces() };
}

function timeOf({ call, record }: DayEntry): number {
  return call?.startedAt ?? record?.openedAt ?? 0;
}

function row(entry: DayEntry, setting: DaySetting): readonly string[] {
  const { call, record } = entry;
  const isShut = (call?.shut ?? record?.shut ?? null) !== null;
  const at = timeOf(entry);
  const wall = new Date(at + setting.offset(at)).toISOString();
  const way = wayOf(call, record);
  const head = [wall.slice(11, 16), way];
  if (isShut) return [...head, '', '', '', '', '（已按涉密误录处置）', '', ''];
  const field = (name: 'callerUnit' | 'callerName' | 'recorder' | 'content') =>
    record?.fields[name].value ?? '';
  return [
    ...head,
    numberOf(entry),
    field('callerUnit') || (call?.caller.unit ?? ''),
    field('callerName') || (call?.caller.person ?? ''),
    call === null ? '人工补记' : courseOf(call),
    beginning(field('content'), setting.contentLimit),
    field('recorder'),
    record === null
      ? ''
      : (record.number ?? STATE_NAMES[record.state]) +
        (record.state === 'void' && record.number !== null ? '（作废）' : ''),
  ];
}

function wayOf(call: CallView | null, record: RecordView | null): string {
  const direction = call?.direction ?? record?.direction ?? 'inbound';
  return direction === 'outbound' ? '去电' : direction === 'internal' ? '内部' : '来电';
}

/** Numbers of citizens are masked in lists; their form shows them whole. */
export function numberOf({ call, record }: DayEntry): string {
  const written = record?.fields.callerNumber.value ?? '';
  if (call === null || call.direction === 'outbound') {
    const other = written || (call?.dialled ?? '');
    return isCitizen(call, record) ? maskedNumber(other) : other;
  }
  const number = written || (call.caller.shown ?? (call.tampered ? '号码不可读' : '未显示号码'));
  return isCitizen(call, record) ? maskedNumber(number) : number;
}

function isCitizen(call: CallView | null, record: RecordView | null): boolean {
  return record?.fields.category.value === 'public' || call?.caller.class === 'public';
}

function courseOf(call: CallView): string {
  if (call.phase !== 'ended') return '通话未结束';
  const outcome = OUTCOMES[call.outcome ?? ''] ?? '';
  if (call.answeredAt === null || call.endedAt === null) return outcome;
  const seconds = Math.max(0, Math.round((call.endedAt - call.answeredAt) / 1_000));
  return `${outcome} ${Math.floor(seconds / 60)}分${seconds % 60}秒`;
}

function beginning(text: string, limit: number | null): string {
  if (limit === null) return text;
  const signs = [...text.slice(0, 2 * limit + 2)];
  return signs.length > limit ? `${signs.slice(0, limit).join('')}…` : text;
}

function oneLine(text: string): string {
  return printable(text).replace(/\s*\n\s*/g, ' ');
}
