/** 交接班 as rows. */
export interface HandOverTable {
  readonly id: string;
  readonly room: string;
  readonly begun_at: number;
  readonly state: string;
  /** A `HandOver`. Its reasons are free text and erasable (D11). */
  readonly hand_over_json: string;
  /** Who may sign as 交班人, as it was known at its beginning. */
  readonly on_duty_json: string;
  readonly closed_at: number | null;
  /** With it a reason is digested. */
  readonly salt: string;
  /** What is sealed: the hand-over with a salted digest in place of each reason; null while it is open. */
  readonly sealed_json: string | null;
  /** Digest of the sealed one before it in this room; null while it is open, and of the first. */
  readonly previous: string | null;
  /** Of `previous` and `sealed_json`; null while it is open. */
  readonly digest: string | null;
}
