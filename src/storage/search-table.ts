/** The narrow row of a record by which the list is filtered; a fold of records, calls, recordings and what is shut. */
export interface SearchDocTable {
  /** Place in the list: the second of 来电时间 and a count, so that newest first is highest first (`doc-number.ts`). */
  readonly doc: number;
  readonly record_id: string;
  readonly room: string;
  readonly direction: string;
  readonly state: string;
  /** Empty where there is none, as in `recorder` and `outcome`. */
  readonly category: string;
  readonly recorder: string;
  readonly archived: number;
  /** By which the same number is found again. */
  readonly caller_key: string | null;
  readonly call_id: string | null;
  readonly outcome: string;
  /** A recording lies in our folder. */
  readonly sound: number;
  /** 评议: the mark that counts, or `none`. */
  readonly review: string;
}
