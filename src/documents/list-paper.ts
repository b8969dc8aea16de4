/** A paper of tables, A4 across: 来电一览, 抽查结果, 检测记录. What stands on it; how it looks is for the print view and for Word. */

export interface ListPaper {
  readonly title: string;
  /** Above the first table: whose it is, and of when. */
  readonly head: { readonly room: string; readonly date: string };
  readonly tables: readonly ListTable[];
  readonly note: string;
}

export interface ListTable {
  /** Null: the only one of its paper. */
  readonly heading: string | null;
  /** `share` in percent of the paper. */
  readonly columns: readonly { readonly title: string; readonly share: number }[];
  readonly rows: readonly (readonly string[])[];
  /** Said in place of a table without rows; null: its head stands by itself. */
  readonly none: string | null;
}
