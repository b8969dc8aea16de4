/**
 * The paper of 值班日志: 附件1 of the notice, item by item in its order and words. Which rows there are and what each says is the
 * table `ROWS`: a local sample with others is another table. How it looks is for the print view and for Word.
 */
import type { Device } from '../duty/hand-over.ts';
import { HIDDEN } from '../duty/hand-written.ts';
import type { CallCounts, LogLine } from '../duty/shift-log.ts';
import type { ShiftLogView } from '../duty/shift-log-view.ts';
import { momentText, printable } from '../records/paper-text.ts';

export interface ShiftLogPaper {
  readonly title: string;
  /** 未交接, 重新打开: stands in a box over the title; null: it was signed. */
  readonly mark: string | null;
  readonly head: { readonly room: string; readonly date: string };
  readonly rows: readonly ShiftLogRow[];
  /** The first begins with 说明：, each follows under the one before. */
  readonly notes: readonly string[];
}

export interface ShiftLogRow {
  readonly label: string;
  readonly paragraphs: readonly string[];
  /** Stands last in its cell, below what is free. */
  readonly signature: readonly string[];
  /** All lines of the cell, at least: what is not filled is free for a hand. */
  readonly lines: number;
}

export interface ShiftLogSetting {
  readonly room: { readonly name: string; readonly formTitle: string };
  /** How far the office's clock is ahead of UTC at a moment, both in ms. */
  readonly offset: (at: number) => number;
}

type Cell = Pick<ShiftLogRow, 'paragraphs' | 'signature'>;
type Says = (log: ShiftLogView, at: (moment: number) => string) => Cell;

/** 附件1: the rows of the sample table. The second 接班 is for a second person, by hand where there is none. */
const ROWS: readonly { readonly label: string; readonly says: Says; readonly lines: number }[] = [
  { label: '交班', says: given, lines: 10 },
  { label: '接班', says: (log, at) => taken(log, 0, at), lines: 3 },
  { label: '接班', says: (log, at) => taken(log, 1, at), lines: 3 },
  { label: '其他需要说明事项', says: remarks, lines: 2 },
];

/** In the words of 附件1. */
const NOTES = [
  '说明：1. 记录内容应客观真实、填写完整、要素齐全、详略得当、字迹工整，时间精确到分钟。',
  '2. 交接班应在值班场所当面进行，交清当班重要事项，移交需续办事项，履行签字手续。',
];

export function shiftLogPaper(log: ShiftLogView, { room, offset }: ShiftLogSetting): ShiftLogPaper {
  const at = (moment: number) => momentText(moment, offset);
  const { shift } = log;
  const begin = at(shift.from);
  const end = shift.to === null ? '' : withoutSame(at(shift.to), begin);
  return {
    title: printable(titleOf(room)),
    mark: markOf(log),
    head: {
      room: `${begin}至${end}`,
      date: printable(shift.names.join('、')),
    },
    rows: rowsFor(log).map(({ label, says, lines }) => {
      const { paragraphs, signature } = says(log, at);
      return { label, lines, paragraphs: paragraphs.map(oneLine), signature: signature.map(oneLine) };
    }),
    notes: NOTES,
  };
}

/** `XXX人民政府值班室值班日志`; the office's own name stands in the title of its 电话记录单. */
function titleOf({ name, formTitle }: ShiftLogSetting['room']): string {
  return formTitle.endsWith('电话记录单') ? formTitle.replace(/电话记录单$/, '值班日志') : `${name}值班日志`;
}

function markOf({ shift }: ShiftLogView): string | null {
  if (shift.state === 'sealed') return null;
  return shift.state === 'reopened' ? '重新打开' : '未交接';
}

/** A third person and each after him get a row of their own, in the same words. */
function rowsFor({ signed }: ShiftLogView): typeof ROWS {
  const more = (signed?.takers ?? []).slice(2).map((_, index) => ({
    ...{ label: '接班', lines: 3 },
    says: ((log, at) => taken(log, index + 2, at)) satisfies Says as Says,
  }));
  return [...ROWS.slice(0, 3), ...more, ...ROWS.slice(3)];
}

