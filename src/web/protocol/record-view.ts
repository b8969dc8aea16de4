/** A 电话记录单 as the page sees it, and who is writing in it. */
import type { Direction } from '../../calls/call-summary.ts';
import type { AttachmentType } from '../../records/attachment.ts';
import type { EntryDraft } from '../../records/entry.ts';
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
  /** 办理经过, in the order it was written; struck entries stay. */
  readonly entries: readonly EntryView[];
  /** 附件, in the order they came; removed ones stay with their reason. */
  readonly attachments: readonly AttachmentView[];
  /** 归档. */
  readonly archivedAt: number | null;
  /** The earlier record whose matter goes on here (续记). */
  readonly linkedTo: string | null;
  readonly mergedInto: string | null;
  /** Of 突发信息: 转突发事件 (which), or 不需上报 (null); null: nobody has said. */
  readonly emergency: { readonly incident: string | null } | null;
  /** 涉密误录处置: its texts are shut away (all fields come empty), or gone for ever. */
  readonly shut: 'isolated' | 'destroyed' | null;
}

/** 附件: `type` by content; the name is safe to show and to save under. */
export interface AttachmentView {
  readonly id: string;
  readonly name: string;
  readonly type: AttachmentType;
  readonly bytes: number;
  readonly sha256: string;
  readonly at: number;
  readonly by: string | null;
  readonly removed: { readonly at: number; readonly by: string; readonly reason: string } | null;
}

/** People by the names they had. */
export interface EntryView extends EntryDraft {
  readonly id: string;
  readonly at: number;
  /** 转录人. */
  readonly by: string | null;
  readonly confirmed: { readonly at: number; readonly by: string } | null;
  readonly withdrawn: { readonly at: number; readonly by: string; readonly reason: string } | null;
}

/** One text that stood in a field, or that was typed and lost a conflict. */
export interface RevisionView {
  readonly field: FieldName;
  readonly kind: 'prefilled' | 'typed' | 'lost' | 'corrected';
  /** Null once erased. */
  readonly value: string | null;
  readonly reason: string | null;
  readonly by: string | null;
  readonly at: number;
}

export interface HoldView {
  readonly record: string;
  readonly field: FieldName;
  readonly person: string;
  readonly client: string;
  readonly text: string;
}
