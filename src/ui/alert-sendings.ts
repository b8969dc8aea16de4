/** What became of one alert at each receiver. Pure; times are integer ms UTC. */
import {
  ALERT_TRIED_FOR_MS,
  type AlertChannelName,
  type AlertDeliveryView,
  type AlertView,
  type ChannelView,
} from '../web/protocol/alert-view.ts';

export type Sending =
  | AlertDeliveryView
  /** Behind others that the receiver has not taken: alerts go in their order, and nothing is kept before the first attempt. */
  | { readonly channel: AlertChannelName; readonly state: 'queued' };

/** Empty: it went to nobody, and will not. */
export function sendingsOf(
  { at, deliveries }: Pick<AlertView, 'at' | 'deliveries'>,
  channels: readonly Pick<ChannelView, 'channel'>[],
  now: number,
): readonly Sending[] {
  if (now - at > ALERT_TRIED_FOR_MS) return deliveries;
  const untried = channels.filter(({ channel }) => deliveries.every((one) => one.channel !== channel));
  return [...deliveries, ...untried.map(({ channel }) => ({ channel, state: 'queued' }) as const)];
}
