/** 值班电话抽查结果: what one round of probes came to, office by office, for the file of an inspection. */
import { readNumber } from '../directory/number.ts';
import { dayText, printable } from '../records/paper-text.ts';
import type { ProbeView } from '../web/protocol/probe-view.ts';
import { foundWords, heardWords, isProbeOver, outcomeWords, rangWords } from '../web/protocol/probe-words.ts';
import type { ListPaper, ListTable } from './list-paper.ts';
import { clockText, momentText } from './wall-time.ts';

export interface CheckedOffice {
  /** Line of ours; null: a number of the directory. */
  readonly line: string;
  readonly number: string;
  readonly unit: string;
  readonly room: string;
}

export interface SpotCheckSetting {
  /** Office that checks. */
  readonly unit: string;
  /** Who began it. */
  readonly by: string;
  /** Lines of ours, by which their room is said. */
  readonly offices: readonly CheckedOffice[];
  readonly areaCode: string;
  /** When the paper is made, ms UTC. */
  readonly now: number;
  readonly offset: (at: number) => number;
}

const COLUMNS: ListTable['columns'] = [
  { title: '序号', share: 4.5 },
  { title: '单位', share: 18 },
  { title: '号码', share: 11 },
  { title: '时间', share: 7.5 },
  { title: '振铃', share: 10.5 },
  { title: '听到', share: 11.5 },
  { title: '呼转', share: 7.5 },
  { title: '彩铃', share: 7.5 },
  { title: '结果', share: 22 },
];

/** In the order in which they were called. `probes`: at least one. */
export function spotCheckPaper(probes: readonly ProbeView[], setting: SpotCheckSetting): ListPaper {
  const { offset } = setting;
  const begun = Math.min(...probes.map(({ at }) => at));
  return {
    title: '值班电话抽查结果',
    head: {
      room: printable(`抽查单位：${setting.unit}`),
      date: `抽查日期：${dayText(begun, offset)}`,
    },
    tables: [
      {
        heading: null,
        columns: COLUMNS,
        rows: probes.map((probe, index) => [String(index + 1), ...row(probe, setting)].map(oneLine)),
        none: null,
      },
    ],
    note: `${summary(probes)}抽查人：${printable(setting.by)}　打印时间：${momentText(setting.now, offset)}`,
  };
}

function row(probe: ProbeView, { offices, areaCode, offset }: SpotCheckSetting): readonly string[] {
  const office = offices.find(({ line }) => line === probe.line);
  return [
    office === undefined ? (probe.unit ?? '') : `${office.unit} ${office.room}`,
    office?.number ?? shownNumber(probe.number, areaCode),
    probe.dialledAt === null ? '' : clockText(probe.dialledAt, offset),
    rangWords(probe),
    heardWords(probe),
    foundWords(probe, 'forwarding'),
    foundWords(probe, 'ringback'),
    outcomeWords(probe, (number) => shownNumber(number, areaCode)),
  ];
}

function shownNumber(number: string, areaCode: string): string {
  return readNumber(number, areaCode).shown ?? number;
}

function summary(probes: readonly ProbeView[]): string {
  const count = (holds: (probe: ProbeView) => boolean) => probes.filter(holds).length;
  const suspect = (topic: 'forwarding' | 'ringback') => count(({ result }) => result?.[topic] === 'suspect');
  const clean = count(({ result }) => result?.forwarding === 'clean' && result.ringback === 'clean');
  const under = count((probe) => !isProbeOver(probe));
  const parts = [
    `共抽查 ${probes.length} 部`,
    `两项均未发现 ${clean} 部`,
    `疑似呼转 ${suspect('forwarding')} 部`,
    `疑似彩铃 ${suspect('ringback')} 部`,
    ...(under === 0 ? [] : [`尚未完成 ${under} 部`]),
  ];
  // Whether a call arrives is seen only on a PBX of our own.
  const beyond = probes.some(({ line }) => line === null)
    ? '本系统以外的电话只能听辨，呼转一般无法判定。'
    : '';
  return `${parts.join('，')}。“疑似”须经人员核实。${beyond}`;
}

function oneLine(text: string): string {
  return printable(text).replace(/\s*\n\s*/g, ' ');
}
