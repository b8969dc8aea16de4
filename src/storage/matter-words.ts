/** 移交事项 as sentences for a paper, by what the tables know of each now. */
import { KIND_NAMES } from '../diagnosis/names.ts';
import { readNumber } from '../directory/number.ts';
import type { HandedMatter, OpenMatter } from '../duty/hand-over.ts';
import { type Clock, clocksOf, matterOf } from '../duty/incident-clock.ts';
import { clockName } from '../duty/incident-names.ts';
import { wallTextIn } from '../duty/time-zone.ts';
import { among } from './among.ts';
import { incidentsSince, roomLimits } from './incident-reads.ts';
import type { ReadDeps } from './read.ts';
import { shutAmong } from './shut-reads.ts';
import { tasksAmong } from './tasks.ts';

const MATTER_NAMES: Readonly<Record<OpenMatter['kind'], string>> = {
  draft: '草稿',
  callback: '待回拨',
  clock: '时限',
  finding: '检测发现',
  'missing-sound': '录音缺失',
  'emergency-undecided': '突发信息待定',
  task: '待办',
};

/** Of one room, in their order, as of `now` (ms UTC); one that was not handed over says so, with its reason. */
export async function matterWords(
  deps: ReadDeps,
  room: string,
  matters: readonly HandedMatter[],
  now: number,
): Promise<readonly string[]> {
  const clocks = matters.flatMap(({ kind, id }) => (kind === 'clock' ? id : []));
  const about = new Map([
    ...(await aboutAll(
      deps,
      matters.map(({ id }) => id),
    )),
    ...(clocks.length === 0 ? [] : await aboutClocks(deps, room, clocks, now)),
  ]);
  return matters.map(({ kind, id, handed, reason }) => {
    const what = about.get(id);
    const kept = handed ? '' : `（不移交：${reason ?? ''}）`;
    return `${MATTER_NAMES[kind]}${what === undefined ? '' : `：${what}`}${kept}`;
  });
}

/** 时限 by the id they were handed over with, also those that were kept since: a paper says for ever what it was about. */
async function aboutClocks(
  deps: ReadDeps,
  room: string,
  ids: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, string>> {
  const said = (title: string | null, what: Clock['what'], due: number | null) => {
    const until = due === null ? '' : `（${wallTextIn(deps.rules.timeZone, due)} 前）`;
    return `${title ?? ''} ${clockName(what)}${until}`.trim();
  };
  const limits = roomLimits(deps, room);
  const all = await incidentsSince(deps, room, 0, now);
  return new Map(
    all.flatMap(({ incident, title }) => {
      const further = `${incident.id}-further-`;
      return [
        // A 续报 that was sent has another time named since, or none.
        ...ids.flatMap((id): readonly (readonly [string, string])[] =>
          id.startsWith(further)
            ? [[id, said(title, { kind: 'further' }, Number(id.slice(further.length)))]]
            : [],
        ),
        ...clocksOf(incident, limits, now).map(
          (clock) => [matterOf(incident, clock), said(title, clock.what, clock.dueAt)] as const,
        ),
      ];
    }),
  );
}

/** Calls by time and number, forms by time and unit, findings by their line. */
async function aboutAll(deps: ReadDeps, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { db, dialect, rules } = deps;
  const [calls, records, findings, tasks, shut] = await Promise.all([
    db
      .selectFrom('calls')
      .select(['id', 'started_at', 'caller_number'])
      .where(among(dialect, 'id', ids))
      .execute(),
    db
      .selectFrom('records')
      .leftJoin('record_fields', (join) =>
        join.onRef('record_fields.record_id', '=', 'records.id').on('record_fields.field', '=', 'callerUnit'),
      )
      .leftJoin('calls', 'calls.id', 'records.call_id')
      .select([
        'records.id',
        'records.opened_at',
        'records.call_id',
        'record_fields.value',
        'calls.caller_number',
      ])
      .where(among(dialect, 'records.id', ids))
      .execute(),
    db
      .selectFrom('findings')
      .leftJoin('lines', 'lines.id', 'findings.line')
      .select(['findings.id', 'findings.kind', 'lines.number'])
      .where(among(dialect, 'findings.id', ids))
      .execute(),
    tasksAmong(deps, ids),
    shutAmong(deps, 'record_id', ids),
  ]);
  const at = (moment: number) => wallTextIn(rules.timeZone, moment);
  const from = (number: string | null) => `来电 ${readNumber(number, rules.areaCode).shown ?? '未显示号码'}`;
  return new Map([
    ...calls.map((row) => [row.id, `${at(row.started_at)} ${from(row.caller_number)}`] as const),
    ...records.map((row) => {
      const who = row.value || (row.call_id === null ? '' : from(row.caller_number));
      return [row.id, `${at(row.opened_at)} ${shut.has(row.id) ? '' : who}`.trim()] as const;
    }),
    ...tasks.map(
      ({ id, text, dueAt }) => [id, `${text}${dueAt === null ? '' : `（${at(dueAt)} 前）`}`] as const,
    ),
    ...findings.map(
      (row) =>
        [row.id, `值班电话 ${row.number ?? ''} ${KIND_NAMES[row.kind as keyof typeof KIND_NAMES]}`] as const,
    ),
  ]);
}
