/** What the buttons for papers say. */
export const paperWords = {
  record: {
    button: '打印',
    seed: '电话记录单',
    seedByKey: '电话记录单（Ctrl+P）',
    full: '完整版',
    column: '完整版，留领导批示栏',
    seedWord: '电话记录单 Word 文档',
    fullWord: '完整版 Word 文档',
  },
  day: {
    button: '一览',
    label: '今日一览和空白表',
    print: '打印今日一览',
    word: '今日一览 Word 文档',
    excel: '今日一览 Excel 表格',
    blank: '打印空白记录单 10 份',
  },
  offline: '网络已断开，恢复后可用。',
  blocked: '浏览器拦截了打印窗口，请允许本站打开新窗口。',
} as const;
