/** The table of files that belong to no call (无主录音). */
export interface StrayRecordingTable {
  readonly id: string;
  readonly pbx: string;
  readonly path: string;
  readonly bytes: number;
  readonly modified_at: number;
  readonly first_seen_at: number;
  readonly last_seen_at: number;
  readonly state: StrayState;
  readonly recording: string | null;
  readonly by_person: string | null;
  readonly decided_at: number | null;
  readonly reason: string | null;
  readonly suggestion_json: string;
}

/** 'gone': the file is not there any more, or the matcher has found its call since. */
export type StrayState = 'open' | 'attached' | 'ignored' | 'gone';
