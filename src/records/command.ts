import type { EntryDraft } from './entry.ts';
import type { FieldName, NoRecordReason } from './field.ts';

/** Who asks. `person` is the officer at the seat (记录人), `account` the log-in; both null for the system itself. */
export interface Asker {
  readonly account: string | null;
  readonly person: string | null;
  readonly seat: string | null;
}

/**
 * What people ask of a phone record. `opId` is made by the client and unguessable; the same opId a second time answers as
 * the first did and changes nothing, so that a client may repeat after a lost network.
 */
export type RecordCommand =
  | {
      readonly type: 'patch-field';
      readonly opId: string;
      readonly record: string;
      readonly field: FieldName;
      /** Version of the field the writer saw. An older base by another hand is a conflict, never by the same client. */
      readonly base: number;
      readonly value: string;
      /** Session-independent id of the browser tab: patches of one client in order never conflict with each other. */
      readonly client: string;
    }
  /** A text that was given up for another's: it goes among the revisions, whatever of it was ever sent (D10). */
  | {
      readonly type: 'set-aside';
      readonly opId: string;
      readonly record: string;
      readonly field: FieldName;
      readonly value: string;
    }
  | { readonly type: 'register'; readonly opId: string; readonly record: string }
  | {
      readonly type: 'correct';
      readonly opId: string;
      readonly record: string;
      readonly field: FieldName;
      readonly value: string;
      readonly reason: string;
    }
  | {
      readonly type: 'mark-no-record';
      readonly opId: string;
      readonly record: string;
      readonly reason: NoRecordReason;
    }
  | { readonly type: 'void'; readonly opId: string; readonly record: string; readonly reason: string }
  | { readonly type: 'reopen'; readonly opId: string; readonly record: string }
  /** `entry` is made by the client, as a record's id is. */
  | {
      readonly type: 'add-entry';
      readonly opId: string;
      readonly record: string;
      readonly entry: string;
      readonly draft: EntryDraft;
    }
  | {
      readonly type: 'confirm-entry';
      readonly opId: string;
      readonly record: string;
      readonly entry: string;
    }
  | {
      readonly type: 'withdraw-entry';
      readonly opId: string;
      readonly record: string;
      readonly entry: string;
      readonly reason: string;
    }
  /** 归档 and back. */
  | { readonly type: 'archive'; readonly opId: string; readonly record: string; readonly archived: boolean }
  /** 关联前次 (续记); null: no longer. */
  | { readonly type: 'link'; readonly opId: string; readonly record: string; readonly to: string | null }
  /** 并入. */
  | { readonly type: 'merge'; readonly opId: string; readonly record: string; readonly into: string }
  /** 人工补记: a form without a call. */
  | { readonly type: 'open-by-hand'; readonly opId: string; readonly record: string; readonly room: string };

/** A refusal is a value: a stable code and a sentence for each language that says what happened and what to do. */
export interface Refusal {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** Fields the refusal is about, e.g. those still missing at registration. */
  readonly fields?: readonly FieldName[];
}
