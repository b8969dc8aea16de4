/**
 * Who dialled a channel, and as what. CEL has no row for a dial: the called channel begins with exten `s` (Asterisk 16 and
 * 22), and what Dial or Queue was told stands as application data on rows of the channel that dialled.
 */
import type { CelRow } from './cel-row.ts';

export interface DialTarget {
  /** Channel that dialled; null when no row tells it. */
  readonly by: CelRow | null;
  /** As a DialBegin would say it: `1001`, `13900001111@telco`, `13900001111@internal/n`. */
  readonly dialString: string;
}

const DIALS: ReadonlySet<string> = new Set(['dial', 'queue', 'followme', 'page', 'retrydial']);

/**
 * @param rows all rows of the group
 * @param started the CHAN_START of the called channel, at `index` of the rows
 */
export function dialTarget(rows: readonly CelRow[], started: CelRow, index: number): DialTarget {
  const wanted = withoutSerial(started.channel);
  const dialling = rows
    .map((row, at) => ({ row, away: at - index }))
    .filter(({ row }) => row.linkedId === started.linkedId && row.uniqueId !== started.uniqueId)
    .filter(({ row }) => DIALS.has(row.appName.toLowerCase()));
  // After a blind transfer the new Dial has no APP_START of its own (22.10): it shows on later rows only.
  const named = dialling
    .map(({ row, away }) => ({ row, away, target: targetNamed(row.appData, wanted) }))
    .filter((found) => found.target !== null)
    .sort((one, other) => nearness(one.away) - nearness(other.away))[0];
  if (named?.target != null) return { by: named.row, dialString: named.target };
  const before = dialling.filter(({ away }) => away < 0).at(-1) ?? dialling[0];
  const by = before?.row ?? rows.find((row) => row.uniqueId === started.linkedId) ?? null;
  return { by: by?.uniqueId === started.uniqueId ? null : by, dialString: afterTechnology(wanted) };
}

/** What was said before counts for more than what is said later, whatever the distance. */
function nearness(away: number): number {
  return away < 0 ? -away : 1_000_000 + away;
}

/** `PJSIP/1001&PJSIP/13900001111@telco,20,t` names `PJSIP/1001` and `PJSIP/telco`. */
function targetNamed(appData: string, wanted: string): string | null {
  const [targets = ''] = appData.split(',');
  for (const target of targets.split('&')) {
    const trimmed = target.trim();
    if (endpointOfTarget(trimmed) === wanted) return afterTechnology(trimmed);
  }
  return null;
}

function endpointOfTarget(target: string): string {
  const at = target.lastIndexOf('@');
  const slash = target.indexOf('/');
  if (target.startsWith('Local/')) return target.replace(/\/[a-z]+$/, '');
  if (at > slash) return `${target.slice(0, slash)}/${target.slice(at + 1)}`;
  return target.split('/').slice(0, 2).join('/');
}

function afterTechnology(target: string): string {
  return target.slice(target.indexOf('/') + 1);
}

/** `PJSIP/1001-0000003a` → `PJSIP/1001`; `Local/139@internal-00000002;1` → `Local/139@internal`. */
function withoutSerial(channel: string): string {
  return channel.replace(/-[0-9a-f]+(;[12])?$/, '');
}
