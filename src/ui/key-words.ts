/** What each key does, and what keys are called: for 设置, 本班须知 and every sentence that names one. */
import type { ActionName, Where } from '../keys/action.ts';
import { partsOf } from '../keys/chord.ts';

/** A name that fits into a sentence; what more there is to say. */
type Said = readonly [name: string, more?: string];

export const keyWords = {
  actions: {
    notes: ['本班须知'],
    newest: ['打开最新来电的记录单'],
    jot: ['记一笔', '记在这通电话的此刻；没有通话时人工补记'],
    check: ['登记前核对', '再按 Enter 登记；写办理经过时为记入'],
    handle: ['办理', '拟办、请示、代录批示、关联、修改记录'],
    attachments: ['附件', '添加、下载、删除'],
    'back-3': ['回听：退 3 秒'],
    'play-pause': ['回听：播放或暂停'],
    'clip-from': ['片段起点'],
    'clip-to': ['片段终点'],
    'clip-export': ['导出片段'],
    'no-record': ['无需记录', '列表中先用 Shift+↑↓ 或空格选多条'],
    search: ['搜索'],
    drawer: ['打开列表', '窄屏时'],
    'change-person': ['换人'],
    lock: ['锁屏待接'],
    confirm: ['确认', '批示；检测中的疑似'],
    'watch-probe': ['立即拨测'],
    'watch-dismiss': ['排除疑似'],
    'watch-close': ['整改完成'],
    'roster-copy': ['照排上周'],
    'replay-toggle': ['播放或暂停'],
    'replay-back': ['退 5 秒'],
    'replay-on': ['进 5 秒'],
    'replay-back-1': ['退 1 秒'],
    'replay-on-1': ['进 1 秒'],
    'replay-home': ['回到响铃'],
    'replay-slower': ['慢一档'],
    'replay-faster': ['快一档'],
    'replay-zoom-in': ['放大波形'],
    'replay-zoom-out': ['缩小波形'],
    'replay-zoom-whole': ['波形显示全程'],
    'replay-note': ['在此处记一笔'],
    'replay-next': ['下一条'],
    'replay-up': ['列表中上移'],
    'replay-down': ['列表中下移'],
    harmless: ['保存', '随时都在自动保存，不必按'],
    escape: ['关闭最上层', '不丢弃文字'],
  } satisfies Record<ActionName, Said>,
  where: {
    rooms: '各页',
    desk: '值班台',
    call: '值班台、回放',
    replay: '回放',
    confirm: '批示、检测',
    watch: '检测',
    roster: '值班表',
    lists: '列表',
    everywhere: '各页',
  } satisfies Record<Where, string>,
  elements: '勾选要素',
  /** Keys that nobody can change, beside those of the table. */
  always: [
    ['Alt+1 … Alt+9', '勾选要素；接入向导中到各步'],
    ['↑ ↓ Home End Enter', '在列表中移动、打开'],
    ['Esc', '关闭最上层，不丢弃文字'],
  ],
  names: {
    Space: '空格',
    Escape: 'Esc',
    ArrowLeft: '←',
    ArrowRight: '→',
    ArrowUp: '↑',
    ArrowDown: '↓',
  } as Readonly<Record<string, string>>,
} as const;

/** As it stands on the keys of an office keyboard: `Shift+←`. */
export function saidChord(chord: string): string {
  const base = partsOf(chord)?.base ?? chord;
  return chord.slice(0, chord.length - base.length) + (keyWords.names[base] ?? base);
}

/** 办理：拟办、请示 … */
export function saidAction(action: ActionName): string {
  const [name, more]: Said = keyWords.actions[action];
  return more === undefined ? name : `${name}：${more}`;
}
