/**
 * The paper of a 电话记录单: which items stand on it, in which order and words. The seed's sample form (附件2) exactly, and
 * 完整版 with what practice adds to it. Pure: the print view and the .docx are both made from this, so that they say the same.
 */
import type { Direction } from '../calls/call-summary.ts';
import { ENTRY_KINDS, inOrder } from './entry.ts';
import type { FieldName } from './field.ts';
import { attachedTexts, correctionsPart, soundText, stepPart } from './form-course.ts';
import type { FormSource, PaperSetting, PaperSound } from './form-source.ts';
import { labelsOf, STEP_NAMES, shownValue } from './form-words.ts';
import { STATE_NAMES } from './names.ts';
import { itemsPart, type Paper, type PaperPart, textPart } from './paper.ts';
import { dayText, momentText, printable } from './paper-text.ts';

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
    itemsPart([label.callTime, content.callTime]),
    itemsPart([label.callerUnit, value('callerUnit')]),
    itemsPart([label.callerName, value('callerName')]),
    itemsPart([label.callerNumber, value('callerNumber')]),
    itemsPart([label.recorder, value('recorder')], [label.recorderPhone, value('recorderPhone')]),
    textPart(label.proposal, value('proposal'), 2 + room),
    textPart(label.content, value('content'), 8 * room),
  ];
}

function fullParts(content: Content): readonly PaperPart[] {
  const label = labelsOf(content.direction);
  const { value, room, attachments } = content;
  return [
    itemsPart([label.callTime, content.callTime], [label.urgency, value('urgency')]),
    itemsPart([label.callerUnit, value('callerUnit')], [label.category, value('category')]),
    itemsPart([label.callerName, value('callerName')], [label.callerTitle, value('callerTitle')]),
    itemsPart([label.callerNumber, value('callerNumber')], ['状态', content.state]),
    itemsPart([label.recorder, value('recorder')], [label.recorderPhone, value('recorderPhone')]),
    itemsPart([label.idVerified, value('idVerified')], [label.readBack, value('readBack')]),
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
    itemsPart(['归档', content.archived]),
  ];
}
