/** Texts of the frame that stands around calls and forms: bars that warn, the top bar, the rail, the keys, 换人, 须知. */
export const frameWords = {
  bars: {
    insecure: '当前为明文 HTTP 连接，登录密码和记录可能被他人读取。请改用 https:// 地址。',
    soundOff: '提示音未启用，按任意键启用',
    offline: '网络已断开，所填内容已存在本机，恢复后自动上传。请勿关闭本页。',
    offlineUnsaved: '网络已断开，本机也无法暂存。请勿关闭本页，先用纸笔记下要点。',
    recovered: (count: number) => `网络已恢复，已上传 ${count} 处修改。`,
    reload: '系统已更新，请重新载入本页，所填内容不会丢失。',
    reloadNow: '重新载入',
    demo: '演示：以下来电由演示交换机产生，不是真实电话',
    simulate: '模拟来电',
    whichStory: '模拟什么来电',
    pbxDown: (name: string, since: string, why: string) =>
      `${since} 起与电话交换机${bracketed(name)}的连接中断。${sentence(why)}电话可能仍可接打，但不会自动登记，请先人工补记；恢复后系统补采。`,
    pbxDeaf: (name: string, since: string, why: string) =>
      `${since} 起听不到电话交换机${bracketed(name)}的通话。${sentence(why)}电话可能仍可接打，但不会自动登记，请先人工补记；恢复后系统补采。`,
    limited: (name: string, why: string) => `电话交换机${bracketed(name)}：${sentence(why)}`,
    clockOff: (name: string, seconds: string) =>
      `电话交换机${bracketed(name)}时钟与本系统相差 ${seconds} 秒，记录时间已按差值校正。`,
    quarantined: (name: string, count: number) =>
      `有来电夹带伪造的电话交换机${bracketed(name)}消息，已隔离 ${count} 条，不影响其他来电。请核对有“主叫被篡改”标记的来电。`,
    gapOpen: (from: string) => `系统自 ${from} 起未值守，其间来电未登记。`,
    gap: (span: string, length: string) => `系统未值守 ${span}（${length}），`,
    gapMore: (count: number) => `另有 ${count} 段，见列表。`,
    silence: '停止响铃',
    gapMissed: (count: number) => `其间电话交换机另处理 ${count} 通，未登记，请人工补记。`,
    gapNoneMissed: '其间没有漏记的来电。',
    gapRecovered: (count: number) => `其间的 ${count} 通已由系统补采，请核对。`,
    gapPartlyRecovered: (missed: number, recovered: number) =>
      `其间电话交换机另处理 ${missed} 通，系统已补采 ${recovered} 通，其余请核对话机记录，缺的人工补记。`,
    gapUnknown: '其间来电数无法得知，请核对话机记录。',
    gapUnknownRecovered: (recovered: number) =>
      `其间来电数无法得知，系统已补采 ${recovered} 通，请核对话机记录，缺的人工补记。`,
    recordingTrouble: '录音异常：已通话但录音没有增长。请先记要点，并通知值守技术人员。',
    rosterToday: (name: string, span: string) => `今天应报送${name}（${span}）的值班表，登记报送后不再提示。`,
    rosterLate: (name: string, span: string, day: string) =>
      `${name}（${span}）的值班表应于 ${day} 报送，尚未登记报送。`,
    toRoster: '去值班表',
    strangers: (name: string, count: number) =>
      `本机有${name}未上传的 ${count} 处文字，由本人登录后自动上传。`,
    uploadAsMine: '以我的名义上传',
    stayed: (time: string, leaders: string) =>
      `${time} 无人接班，本班继续值守，已告警通知带班领导${leaders === '' ? '（值班表上没有）' : leaders}。接班人到后请在“交接”重新交接。`,
    known: '知道了',
    show: '去看',
  },
  top: {
    lines: '外线',
    recording: '录音',
    diagnosis: '检测',
    leader: '带班',
    officer: '值班',
    unassigned: '待确认',
    changePerson: '换人',
    normal: '正常',
    down: '中断',
    connecting: '连接中',
    limited: '受限',
    idle: '待机',
    trouble: '异常',
    notChecked: '未检测',
    notCheckedWhy: '尚无检测结果，无法判定呼转和彩铃。',
    notKnown: '无法判定',
    notKnownWhy: '有一项无法判定，请打开检测页看原因。',
    suspect: (topics: string) => `疑似${topics}`,
    suspectWhy: '有疑似尚未核实，请打开检测页看证据。',
    confirmed: (topics: string) => `${topics}问题`,
    confirmedWhy: '已确认的问题尚未整改。',
    openWatch: '打开值班电话检测',
    topics: { forwarding: '呼转', ringback: '彩铃' },
    logOut: '退出',
  },
  rail: {
    desk: '值班',
    records: '记录',
    assessment: '考核',
    replay: '回放',
    watch: '检测',
    handOver: '交接',
    roster: '值班表',
    incident: '突发',
    inspection: '检查',
    confirm: '批示',
    recordings: '录音',
    directory: '通讯录',
    drill: '演练',
    setup: '系统',
    settings: '设置',
    lock: '锁屏',
    lockHint: (key: string) => `锁屏待接${key}：来电照常显示，记录不显示`,
    logOut: '退出',
  },
  screen: {
    loading: '正在打开',
    shiftLog: '值班日志',
    notLoaded: '这一页没有打开，可能系统刚刚升级。所填内容已保存，请重新载入。',
    none: '您的账号没有可以打开的页面。请系统管理员核对账号的角色。',
  },
  keyBar: {
    saving: '正在保存',
    saved: (time: string) => `已保存 ${time}`,
    unsent: (count: number) => `未上传 ${count} 处`,
    noStore: '本机无法暂存',
    words: {
      notes: '须知',
      newest: '记录',
      'play-pause': '回听',
      jot: '记一笔',
      handle: '办理',
      'change-person': '换人',
      check: '登记',
    },
  },
  change: {
    title: '换人',
    pin: '接手人 PIN',
    confirm: '换人',
    hint: '换人后，新写的内容记在接手人名下。',
    nobody: '本值班室还没有登记值班员。',
    waiting: '正在核对',
  },
} as const;

function bracketed(name: string): string {
  return name === '' ? '' : `（${name}）`;
}

function sentence(text: string): string {
  return text === '' ? '' : `${text}。`;
}
