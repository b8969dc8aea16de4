/**
 * `dutyline seals verify`: walks every seal of 值班日志 and 交接班, of every room from the first, and compares them with what the audit
 * trail says was sealed.
 */
import { wallTextIn } from '../duty/time-zone.ts';
import type { MissingSeal } from '../storage/missing-seals.ts';
import type { SealVerdict } from '../storage/seal-verdicts.ts';
import type { Store } from '../storage/store.ts';
import { print, shown } from './terminal.ts';

interface Seals {
  readonly rooms: readonly SealVerdict[];
  readonly missing: readonly MissingSeal[];
  /** Whether the audit trail itself fits. */
  readonly audit: boolean;
}

/** Exit code 1 unless all fit and are there. The service may run. */
export async function verifySeals(
  store: Pick<Store, 'verifySeals' | 'missingSeals' | 'verifyAudit' | 'office'>,
  timeZone: string,
  { json }: { readonly json: boolean },
): Promise<void> {
  const rooms = await store.verifySeals();
  const missing = await store.missingSeals();
  const audit = (await store.verifyAudit()).ok;
  const fit = rooms.every(({ brokenLog, brokenHandOver }) => brokenLog === null && brokenHandOver === null);
  const ok = fit && missing.length === 0 && audit;
  if (!ok) process.exitCode = 1;
  if (json) return print(JSON.stringify({ ok, rooms, missing, audit }));
  const { rooms: known } = await store.office();
  const names = new Map(known.map(({ id, name }) => [id, name]));
  for (const line of saidSeals({ rooms, missing, audit }, names, timeZone)) print(shown(line));
}

/** What does not fit and what is missing, by room and time of the office, a line each; `names` of rooms by their ids. */
export function saidSeals(
  { rooms, missing, audit }: Seals,
  names: ReadonlyMap<string, string>,
  timeZone: string,
): readonly string[] {
  const lines = [
    ...rooms.flatMap((verdict) => linesOf(verdict, timeZone)),
    ...missing.map((one) => missingLine(one, names, timeZone)),
    ...(audit ? [] : [AUDIT_BROKEN]),
  ];
  return lines.length === 0 ? ['Nothing is sealed yet.'] : lines;
}

const AUDIT_BROKEN =
  '审计链本身对不上，缺了哪些封存不能据此断定，请先运行 dutyline audit verify。 ' +
  'The audit trail itself does not fit: what else is missing cannot be told by it. Run dutyline audit verify.';

function linesOf(verdict: SealVerdict, timeZone: string): readonly string[] {
  const { room, name, logs, handOvers, brokenLog, brokenHandOver } = verdict;
  const of = placeOf(room, name);
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

/** In Chinese for who finds it, in English as the rest. */
function missingLine(
  { what, id, at, room }: MissingSeal,
  names: ReadonlyMap<string, string>,
  timeZone: string,
): string {
  const of = room === null ? '（值班室不明） room unknown' : placeOf(room, names.get(room) ?? null);
  const [moment, word] = [wallTextIn(timeZone, at), what === 'log' ? '值班日志' : '交接班'];
  return (
    `${of}: 缺少封存：审计记录载明 ${moment} 已封存的${word}（${id}），现已找不到或被改写，请与备份核对。 ` +
    `Missing: the audit trail has ${word} (${id}) sealed ${moment}; that seal is gone or was written anew. Compare with a backup.`
  );
}

function placeOf(room: string, name: string | null): string {
  return `${room}${name === null ? '' : ` ${name}`}`;
}
