/** Alerts: which is next for a receiver, how the receivers fare, and the log that people read. */
import type {
  AlertBody,
  AlertChannelName,
  AlertDeliveryView,
  AlertView,
  ChannelView,
} from '../web/protocol/alert-view.ts';
import { among } from './among.ts';
import type { ReadDeps } from './read.ts';
import type { NextAlert } from './store/alerts.ts';

/** The oldest that the receiver has not taken, of those raised since `since` (integer ms UTC). */
export async function nextAlert(
  { db }: ReadDeps,
  channel: AlertChannelName,
  since: number,
): Promise<NextAlert | undefined> {
  const row = await open(db, channel, since)
    .select(['alerts.body_json', 'alert_deliveries.attempts', 'alert_deliveries.next_at'])
    .orderBy('alerts.at')
    .orderBy('alerts.id')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const body = JSON.parse(row.body_json) as AlertBody;
  return { body, attempts: row.attempts ?? 0, nextAt: row.next_at ?? 0 };
}

export async function channelStanding(
  { db }: ReadDeps,
  channel: AlertChannelName,
  since: number,
): Promise<ChannelView> {
  const rows = await open(db, channel, since)
    .select(['alert_deliveries.first_at', 'alert_deliveries.answer'])
    .orderBy('alerts.at')
    .orderBy('alerts.id')
    .execute();
  const refused = rows.find((row) => row.first_at !== null);
  return {
    channel,
    waiting: rows.length,
    failingSince: refused?.first_at ?? null,
    answer: refused?.answer ?? null,
  };
}

/** Of these rooms and, with `all`, of the installation; the newest first. */
export async function alertLog(
  { db, dialect }: ReadDeps,
  rooms: readonly string[],
  all: boolean,
  limit: number,
): Promise<readonly AlertView[]> {
  const rows = await db
    .selectFrom('alerts')
    .selectAll()
    .where((row) => row.or([among(dialect, 'room', rooms), ...(all ? [row('room', 'is', null)] : [])]))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  const ids = rows.map((row) => row.id);
  const deliveries = await db
    .selectFrom('alert_deliveries')
    .selectAll()
    .where(among(dialect, 'alert_id', ids))
    .orderBy('channel')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    at: row.at,
    zh: (JSON.parse(row.body_json) as AlertBody).zh,
    deliveries: deliveries
      .filter((one) => one.alert_id === row.id)
      .map((one) => ({
        channel: one.channel as AlertChannelName,
        state: one.state as AlertDeliveryView['state'],
        attempts: one.attempts,
        triedAt: one.tried_at,
        answer: one.answer,
      })),
  }));
}

function open(db: ReadDeps['db'], channel: AlertChannelName, since: number) {
  return db
    .selectFrom('alerts')
    .leftJoin('alert_deliveries', (join) =>
      join.onRef('alert_deliveries.alert_id', '=', 'alerts.id').on('alert_deliveries.channel', '=', channel),
    )
    .where('alerts.at', '>=', since)
    .where((row) =>
      row.or([row('alert_deliveries.state', 'is', null), row('alert_deliveries.state', '=', 'waiting')]),
    );
}
