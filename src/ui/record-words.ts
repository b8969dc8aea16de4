/** Texts of the 电话记录单: its fields and states, what a person is told and asked while filling it in. */
import {
  CATEGORIES,
  type FieldName,
  type NoRecordReason,
  type RecordState,
  type URGENCIES,
} from '../records/field.ts';

const field: Record<FieldName, string> = {
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

const recordState: Record<RecordState, string> = {
  draft: '草稿',
  registered: '已登记',
  'in-hand': '办理中',
  done: '已办结',
  'no-record': '无需记录',
  void: '作废',
  merged: '已并入',
};

const noRecordReason: Record<NoRecordReason, string> = {
  misdial: '误拨',
  nuisance: '骚扰',
  test: '测试',
  fax: '传真',
  internal: '内部',
  repeat: '重复',
};

export const recordWords = {
  field,
  /** 去电: the same lines, named for a call that went out. */
  outboundField: {
    ...field,
    callTime: '去电时间',
    callerUnit: '去电单位',
    callerName: '受话人',
    callerNumber: '去电号码',
  } satisfies Record<FieldName, string>,
  recordState,
  noRecordReason,
  category: {
    incident: '突发信息',
    meeting: '会议通知',
    'instruction-request': '请示报告',
    'duty-check': '值班抽查',
    public: '群众来电',
    inquiry: '咨询',
    test: '测试',
    other: '其他',
  } satisfies Record<(typeof CATEGORIES)[number], string>,
  urgency: { normal: '一般', urgent: '加急', 'most-urgent': '特急' } satisfies Record<
    (typeof URGENCIES)[number],
    string
  >,
  /** 复述核对, 身份核实. */
  done: { yes: '已核对', no: '未核对' },
  notSaid: '未说明',
  form: {
    title: '电话记录单',
    facts: '经过与录音',
    none: '没有打开的记录单。来电时按 F2 记录；没有来电也要记一笔时按 Alt+N。',
    noRecordYet: '这通电话没有记录单。',
    change: '改',
    changeField: (name: string) => `修改${name}`,
    correctField: (name: string) => `更正${name}`,
    register: '登记',
    noRecord: '无需记录',
    void: '作废',
    correct: '更正',
    reopen: '恢复为草稿',
    reopenNumbered: '恢复',
    submitting: '正在提交',
    print: '打印',
    practice: '更多项目',
    byHand: '人工补记',
    inIt: (names: string) => `${names}正在填写`,
    holding: (name: string) => `${name}正在填写`,
    takeOver: '接过来写',
    takenOver: (name: string) => `${name}已接过来写，您写的内容已保存。`,
    conflict: (name: string, by: string) => `“${name}”${by}也作了修改。请选用其一，另一个保留在修改记录中。`,
    somebody: '他人',
    mine: '我写的',
    theirs: (name: string) => `${name}写的`,
    take: '选用',
    refusedText: '这段文字未能保存，仍存在本机：',
    tryAgain: '再次保存',
    drop: '放弃这段文字',
    timeWrong: '看不出时间。请写成 2026-11-23 03:07、3:07 或 昨天 21:10。',
    timeHint: '2026-11-23 03:07',
    frozen: '已登记，如需修改请用“更正”并写明原因。',
    by: (name: string, time: string) => `${name} ${time}`,
    correctionReason: '更正原因',
    correctionValue: (name: string) => `更正后的${name}`,
    confirmCorrection: '确认更正',
    cancel: '取消',
    correctionTrace: (time: string, by: string, reason: string) => `${time} ${by}更正，原因：${reason}`,
    was: '原为',
    empty: '（空）',
    voidReason: '作废原因',
    confirmVoid: '确认作废',
    voided: (reason: string) => `已作废，原因：${reason}`,
    noRecordSaid: (reason: string) => `无需记录：${reason}。通话和录音仍保留。`,
    noRecordWhich: '为什么无需记录（按数字键选择）',
    registeredAs: (number: string) => `已登记，编号 ${number}。如需修改，请用“更正”并写明原因。`,
    checkTitle: '登记前核对',
    checkMissing: '还不能登记，红色的项未填。对方未说明的，可选“未说明”。',
    checkReady: '核对无误后按 Enter 登记，登记后来电各项和电话内容不能直接修改。',
    checkWaiting: '还有文字正在上传，上传后自动登记。',
    checkConflict: '有内容两人都作了修改，选用其一后才能登记。',
    checkRecorder: '记录人、联系电话',
    characters: (count: number) => `${count} 字`,
    missing: '未填',
    fill: '去填写',
    offlineCommand: '网络已断开，恢复后会自动提交。',
    categoryNone: '未选',
    elements: '要素',
    ask: (what: string) => `问：${what}`,
    suggestions: '可选的填写内容',
  },
} as const;

/** Name of a category by its key; '' for none, the text itself when it is not one of ours. */
export function categoryName(category: string): string {
  const known = CATEGORIES.find((name) => name === category);
  return known === undefined ? category : recordWords.category[known];
}
