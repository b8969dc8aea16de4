/** An alert is kept before it is sent; each attempt says what it met. */
import type { AlertBody, AlertChannelName, AlertDeliveryView } from '../web/protocol/alert-view.ts';
import type { Desk } from './desk.ts';
import { DONE, type Outcome } from './outcome.ts';

export type AlertWork =
  | {
      readonly type: 'alert-raised';
      /** The same id a second time is the same alert. */
      readonly body: AlertBody;
      readonly room: string | null;
    }
  | {
      readonly type: 'alert-tried';
      readonly alert: string;
      readonly channel: AlertChannelName;
      readonly state: AlertDeliveryView['state'];
      /** Null: it was taken. */
      readonly answer: string | null;
      readonly at: number;
      /** When it is tried again, ms UTC. */
      readonly nextAt: number;
    };

/** A year of them is more than anybody looks back for; the audit trail is elsewhere. */
const KEPT_MS = 366 * 86_400_000;
const LONGEST_ANSWER = 200;

export async function writeAlert(desk: Desk, work: AlertWork): Promise<Outcome> {
  if (work.type === 'alert-tried') return tried(desk, work);
  await raiseAlert(desk, work.body, work.room);
  await forgetBefore(desk, work.body.at - KEPT_MS);
  return DONE;
}

/** Also from within the transaction of what it is about. */
export async function raiseAlert(
  { db }: Pick<Desk, 'db'>,
  body: AlertBody,
  room: string | null,
): Promise<void> {
  const { id, kind, at } = body;
  await db
    .insertInto('alerts')
    .values({ id, room, kind, at, body_json: JSON.stringify(body) })
    .onConflict((clash) => clash.column('id').doNothing())
    .execute();
}

async function tried({ db }: Desk, work: Extract<AlertWork, { type: 'alert-tried' }>): Promise<Outcome> {
  const { alert: alert_id, channel, state, at, nextAt: next_at } = work;
  const answer = work.answer?.slice(0, LONGEST_ANSWER).toWellFormed().replaceAll('\0', '\ufffd') ?? null;
  await db
    .insertInto('alert_deliveries')
    .values({ alert_id, channel, state, attempts: 1, first_at: at, tried_at: at, next_at, answer })
    .onConflict((clash) =>
      clash.columns(['alert_id', 'channel']).doUpdateSet((row) => ({
        state,
        attempts: row('alert_deliveries.attempts', '+', 1),
        tried_at: at,
        next_at,
        answer,
      })),
    )
    .execute();
  return DONE;
}

async function forgetBefore({ db }: Desk, at: number): Promise<void> {
  const old = db.selectFrom('alerts').select('id').where('at', '<', at);
  await db.deleteFrom('alert_deliveries').where('alert_id', 'in', old).execute();
  await db.deleteFrom('alerts').where('at', '<', at).execute();
}
