/** What the system knows of B1 and B2 of 检查记录表: calls as they were answered, and the two verdicts of each line. */
import {
  FINDING_STATE_NAMES,
  KIND_NAMES,
  SCOPE_NAMES,
  SOURCE_NAMES,
  TOPIC_NAMES,
  VERDICT_NAMES,
  WHY_NOT_KNOWN,
} from '../diagnosis/names.ts';
import { TOPIC_OF, type Topic } from '../diagnosis/suspicion.ts';
import type { LineVerdict, WatchedTopic } from '../diagnosis/verdict.ts';
import { type Answering, answeringOf, type IncomingCall } from '../duty/inspection-answering.ts';
import type { CallsShown, KnownLine, KnownWay, RoomHistory } from '../duty/inspection-known.ts';
import { LONGEST_READY_MS } from '../duty/readiness-view.ts';
import type { ProbeView } from '../web/protocol/probe-view.ts';
import type { FindingView, LineWatchView } from '../web/protocol/watch-view.ts';
import { type KnownSetting, known, MOST_WAYS, notKnown } from './known-line.ts';
import { momentText } from './wall-time.ts';

/** One duty line of the room, as it is watched. */
export interface WatchedNumber {
  readonly number: string;
  readonly watch: LineWatchView;
  readonly findings: readonly FindingView[];
  readonly probes: readonly ProbeView[];
}

/** B1 值班电话接听是否及时规范. */
export function knownOfAnswering(history: RoomHistory, setting: KnownSetting): readonly KnownLine[] {
  const { goodMs, lateMs } = history.limits;
  const answering = answeringOf(history.calls, history.limits);
  const { calls, answered, rate, p50Ms, p95Ms } = answering;
  const all = (text: string): readonly KnownWay[] =>
    partsOf(setting).map((part) => ({
      ...{ text: `${text}${part.name}`, to: 'calls', room: history.room, only: 'all' },
      ...{ from: part.from, until: part.to },
    }));
  const some = (of: readonly IncomingCall[], only: CallsShown): readonly KnownWay[] => [
    ...of.slice(0, MOST_WAYS).map((call) => wayTo(call, setting)),
    ...(of.length > MOST_WAYS ? waysToAll(of, only) : []),
  ];
  const waysToAll = (of: readonly IncomingCall[], only: CallsShown): readonly KnownWay[] =>
    partsOf(setting).flatMap(({ name, from, to }): readonly KnownWay[] => {
      const own = of.filter(({ at }) => from <= at && at < to).length;
      const text = name === '' ? `全部 ${own} 通` : `${own} 通${name}`;
      return own === 0 ? [] : [{ text, to: 'calls', room: history.room, from, until: to, only }];
    });
  if (rate === null) return [notKnown('本时段没有来电。', all('来电一览'))];
  return [
    known(
      `来电 ${calls.length} 通，接听 ${answered.length} 通，接听率 ${percent(rate)}。${history.isCut ? '来电过多，只算到所列为止。' : ''}`,
      'plain',
      all('来电一览'),
    ),
    ...(p50Ms === null || p95Ms === null
      ? []
      : [
          known(
            `振铃：半数在 ${seconds(p50Ms)}内接听，95% 在 ${seconds(p95Ms)}内接听。`,
            'plain',
            all('逐通'),
          ),
        ]),
    lateLine(answering, lateMs, some),
    ...(answering.near.length === 0
      ? []
      : [
          known(
            `${answering.near.length} 通在 ${seconds(goodMs)} 至 ${seconds(lateMs)}之间接听（临界）。`,
            'plain',
            some(answering.near, 'near'),
          ),
        ]),
    ...missed(answering, some),
    ...(answering.unseen.length === 0
      ? []
      : [notKnown(`${answering.unseen.length} 通接听了，没有振铃时间。`, some(answering.unseen, 'unseen'))]),
    ...heard(answering, setting),
  ];
}

/** The page that lists calls shows a month at most: of a longer stretch each part has its own way, named by its days. */
function partsOf({ from, to, offset }: KnownSetting) {
  if (to - from <= LONGEST_READY_MS) return [{ from, to, name: '' }];
  const day = (at: number) => momentText(at, offset).slice(0, 10);
  return Array.from({ length: Math.ceil((to - from) / PART_MS) }, (_, index) => {
    const part = { from: from + index * PART_MS, to: Math.min(to, from + (index + 1) * PART_MS) };
    return { ...part, name: `（${day(part.from)} 至 ${day(part.to - 1)}）` };
  });
}

const PART_MS = 31 * 86_400_000;

type Some = (of: readonly IncomingCall[], only: CallsShown) => readonly KnownWay[];

function lateLine({ late, answered }: Answering, lateMs: number, some: Some): KnownLine {
  if (late.length === 0)
    return known(
      answered.length === 0 ? '没有接听的来电。' : `没有响铃超过 ${seconds(lateMs)}才接的来电。`,
      answered.length === 0 ? 'plain' : 'good',
      [],
    );
  return known(`响铃超过 ${seconds(lateMs)}才接 ${late.length} 通：`, 'poor', some(late, 'late'));
}

