/**
 * The paper of a 电话记录单: which items stand on it, in which order and words. The seed's sample form (附件2) exactly, and
 * 完整版 with what practice adds to it. Pure: the print view and the .docx are both made from this, so that they say the same.
 */
import type { Direction } from '../calls/call-summary.ts';
import { sizeText } from './attachment.ts';
import { ENTRY_KINDS, type EntryKind, inOrder, type Way } from './entry.ts';
import type { FieldName, RecordState } from './field.ts';
import { categoryName, STATE_NAMES } from './names.ts';

export type FormKind = 'seed' | 'full';

export interface Paper {
  readonly form: FormKind;
  readonly title: string;
  /** 作废, 草稿, 已并入, 无需记录: stamped across the paper. */
  readonly mark: string | null;
  /** The line under the title: the duty room left, the date right. */
  readonly head: { readonly room: string; readonly date: string };
  /** `编号：…`, repeated on every page of 完整版; null: the seed has no number. */
  readonly number: string | null;
  /** A column left empty for handwriting, to the foot of each page. */
  readonly column: string | null;
  readonly parts: readonly PaperPart[];
}

export type PaperPart =
  /** One line of one or two items. */
  | { readonly kind: 'items'; readonly items: readonly PaperItem[] }
  /** A long text under its label; `lines` are kept free for a hand, at least. */
  | {
      readonly kind: 'text';
      readonly label: string;
      readonly paragraphs: readonly string[];
      readonly lines: number;
    }
  /** A heading above the parts that follow. */
  | { readonly kind: 'section'; readonly label: string };

export interface PaperItem {
  readonly label: string;
  readonly value: string;
}

/** What of a record goes on paper; a `RecordView` is one. Times are ms UTC. */
export interface FormSource {
  readonly direction: Direction;
  readonly state: RecordState;
  readonly number: string | null;
  readonly openedAt: number;
  readonly voidReason: string | null;
  readonly archivedAt: number | null;
  readonly fields: Readonly<Record<FieldName, { readonly value: string }>>;
  readonly entries: readonly {
    readonly kind: EntryKind;
    readonly who: string;
    readonly text: string;
    readonly way: Way | null;
    readonly happenedAt: number | null;
    readonly dueAt: number | null;
    readonly at: number;
    readonly by: string | null;
    readonly confirmed: { readonly at: number; readonly by: string } | null;
    readonly withdrawn: { readonly by: string; readonly reason: string } | null;
  }[];
  readonly attachments: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly removed: unknown;
  }[];
  readonly corrections: readonly {
    readonly at: number;
    readonly by: string;
    readonly field: FieldName;
    readonly from: string;
    readonly to: string;
    readonly reason: string;
  }[];
}

export interface PaperSetting {
  readonly form: FormKind;
  /** 领导批示 as an empty column (完整版 only). */
  readonly column: boolean;
  readonly room: { readonly name: string; readonly formTitle: string };
  /** How far the office's clock is ahead of UTC at a moment, both in ms. */
  readonly offset: (at: number) => number;
}

/** A recording that belongs to the record. */
export interface PaperSound {
  readonly seconds: number | null;
  readonly sha256: string | null;
}

/** A row that may go on overleaf: a text of more than half a page. All others stay whole. */
export function mayBreak(part: PaperPart): boolean {
  return part.kind === 'text' && part.paragraphs.join('').length + 30 * part.paragraphs.length > 450;
}

/** Widths of the columns of 完整版 in percent: twice label and value, and what a hand gets. */
export function fullShares(withColumn: boolean): readonly number[] {
  return withColumn ? [15, 29, 15, 19, 22] : [15, 37, 15, 33];
}

/** The form of a record as it stands. */
export function recordPaper(
  record: FormSource,
  setting: PaperSetting,
  sounds: readonly PaperSound[] = [],
): Paper {
  const { offset } = setting;
  const time = Number(record.fields.callTime.value);
  const content: Content = {
    direction: record.direction,
    date: dayText(time > 0 ? time : record.openedAt, offset),
    callTime: time > 0 ? momentText(time, offset) : '',
    value: (field) => shownValue(field, record.fields[field].value),
    number: record.number ?? '未登记',
    state: STATE_NAMES[record.state],
    steps: [
      ...inOrder(record.entries).map((entry) => stepPart(entry, offset)),
      ...(record.corrections.length === 0 ? [] : [correctionsPart(record, offset)]),
      ...(record.voidReason === null ? [] : [textPart('作废原因', record.voidReason)]),
    ],
    attachments: [...sounds.map(soundText), ...attachedTexts(record.attachments)],
    archived: record.archivedAt === null ? '未归档' : momentText(record.archivedAt, offset),
    room: 0,
  };
  const isMarked = record.state !== 'registered' && record.state !== 'in-hand' && record.state !== 'done';
  return paperOf(content, setting, isMarked ? STATE_NAMES[record.state] : null);
}