/** 当班重要事项, the calls as counts, 需续办事项, 设备检查, the signature. */
function given(log: ShiftLogView, at: (moment: number) => string): Cell {
  const { shift, signed, counts } = log;
  const events = printedLines(log, 'event');
  const matters = signed?.matters ?? [];
  const paragraphs = [
    `带班领导：${shift.leaders.join('、')}　值班员：${shift.officers.join('、')}`,
    `当班重要事项：${events.length === 0 ? '无' : ''}`,
    ...events.map((line, index) => `${index + 1}. ${eventText(line, at)}`),
    `通话情况：${countsText(counts)}`,
    ...(signed === null ? [] : [`需续办事项：${matters.length === 0 ? '无' : ''}`]),
    ...matters.map((matter, index) => `${index + 1}. ${matter}`),
    ...devicesText(signed?.devices ?? {}),
  ];
  return { paragraphs, signature: signature('交班', signed?.giver ?? null, at) };
}

function taken(log: ShiftLogView, index: number, at: (moment: number) => string): Cell {
  const { signed } = log;
  if (signed?.state === 'stayed' && index === 0)
    return { paragraphs: [`${at(signed.closedAt)} 无人接班，本班继续值守。`], signature: [] };
  return { paragraphs: [], signature: signature('接班', signed?.takers[index] ?? null, at) };
}

function remarks(log: ShiftLogView, at: (moment: number) => string): Cell {
  const paragraphs = [
    ...printedLines(log, 'remark').map((line) => `${wordsOf(line)}${lateText(line, at)}`),
    ...log.openings.map(
      ({ at: moment, by, reason }) =>
        `本日志封存后于${at(moment)}由${by ?? ''}重新打开，原因：${reason ?? '（已删除）'}`,
    ),
  ];
  return { paragraphs, signature: [] };
}

function oneLine(text: string): string {
  return printable(text).replace(/\s*\n\s*/g, ' ');
}

function printedLines({ lines }: ShiftLogView, part: LogLine['part']): readonly LogLine[] {
  return lines.filter((line) => line.part === part && line.ticked);
}

function eventText(line: LogLine, at: (moment: number) => string): string {
  return `${withoutYear(at(line.at))}　${wordsOf(line)}${lateText(line, at)}`;
}

function wordsOf({ text }: LogLine): string {
  return text ?? HIDDEN;
}

function lateText({ late, enteredAt }: LogLine, at: (moment: number) => string): string {
  return late ? `（补记，录入时间${withoutYear(at(enteredAt))}）` : '';
}

/** Of the end what differs from the beginning: the line has room for one whole moment and a name. */
function withoutSame(end: string, begin: string): string {
  const day = begin.slice(0, begin.indexOf(' ') + 1);
  if (end.startsWith(day)) return end.slice(day.length);
  return end.slice(0, 5) === begin.slice(0, 5) ? end.slice(5) : end;
}

/** Which year it is stands over the table. */
function withoutYear(moment: string): string {
  return moment.replace(/^\d{4}年/, '');
}

function countsText({ inbound, outbound, missed, calledBack, noRecord }: CallCounts): string {
  return `来电 ${inbound} 通，去电 ${outbound} 通，未接 ${missed} 通，已回拨 ${calledBack} 通，无需记录 ${noRecord} 通。`;
}

const DEVICE_NAMES: Readonly<Record<Device, string>> = {
  telephone: '电话',
  recording: '录音',
  computer: '电脑',
  printer: '打印机',
  fax: '传真机',
};

function devicesText(devices: Readonly<Partial<Record<Device, boolean>>>): readonly string[] {
  const those = (works: boolean) =>
    (Object.keys(DEVICE_NAMES) as Device[])
      .filter((device) => devices[device] === works)
      .map((device) => DEVICE_NAMES[device])
      .join('、');
  const said = [
    ...(those(true) === '' ? [] : [`${those(true)}正常`]),
    ...(those(false) === '' ? [] : [`${those(false)}异常`]),
  ];
  return said.length === 0 ? [] : [`设备检查：${said.join('；')}`];
}

/** Who has signed by his PIN, and room for a hand beside it. */
function signature(
  what: '交班' | '接班',
  signed: { readonly name: string; readonly at: number } | null,
  at: (moment: number) => string,
): readonly string[] {
  const blank = '　　　　　';
  return [
    `${what}人：${signed?.name ?? blank}　　签字：`,
    `${what}时间：${signed === null ? '' : at(signed.at)}`,
  ];
}
