/** How a dial ended that nobody answered: CEL keeps only the cause of the hang-up, and the dialling channel's last status. */
import { readExtra } from './cel-extra.ts';
import type { CelRow } from './cel-row.ts';

export interface HangupRow {
  /** Q.850; 0 when Asterisk took the channel down itself. */
  readonly cause: number;
  /** Name of the channel that asked; '' for the PBX. */
  readonly source: string;
  /** The channel's last DIALSTATUS; '' for one that dialled nobody. */
  readonly dialStatus: string;
  readonly at: number;
}

/** Q.850 causes of a phone that did not ring: no such number, busy, declined, moved, out of order, congestion. */
const REFUSALS: ReadonlySet<number> = new Set([1, 2, 3, 17, 20, 21, 22, 23, 27, 28, 34, 38, 41, 42, 44, 58]);

/** The HANGUP row of a channel; undefined while it stands, or when the PBX died first. */
export function lastHangup(rows: readonly CelRow[], uniqueId: string): HangupRow | undefined {
  const row = rows.findLast((other) => other.eventType === 'HANGUP' && other.uniqueId === uniqueId);
  if (row === undefined) return undefined;
  const extra = readExtra(row.extra);
  return {
    cause: Number(extra.get('hangupcause') ?? 0),
    source: extra.get('hangupsource') ?? '',
    dialStatus: extra.get('dialstatus') ?? '',
    at: row.at,
  };
}

/** Did the called side refuse at once? Any other called channel is taken to have rung: CEL does not say. */
export function isRefusal(hangup: HangupRow | undefined): boolean {
  return hangup !== undefined && REFUSALS.has(hangup.cause);
}

/**
 * DialEnd's status of a leg nobody answered.
 *
 * @param told the dialling channel's `dialstatus`, '' where it is not known
 */
export function dialStatusOf(rows: readonly CelRow[], leg: string, dialler: string, told: string): string {
  const hangup = lastHangup(rows, leg);
  if (hangup?.cause === 17) return 'BUSY';
  if (hangup?.cause === 26) return 'CANCEL';
  if (hangup?.cause === 34 || hangup?.cause === 38) return 'CONGESTION';
  if (isRefusal(hangup)) return 'NOANSWER';
  const by = lastHangup(rows, dialler);
  const caller = rows.find((row) => row.uniqueId === dialler)?.channel;
  if (told === 'CANCEL' || (by !== undefined && by.source !== '' && by.source === caller)) return 'CANCEL';
  return 'NOANSWER';
}
