/** Registered 电话记录单 as lines of a log: a call where it arrived, a form without a call where its time is. */
import { BEHIND_SEAL_MS, type Happening } from '../duty/shift-log.ts';
import { among } from './among.ts';
import type { ReadDeps } from './read.ts';
import type { LogWindow } from './shift-log-happenings.ts';
import { shutAmong } from './shut-reads.ts';

const REGISTERED = ['registered', 'in-hand', 'done'];
/** A line says what it was about; the whole text stands in the form. */
const LONGEST_CONTENT = 200;

interface RegisteredRow {
  readonly id: string;
  readonly direction: string;
  readonly number_text: string | null;
  readonly opened_at: number;
  readonly registered_at: number | null;
  readonly started_at: number | null;
}

export async function recordHappenings(deps: ReadDeps, window: LogWindow): Promise<readonly Happening[]> {
  const rows = await registeredRows(deps, window);
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const [fields, shut] = await Promise.all([
    deps.db
      .selectFrom('record_fields')
      .select(['record_id', 'field', 'value'])
      .where(among(deps.dialect, 'record_id', ids))
      .where('field', 'in', ['callTime', 'callerUnit', 'callerName', 'content'])
      .execute(),
    shutAmong(deps, 'record_id', ids),
  ]);
  const values = new Map(fields.map(({ record_id, field, value }) => [`${record_id} ${field}`, value]));
  return rows.map((row): Happening => {
    const value = (field: string) => values.get(`${row.id} ${field}`) ?? '';
    const knownAt = row.registered_at ?? row.opened_at;
    const typed = Number(value('callTime'));
    const at = row.started_at ?? Math.min(typed > 0 ? typed : row.opened_at, knownAt);
    const number = row.number_text === null ? '' : `（${row.number_text}）`;
    const text = shut.has(row.id) ? '内容已按规定隔离' : said(row.direction, value);
    return { kind: 'record', id: row.id, at, knownAt, text: `${text}${number}` };
  });
}

/** Those whose call arrived in the shift, those registered in it, and those without a call since it began. */
async function registeredRows({ db }: ReadDeps, window: LogWindow): Promise<readonly RegisteredRow[]> {
  const { room, from } = window;
  const to = window.to ?? Number.MAX_SAFE_INTEGER;
  const rows = () =>
    db
      .selectFrom('records')
      .leftJoin('calls', 'calls.id', 'records.call_id')
      .select([
        'records.id',
        'records.direction',
        'records.number_text',
        'records.opened_at',
        'records.registered_at',
        'calls.started_at',
      ])
      .where('records.room', '=', room)
      .where('records.state', 'in', REGISTERED);
  const found = await Promise.all([
    rows()
      .where('calls.room', '=', room)
      .where('calls.started_at', '>=', from)
      .where('calls.started_at', '<', to)
      .execute(),
    rows()
      .where('records.registered_at', '>=', from - BEHIND_SEAL_MS)
      .where('records.registered_at', '<', to)
      .execute(),
    rows().where('records.call_id', 'is', null).where('records.opened_at', '>=', from).execute(),
  ]);
  return [...new Map(found.flat().map((row) => [row.id, row])).values()];
}

function said(direction: string, value: (field: string) => string): string {
  const unspoken = (text: string) => (text === '未说明' ? '' : text);
  const who = `${unspoken(value('callerUnit'))}${unspoken(value('callerName'))}`;
  const content = [...value('content').replace(/\s+/g, ' ').trim()];
  const cut =
    content.length > LONGEST_CONTENT ? `${content.slice(0, LONGEST_CONTENT).join('')}…` : content.join('');
  return direction === 'outbound' ? `致电${who}：${cut}` : `${who === '' ? '来电' : `${who}来电`}：${cut}`;
}
