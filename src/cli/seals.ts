/** `dutyline seals verify`: walks every seal of 值班日志 and 交接班, of every room from the first. */
import { wallTextIn } from '../duty/time-zone.ts';
import type { SealVerdict } from '../storage/seal-verdicts.ts';
import type { Store } from '../storage/store.ts';
import { print, shown } from './terminal.ts';

/** Names what does not fit by room and time of the office; exit code 1 unless all fit. The service may run. */
export async function verifySeals(
  store: Pick<Store, 'verifySeals'>,
  timeZone: string,
  { json }: { readonly json: boolean },
): Promise<void> {
  const rooms = await store.verifySeals();
  const ok = rooms.every(({ brokenLog, brokenHandOver }) => brokenLog === null && brokenHandOver === null);
  if (!ok) process.exitCode = 1;
  if (json) print(JSON.stringify({ ok, rooms }));
  else if (rooms.length === 0) print('Nothing is sealed yet.');
  else for (const verdict of rooms) for (const line of linesOf(verdict, timeZone)) print(shown(line));
}

function linesOf(verdict: SealVerdict, timeZone: string): readonly string[] {
  const { room, name, logs, handOvers, brokenLog, brokenHandOver } = verdict;
  const of = `${room}${name === null ? '' : ` ${name}`}`;
  const moment = (at: number) => wallTextIn(timeZone, at);
  const broken = [
    ...(brokenLog === null
      ? []
      : [`值班日志 of the shift that began ${moment(brokenLog)} does not fit its seal`]),
    ...(brokenHandOver === null
      ? []
      : [`交接班 ${saidHandOver(brokenHandOver, moment)} does not fit its seal`]),
  ];
  if (broken.length > 0)
    return broken.map(
      (what) => `${of}: ${what}: changed, or one before it taken out. Compare with a backup.`,
    );
  return [`${of}: ${logs} seals of 值班日志 and ${handOvers} of 交接班, all fit.`];
}

function saidHandOver(
  { id, closedAt }: NonNullable<SealVerdict['brokenHandOver']>,
  moment: (at: number) => string,
): string {
  return closedAt === null ? id : `signed ${moment(closedAt)} (${id})`;
}
