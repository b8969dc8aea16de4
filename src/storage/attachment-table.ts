/** 附件 of a record. The name and the reason of a removal are erasable; kind, length and digest may be kept for ever. */
export interface AttachmentTable {
  readonly id: string;
  /** Made by the client: a repeated upload finds the first one. */
  readonly op_id: string;
  readonly record_id: string;
  /** Null once destroyed. */
  readonly name: string | null;
  readonly kind: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Relative to the recordings folder. */
  readonly file: string;
  readonly begun_at: number;
  /** Null: its file was never kept whole; nobody sees it. */
  readonly kept_at: number | null;
  readonly by_account: string | null;
  readonly by_person: string | null;
  readonly by_name: string | null;
  readonly removed_at: number | null;
  readonly removed_by_name: string | null;
  readonly removed_reason: string | null;
}
