/** 迎检 on paper: one part of it, as a paper of tables. */
import type { KnownLine } from '../duty/inspection-known.ts';
import type { ReadinessView, ReadyCall, ReadyPart } from '../duty/readiness-view.ts';
import { printable } from '../records/paper-text.ts';
import type { ListPaper, ListTable } from './list-paper.ts';
import { momentText } from './wall-time.ts';

export const READY_TITLES: Readonly<Record<ReadyPart, string>> = {
  roster: '值班表',
  notes: '本班须知确认情况',
  calls: '来电一览',
  checks: '上级值班抽查来电',
  lines: '值班电话检测结论',
  clocks: '信息报告时限',
};

type Offset = (at: number) => number;

export function readinessPaper(view: ReadinessView, part: ReadyPart, offset: Offset): ListPaper {
  return {
    title: `${printable(view.roomName)}${READY_TITLES[part]}`,
    head: {
      room: printable(`${view.unitName} ${view.roomName}`),
      date: `${momentText(view.from, offset)} 至 ${momentText(view.to, offset)}`,
    },
    tables: [tableOf(view, part, offset)],
    note: `${NOTES[part]}打印时间：${momentText(view.at, offset)}`,
  };
}

const NOTES: Readonly<Record<ReadyPart, string>> = {
  roster: '按已发布的值班表。',
  notes: '须知内容另印。',
  calls: '应答秒数从话机响铃起算。',
  checks: '类别为值班抽查、来电人为上级的来电。',
  lines: '“疑似”由系统提出，须经人员核实；检测结论只对所列范围和时间有效。',
  clocks: '只含本系统登记的事件和交办。',
};

function tableOf(view: ReadinessView, part: ReadyPart, offset: Offset): ListTable {
  switch (part) {
    case 'roster':
      return roster(view, offset);
    case 'notes':
      return said(view.notes);
    case 'calls':
      return calls(view.calls, offset, `没有来电。`);
    case 'checks':
      return calls(
        view.calls.filter(({ isCheck }) => isCheck),
        offset,
        '没有登记上级值班抽查来电。',
      );
    case 'lines':
      return said(view.lines);
    case 'clocks':
      return said(view.clocks);
  }
}

function roster({ shifts }: ReadinessView, offset: Offset): ListTable {
  const roles = [...new Set(shifts.flatMap(({ posts }) => posts.map(({ role }) => role)))];
  return {
    heading: null,
    columns: [
      { title: '班次', share: 12 },
      { title: '起', share: 17 },
      { title: '止', share: 17 },
      ...roles.map((title) => ({ title: printable(title), share: 54 / Math.max(1, roles.length) })),
    ],
    rows: shifts.map(({ name, from, to, posts }) => [
      printable(name),
      momentText(from, offset),
      momentText(to, offset),
      ...roles.map((role) => printable(posts.find((post) => post.role === role)?.names.join('、') ?? '')),
    ]),
    none: '没有发布值班表。',
  };
}

const SPEEDS: Readonly<Record<ReadyCall['speed'], string>> = {
  good: '三声内',
  near: '临界',
  late: '超时',
  missed: '未接',
  unseen: '',
};

function calls(of: readonly ReadyCall[], offset: Offset, none: string): ListTable {
  return {
    heading: null,
    columns: [
      { title: '序号', share: 6 },
      { title: '来电时间', share: 16 },
      { title: '号码', share: 15 },
      { title: '单位、姓名', share: 24 },
      { title: '应答', share: 10 },
      { title: '接听', share: 8 },
      { title: '通话', share: 8 },
      { title: '编号或状态', share: 13 },
    ],
    rows: of.map((call, index) =>
      [
        String(index + 1),
        momentText(call.at, offset),
        call.number,
        call.isCheck ? `${call.who}（值班抽查）` : call.who,
        secondsText(call.rangMs),
        SPEEDS[call.speed],
        secondsText(call.talkMs),
        call.record,
      ].map((text) => printable(text).replace(/\s*\n\s*/g, ' ')),
    ),
    none,
  };
}

function secondsText(ms: number | null): string {
  return ms === null ? '' : `${Math.round(ms / 1_000)} 秒`;
}

/** Sentences of the system, one a row, each with what it was counted from. */
function said(lines: readonly KnownLine[]): ListTable {
  return {
    heading: null,
    columns: [
      { title: '序号', share: 6 },
      { title: '情况', share: 64 },
      { title: '依据', share: 30 },
    ],
    rows: lines.map(({ text, ways }, index) => [
      String(index + 1),
      // What was counted stands in the column beside it.
      printable(text).replace(/：$/, '。'),
      printable(ways.map((way) => way.text).join('、')),
    ]),
    none: '没有登记。',
  };
}
