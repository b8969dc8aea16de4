/** 评议: what a supervisor or leader holds of how a call was taken, from a fixed list of reasons, so that it can be counted. */
import type { Refusal } from './command.ts';
import { longerThan } from './field-text.ts';

export const REVIEW_VERDICTS = ['proper', 'improper'] as const;
export type ReviewVerdict = (typeof REVIEW_VERDICTS)[number];

export const VERDICT_NAMES: Readonly<Record<ReviewVerdict, string>> = { proper: '规范', improper: '不规范' };

/** In the order of a call. A reason is never renamed into another: old marks keep their meaning. */
export const REVIEW_REASONS = [
  'late-answer',
  'no-greeting',
  'caller-not-asked',
  'elements-missing',
  'not-read-back',
  'manner',
  'secrecy',
  'no-farewell',
  'record-differs',
  'record-late',
  'not-reported',
  'other',
] as const;
export type ReviewReason = (typeof REVIEW_REASONS)[number];

export const REASON_NAMES: Readonly<Record<ReviewReason, string>> = {
  'late-answer': '铃响三声未接',
  'no-greeting': '未问候、未报单位',
  'caller-not-asked': '未问清来电单位、姓名、电话',
  'elements-missing': '要素询问不全',
  'not-read-back': '重要内容未复述核对',
  manner: '语气、用语不当',
  secrecy: '谈论涉密或敏感事项',
  'no-farewell': '未道别、先于对方挂机',
  'record-differs': '记录与通话内容不符',
  'record-late': '未及时登记',
  'not-reported': '未按规定请示、报告',
  other: '其他（写在备注中）',
};

export const REMARK_LIMIT = 500;

/** What somebody says of a call. */
export interface ReviewSaid {
  readonly verdict: ReviewVerdict;
  readonly reasons: readonly ReviewReason[];
  /** Free words beside the list; may be empty. */
  readonly remark: string;
}

/** Why it cannot be kept like this; null: it can. */
export function refusalOfReview({ verdict, reasons, remark }: ReviewSaid): Refusal | null {
  if (longerThan(remark, REMARK_LIMIT)) return remarkTooLong;
  if (verdict === 'proper') return reasons.length === 0 ? null : reasonsOfProper;
  if (reasons.length === 0) return reasonNeeded;
  return reasons.includes('other') && remark.trim() === '' ? remarkNeeded : null;
}

const reasonNeeded: Refusal = {
  code: 'review-reason-needed',
  zh: '标为不规范，请至少选一条原因。',
  en: 'Choose at least one reason for 不规范.',
};
const reasonsOfProper: Refusal = {
  code: 'review-reasons-of-proper',
  zh: '标为规范时不选原因。',
  en: '规范 has no reasons.',
};
const remarkNeeded: Refusal = {
  code: 'review-remark-needed',
  zh: '选了“其他”，请在备注中写明。',
  en: 'Say in the remark what “other” means.',
};
const remarkTooLong: Refusal = {
  code: 'review-remark-too-long',
  zh: '备注不能超过 500 字。',
  en: 'The remark is longer than 500 characters.',
};
