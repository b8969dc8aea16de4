/** The words of the form: what its items and steps are called, and what a value is called there. */
import type { Direction } from '../calls/call-summary.ts';
import type { EntryKind, Way } from './entry.ts';
import type { FieldName } from './field.ts';
import { categoryName, FIELD_NAMES } from './names.ts';

const LABELS: Readonly<Record<FieldName, string>> = {
  ...FIELD_NAMES,
  // The seed spreads three signs over the width of four.
  callerName: '来 电 人',
  recorder: '记 录 人',
};

/** What the items are called on a form of this direction. */
export function labelsOf(direction: Direction): Readonly<Record<FieldName, string>> {
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

export const STEP_NAMES: Readonly<Record<EntryKind, string>> = {
  proposal: '拟办',
  request: '请示',
  instruction: '批示',
  assignment: '交办',
  feedback: '反馈',
  closing: '办结',
};

export const WAY_NAMES: Readonly<Record<Way, string>> = {
  phone: '电话',
  'in-person': '当面',
  written: '书面',
};

/** A value as the form says it. */
export function shownValue(field: FieldName, value: string): string {
  if (field === 'category') return categoryName(value);
  if (field === 'urgency') return { normal: '一般', urgent: '加急', 'most-urgent': '特急' }[value] ?? value;
  if (field === 'readBack') return value === 'yes' ? '已复述' : '';
  if (field === 'idVerified') return value === 'yes' ? '已核实' : '';
  return value;
}
