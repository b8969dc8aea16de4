import type { Contact } from '../directory/contact.ts';
import type { DutyLine } from '../lines/duty-line.ts';
import type { Shift } from './roster.ts';
import type { Standing } from './standing.ts';

/** 单位: offices form a tree (市 → 县区 → 乡镇/部门). */
export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
}

/** 值班室: the place with shifts, seats and duty lines. */
export interface Room {
  readonly id: string;
  readonly unit: string;
  readonly name: string;
  /** As printed on top of the form: XXX人民政府值班室电话记录单. */
  readonly formTitle: string;
}

/** 坐席: one browser and the phone beside it. */
export interface Seat {
  readonly id: string;
  readonly room: string;
  readonly name: string;
  /** Endpoint of the phone beside it, `PJSIP/1001`; null for a seat without a phone. */
  readonly phone: string | null;
}

export interface Person {
  readonly id: string;
  readonly room: string;
  readonly name: string;
  readonly title: string | null;
  /** 联系电话 as it is printed beside 记录人; null lets the form show the line's own number. */
  readonly phone: string | null;
  /** 身份; null or absent: not said here. It is changed on the page 值班表. */
  readonly standing?: Standing | null;
}

/** A duty line and the PBX it hangs on. */
export interface OfficeLine extends DutyLine {
  readonly pbx: string;
}

/** What `config/office.yaml` holds and `dutyline office export` writes. */
export interface Office {
  readonly units: readonly Unit[];
  readonly rooms: readonly Room[];
  readonly lines: readonly OfficeLine[];
  readonly seats: readonly Seat[];
  readonly people: readonly Person[];
  readonly directory: readonly Contact[];
  readonly shifts: readonly Shift[];
}
