/** What the table of a 抽查 says of one probe; pure. */
import type { ProbeView } from '../../web/protocol/probe-view.ts';
import type { WatchedLineView } from '../../web/protocol/watch-view.ts';
import { grouped } from '../format.ts';
import { saidOfNetwork } from '../watch/saying.ts';
import { watchWords } from '../watch/words.ts';
import { spotCheckWords as say } from './words.ts';

export interface SpotRow {
  readonly id: string;
  readonly office: string;
  readonly number: string;
  readonly at: number;
  readonly rang: string;
  readonly heard: string;
  /** Null: not yet known. */
  readonly forwarding: 'clean' | 'suspect' | 'unknown' | null;
  readonly ringback: 'clean' | 'suspect' | 'unknown' | null;
  readonly outcome: string;
  readonly over: boolean;
}

export function spotRow(probe: ProbeView, lines: readonly WatchedLineView[]): SpotRow {
  const line = lines.find((one) => one.line === probe.line);
  const { result, state } = probe;
  const rang = probe.steps.find(({ step }) => step === 'rang');
  const over = state === 'done' || state === 'failed';
  return {
    id: probe.id,
    office: line === undefined ? (probe.unit ?? '') : `${line.unit} ${line.roomName}`,
    number: grouped(line?.number ?? probe.number),
    at: probe.at,
    rang: rang?.seconds == null ? (over ? say.silent : '') : say.rang(rang.seconds.toFixed(1)),
    heard: result?.heard == null ? '' : watchWords.heard[result.heard.verdict],
    forwarding: result?.forwarding ?? null,
    ringback: result?.ringback ?? null,
    outcome: result === null ? say.under[state] : outcomeOf(result),
    over,
  };
}

function outcomeOf(result: NonNullable<ProbeView['result']>): string {
  const more = [
    ...saidOfNetwork(result.passedOn),
    ...(result.why === null ? [] : [watchWords.why[result.why]]),
  ].join('');
  const ending = watchWords.endings[result.ending];
  return more === '' ? ending : `${ending}。${more}`;
}
