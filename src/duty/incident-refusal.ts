/** Why a step of an incident is not taken, in sentences. Pure. */

export const INCIDENT_REFUSALS = {
  unknown: {
    code: 'incident-unknown',
    zh: '找不到这个突发事件。请重新打开本页。',
    en: 'There is no such incident.',
  },
  times: {
    code: 'incident-times',
    zh: '事发时间晚于接报时间，请核对。',
    en: 'It cannot have happened after it was reported.',
  },
  future: {
    code: 'incident-future',
    zh: '所填时间晚于现在，请核对。',
    en: 'The time is in the future.',
  },
  'no-title': {
    code: 'incident-no-title',
    zh: '请用一句话写明是什么事（最多 100 字）。',
    en: 'Say in one sentence of 100 characters at most what it is.',
  },
  'text-too-long': {
    code: 'incident-text-too-long',
    zh: '文字过长：正文最多 10000 字，其他每项最多 100 字。',
    en: 'The text is too long: 10,000 characters for a report, 100 for each other item.',
  },
  closed: {
    code: 'incident-closed',
    zh: '该突发事件已办结。需要再报的，请先重新打开。',
    en: 'The incident is closed. Open it again to report more.',
  },
  'closed-already': {
    code: 'incident-closed-already',
    zh: '该突发事件已办结，不需重复办结。',
    en: 'The incident is closed already.',
  },
  'open-already': {
    code: 'incident-open-already',
    zh: '该突发事件没有办结，不需重新打开。',
    en: 'The incident is open.',
  },
  'first-again': {
    code: 'incident-first-again',
    zh: '这种方式的初报已经报过。后续情况请用续报。',
    en: 'The first report of this channel went out already.',
  },
  'report-number': {
    code: 'incident-report-number',
    zh: '这个编号的报告已用这种方式报过，或没有这个编号。请重新选择。',
    en: 'The report of this number went out by this channel already, or there is no such number.',
  },
  'report-early': {
    code: 'incident-report-early',
    zh: '报送时间早于接报时间，请核对。',
    en: 'The report cannot have left before the incident was known.',
  },
  'report-unsigned': {
    code: 'incident-report-unsigned',
    zh: '书面报告须写明签发人。',
    en: 'A written report names who signed it.',
  },
  'report-empty': {
    code: 'incident-report-empty',
    zh: '请写明报送单位和报告内容。',
    en: 'Say to whom it went and what it said.',
  },
  'report-unknown': {
    code: 'incident-report-unknown',
    zh: '找不到这份报告，或它已撤回。请重新打开本页。',
    en: 'There is no such report, or it was withdrawn.',
  },
  'report-next': {
    code: 'incident-report-next',
    zh: '下次续报时间应晚于本次报送时间。',
    en: 'The next report comes after this one.',
  },
  'call-unfit': {
    code: 'incident-call-unfit',
    zh: '这通电话不能作为电话报告：须是接报后从本室打给上级单位且已接通的电话。',
    en: 'Only an answered call from here to a superior office, made after the incident was known, is a report.',
  },
  'call-untimely': {
    code: 'incident-call-untimely',
    zh: '这通电话不能关联：须是本室已接通、事发以后（办结后一天以内）的电话。',
    en: 'Only an answered call of this room since the incident, at most a day after its end, can be linked.',
  },
  'call-stranger': {
    code: 'incident-call-stranger',
    zh: '对方不是通讯录中的上级单位。确实是这份报告的通话，请再确认一次。',
    en: 'The other party is no superior office of the directory: say once more that this call is meant.',
  },
  'call-unknown': {
    code: 'incident-call-unknown',
    zh: '找不到这通电话。',
    en: 'There is no such call.',
  },
  'inquiry-unknown': {
    code: 'incident-inquiry-unknown',
    zh: '找不到这项核实要求。请重新打开本页。',
    en: 'There is no such inquiry.',
  },
  'inquiry-answered': {
    code: 'incident-inquiry-answered',
    zh: '这项核实要求已经反馈。',
    en: 'This inquiry was answered already.',
  },
  'inquiry-empty': {
    code: 'incident-inquiry-empty',
    zh: '请写明来核实的单位和要求核实的内容。',
    en: 'Say who asks and what.',
  },
  'inquiry-answer-empty': {
    code: 'incident-inquiry-answer-empty',
    zh: '请写明反馈的内容。',
    en: 'Say what was answered.',
  },
  'inquiry-due': {
    code: 'incident-inquiry-due',
    zh: '反馈时限应晚于要求核实的时间。',
    en: 'The answer cannot be due before it was asked for.',
  },
  'inquiry-early': {
    code: 'incident-inquiry-early',
    zh: '反馈时间早于要求核实的时间，请核对。',
    en: 'It cannot have been answered before it was asked.',
  },
  reason: {
    code: 'incident-reason',
    zh: '请写明原因（最多 200 字）。',
    en: 'Say why, in 200 characters at most.',
  },
  'asked-whom': {
    code: 'incident-asked-whom',
    zh: '请写明请示了谁（最多 50 字）。',
    en: 'Say who was asked, in 50 characters at most.',
  },
  'clock-unknown': {
    code: 'incident-clock-unknown',
    zh: '这项时限已经改变。请重新打开本页。',
    en: 'There is no such clock.',
  },
  shut: {
    code: 'incident-shut',
    zh: '该突发事件已按涉密误录处置隔离或销毁，不能查看和再报，只能办结。',
    en: 'The incident was shut away; it can be closed and nothing else.',
  },
  'record-unknown': {
    code: 'incident-record-unknown',
    zh: '找不到这张记录单，或它已作废、并入或隔离。',
    en: 'There is no such record, or it is void, merged or shut away.',
  },
  'record-decided': {
    code: 'incident-record-decided',
    zh: '这张记录单已经转为突发事件。',
    en: 'This record is an incident already.',
  },
} as const;

export type IncidentFault = keyof typeof INCIDENT_REFUSALS;
