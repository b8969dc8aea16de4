/** One 突发事件 with all that was said of it. */
import { answerOf, type Incident } from '../duty/incident.ts';
import { provingCalls } from '../duty/incident-clock.ts';
import type { IncidentView, InquiryView, OfferedCall, ReportView } from '../duty/incident-view.ts';
import { among } from './among.ts';
import { callViews } from './call-views.ts';
import { briefsOf, incidentOf, latestSaid, roomLimits, textRows } from './incident-reads.ts';
import type { IncidentTextTable } from './incident-tables.ts';
import { type IncidentTexts, readTexts } from './incident-texts.ts';
import { linkableCalls } from './linkable-calls.ts';
import type { ReadDeps } from './read.ts';
import { callsToSuperiors } from './reporting-calls.ts';
import { shutAmong, shutIncidents } from './shut-reads.ts';

export type StoredIncident = Omit<IncidentView, 'at' | 'mayWrite'>;

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
  const [[brief], texts, record, offers, talks, shutOnes] = await Promise.all([
    briefsOf(deps, [incident], at),
    textRows(deps, [id]),
    recordOf(deps, incident.record),
    offersOf(deps, incident),
    linkableCalls(deps, incident),
    shutIncidents(deps, [incident]),
  ]);
  if (brief === undefined) return undefined;
  const shut = shutOnes.get(id) ?? null;
  const said = shut === null ? texts : [];
  const { room, closedByHand, furtherDueAt } = incident;
  return {
    ...brief,
    ...{ room, shut, closedByHand, furtherDueAt, offers, talks, record },
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
      const answeredAt = answerOf(incident, inquiry);
      const answer = answeredAt === null ? null : (textOf(said, 'inquiry-answered', inquiry.id).text ?? '');
      const first = incident.reports.find(
        ({ inquiry: of, withdrawn, sentAt }) => of === inquiry.id && !withdrawn && sentAt === answeredAt,
      );
      const by =
        first === undefined
          ? writerOf(texts, 'inquiry-answered', inquiry.id)
          : writerOf(texts, 'report-sent', first.id);
      return { ...inquiry, answeredAt, from, text, answer, by };
    }),
    steps: texts.map((one) => ({
      ...{ at: one.at, kind: one.kind, ref: one.ref, by: one.by_name },
      reason: shut === null ? (readTexts(one).reason ?? null) : null,
    })),
  };
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
