import type { Refusal } from './command.ts';
import { FIELD_LIMITS, type FieldName } from './field.ts';
import { FIELD_NAMES } from './names.ts';

/** Every reason for which something asked of a record is refused, each with a stable code. */
export const refusals = {
  noSuchRecord: {
    code: 'record-unknown',
    zh: '找不到这张电话记录单，请刷新页面。',
    en: 'There is no such record; reload the page.',
  },
  recordExists: {
    code: 'record-exists',
    zh: '这张电话记录单已经建立。',
    en: 'This record was opened before.',
  },
  noSuchRoom: { code: 'room-unknown', zh: '找不到该值班室。', en: 'There is no such duty room.' },
  badId: {
    code: 'record-id-malformed',
    zh: '记录单标识无效，请刷新页面。',
    en: 'The id of the record is malformed; reload the page.',
  },
  closed: {
    code: 'record-closed',
    zh: '该记录已作废、并入或标为无需记录。如需填写，请先恢复。',
    en: 'The record is void, merged or needs no form; reopen it first.',
  },
  frozen: (field: FieldName): Refusal => ({
    code: 'field-frozen',
    zh: `已登记，${FIELD_NAMES[field]}不能直接修改。请用“更正”并写明原因。`,
    en: 'Registered: this item changes by a correction with a reason only.',
    fields: [field],
  }),
  shut: {
    code: 'record-shut',
    zh: '该通话已按涉密误录处置隔离或销毁，记录单不能查看和填写。',
    en: 'This call was shut away; its record can be neither read nor written.',
  },
  nothingToFreeze: {
    code: 'record-not-registered',
    zh: '尚未登记，可以直接修改，不需要更正。',
    en: 'Not registered yet: change it directly.',
  },
  alreadyRegistered: {
    code: 'record-already-registered',
    zh: '该记录已经登记。',
    en: 'The record is registered already.',
  },
  onlyDraft: {
    code: 'record-not-draft',
    zh: '只有草稿可以标为无需记录。',
    en: 'Only a draft can be marked as needing no form.',
  },
  alreadyVoid: { code: 'record-already-void', zh: '该记录已经作废。', en: 'The record is void already.' },
  nothingToReopen: {
    code: 'record-open',
    zh: '该记录没有关闭，不需要恢复。',
    en: 'The record is not closed.',
  },
  reasonNeeded: { code: 'reason-needed', zh: '请写明原因。', en: 'Give the reason.' },
  reasonTooLong: {
    code: 'reason-too-long',
    zh: '原因不能超过 500 字。',
    en: 'The reason is longer than 500 characters.',
  },
  unchanged: {
    code: 'nothing-changed',
    zh: '内容没有变化，无需更正。',
    en: 'The value is the same as before.',
  },
  notText: {
    code: 'text-with-nul',
    zh: '内容含有无法保存的字符（空字符），请删除后重试。',
    en: 'The text holds a NUL character, which cannot be kept.',
  },
  badTime: {
    code: 'time-malformed',
    zh: '来电时间格式不对。',
    en: 'The time of the call is malformed.',
    fields: ['callTime'],
  },
  badCategory: {
    code: 'category-unknown',
    zh: '没有这个类别。',
    en: 'There is no such category.',
    fields: ['category'],
  },
  badChoice: (field: FieldName): Refusal => ({
    code: 'choice-unknown',
    zh: `${FIELD_NAMES[field]}没有这个选项。`,
    en: 'There is no such choice for this item.',
    fields: [field],
  }),
  entryExists: {
    code: 'entry-exists',
    zh: '这一条已经写入。',
    en: 'This entry was written before.',
  },
  entryEmpty: { code: 'entry-empty', zh: '请写明内容。', en: 'The entry is empty.' },
  entryTooLong: {
    code: 'entry-too-long',
    zh: '内容不能超过 5000 字，人员或单位不能超过 100 字。',
    en: 'The entry is longer than 5,000 characters, or its name than 100.',
  },
  entryNamesNobody: {
    code: 'entry-names-nobody',
    zh: '请写明是谁：请示对象、批示人、承办人或反馈人。',
    en: 'Say who: asked, instructing, charged or answering.',
  },
  entryWay: {
    code: 'entry-way',
    zh: '请示和批示须写明方式：电话、当面或书面；只有电话方式可以关联通话。',
    en: 'A request or instruction names its way; only one by telephone names a call.',
  },
  entryInFuture: {
    code: 'entry-in-future',
    zh: '时间不能晚于现在。请核对时间。',
    en: 'The time lies in the future.',
  },
  tooManyEntries: {
    code: 'entries-too-many',
    zh: '这张记录单的办理经过已满 200 条，请另立记录并关联前次。',
    en: 'The record has 200 entries; open another and link it.',
  },
  registerFirst: {
    code: 'record-register-first',
    zh: '请先登记，再写办理经过或归档。',
    en: 'Register first.',
  },
  noSuchEntry: {
    code: 'entry-unknown',
    zh: '找不到这一条，可能已被撤回。请刷新页面。',
    en: 'There is no such entry; it may have been struck.',
  },
  onlyInstructions: {
    code: 'entry-not-instruction',
    zh: '只有批示需要本人确认。',
    en: 'Only an instruction is confirmed.',
  },
  entryConfirmed: {
    code: 'entry-confirmed',
    zh: '批示人已经确认，不能撤回。如有变化，请另写一条。',
    en: 'The leader has confirmed it; write another entry instead.',
  },
  noSuchCall: {
    code: 'entry-call-unknown',
    zh: '找不到所关联的通话。请在通话列表中重新选择。',
    en: 'There is no such call in this room.',
  },
  linkedAlready: {
    code: 'record-linked-already',
    zh: '那张记录单已经关联到这一张。',
    en: 'That record is linked to this one already.',
  },
  onlyDraftMerges: {
    code: 'record-merge-draft',
    zh: '只有草稿可以并入其他记录单。已登记的请用作废。',
    en: 'Only a draft is merged; a registered record is voided.',
  },
  baseUnknown: {
    code: 'version-unknown',
    zh: '页面内容与服务器不一致，请刷新页面。',
    en: 'The page knows a version the service never gave; reload it.',
  },
  conflict: {
    code: 'field-conflict',
    zh: '他人刚写过这一项，请核对两处内容。',
    en: 'Another hand has just written this item; look at both values.',
  },
  tooLong: (field: FieldName): Refusal => ({
    code: 'text-too-long',
    zh: `${FIELD_NAMES[field]}不能超过 ${FIELD_LIMITS[field]} 字。`,
    en: `Longer than ${FIELD_LIMITS[field]} characters.`,
    fields: [field],
  }),
  missing: (fields: readonly FieldName[]): Refusal => ({
    code: 'fields-missing',
    zh: `还不能登记：${fields.map((field) => FIELD_NAMES[field]).join('、')}未填。对方未说明的，可选“未说明”。`,
    en: 'Cannot be registered yet: required items are empty.',
    fields,
  }),
} as const satisfies Record<string, Refusal | ((...given: never[]) => Refusal)>;
