/** 突发事件 as they are read: the list with its clocks, and one with all that was said of it. */
import type { Incident } from '../duty/incident.ts';
import { type Clock, clocksOf, matterOf, openClocks, provingCalls } from '../duty/incident-clock.ts';
import { clockName } from '../duty/incident-names.ts';
import type {
  IncidentBrief,
  IncidentView,
  InquiryView,
  OfferedCall,
  ReportView,
} from '../duty/incident-view.ts';
import { limitsOf, type ReportLimits, USUAL_LIMITS } from '../duty/report-limits.ts';
import type { RoomClock } from '../web/protocol/room-view.ts';
import { among } from './among.ts';
import { callViews } from './call-views.ts';
import type { IncidentTextTable } from './incident-tables.ts';
import { type IncidentTexts, readTexts } from './incident-texts.ts';
import type { ReadDeps } from './read.ts';
import { callsToSuperiors } from './reporting-calls.ts';
import { shutAmong, shutIncidents } from './shut-reads.ts';

const MOST_SHOWN = 200;

export type StoredIncident = Omit<IncidentView, 'at' | 'mayWrite'>;

export interface RunningClocks {
  readonly incident: Incident;
  /** Null: it or its record is shut away, or erased. */
  readonly title: string | null;
  readonly clocks: readonly Clock[];
}

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

/** Every clock that still has to be kept, of one room or of all. */
export async function runningClocks(
  deps: ReadDeps,
  at: number,
  room?: string,
): Promise<readonly RunningClocks[]> {
  const rows = await deps.db
    .selectFrom('incidents')
    .select('incident_json')
    .where('running', '=', 1)
    .$if(room !== undefined, (query) => query.where('room', '=', room ?? ''))
    .orderBy('opened_at')
    .execute();
  const incidents = rows.map(incidentOf);
  const titles = new Map((await briefsOf(deps, incidents, at)).map(({ id, title }) => [id, title]));
  return incidents.map((incident) => ({
    incident,
    title: titles.get(incident.id) ?? null,
    clocks: openClocks(incident, roomLimits(deps, incident.room), at),
  }));
}

/** As the pages of a room are told of them. */
export async function roomClocks(deps: ReadDeps, room: string, at: number): Promise<readonly RoomClock[]> {
  const running = await runningClocks(deps, at, room);
  return running.flatMap(({ incident: { id: incident, acknowledged }, title, clocks }) =>
    clocks.map(({ id: clock, what, dueAt }) => ({
      ...{ incident, title: title ?? '', clock, name: clockName(what), dueAt },
      heard: (['near', 'over'] as const).filter((alarm) => acknowledged[`${clock} ${alarm}`] !== undefined),
    })),
  );
}

/** As items that one shift hands to the next. */
export async function clockMatters(deps: ReadDeps, room: string, at: number): Promise<readonly string[]> {
  const running = await runningClocks(deps, at, room);
  return running.flatMap(({ incident, clocks }) => clocks.map((clock) => matterOf(incident, clock)));
}

/** All of one; undefined for an unknown id. */
export async function incidentView(
  deps: ReadDeps,
  id: string,
  at: number,
): Promise<StoredIncident | undefined> {
  const row = await deps.db
    .selectFrom('incidents')
    .select('incident_json')
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const incident = incidentOf(row);
  const [[brief], texts, record, offers, shutOnes] = await Promise.all([
    briefsOf(deps, [incident], at),
    textRows(deps, [id]),
    recordOf(deps, incident.record),
    offersOf(deps, incident),
    shutIncidents(deps, [incident]),
  ]);
  if (brief === undefined) return undefined;
  const shut = shutOnes.get(id) ?? null;
  const said = shut === null ? texts : [];
  const { room, closedByHand, furtherDueAt } = incident;
  return {
    ...brief,
    ...{ room, shut, closedByHand, furtherDueAt, offers, record },
    text: latestSaid(said)?.text ?? '',
    reports: incident.reports.map((report): ReportView => {
      const { to = '', receiver = '', signer = '', text = '' } = textOf(said, 'report-sent', report.id);
      const taken = texts.find((one) => one.kind === 'report-withdrawn' && one.ref === report.id);
      return {
        ...report,
        ...{ to, receiver, signer, text, by: writerOf(texts, 'report-sent', report.id) },
        title: titleAt(said, report.id),
        withdrawal:
          taken === undefined
            ? null
            : {
                at: taken.at,
                by: taken.by_name,
                reason: shut === null ? (readTexts(taken).reason ?? '') : '',
              },
      };
    }),
    inquiries: incident.inquiries.map((inquiry): InquiryView => {
      const { from = '', text = '' } = textOf(said, 'inquiry-received', inquiry.id);
      const answer =
        inquiry.answeredAt === null ? null : (textOf(said, 'inquiry-answered', inquiry.id).text ?? '');
      return { ...inquiry, from, text, answer, by: writerOf(texts, 'inquiry-answered', inquiry.id) };
    }),
    steps: texts.map((one) => ({
      ...{ at: one.at, kind: one.kind, ref: one.ref, by: one.by_name },
      reason: shut === null ? (readTexts(one).reason ?? null) : null,
    })),
  };
}

