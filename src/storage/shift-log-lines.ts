/** The lines of a log: of an open one drafted anew each time it is read, of a sealed one as they stand in their rows. */
import { nameOfWritten, type ShutTexts } from '../duty/hand-written.ts';
import type { DividedShift } from '../duty/shift-division.ts';
import { draftLines, type Happening, type LogLine, lineIdOf } from '../duty/shift-log.ts';
import { among } from './among.ts';
import { insertRows } from './insert-rows.ts';
import type { ReadDeps } from './read.ts';
import { happeningsOf } from './shift-log-happenings.ts';
import type { ShiftLogLineTable } from './shift-log-table.ts';
import { shutAmong, shutIncidents } from './shut-reads.ts';

/** `sealedTo`: up to when all logs are sealed. */
export async function openLines(
  deps: ReadDeps,
  room: string,
  shift: DividedShift,
  { sealedTo, now }: { readonly sealedTo: number | null; readonly now: number },
): Promise<readonly LogLine[]> {
  const told = await happeningsOf(deps, { room, from: shift.from, to: shift.to, now });
  const happenings = sealedTo === null ? told : await withoutSealed(deps, room, told, sealedTo);
  const before = await deps.db
    .selectFrom('shift_log_lines')
    .selectAll()
    .where('room', '=', room)
    .where('log', '=', '')
    .where((line) =>
      line.or([
        line.and([
          line('place_at', '>=', shift.from),
          line('place_at', '<', shift.to ?? Number.MAX_SAFE_INTEGER),
        ]),
        line.and([among(deps.dialect, 'id', happenings.map(lineIdOf))]),
      ]),
    )
    .execute();
  return draftLines(shift, happenings, before.map(lineOf), sealedTo);
}

/** What stands in a sealed log is told; an outage or an incident that went on behind the seal is told again. */
async function withoutSealed(
  deps: ReadDeps,
  room: string,
  happenings: readonly Happening[],
  sealedTo: number,
): Promise<readonly Happening[]> {
  const earlier = happenings.filter(
    ({ kind, at, knownAt }) =>
      at < sealedTo && ((kind !== 'outage' && kind !== 'incident') || knownAt < sealedTo),
  );
  if (earlier.length === 0) return happenings;
  const rows = await deps.db
    .selectFrom('shift_log_lines')
    .select('id')
    .where('room', '=', room)
    .where('log', '!=', '')
    .where(among(deps.dialect, 'id', earlier.map(lineIdOf)))
    .execute();
  const sealed = new Set(rows.map(({ id }) => id));
  return happenings.filter((one) => !(earlier.includes(one) && sealed.has(lineIdOf(one))));
}

export async function linesOfLog(
  { db }: Pick<ReadDeps, 'db'>,
  room: string,
  log: string,
): Promise<readonly LogLine[]> {
  const rows = await db
    .selectFrom('shift_log_lines')
    .selectAll()
    .where('room', '=', room)
    .where('log', '=', log)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(lineOf);
}

/**
 * As people may see them: the words about a record that was shut away, or about an incident, are not shown, nor a person's own
 * that are among `shut`.
 */
export async function readableLines(
  deps: ReadDeps,
  room: string,
  lines: readonly LogLine[],
  shut: ShutTexts,
): Promise<readonly LogLine[]> {
  const about = (kind: Happening['kind']) =>
    lines.flatMap(({ source }) => (source?.kind === kind ? source.id : []));
  const incidents = await deps.db
    .selectFrom('incidents')
    .select(['id', 'record_id'])
    .where(among(deps.dialect, 'id', about('incident')))
    .execute();
  const [records, told] = await Promise.all([
    shutAmong(deps, 'record_id', about('record')),
    shutIncidents(
      deps,
      incidents.map(({ id, record_id: record }) => ({ id, record })),
    ),
  ]);
  const isShut = (line: LogLine) =>
    nameOfWritten({ kind: 'line', room, id: line.id }) in shut ||
    (line.source?.kind === 'record' && records.has(line.source.id)) ||
    (line.source?.kind === 'incident' && told.has(line.source.id));
  return lines.map((line) => (isShut(line) ? { ...line, text: null } : line));
}

/** Puts lines where they stand: `log` '' in the open, else in that sealed log; one that is there already changes. */
export async function putLines(
  deps: Pick<ReadDeps, 'db' | 'dialect'>,
  room: string,
  log: string,
  lines: readonly LogLine[],
): Promise<void> {
  await insertRows(
    deps,
    'shift_log_lines',
    lines.map((line) => rowOf(line, room, log)),
    {
      key: ['room', 'log', 'id'],
      update: ['at', 'place_at', 'text', 'edited', 'ticked', 'late', 'by_person', 'by_name'],
    },
  );
}

function rowOf(line: LogLine, room: string, log: string): ShiftLogLineTable {
  const { id, part, at, placeAt, enteredAt, source, text, edited, ticked, late, by } = line;
  return {
    ...{ room, log, id, part, at, place_at: placeAt, entered_at: enteredAt },
    ...{ source_kind: source?.kind ?? null, source_id: source?.id ?? null, text },
    ...{ edited: Number(edited), ticked: Number(ticked), late: Number(late) },
    ...{ by_person: by?.person ?? null, by_name: by?.name ?? null },
  };
}

function lineOf(row: ShiftLogLineTable): LogLine {
  const kind = row.source_kind as Happening['kind'] | null;
  return {
    ...{ id: row.id, part: row.part === 'remark' ? 'remark' : 'event' },
    ...{ at: row.at, placeAt: row.place_at, enteredAt: row.entered_at },
    source: kind === null || row.source_id === null ? null : { kind, id: row.source_id },
    ...{ text: row.text, edited: row.edited === 1, ticked: row.ticked === 1, late: row.late === 1 },
    by: row.by_name === null ? null : { person: row.by_person, name: row.by_name },
  };
}