/** 空白表: the same form with room for a pen, for when nothing else works. */
export function blankPaper(setting: PaperSetting): Paper {
  const empty = (label: string): PaperPart => ({ kind: 'text', label, paragraphs: [], lines: 1 });
  const content: Content = {
    direction: 'inbound',
    date: BLANK_DAY,
    callTime: setting.form === 'seed' ? BLANK_MOMENT : '　年　月　日　时　分',
    value: (field) => (field === 'idVerified' || field === 'readBack' ? '□ 是　□ 否' : ''),
    number: '',
    state: '',
    // 拟办 has its place above.
    steps: ENTRY_KINDS.filter((kind) => kind !== 'proposal').map((kind) => empty(STEP_NAMES[kind])),
    attachments: [],
    archived: BLANK_DAY,
    room: 1,
  };
  return paperOf(content, setting, null);
}

const BLANK_DAY = '　　　　年　　月　　日';
const BLANK_MOMENT = `${BLANK_DAY}　　时　　分`;

interface Content {
  readonly direction: Direction;
  readonly date: string;
  readonly callTime: string;
  readonly value: (field: FieldName) => string;
  readonly number: string;
  readonly state: string;
  readonly steps: readonly PaperPart[];
  readonly attachments: readonly string[];
  readonly archived: string;
  /** 1: a hand writes on it. */
  readonly room: 0 | 1;
}

function paperOf(content: Content, setting: PaperSetting, mark: string | null): Paper {
  const { form, room } = setting;
  return {
    form,
    title: printable(room.formTitle),
    mark,
    head: { room: printable(room.name), date: content.date },
    number: form === 'full' ? `编号：${printable(content.number)}` : null,
    column: form === 'full' && setting.column ? '领导批示' : null,
    parts: form === 'seed' ? seedParts(content) : fullParts(content),
  };
}

/** 附件2, item by item; 去电 keeps the order and renames the four items of the other side. */
function seedParts(content: Content): readonly PaperPart[] {
  const label = labelsOf(content.direction);
  const { value, room } = content;
  return [
    line([label.callTime, content.callTime]),
    line([label.callerUnit, value('callerUnit')]),
    line([label.callerName, value('callerName')]),
    line([label.callerNumber, value('callerNumber')]),
    line([label.recorder, value('recorder')], [label.recorderPhone, value('recorderPhone')]),
    textPart(label.proposal, value('proposal'), 2 + room),
    textPart(label.content, value('content'), 8 * room),
  ];
}

function fullParts(content: Content): readonly PaperPart[] {
  const label = labelsOf(content.direction);
  const { value, room, attachments } = content;
  return [
    line([label.callTime, content.callTime], [label.urgency, value('urgency')]),
    line([label.callerUnit, value('callerUnit')], [label.category, value('category')]),
    line([label.callerName, value('callerName')], [label.callerTitle, value('callerTitle')]),
    line([label.callerNumber, value('callerNumber')], ['状态', content.state]),
    line([label.recorder, value('recorder')], [label.recorderPhone, value('recorderPhone')]),
    line([label.idVerified, value('idVerified')], [label.readBack, value('readBack')]),
    textPart(label.proposal, value('proposal'), 2),
    textPart(label.content, value('content'), room === 1 ? 5 : 4),
    textPart(label.reportedTo, value('reportedTo'), 1),
    textPart(label.note, value('note'), 1),
    { kind: 'section', label: '办理经过' },
    ...(content.steps.length === 0 ? [textPart('经过', '尚无')] : content.steps),
    { kind: 'section', label: '附件与归档' },
    {
      kind: 'text',
      label: '附件',
      paragraphs: attachments.length === 0 && room === 0 ? ['无'] : attachments,
      lines: 1,
    },
    line(['归档', content.archived]),
  ];
}

const LABELS: Readonly<Record<FieldName, string>> = {
  callTime: '来电时间',
  callerUnit: '来电单位',
  // The seed spreads three signs over the width of four.
  callerName: '来 电 人',
  callerNumber: '来电号码',
  recorder: '记 录 人',
  recorderPhone: '联系电话',
  proposal: '拟办意见',
  content: '电话内容',
  category: '类别',
  callerTitle: '来电人职务',
  urgency: '紧急程度',
  readBack: '复述核对',
  idVerified: '身份核实',
  reportedTo: '已报告情况',
  note: '备注',
};

function labelsOf(direction: Direction): Readonly<Record<FieldName, string>> {
  if (direction !== 'outbound') return LABELS;
  return {
    ...LABELS,
    callTime: '去电时间',
    callerUnit: '去电单位',
    callerName: '受 话 人',
    callerNumber: '去电号码',
    callerTitle: '受话人职务',
  };
}

