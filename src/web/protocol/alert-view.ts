/** Alerts that leave the office's house by webhook or e-mail, and what came of each. */

/** What a receiver gets; never a caller's words. */
export interface AlertBody {
  readonly id: string;
  readonly kind: string;
  /** Null: it is about no PBX. */
  readonly pbx: string | null;
  /** Since when it is (or until now was) so, ms UTC. */
  readonly since: number;
  readonly at: number;
  readonly zh: string;
  readonly en: string;
}

export type AlertChannelName = 'webhook' | 'mail';

/** One line of the delivery log. */
export interface AlertView {
  readonly id: string;
  readonly kind: string;
  readonly at: number;
  readonly zh: string;
  readonly deliveries: readonly AlertDeliveryView[];
}

export interface AlertDeliveryView {
  readonly channel: AlertChannelName;
  readonly state: 'waiting' | 'delivered' | 'given-up';
  readonly attempts: number;
  readonly triedAt: number;
  /** What the last attempt met; null: it was taken. */
  readonly answer: string | null;
}

/** How a channel fares now. */
export interface ChannelView {
  readonly channel: AlertChannelName;
  /** Alerts it has not taken yet. */
  readonly waiting: number;
  /** Since when the alert in front has been refused, ms UTC; null: nothing is. */
  readonly failingSince: number | null;
  readonly answer: string | null;
}

/** A receiver is tried for so long, ms: an alert that is older is no news, the one after it is. */
export const ALERT_TRIED_FOR_MS = 24 * 3_600_000;
