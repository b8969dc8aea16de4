/** What of a record goes on paper, and how the paper is asked for. */
import type { Direction } from '../calls/call-summary.ts';
import type { EntryKind, Way } from './entry.ts';
import type { FieldName, RecordState } from './field.ts';
import type { FormKind } from './paper.ts';

/** What of a record goes on paper; a `RecordView` is one. Times are ms UTC. */
export interface FormSource {
  readonly direction: Direction;
  readonly state: RecordState;
  readonly number: string | null;
  readonly openedAt: number;
  readonly voidReason: string | null;
  readonly archivedAt: number | null;
  readonly fields: Readonly<Record<FieldName, { readonly value: string }>>;
  readonly entries: readonly {
    readonly kind: EntryKind;
    readonly who: string;
    readonly text: string;
    readonly way: Way | null;
    readonly happenedAt: number | null;
    readonly dueAt: number | null;
    readonly at: number;
    readonly by: string | null;
    readonly confirmed: { readonly at: number; readonly by: string } | null;
    readonly withdrawn: { readonly by: string; readonly reason: string } | null;
  }[];
  readonly attachments: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly removed: unknown;
  }[];
  readonly corrections: readonly {
    readonly at: number;
    readonly by: string;
    readonly field: FieldName;
    readonly from: string;
    readonly to: string;
    readonly reason: string;
  }[];
}

export interface PaperSetting {
  readonly form: FormKind;
  /** 领导批示 as an empty column (完整版 only). */
  readonly column: boolean;
  readonly room: { readonly name: string; readonly formTitle: string };
  /** How far the office's clock is ahead of UTC at a moment, both in ms. */
  readonly offset: (at: number) => number;
}

/** A recording that belongs to the record. */
export interface PaperSound {
  readonly seconds: number | null;
  readonly sha256: string | null;
}