const STEP_NAMES: Readonly<Record<EntryKind, string>> = {
  proposal: '拟办',
  request: '请示',
  instruction: '批示',
  assignment: '交办',
  feedback: '反馈',
  closing: '办结',
};

const WAY_NAMES: Readonly<Record<Way, string>> = { phone: '电话', 'in-person': '当面', written: '书面' };

function shownValue(field: FieldName, value: string): string {
  if (field === 'category') return categoryName(value);
  if (field === 'urgency') return { normal: '一般', urgent: '加急', 'most-urgent': '特急' }[value] ?? value;
  if (field === 'readBack') return value === 'yes' ? '已复述' : '';
  if (field === 'idVerified') return value === 'yes' ? '已核实' : '';
  return value;
}

/** `2026年11月23日 03时07分`, the person and `（电话）`; the text; who wrote it down. */
function stepPart(entry: FormSource['entries'][number], offset: PaperSetting['offset']): PaperPart {
  const who = entry.who === '' ? '' : `　${entry.who}`;
  const way = entry.way === null ? '' : `（${WAY_NAMES[entry.way]}）`;
  const due = entry.dueAt === null ? '' : `　时限：${momentText(entry.dueAt, offset)}`;
  const by = entry.by === null ? '' : `${entry.kind === 'instruction' ? '代录' : '记录'}：${entry.by}`;
  const confirmed =
    entry.confirmed === null
      ? ''
      : `　本人确认：${entry.confirmed.by} ${momentText(entry.confirmed.at, offset)}`;
  const struck =
    entry.withdrawn === null ? '' : `　已撤回：${entry.withdrawn.by}，原因：${entry.withdrawn.reason}`;
  return textPart(
    STEP_NAMES[entry.kind],
    `${momentText(entry.happenedAt ?? entry.at, offset)}${who}${way}${due}\n${entry.text}\n${by}${confirmed}${struck}`,
  );
}

function correctionsPart(record: FormSource, offset: PaperSetting['offset']): PaperPart {
  const label = labelsOf(record.direction);
  const said = record.corrections.map(({ at, by, field, from, to, reason }) => {
    const shown = (value: string) =>
      field === 'callTime' ? momentText(Number(value), offset) : shownValue(field, value) || '（空）';
    return `${momentText(at, offset)}　${by}将${label[field].replaceAll(' ', '')}由“${shown(from)}”更正为“${shown(to)}”，原因：${reason}`;
  });
  return textPart('更正', said.join('\n'));
}

function soundText({ seconds, sha256 }: PaperSound, index: number): string {
  const length = seconds === null ? '' : `，${Math.floor(seconds / 60)} 分 ${Math.floor(seconds % 60)} 秒`;
  return `通话录音 ${index + 1}${length}${sha256 === null ? '' : `，校验值 SHA-256 ${sha256}`}`;
}

/** 附件 that were not removed, by name. */
function attachedTexts(attachments: FormSource['attachments']): readonly string[] {
  return attachments
    .filter(({ removed }) => removed === null)
    .map(({ name, bytes, sha256 }) => printable(`${name}（${sizeText(bytes)}），校验值 SHA-256 ${sha256}`));
}

function line(...items: readonly (readonly [label: string, value: string])[]): PaperPart {
  // One line of the form: what a caller breaks into lines stands on it with blanks.
  return {
    kind: 'items',
    items: items.map(([label, value]) => ({ label, value: printable(value).replace(/\s*\n\s*/g, ' ') })),
  };
}

function textPart(label: string, text: string, lines = 0): PaperPart {
  const plain = printable(text).trimEnd();
  return { kind: 'text', label, paragraphs: plain === '' ? [] : plain.split('\n'), lines };
}

/**
 * Text for a paper that cannot be asked back: what turns the writing round, hides, or can stand in no document is shown
 * as �. Line ends are \n.
 */
export function printable(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ')
    .replace(
      /[^\P{Cc}\n]|\p{Cs}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu,
      '\ufffd',
    );
}

/** `2026年11月23日` on the office's wall. */
export function dayText(at: number, offset: PaperSetting['offset']): string {
  const wall = new Date(at + offset(at));
  return `${wall.getUTCFullYear()}年${wall.getUTCMonth() + 1}月${wall.getUTCDate()}日`;
}

/** `2026年11月23日 03时07分`. */
export function momentText(at: number, offset: PaperSetting['offset']): string {
  const wall = new Date(at + offset(at));
  const two = (value: number) => String(value).padStart(2, '0');
  return `${dayText(at, offset)} ${two(wall.getUTCHours())}时${two(wall.getUTCMinutes())}分`;
}
