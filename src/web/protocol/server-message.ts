/** Service → page: every message, as types (D10). The page trusts the service and checks nothing. */
import type { AttachmentLimits } from '../../records/attachment.ts';
import type { Refusal } from '../../records/command.ts';
import type { FieldName } from '../../records/field.ts';
import type { CallView } from './call-view.ts';
import type { LockView, SignedNote } from './lock-view.ts';
import type { FieldView, HoldView, RecordView } from './record-view.ts';
import type { GapView, LinkView, Me, RoomView } from './room-view.ts';

export interface Snapshot {
  readonly type: 'snapshot';
  readonly position: number;
  readonly serverTime: number;
  readonly me: Me;
  readonly demo: boolean;
  /** Served over plain HTTP by an explicit key: shown red. */
  readonly insecure: boolean;
  /** The form offers the items of practice (rules.practiceFields). */
  readonly practiceFields: boolean;
  /** Without a key for so long the screen is locked; 0: never by itself (rules.lockAfter). */
  readonly lockAfterMs: number;
  readonly attachments: AttachmentLimits;
  readonly room: RoomView;
  readonly links: readonly LinkView[];
  readonly gaps: readonly GapView[];
  /** Today's calls and every call that still lives. */
  readonly calls: readonly CallView[];
  /** Open drafts, and the records of the calls above. */
  readonly records: readonly RecordView[];
  readonly holds: readonly HoldView[];
  readonly stories: readonly { readonly id: string; readonly title: string }[];
}

export type Change =
  | { readonly entity: 'call'; readonly view: CallView }
  | { readonly entity: 'record'; readonly view: RecordView }
  | { readonly entity: 'link'; readonly view: LinkView }
  | { readonly entity: 'gap'; readonly view: GapView }
  | { readonly entity: 'room'; readonly view: RoomView };

export type ServerMessage =
  | Snapshot
  /** Whole new views of what changed: applying one twice does no harm. */
  | {
      readonly type: 'delta';
      readonly position: number;
      readonly serverTime: number;
      readonly changes: readonly Change[];
    }
  /** The patch or command is durable. `version` is the field's new version for patches. */
  | {
      readonly type: 'accepted';
      readonly opId: string;
      readonly position: number;
      readonly version: number | null;
    }
  | { readonly type: 'refused'; readonly opId: string | null; readonly refusal: Refusal }
  /** Two hands wrote one field: both values, shown inside the field. */
  | {
      readonly type: 'conflict';
      readonly opId: string;
      readonly record: string;
      readonly field: FieldName;
      readonly current: FieldView;
      readonly yours: string;
    }
  | { readonly type: 'hold'; readonly hold: HoldView }
  | {
      readonly type: 'released';
      readonly record: string;
      readonly field: FieldName;
      readonly takenOverBy: string | null;
    }
  | { readonly type: 'me'; readonly me: Me }
  /** 锁屏待接: instead of everything above. Again whenever what it shows has changed. */
  | { readonly type: 'locked'; readonly view: LockView; readonly serverTime: number }
  /** Somebody has said who he is: say hello again. */
  | { readonly type: 'unlocked' }
  /** 先记后登: what was written before has been put where it belongs. */
  | { readonly type: 'signed'; readonly signed: readonly SignedNote[] }
  /** The page is older than the service, or the session ended. */
  | { readonly type: 'reload' }
  | { readonly type: 'logged-out'; readonly refusal: Refusal }
  | { readonly type: 'pong'; readonly at: number; readonly serverTime: number };
