/** 值班电话检测记录 of one line: what may be said of it now, what was found and what became of it, how it was probed. For an inspection. */
import {
  DECISION_NAMES,
  FINDING_STATE_NAMES,
  KIND_NAMES,
  SCOPE_NAMES,
  SOURCE_NAMES,
  TOPIC_NAMES,
  VERDICT_NAMES,
  WHY_NOT_KNOWN,
} from '../diagnosis/names.ts';
import { SCOPES, TOPIC_OF } from '../diagnosis/suspicion.ts';
import type { LineVerdict, WatchedTopic } from '../diagnosis/verdict.ts';
import { readNumber } from '../directory/number.ts';
import { dayText, printable } from '../records/paper-text.ts';
import type { ProbeView } from '../web/protocol/probe-view.ts';
import { foundWords, heardWords, outcomeWords, rangWords } from '../web/protocol/probe-words.ts';
import type { FindingView, LineWatchView } from '../web/protocol/watch-view.ts';
import type { ListPaper, ListTable } from './list-paper.ts';
import { momentText } from './wall-time.ts';

export interface LinePaperSetting {
  readonly number: string;
  readonly unit: string;
  readonly room: string;
  readonly areaCode: string;
  /** When the paper is made, ms UTC. */
  readonly now: number;
  readonly offset: (at: number) => number;
  /** There were more probes than the paper holds. */
  readonly isCut: boolean;
}

export function linePaper(
  watch: LineWatchView,
  findings: readonly FindingView[],
  probes: readonly ProbeView[],
  setting: LinePaperSetting,
): ListPaper {
  const { number, unit, room, now, offset, isCut } = setting;
  return {
    title: '值班电话检测记录',
    head: {
      room: printable(`${unit} ${room}　值班电话：${number}`),
      date: dayText(now, offset),
    },
    tables: [
      verdicts(watch, offset),
      found(findings, offset),
      { ...probed(probes, setting), heading: `三、拨测记录${isCut ? `（最近 ${probes.length} 次）` : ''}` },
    ],
    note: `“疑似”由系统提出，须经人员核实；检测结论只对所列范围和时间有效。打印时间：${momentText(now, offset)}`,
  };
}

function verdicts(watch: LineWatchView, offset: LinePaperSetting['offset']): ListTable {
  const row = (topic: WatchedTopic): readonly string[] => {
    const { state, at, source, scopes, why } = watch[topic];
    return [
      TOPIC_NAMES[topic],
      VERDICT_NAMES[state],
      at === null ? '' : momentText(at, offset),
      source === null ? '' : SOURCE_NAMES[source],
      covered(state, scopes),
      state === 'unknown' ? WHY_NOT_KNOWN[why ?? 'never'] : '',
    ];
  };
  return {
    heading: '一、当前结论',
    columns: [
      { title: '项目', share: 9 },
      { title: '结论', share: 11 },
      { title: '最近检测', share: 17 },
      { title: '方式', share: 13 },
      { title: '已检测范围', share: 20 },
      { title: '说明', share: 30 },
    ],
    rows: [row('forwarding'), row('ringback')],
    none: null,
  };
}

/** What a clean verdict covers; a proof that does not say so says more than it knows. */
function covered(state: LineVerdict['state'], scopes: LineVerdict['scopes']): string {
  if (state !== 'none') return '';
  return SCOPES.filter((scope) => scopes.includes(scope))
    .map((scope) => SCOPE_NAMES[scope])
    .join('、');
}

function found(findings: readonly FindingView[], offset: LinePaperSetting['offset']): ListTable {
  const sorted = findings.toSorted((one, other) => other.lastAt - one.lastAt);
  return {
    heading: '二、检测发现',
    columns: [
      { title: '序号', share: 5 },
      { title: '项目', share: 7 },
      { title: '内容', share: 19 },
      { title: '状态', share: 8 },
      { title: '首次', share: 14 },
      { title: '最近', share: 14 },
      { title: '次数', share: 6 },
      { title: '处理', share: 27 },
    ],
    rows: sorted.map((finding, index) => [
      String(index + 1),
      TOPIC_NAMES[TOPIC_OF[finding.kind]],
      KIND_NAMES[finding.kind],
      FINDING_STATE_NAMES[finding.state],
      momentText(finding.openedAt, offset),
      momentText(finding.lastAt, offset),
      String(finding.times),
      finding.notes.map((note) => decision(note, offset)).join('\n'),
    ]),
    none: '没有发现。',
  };
}

function decision(note: FindingView['notes'][number], offset: LinePaperSetting['offset']): string {
  const { at, by, decision: what, text } = note;
  const said = `${momentText(at, offset)} ${by ?? '（未具名）'} ${DECISION_NAMES[what]}${text === '' ? '' : `：${text}`}`;
  return printable(said).replace(/\s*\n\s*/g, ' ');
}

function probed(
  probes: readonly ProbeView[],
  { offset, areaCode }: LinePaperSetting,
): Omit<ListTable, 'heading'> {
  return {
    columns: [
      { title: '序号', share: 5 },
      { title: '时间', share: 14 },
      { title: '范围', share: 7 },
      { title: '发起', share: 9 },
      { title: '振铃', share: 11 },
      { title: '听到', share: 11 },
      { title: '到达本机', share: 8 },
      { title: '呼转', share: 8 },
      { title: '彩铃', share: 8 },
      { title: '结果', share: 19 },
    ],
    rows: probes.map((probe, index) =>
      [
        String(index + 1),
        momentText(probe.dialledAt ?? probe.at, offset),
        SCOPE_NAMES[probe.scope],
        probe.askedBy ?? '按计划',
        rangWords(probe),
        heardWords(probe),
        arrivedWords(probe),
        foundWords(probe, 'forwarding'),
        foundWords(probe, 'ringback'),
        outcomeWords(probe, (number) => readNumber(number, areaCode).shown ?? number),
      ].map((text) => printable(text).replace(/\s*\n\s*/g, ' ')),
    ),
    none: '没有拨测过。',
  };
}

/** 到达核对; '' where there was none. */
function arrivedWords({ result }: ProbeView): string {
  if (result?.arrived == null) return '';
  return result.arrived ? '已到达' : '未到达';
}
