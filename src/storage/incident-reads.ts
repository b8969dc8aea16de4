/** 突发事件 of a room as they are read: in a list, since a moment, in a stretch. */
import type { Incident } from '../duty/incident.ts';
import { clocksOf } from '../duty/incident-clock.ts';
import type { IncidentBrief } from '../duty/incident-view.ts';
import { limitsOf, type ReportLimits, USUAL_LIMITS } from '../duty/report-limits.ts';
import { among } from './among.ts';
import type { RunningClocks } from './incident-clocks.ts';
import type { IncidentTextTable } from './incident-tables.ts';
import { type IncidentTexts, readTexts } from './incident-texts.ts';
import type { ReadDeps } from './read.ts';
import { shutIncidents } from './shut-reads.ts';

const MOST_SHOWN = 200;

export function roomLimits({ rules }: Pick<ReadDeps, 'rules'>, room: string): ReportLimits {
  return limitsOf(rules.reportLimits ?? USUAL_LIMITS, room);
}

/** Of a room at a moment (integer ms UTC): those that still run first, then the newest. */
export async function incidentsOf(
  deps: ReadDeps,
  room: string,
  at: number,
): Promise<readonly IncidentBrief[]> {
  const rows = await deps.db
    .selectFrom('incidents')
    .select('incident_json')
    .where('room', '=', room)
    .orderBy('running', 'desc')
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_SHOWN)
    .execute();
  return briefsOf(deps, rows.map(incidentOf), at);
}

/**
 * Those of a room that were entered or still went on since a moment (ms UTC), with their titles as of `at`; null: shut away or
 * erased.
 */
export async function incidentsSince(
  deps: ReadDeps,
  room: string,
  since: number,
  at: number,
): Promise<readonly Pick<RunningClocks, 'incident' | 'title'>[]> {
  const rows = await deps.db
    .selectFrom('incidents')
    .select('incident_json')
    .where('room', '=', room)
    // Nothing is closed before it was entered.
    .where((row) => row.or([row('closed_at', 'is', null), row('closed_at', '>=', since)]))
    .orderBy('opened_at')
    .execute();
  const incidents = rows.map(incidentOf);
  const titles = new Map((await briefsOf(deps, incidents, at)).map(({ id, title }) => [id, title]));
  return incidents.map((incident) => ({ incident, title: titles.get(incident.id) ?? null }));
}

/**
 * Those of a room that were heard of in a stretch (ms UTC, its end not included), or about which the upper office asked in it,
 * whenever they were entered.
 */
export async function incidentsIn(
  { db }: ReadDeps,
  room: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly Incident[]> {
  const isIn = (at: number) => from <= at && at < to;
  return (await allIncidents(db, room)).filter(
    ({ receivedAt, inquiries }) => isIn(receivedAt) || inquiries.some(({ askedAt }) => isIn(askedAt)),
  );
}

/** Every one of a room: some dozens a year, and nobody knows beforehand which moments its facts are about. */
export async function allIncidents(db: ReadDeps['db'], room: string): Promise<readonly Incident[]> {
  const rows = await db
    .selectFrom('incidents')
    .select('incident_json')
    .where('room', '=', room)
    .orderBy('opened_at')
    .orderBy('id')
    .execute();
  return rows.map(incidentOf);
}

export async function briefsOf(
  deps: ReadDeps,
  incidents: readonly Incident[],
  at: number,
): Promise<readonly IncidentBrief[]> {
  if (incidents.length === 0) return [];
  const [texts, shut] = await Promise.all([
    textRows(
      deps,
      incidents.map(({ id }) => id),
    ),
    shutIncidents(deps, incidents),
  ]);
  const byIncident = Map.groupBy(texts, (row) => row.subject_id);
  return incidents.map((incident) => {
    const { id, level, occurredAt, receivedAt, closedAt, room } = incident;
    return {
      ...{ id, level, occurredAt, receivedAt, closedAt },
      title: shut.has(id) ? null : (latestSaid(byIncident.get(id) ?? [])?.title ?? null),
      clocks: clocksOf(incident, roomLimits(deps, room), at),
    };
  });
}

export async function textRows(
  { db, dialect }: Pick<ReadDeps, 'db' | 'dialect'>,
  subjects: readonly string[],
): Promise<readonly IncidentTextTable[]> {
  return db
    .selectFrom('incident_texts')
    .selectAll()
    .where(among(dialect, 'subject_id', subjects))
    .orderBy('at')
    .orderBy('id')
    .execute();
}

export function latestSaid(texts: readonly IncidentTextTable[]): IncidentTexts | null {
  const row = texts.findLast(({ kind }) => kind === 'incident-opened' || kind === 'incident-corrected');
  return row === undefined ? null : readTexts(row);
}

export function incidentOf({ incident_json }: { readonly incident_json: string }): Incident {
  return JSON.parse(incident_json) as Incident;
}
