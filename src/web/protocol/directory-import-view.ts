/** What a file would bring into 通讯录; nothing of it is written yet. */
import type { ContactView } from './directory-view.ts';

export interface ImportPreview {
  readonly columns: readonly { readonly heading: string; readonly as: string }[];
  readonly ignored: readonly string[];
  readonly rows: readonly {
    readonly row: number;
    readonly contact: ContactView & { readonly number: string };
    /** Entries of the same number that stand. */
    readonly standing: readonly (ContactView & { readonly number: string })[];
  }[];
  readonly troubles: readonly {
    readonly row: number;
    readonly column: string;
    readonly text: string;
    readonly zh: string;
  }[];
}
