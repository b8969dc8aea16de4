/**
 * 续报一, 续报二 …: what was told by telephone and followed on paper is one report under one number, as the 初报 is. A 终报 too: opened
 * again after it, an incident may have another. Pure.
 */
import type { Report, ReportKind } from './incident.ts';
import type { Channel } from './report-limits.ts';

type Numbered = Pick<Report, 'kind' | 'turn' | 'channel' | 'withdrawn'>;

/** The numbers a report may have, the likely one first: one that stands and went by the other channel alone, or a new one. */
export function turnsFor(
  reports: readonly Numbered[],
  kind: ReportKind,
  channel: Channel,
): readonly [number, ...number[]] {
  const fresh = freshTurn(reports, kind);
  if (!isNumbered(kind)) return [0];
  const standing = reports.filter((report) => report.kind === kind && !report.withdrawn);
  const joined = new Set(standing.filter((report) => report.channel === channel).map(({ turn }) => turn));
  const lacking = [...new Set(standing.map(({ turn }) => turn))]
    .filter((turn) => !joined.has(turn))
    .reverse();
  const [latest, ...others] = lacking;
  // A paper comes after the telephone; who telephones after a paper mostly has something new to say. An end is one end.
  const follows = latest !== undefined && (kind === 'final' || channel === 'written');
  return follows ? [latest, fresh, ...others] : [fresh, ...lacking];
}

/** The next number of a kind; what was taken back keeps its own. */
export function freshTurn(reports: readonly Pick<Report, 'kind' | 'turn'>[], kind: ReportKind): number {
  const turns = reports.flatMap((report) => (report.kind === kind ? report.turn : []));
  return Math.max(kind === 'further' ? 0 : -1, ...turns) + 1;
}

export function isNumbered(kind: ReportKind): kind is 'further' | 'final' {
  return kind === 'further' || kind === 'final';
}