function missed({ unanswered, forsaken }: Answering, some: Some): readonly KnownLine[] {
  if (unanswered.length === 0) return [];
  const mended = unanswered.length - forsaken.length;
  const text = `未接 ${unanswered.length} 通，其中 ${mended} 通已回拨接通或对方再次来电接通`;
  return forsaken.length === 0
    ? [known(`${text}。`, 'plain', some(unanswered, 'unanswered'))]
    : [known(`${text}，${forsaken.length} 通没有回拨：`, 'poor', some(forsaken, 'unanswered'))];
}

function heard({ marked, improper }: Answering, setting: KnownSetting): readonly KnownLine[] {
  if (marked.length === 0) return [notKnown('没有人评议过这些通话，问候和用语是否规范请抽听。', [])];
  const ways = (improper.length > 0 ? improper : marked).slice(0, MOST_WAYS);
  return [
    known(
      `评议过 ${marked.length} 通，不规范 ${improper.length} 通。`,
      improper.length > 0 ? 'poor' : 'good',
      ways.map((call) => wayTo(call, setting)),
    ),
  ];
}

function wayTo({ id, at, rangMs, isAnswered, recordings }: IncomingCall, { offset }: KnownSetting): KnownWay {
  const rang = rangMs === null ? (isAnswered ? '' : ' 未接') : ` 响 ${seconds(rangMs)}`;
  return { text: `${momentText(at, offset).slice(5)}${rang}`, to: 'call', id, recordings };
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} 秒`;
}

/** One place behind the point, and never 100% while a call was missed. */
function percent(share: number): string {
  return `${Math.floor(share * 1_000) / 10}%`;
}

const WATCHED: readonly WatchedTopic[] = ['forwarding', 'ringback'];

/** B2 是否存在值班电话设置彩铃或呼转手机情况: two verdicts, each with its evidence. */
export function knownOfLine(line: WatchedNumber, setting: KnownSetting): readonly KnownLine[] {
  const { watch, number } = line;
  const toLine: KnownWay = { text: '检测', to: 'line', id: watch.line };
  return [
    ...WATCHED.map((topic) => verdictLine(topic, watch[topic], `${number} `, toLine, setting)),
    ...WATCHED.flatMap((topic) => foundLines(topic, line, setting)),
    probed(line, toLine, setting),
  ];
}

function verdictLine(
  topic: WatchedTopic,
  { state, at, source, scopes, why }: LineVerdict,
  number: string,
  way: KnownWay,
  { offset, to, now }: KnownSetting,
): KnownLine {
  const by = source === null ? '' : SOURCE_NAMES[source];
  const looked = at === null ? '' : `（${`${by} ${momentText(at, offset)}`.trim()}）`;
  const covered =
    state === 'none' && scopes.length > 0
      ? `，已查${scopes.map((scope) => SCOPE_NAMES[scope]).join('、')}`
      : '';
  const reason = state === 'unknown' ? `：${WHY_NOT_KNOWN[why ?? 'never']}` : '。';
  const tones = { none: 'good', suspect: 'poor', confirmed: 'poor', unknown: 'unknown' } as const;
  // A verdict is of today: of an older stretch only findings and probes can tell.
  const today = now > to ? '目前' : '';
  return known(
    `${number}${TOPIC_NAMES[topic]}：${today}${VERDICT_NAMES[state]}${looked}${covered}${reason}`,
    tones[state],
    [way],
  );
}

function foundLines(
  topic: Topic,
  { findings }: WatchedNumber,
  { from, to, offset }: KnownSetting,
): readonly KnownLine[] {
  return findings
    .filter(({ kind, openedAt, lastAt }) => TOPIC_OF[kind] === topic && openedAt < to && lastAt >= from)
    .map(({ id, kind, state, openedAt, lastAt, times }) =>
      known(
        `${TOPIC_NAMES[topic]}：${KIND_NAMES[kind]}，${FINDING_STATE_NAMES[state]}，首次 ${momentText(openedAt, offset)}，最近 ${momentText(lastAt, offset)}，共 ${times} 次。`,
        state === 'dismissed' ? 'plain' : 'poor',
        [{ text: '证据', to: 'finding', id }],
      ),
    );
}

function probed({ probes }: WatchedNumber, way: KnownWay, { from, to }: KnownSetting): KnownLine {
  const own = probes.filter(({ at }) => from <= at && at < to);
  if (own.length === 0) return notKnown('本时段没有拨测过。', [way]);
  const result = (topic: WatchedTopic, wanted: 'clean' | 'suspect') =>
    own.filter((probe) => probe.result?.[topic] === wanted).length;
  const suspect = result('forwarding', 'suspect') + result('ringback', 'suspect');
  const text = WATCHED.map(
    (topic) =>
      `${TOPIC_NAMES[topic]}未发现 ${result(topic, 'clean')} 次、疑似 ${result(topic, 'suspect')} 次`,
  ).join('；');
  return known(`本时段拨测 ${own.length} 次：${text}。`, suspect > 0 ? 'poor' : 'plain', [way]);
}
