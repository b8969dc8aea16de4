/** A 电话记录单 as the page sees it, and who is writing in it. */
import type { Direction } from '../../calls/call-summary.ts';
import type { FieldName, NoRecordReason, RecordState } from '../../records/field.ts';

export interface FieldView {
  readonly value: string;
  readonly version: number;
  /** Name of the person who wrote it; null when filled by the system. */
  readonly by: string | null;
  readonly at: number;
}

export interface RecordView {
  readonly id: string;
  readonly room: string;
  readonly call: string | null;
  readonly direction: Direction;
  readonly state: RecordState;
  /** `值电〔2026〕1号` once registered. */
  readonly number: string | null;
  readonly registeredAt: number | null;
  readonly openedAt: number;
  readonly updatedAt: number;
  readonly byHand: boolean;
  readonly noRecordReason: NoRecordReason | null;
  readonly voidReason: string | null;
  readonly fields: Readonly<Record<FieldName, FieldView>>;
  readonly corrections: readonly {
    readonly at: number;
    readonly by: string;
    readonly field: FieldName;
    readonly from: string;
    readonly to: string;
    readonly reason: string;
  }[];
  /** 涉密误录处置: its texts are shut away (all fields come empty), or gone for ever. */
  readonly shut: 'isolated' | 'destroyed' | null;
}

export interface HoldView {
  readonly record: string;
  readonly field: FieldName;
  readonly person: string;
  readonly client: string;
  readonly text: string;
}
