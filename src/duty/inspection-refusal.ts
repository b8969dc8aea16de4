/** Why something of an inspection cannot be: said where the person is, in words. */

export interface InspectionFault {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

export const inspectionFaults = {
  unknown: {
    code: 'inspection-unknown',
    zh: '找不到这张检查记录表。请重新打开本页。',
    en: 'There is no such inspection.',
  },
  signedAlready: {
    code: 'inspection-signed',
    zh: '检查记录表已确认，不能再改。',
    en: 'The table was signed already.',
  },
  isolated: {
    code: 'inspection-isolated',
    zh: '这一项的整改情况已按涉密误录处置隔离，待解除隔离或销毁后再填写。',
    en: 'What was said of the mending is isolated; open it again or destroy it first.',
  },
  notSigned: {
    code: 'inspection-not-signed',
    zh: '检查人还没有确认，受检单位不能先确认。',
    en: 'The inspector has to sign first.',
  },
  meanwhile: {
    code: 'inspection-changed-meanwhile',
    zh: '这一项刚被他人修改，没有保存。您写的还在本页，请看新内容再保存。',
    en: 'Somebody else changed this item meanwhile.',
  },
  tooLong: {
    code: 'inspection-too-long',
    zh: '检查情况最多 1000 字。',
    en: 'An item has 1,000 characters at most.',
  },
  badDay: {
    code: 'inspection-day',
    zh: '整改期限请写成 2026-12-01。',
    en: 'Write the day as 2026-12-01.',
  },
  notSaid: {
    code: 'inspection-incomplete',
    zh: '还不能确认：必查项要有结论，不符合和待整改要写检查情况，待整改要有整改期限。',
    en: 'Something is not said yet: required items, what is wrong, and until when it is to be mended.',
  },
  noInspector: {
    code: 'inspection-inspector',
    zh: '请写明检查人，最多 60 字。',
    en: 'Name the inspectors, in 60 characters.',
  },
  noRoom: {
    code: 'inspection-rooms',
    zh: '请至少选一个值班室。',
    en: 'Choose at least one duty room.',
  },
  badStretch: {
    code: 'inspection-stretch',
    zh: '检查时段止应晚于起，最长一年。',
    en: 'The stretch ends after it begins and is a year at most.',
  },
  inFuture: {
    code: 'inspection-future',
    zh: '检查时间不能晚于现在。',
    en: 'It cannot be inspected later than now.',
  },
  nothingOpen: {
    code: 'inspection-nothing-open',
    zh: '这一项没有待整改的问题，可能已由他人处理。请重新打开本页。',
    en: 'Nothing of this item is open.',
  },
  noMendingText: {
    code: 'inspection-mending-text',
    zh: '请写明整改情况，最多 1000 字。',
    en: 'Say what was done, in 1,000 characters.',
  },
} as const satisfies Readonly<Record<string, InspectionFault>>;
