/** The duty room as the page sees it: who is here, and whether anybody listens to its telephones. */
import type { Role } from '../../accounts/access.ts';
import type { KeyMap } from '../../keys/own-keys.ts';
import type { Refusal } from '../../records/command.ts';
import type { LineWatchView } from './watch-view.ts';

export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly title: string | null;
}

export interface RoomView {
  readonly id: string;
  readonly name: string;
  /** Title of the form: XXX人民政府值班室电话记录单. */
  readonly formTitle: string;
  readonly unit: string;
  readonly lines: readonly {
    readonly id: string;
    readonly number: string;
    readonly phones: readonly string[];
  }[];
  readonly seats: readonly {
    readonly id: string;
    readonly name: string;
    readonly phone: string | null;
    readonly person: PersonView | null;
  }[];
  readonly onDuty: { readonly leaders: readonly PersonView[]; readonly officers: readonly PersonView[] };
  readonly officers: readonly PersonView[];
  /** Holidays whose 值班表 was not reported upward, from fifteen days before. */
  readonly rosterDue: readonly RosterDueView[];
  /** 值班电话检测: what may be said of each line now. */
  readonly watch: readonly LineWatchView[];
  /** 时限 of 突发事件 that somebody still has to keep. */
  readonly clocks: readonly RoomClock[];
  /** 继续值守: nobody came to take over, and nobody has since; absent: the shift is in its people's hands. */
  readonly stayed?: { readonly at: number; readonly told: readonly PersonView[] };
}

/** Days as `2026-10-01`, moments in ms UTC: it is due at midnight five days before, and over with the holiday. */
export interface RosterDueView {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly dueAt: number;
  readonly overAt: number;
}

/** One clock of an incident. Phases follow from `dueAt` by themselves. */
export interface RoomClock {
  readonly incident: string;
  /** '' where it is shut away. */
  readonly title: string;
  readonly clock: string;
  /** 电话报告, 书面报告, 续报, 核实反馈. */
  readonly name: string;
  /** ms UTC; null: 第一时间. */
  readonly dueAt: number | null;
  /** Alarms that somebody has heard. */
  readonly heard: readonly ('near' | 'over')[];
}

export interface Me {
  readonly account: string;
  readonly name: string;
  readonly role: Role;
  readonly seat: string | null;
  readonly person: PersonView | null;
  /** What has been changed of the keys by the person who sits here, else by the account. */
  readonly keys: KeyMap;
}

/** State of one PBX connection or line as the strip and the chips show it. */
export interface LinkView {
  readonly pbx: string;
  /** What the office calls it. */
  readonly name: string;
  readonly state: 'up' | 'connecting' | 'down';
  readonly since: number;
  /** Why it is down or limited, in words a person can act on; null when all is well. */
  readonly reason: Refusal | null;
  /** pbxAt − receivedAt offset in ms; > 2 s is shown, > 30 s is a finding. Null before it was measured. */
  readonly offsetMs: number | null;
  /** What the service cannot do with the classes it was given. */
  readonly limits: readonly Refusal[];
  readonly quarantined: number;
}

/**
 * A stretch in which nobody listened. `missed` by CoreProcessedCalls (22), null when the PBX cannot say. `recovered` from the
 * history of the PBX, null when it keeps none or was not asked yet.
 */
export interface GapView {
  readonly id: string;
  readonly pbx: string;
  readonly from: number;
  readonly to: number | null;
  readonly missed: number | null;
  readonly recovered: number | null;
  readonly cause: string;
}
