/** Texts of 无需记录 for several rows at once. */
export const bulkWords = {
  chosen: (count: number) => `已选 ${count} 条`,
  noRecord: '无需记录',
  clear: '取消',
  done: (count: number) => `已标为无需记录 ${count} 条`,
  left: (count: number) => `，${count} 条未成功`,
  undo: '撤销',
  which: (count: number) => `这 ${count} 条为什么无需记录（按数字键选择）`,
} as const;
