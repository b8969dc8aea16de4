/** Texts of 批示确认. */
export const confirmWords = {
  title: '批示确认',
  explain: (key: string) => `以下批示由值班员代录，请本人核对后确认。按 ${key} 确认当前一条，Tab 到下一条。`,
  none: '没有待确认的批示。值班员代录的批示会出现在这里。',
  failed: '待确认的批示没有读到，请稍后再试。',
  again: '重试',
  confirm: (key: string) => `确认${key}`,
  confirmThis: (who: string) => `确认${who}的批示`,
  confirming: '正在提交',
  by: (name: string, time: string) => `${name} ${time} 转录`,
  saidAt: (time: string, way: string) => `${time} ${way}`,
  about: '事由',
  proof: '凭据通话',
  noProof: '没有指定凭据通话。',
  open: '打开记录单',
} as const;