async function briefsOf(
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

async function offersOf(deps: ReadDeps, incident: Incident): Promise<readonly OfferedCall[]> {
  const used = new Set(incident.reports.flatMap(({ call, withdrawn }) => (withdrawn ? [] : (call ?? []))));
  const all = await callsToSuperiors(deps, incident.room, incident.receivedAt);
  const talks = all.filter(({ call }) => !used.has(call));
  if (talks.length === 0) return [];
  const rows = await deps.db
    .selectFrom('calls')
    .selectAll()
    .where(
      among(
        deps.dialect,
        'id',
        talks.map(({ call }) => call),
      ),
    )
    .execute();
  const views = new Map((await callViews(deps, rows)).map((view) => [view.id, view]));
  const inTime = new Set(
    provingCalls(incident, roomLimits(deps, incident.room), talks).map(({ call }) => call),
  );
  return talks.flatMap(({ call, number, unit, answeredAt }) => {
    const view = views.get(call);
    if (view === undefined || view.shut !== null) return [];
    const recording = view.recordings.find(({ part, state }) => part === 'talk' && state === 'attached');
    return [
      {
        ...{ call, number, unit, answeredAt, endedAt: view.endedAt, inTime: inTime.has(call) },
        recording: recording?.id ?? null,
      },
    ];
  });
}

async function recordOf(deps: ReadDeps, id: string | null) {
  if (id === null) return null;
  const row = await deps.db
    .selectFrom('records')
    .select(['id', 'number_text', 'call_id'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const isShut = (await shutAmong(deps, 'record_id', [id])).size > 0;
  const source = isShut ? '' : await sourceOf(deps, id);
  return { id, number: row.number_text, call: row.call_id, source };
}

/** `市应急管理局（马某）`, or what there is of it. */
async function sourceOf({ db }: ReadDeps, record: string): Promise<string> {
  const fields = await db
    .selectFrom('record_fields')
    .select(['field', 'value'])
    .where('record_id', '=', record)
    .where('field', 'in', ['callerUnit', 'callerName'])
    .execute();
  const [unit = '', person = ''] = ['callerUnit', 'callerName'].map(
    (name) => fields.find(({ field }) => field === name)?.value,
  );
  return unit !== '' && person !== '' ? `${unit}（${person}）` : `${unit}${person}`;
}

async function textRows(
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

function latestSaid(texts: readonly IncidentTextTable[]): IncidentTexts | null {
  const row = texts.findLast(({ kind }) => kind === 'incident-opened' || kind === 'incident-corrected');
  return row === undefined ? null : readTexts(row);
}

/** What it was called when a report was written down. */
function titleAt(texts: readonly IncidentTextTable[], report: string): string {
  const sent = texts.findIndex(({ kind, ref }) => kind === 'report-sent' && ref === report);
  return latestSaid(texts.slice(0, Math.max(0, sent)))?.title ?? '';
}

function textOf(texts: readonly IncidentTextTable[], kind: string, ref: string): IncidentTexts {
  const row = texts.find((one) => one.kind === kind && one.ref === ref);
  return row === undefined ? {} : readTexts(row);
}

function writerOf(texts: readonly IncidentTextTable[], kind: string, ref: string): string | null {
  return texts.find((one) => one.kind === kind && one.ref === ref)?.by_name ?? null;
}

function incidentOf({ incident_json }: { readonly incident_json: string }): Incident {
  return JSON.parse(incident_json) as Incident;
}
