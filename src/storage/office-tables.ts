/** Tables of the office: units, rooms, lines, seats, people, whom a number belongs to, who is on duty. */

export interface UnitTable {
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
}

export interface RoomTable {
  readonly id: string;
  readonly unit: string;
  readonly name: string;
  readonly form_title: string;
}

export interface LineTable {
  readonly id: string;
  readonly room: string;
  readonly pbx: string;
  readonly number: string;
  readonly dids_json: string;
  readonly trunks_json: string;
  readonly phones_json: string;
  readonly recording: string;
}

export interface SeatTable {
  readonly id: string;
  readonly room: string;
  readonly name: string;
  readonly phone: string | null;
  readonly person: string | null;
  readonly person_since: number | null;
}

export interface PeopleTable {
  readonly id: string;
  readonly room: string;
  readonly name: string;
  readonly title: string | null;
  readonly phone: string | null;
  readonly pin_hash: string | null;
  /** A `KeyMap`; null: nothing changed. */
  readonly keys_json: string | null;
  /** 身份, a `Standing`; null: nobody has said. */
  readonly standing: string | null;
}

export interface DirectoryTable {
  readonly id: string;
  readonly number: string;
  readonly match_key: string;
  readonly unit: string | null;
  readonly person: string | null;
  readonly title: string | null;
  readonly class: string | null;
}

export interface RosterTable {
  readonly id: string;
  readonly room: string;
  readonly from_at: number | null;
  readonly to_at: number | null;
  readonly leaders_json: string;
  readonly officers_json: string;
  readonly name: string | null;
  readonly standby_json: string | null;
  /** Who has which role; null: it came from `office.yaml`. */
  readonly posts_json: string | null;
}
