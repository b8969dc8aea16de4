/** Tables of 值班表 beside `roster`, which holds what is published. */

/** Each edit is a version of its own. */
export interface RosterRulesTable {
  readonly room: string;
  readonly version: number;
  readonly rules_json: string;
  readonly at: number;
  readonly by_account: string | null;
  readonly by_name: string | null;
}

/** What is planned; it counts once it is published. */
export interface RosterPlanTable {
  readonly room: string;
  readonly from_at: number;
  readonly to_at: number;
  readonly name: string;
  readonly posts_json: string;
  readonly revision: number;
}

/** Every change that was ever made to a shift or to a person's 身份, appended once. */
export interface RosterChangeTable {
  readonly id: string;
  readonly room: string;
  readonly from_at: number | null;
  readonly to_at: number | null;
  readonly what: string;
  readonly before_json: string | null;
  readonly after_json: string | null;
  readonly at: number;
  readonly by_account: string | null;
  readonly by_name: string | null;
}

/** What stood published for these days at that moment, with names. */
export interface RosterPublicationTable {
  readonly id: string;
  readonly room: string;
  readonly from_day: string;
  readonly to_day: string;
  readonly shifts_json: string;
  /** Shifts that had changed. */
  readonly changed: number;
  readonly at: number;
  readonly by_account: string | null;
  readonly by_name: string | null;
}

export interface RosterReportTable {
  readonly id: string;
  readonly room: string;
  readonly from_day: string;
  readonly to_day: string;
  readonly reported_to: string;
  readonly way: string;
  readonly reported_at: number;
  readonly at: number;
  readonly by_account: string | null;
  readonly by_name: string | null;
}

export interface RosterSwapTable {
  readonly id: string;
  readonly room: string;
  readonly from_at: number;
  readonly to_at: number;
  readonly giver: string;
  readonly taker: string;
  readonly back_from: number | null;
  readonly back_to: number | null;
  readonly reason: string;
  readonly state: string;
  readonly asked_at: number;
  readonly asked_by: string | null;
  readonly answered_at: number | null;
  readonly answered_by: string | null;
  readonly answer: string | null;
}
