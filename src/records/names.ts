/** What the office calls states and kinds of a 电话记录单: on pages and on papers alike. */
import { CATEGORIES, type RecordState } from './field.ts';

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
