import { describe, expect, it } from 'vitest';
import { REASON_NAMES, REVIEW_REASONS, refusalOfReview } from '../../src/records/review.ts';

const proper = { verdict: 'proper', reasons: [], remark: '' } as const;
const improper = { verdict: 'improper', reasons: ['no-greeting'], remark: '' } as const;

describe('a mark on a call', () => {
  it.each([
    ['规范 with nothing beside it', proper],
    ['规范 with a remark', { ...proper, remark: '要素问得全' }],
    ['不规范 with a reason', improper],
    [
      '不规范 for another reason, which is written',
      { ...improper, reasons: ['other'], remark: '背景有电视声' },
    ],
    ['a remark of 500 signs beyond the basic plane', { ...proper, remark: '𠮷'.repeat(500) }],
  ] as const)('is kept as %s', (_what, said) => {
    expect(refusalOfReview(said)).toBeNull();
  });

  it.each([
    ['不规范 without a reason', { ...improper, reasons: [] }, 'review-reason-needed'],
    ['规范 with a reason against it', { ...proper, reasons: ['manner'] }, 'review-reasons-of-proper'],
    [
      'another reason that is not written',
      { ...improper, reasons: ['other'], remark: ' ' },
      'review-remark-needed',
    ],
    ['a remark of 501 signs', { ...proper, remark: '长'.repeat(501) }, 'review-remark-too-long'],
  ] as const)('is refused as %s', (_what, said, code) => {
    expect(refusalOfReview(said)?.code).toBe(code);
  });

  it('has reasons that differ in their words', () => {
    expect(new Set(REVIEW_REASONS.map((reason) => REASON_NAMES[reason])).size).toBe(REVIEW_REASONS.length);
  });
});
