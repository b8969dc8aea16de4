/** What the table of a 抽查 says of one probe; pure. */
import type { ProbeView } from '../../web/protocol/probe-view.ts';
import { heardWords, isProbeOver, outcomeWords, rangWords } from '../../web/protocol/probe-words.ts';
import type { WatchedLineView } from '../../web/protocol/watch-view.ts';
import { grouped } from '../format.ts';
import { shownNumber } from '../watch/saying.ts';

export interface SpotRow {
  readonly id: string;
  readonly office: string;
  readonly number: string;
  /** When it was dialled; null: not yet, or never. */
  readonly at: number | null;
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
  const { result } = probe;
  return {
    id: probe.id,
    office: line === undefined ? (probe.unit ?? '') : `${line.unit} ${line.roomName}`,
    number: grouped(line?.number ?? probe.number),
    at: probe.dialledAt,
    rang: rangWords(probe),
    heard: heardWords(probe),
    forwarding: result?.forwarding ?? null,
    ringback: result?.ringback ?? null,
    outcome: outcomeWords(probe, shownNumber),
    over: isProbeOver(probe),
  };
}
