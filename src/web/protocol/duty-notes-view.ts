/** 本班须知 as the page shows and prints it. */

/** Somebody on duty, with the telephone the roster has. */
export interface DutyPerson {
  readonly name: string;
  readonly title: string | null;
  readonly phone: string | null;
}

/** A shift; times are ms UTC, null where it has no end: a standing arrangement. */
export interface ShiftView {
  readonly from: number | null;
  readonly to: number | null;
  /** 白班, 夜班 …; empty: it has none. */
  readonly names: readonly string[];
  readonly leaders: readonly DutyPerson[];
  readonly officers: readonly DutyPerson[];
  /** 备班. */
  readonly standby: readonly DutyPerson[];
}

/** `Notes` is what the office typed. */
export interface DutyNotesView<Notes> {
  readonly room: string;
  /** Server time, ms UTC. */
  readonly at: number;
  /** Without what is shut away of them. */
  readonly notes: Notes;
  /** By part; `name` is that of `POST /api/shut`. */
  readonly shut: Readonly<
    Partial<Record<string, { readonly name: string; readonly state: 'isolated' | 'destroyed' }>>
  >;
  /** 0: never edited. */
  readonly version: number;
  readonly editedAt: number | null;
  readonly editedBy: string | null;
  readonly running: ShiftView;
  /** Null: the roster has none. */
  readonly next: ShiftView | null;
  readonly mayEdit: boolean;
  /** Holidays whose roster was not reported yet; days as `2026-10-01`. */
  readonly reportsDue: readonly {
    readonly name: string;
    readonly from: string;
    readonly to: string;
    readonly dueAt: number;
    readonly state: 'coming' | 'due' | 'late';
  }[];
}
