/** Why something cannot be written into 值班日志, in sentences. Pure. */
export const SHIFT_LOG_FAULTS = {
  unknown: {
    code: 'shift-log-unknown',
    zh: '找不到这一班的日志，班次可能刚有变化。请重新打开本页。',
    en: 'There is no such shift.',
  },
  noLine: {
    code: 'shift-log-line-unknown',
    zh: '找不到这一条，可能刚有变化。请重新打开本页。',
    en: 'There is no such line.',
  },
  sealed: {
    code: 'shift-log-sealed',
    zh: '这一班已经交接，日志已封存。如需补正，请带班领导或督查人员写明原因，重新打开。',
    en: 'The log of this shift is sealed.',
  },
  shut: {
    code: 'shift-log-shut',
    zh: '这一条已按涉密误录处置隔离或销毁，不能改写。请另加一条。',
    en: 'This line was shut away and cannot be written anew.',
  },
  future: {
    code: 'shift-log-future',
    zh: '所填时间还没有到。日志只记已经发生的事。',
    en: 'This has not happened yet.',
  },
  outside: {
    code: 'shift-log-outside',
    zh: '所填时间不在这一班之内。请打开该时间所属的班次填写。',
    en: 'The moment lies in another shift.',
  },
  empty: { code: 'shift-log-empty', zh: '请写明内容。', en: 'There is nothing written.' },
  tooLong: {
    code: 'shift-log-too-long',
    zh: '每条最多 500 字。',
    en: 'A line has 500 characters at most.',
  },
  drafted: {
    code: 'shift-log-time-known',
    zh: '这一条由系统记录，时间不能改。内容可以改写。',
    en: 'The time of a drafted line is known and stays.',
  },
  notSealed: {
    code: 'shift-log-not-sealed',
    zh: '这一班的日志没有封存，可以直接填写。',
    en: 'The log of this shift is open.',
  },
  reason: {
    code: 'shift-log-reason',
    zh: '请写明重新打开的原因，最多 200 字。',
    en: 'Say why, in 200 characters at most.',
  },
  notReopened: {
    code: 'shift-log-not-reopened',
    zh: '这一班的日志没有重新打开，不需要再次封存。',
    en: 'This log was not opened again.',
  },
} as const;
