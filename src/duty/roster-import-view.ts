/** A file for 值班表: what was understood and what not. Nothing is written yet. */
import type { Post } from './roster-plan.ts';

export interface RosterImportShift {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly day: string;
  readonly posts: readonly Post[];
  /** As it is planned now. */
  readonly before: readonly Post[];
  /** To be sent back with it. */
  readonly base: number;
  /** Rows of the file, from 1. */
  readonly rows: readonly number[];
}

export interface RosterImportPreview {
  readonly columns: readonly { readonly heading: string; readonly as: string }[];
  readonly ignored: readonly string[];
  readonly troubles: readonly {
    readonly row: number;
    readonly column: string;
    readonly text: string;
    readonly zh: string;
  }[];
  readonly shifts: readonly RosterImportShift[];
}
