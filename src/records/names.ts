/** What the office calls states and kinds of a 电话记录单: on pages and on papers alike. */
import { CATEGORIES, type FieldName, type RecordState } from './field.ts';

export const STATE_NAMES: Readonly<Record<RecordState, string>> = {
  draft: '草稿',
  registered: '已登记',
  'in-hand': '办理中',
  done: '已办结',
  'no-record': '无需记录',
  void: '作废',
  merged: '已并入',
};

export const CATEGORY_NAMES: Readonly<Record<(typeof CATEGORIES)[number], string>> = {
  incident: '突发信息',
  meeting: '会议通知',
  'instruction-request': '请示报告',
  'duty-check': '值班抽查',
  public: '群众来电',
  inquiry: '咨询',
  test: '测试',
  other: '其他',
};

/** Name of a category by its key; '' for none, the text itself when it is not one of ours. */
export function categoryName(category: string): string {
  const known = CATEGORIES.find((name) => name === category);
  return known === undefined ? category : CATEGORY_NAMES[known];
}

/** The items of the 电话记录单 as they are called in a sentence and on the page; on paper two of them are spread. */
export const FIELD_NAMES: Readonly<Record<FieldName, string>> = {
  callTime: '来电时间',
  callerUnit: '来电单位',
  callerName: '来电人',
  callerNumber: '来电号码',
  recorder: '记录人',
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
