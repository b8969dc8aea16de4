/** Alerts to the outside. */
import type { AlertBody, AlertChannelName, AlertView, ChannelView } from '../../web/protocol/alert-view.ts';
import { alertLog, channelStanding, nextAlert } from '../alert-reads.ts';
import type { ReadDeps } from '../read.ts';

export interface StoredAlerts {
  /** The oldest raised since `since` (integer ms UTC) that this receiver has not taken. */
  nextAlert(channel: AlertChannelName, since: number): Promise<NextAlert | undefined>;
  channelStanding(channel: AlertChannelName, since: number): Promise<ChannelView>;
  /** Of these rooms and, with `all`, of the installation; the newest first. */
  alertLog(rooms: readonly string[], all: boolean, limit: number): Promise<readonly AlertView[]>;
}

export interface NextAlert {
  readonly body: AlertBody;
  /** Attempts that failed so far. */
  readonly attempts: number;
  /** Not before, integer ms UTC; 0: at once. */
  readonly nextAt: number;
}

export function storedAlerts(deps: ReadDeps): StoredAlerts {
  return {
    nextAlert: (channel, since) => nextAlert(deps, channel, since),
    channelStanding: (channel, since) => channelStanding(deps, channel, since),
    alertLog: (rooms, all, limit) => alertLog(deps, rooms, all, limit),
  };
}
