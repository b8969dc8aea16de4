/**
 * The fields of the 电话记录单 (附件2 of the notice), in its order, and what may still be changed when.
 * `callTime` holds integer ms UTC as decimal text; every other value is text as the officer typed it.
 */
export const FIELDS = [
  'callTime', // 来电时间 (去电时间)
  'callerUnit', // 来电单位
  'callerName', // 来电人
  'callerNumber', // 来电号码
  'recorder', // 记录人
  'recorderPhone', // 联系电话
  'proposal', // 拟办意见
  'content', // 电话内容
  'category', // 类别: an add-on, never printed on the seed's form
  // Items of practice, printed by the full template only.
  'callerTitle', // 来电人职务
  'urgency', // 紧急程度
  'readBack', // 复述核对
  'idVerified', // 身份核实
  'reportedTo', // 已报告(通知)的领导、单位、时间
  'note', // 备注
] as const;

export type FieldName = (typeof FIELDS)[number];

/** The unfolding part of the form (domain: items of practice), shown where the office wants it. */
export const PRACTICE_FIELDS = [
  'callerTitle',
  'urgency',
  'readBack',
  'idVerified',
  'reportedTo',
  'note',
] as const satisfies readonly FieldName[];

export const URGENCIES = ['normal', 'urgent', 'most-urgent'] as const; // 一般 加急 特急

/** Frozen at registration: the caller's items and 电话内容. 拟办意见 and later steps stay writable (issue, Draft). */
export const FROZEN_AT_REGISTRATION: readonly FieldName[] = [
  'callTime',
  'callerUnit',
  'callerName',
  'callerNumber',
  'recorder',
  'recorderPhone',
  'content',
];

/** Must be filled before a number is given; 未说明 counts as filled. */
export const REQUIRED_TO_REGISTER: readonly FieldName[] = [
  'callTime',
  'callerUnit',
  'callerName',
  'recorder',
  'content',
];

/** Longest text of one field, counted in code points (𠮷 is one). More is refused by name, never cut in silence. */
export const FIELD_LIMITS: Record<FieldName, number> = {
  callTime: 16,
  callerUnit: 100,
  callerName: 50,
  callerNumber: 80,
  recorder: 50,
  recorderPhone: 50,
  proposal: 2_000,
  content: 20_000,
  category: 20,
  callerTitle: 50,
  urgency: 20,
  readBack: 3,
  idVerified: 3,
  reportedTo: 2_000,
  note: 2_000,
};

export const CATEGORIES = [
  'incident', // 突发信息
  'meeting', // 会议通知
  'instruction-request', // 请示报告
  'duty-check', // 值班抽查
  'public', // 群众来电
  'inquiry', // 咨询
  'test', // 测试
  'other', // 其他
] as const;

/** 草稿 → 已登记 → 办理中 → 已办结; beside them 无需记录, 作废, 已并入. */
export type RecordState = 'draft' | 'registered' | 'in-hand' | 'done' | 'no-record' | 'void' | 'merged';

/** Why a call needs no form (无需记录): 误拨 骚扰 测试 传真 内部 重复. */
export const NO_RECORD_REASONS = ['misdial', 'nuisance', 'test', 'fax', 'internal', 'repeat'] as const;
export type NoRecordReason = (typeof NO_RECORD_REASONS)[number];
