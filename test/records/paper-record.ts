import { FIELDS, type FieldName } from '../../src/records/field.ts';
import type { FormSource } from '../../src/records/form-source.ts';

const VALUES: Partial<Record<FieldName, string>> = {
  callTime: String(Date.UTC(2026, 10, 22, 19, 7)),
  callerUnit: '市应急管理局',
  callerName: '张某',
  callerNumber: '0954-8887777',
  recorder: '李四',
  recorderPhone: '0954-2030001',
  proposal: '转水务局。',
  content: '北街停水。',
};

/** A registered record of a call of 2026-11-23 03:07 in China. */
export function paperRecord(values: Partial<Record<FieldName, string>>): FormSource {
  const all: Partial<Record<FieldName, string>> = { ...VALUES, ...values };
  const fields = Object.fromEntries(FIELDS.map((field) => [field, { value: all[field] ?? '' }]));
  return {
    direction: 'inbound',
    state: 'registered',
    number: '值电〔2026〕128号',
    openedAt: Date.UTC(2026, 10, 22, 19, 8),
    voidReason: null,
    archivedAt: null,
    fields: fields as FormSource['fields'],
    entries: [],
    attachments: [],
    corrections: [],
  };
}
