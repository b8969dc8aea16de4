/** 突发事件 as rows. */

/** A fold of the facts of the stream `incident`. */
export interface IncidentTable {
  readonly id: string;
  readonly room: string;
  readonly record_id: string | null;
  readonly opened_at: number;
  readonly closed_at: number | null;
  /** 1: a clock of it still has to be kept. */
  readonly running: number;
  /** The folded `Incident`. */
  readonly incident_json: string;
}

/** What became of a 突发信息; a fold too, of the streams `incident` and `emergency`. */
export interface EmergencyDecisionTable {
  readonly record_id: string;
  /** `incident` or `not-reportable`. */
  readonly decision: string;
  readonly incident_id: string | null;
  readonly at: number;
}

/** What was written with each fact: free text, erasable (D11). The facts have a salted digest of it. */
export interface IncidentTextTable {
  readonly id: string;
  /** The incident; of 不需上报 the record. */
  readonly subject_id: string;
  /** Of the fact. */
  readonly kind: string;
  /** The report, inquiry or clock it is about. */
  readonly ref: string | null;
  /** `IncidentTexts`; `{}` once erased. */
  readonly texts_json: string;
  readonly salt: string;
  readonly by_person: string | null;
  readonly by_name: string | null;
  readonly at: number;
}
