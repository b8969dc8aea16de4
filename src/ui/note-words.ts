/** Texts of 记一笔: notes at a moment of a call. */
export const noteWords = {
  title: '要点',
  at: (moment: string) => `记一笔 ${moment}`,
  label: '记一笔',
  hint: 'Enter 保存，Esc 收起（文字保留）',
  keep: '保存',
  strike: '划去',
  strikeThis: (moment: string) => `划去 ${moment} 的要点`,
  playFrom: (moment: string) => `从 ${moment} 播放`,
} as const;
