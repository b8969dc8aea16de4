/**
 * 突发事件 as lines of a log: a line each, with what was reported upward and when, in the shift that heard of it and again in each
 * later one that reported on it.
 */
import { CHANNEL_NAMES, reportName } from '../duty/incident-names.ts';
import { BEHIND_SEAL_MS, type Happening } from '../duty/shift-log.ts';
import { wallTextIn } from '../duty/time-zone.ts';
import { incidentsSince } from './incident-reads.ts';
import type { ReadDeps } from './read.ts';
import type { LogWindow } from './shift-log-happenings.ts';

export async function incidentHappenings(
  deps: ReadDeps,
  { room, from, to, now }: LogWindow,
): Promise<readonly Happening[]> {
  const told = await incidentsSince(deps, room, from - BEHIND_SEAL_MS, now);
  return told
    .filter(({ incident: { receivedAt } }) => to === null || receivedAt < to)
    .map(({ incident: { id, receivedAt: at, openedAt, reports }, title }) => {
      const standing = reports.filter(({ withdrawn }) => !withdrawn);
      const knownAt = Math.max(at, openedAt, ...standing.map(({ enteredAt }) => enteredAt));
      const sent = standing.map((report) => {
        const when = wallTextIn(deps.rules.timeZone, report.sentAt);
        return `${reportName(report)}（${CHANNEL_NAMES[report.channel]}）${when}`;
      });
      const reported = sent.length === 0 ? '尚未报告' : sent.join('，');
      return {
        kind: 'incident',
        id,
        at,
        knownAt,
        text: `突发事件：${title ?? '内容已按规定隔离'}；${reported}。`,
      };
    });
}
