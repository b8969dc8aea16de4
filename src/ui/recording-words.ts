/** Texts about sound as evidence: what a recording is worth, who may hear it, 涉密误录处置. */
import type { SoundDefect } from '../sound/judgement.ts';

const seconds = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} 秒`;

/** 完整度, one sentence a defect. */
export function saidDefect(defect: SoundDefect): string {
  switch (defect.kind) {
    case 'cut-at-start':
      return `缺开头 ${seconds(defect.seconds)}`;
    case 'cut-at-end':
      return `缺结尾 ${seconds(defect.seconds)}`;
    case 'short':
      return `比通话短 ${seconds(defect.seconds)}`;
    case 'one-side-silent':
      return defect.side === 'caller' ? '对方一侧无声' : '本室一侧无声';
    case 'silent':
      return '全程无声';
    case 'clipped':
      return '音量过大，有失真';
    case 'empty':
      return '空文件';
    case 'wrong-format':
      return '不是可识别的录音格式';
  }
}

export const recordingWords = {
  worth: {
    whole: '完整',
    measuring: '正在检测',
    mono: '单声道',
    apart: '双声道：左对方，右本室',
    check: {
      verified: '校验一致',
      altered: '校验不一致，文件可能被改动',
      missing: '校验时未找到文件',
      restored: '已从备份恢复，校验一致',
    },
    copy: {
      verified: '已备份',
      altered: '备份与原件不一致',
      missing: '备份中没有',
      unreachable: '备份存储连不上',
    },
    foundBy: (rule: string) => `关联依据：${rule}`,
    rules: {
      'live-name': '录音时所报文件名',
      cdr: '话单',
      'name-uniqueid': '文件名中的通道号',
      'folder-day': '日期目录与通道号',
    } as Readonly<Record<string, string>>,
    byHand: '人工关联',
  },
  why: {
    title: '收听事由',
    hint: '收听非本班通话须填写事由，事由记入审计日志。',
    choices: ['核实内容', '督查抽听', '投诉处理', '业务培训'],
    other: '其他事由',
    go: '开始收听',
    failed: '连不上服务，未能开始收听。请稍后再试。',
  },
  clip: {
    from: '起点',
    to: '终点',
    run: '导出片段',
    title: {
      from: '以当前播放位置为片段起点',
      to: '以当前播放位置为片段终点',
      run: '导出起点至终点的原始录音和封面',
    },
    markFirst: '请先标出起点和终点',
    saved: (sha256: string) => `已导出片段和封面。片段校验值 SHA-256 ${sha256.slice(0, 16)}…`,
    failed: '连不上服务，片段没有导出。请稍后再试。',
    why: {
      title: '导出事由',
      hint: '导出非本班通话的录音须填写事由，事由记入审计日志和封面。',
      choices: ['核实内容', '信访复核', '案件协查', '督查通报'],
      other: '其他事由',
      go: '导出片段',
    },
  },
  stopped: {
    altered: '校验不一致：文件与入库时的校验值不同，可能被改动。已停止播放，可调取备份。',
    missing: '校验时未找到文件。已停止播放，可调取备份。',
    again: '重新校验',
  },
  shut: {
    title: '涉密误录处置',
    open: '涉密误录处置',
    call: {
      isolated: '该通话已隔离，录音和记录单不能收听、查看。',
      destroyed: '该通话已按涉密误录处置销毁，仅保留通话经过。',
      hint: '隔离后录音和记录单立即不能收听、查看；销毁须带班领导和督查人员两人确认，不能恢复。',
    },
    record: {
      isolated: '该记录单已隔离，不能查看。',
      destroyed: '该记录单已按涉密误录处置销毁。',
      hint: '隔离后记录单立即不能查看；销毁须带班领导和督查人员两人确认，不能恢复。',
    },
    text: {
      isolated: '内容已隔离，不能查看、打印。',
      destroyed: '内容已按涉密误录处置销毁。',
      hint: '隔离后内容立即不能查看、打印；销毁须带班领导和督查人员两人确认，不能恢复。签封和校验值保留。',
    },
    which: '处置哪一条',
    isIsolated: (name: string) => `已隔离：${name}`,
    reason: '事由（不要写涉密内容）',
    isolate: '立即隔离',
    release: '解除隔离',
    destroy: '销毁',
    second: '第二人账号',
    password: '第二人密码',
    code: '第二人动态验证码（没有则不填）',
    failed: '连不上服务，处置没有完成。请稍后再试。',
    cancel: '取消',
  },
} as const;
