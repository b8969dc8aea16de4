/**
 * Page → service: every message, as types (D10). Parsed by `parse-client-message.ts` (zod, limits first). Bump PROTOCOL
 * when a message changes its meaning, in either direction: an older page is told to reload.
 */
import type { RecordCommand } from '../../records/command.ts';
import type { FieldName } from '../../records/field.ts';

export const PROTOCOL = 2;

export type ClientMessage =
  /** First message. `position` is the last one applied; null asks for a snapshot. */
  | {
      readonly type: 'hello';
      readonly protocol: number;
      readonly client: string;
      readonly position: number | null;
      /** The room to watch, for those without a seat (supervisors). Absent: the seat's room, else the account's own. */
      readonly room?: string | null;
    }
  | {
      readonly type: 'patch';
      readonly opId: string;
      readonly record: string;
      readonly field: FieldName;
      readonly base: number;
      readonly value: string;
    }
  /** Soft hold: sent on entering a field and with each live text; ends 10 s after the last one or by `release`. */
  | { readonly type: 'hold'; readonly record: string; readonly field: FieldName; readonly text: string }
  | { readonly type: 'release'; readonly record: string; readonly field: FieldName }
  /** 接过来写. */
  | { readonly type: 'take-over'; readonly record: string; readonly field: FieldName }
  /** As the store is asked; only a patch and an opening say less than that. */
  | Exclude<RecordCommand, { type: 'patch-field' | 'open-by-hand' }>
  /** 我来回拨. */
  | { readonly type: 'claim-callback'; readonly opId: string; readonly call: string }
  | {
      readonly type: 'give-up-callback';
      readonly opId: string;
      readonly call: string;
      readonly reason: string;
    }
  /** At a moment of the call, ms UTC. `note` is made by the client. */
  | {
      readonly type: 'add-note';
      readonly opId: string;
      readonly call: string;
      readonly note: string;
      readonly moment: number;
      readonly text: string;
    }
  | { readonly type: 'strike-note'; readonly opId: string; readonly call: string; readonly note: string }
  | { readonly type: 'open-by-hand'; readonly opId: string; readonly record: string }
  | { readonly type: 'take-seat'; readonly opId: string; readonly seat: string }
  /** 换人: the person of this seat changes by PIN. */
  | { readonly type: 'change-person'; readonly opId: string; readonly person: string; readonly pin: string }
  /** 模拟来电, demonstration PBX only. */
  | { readonly type: 'simulate-call'; readonly opId: string; readonly story: string }
  | { readonly type: 'ping'; readonly at: number };
