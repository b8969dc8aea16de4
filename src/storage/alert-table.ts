/** Alerts, and what came of each at every receiver: what is to be sent and the log of it are the same rows. */

export interface AlertTable {
  readonly id: string;
  /** Whose room it is about; null: the installation. */
  readonly room: string | null;
  readonly kind: string;
  readonly at: number;
  /** `AlertBody`. */
  readonly body_json: string;
}

/** Written with the first attempt. */
export interface AlertDeliveryTable {
  readonly alert_id: string;
  readonly channel: string;
  readonly state: string;
  readonly attempts: number;
  readonly first_at: number;
  readonly tried_at: number;
  /** Not before, ms UTC. */
  readonly next_at: number;
  readonly answer: string | null;
}
