/**
 * How a room makes its 值班表: which shifts a day has, which posts a shift has, which holidays are coming. Role names differ from
 * place to place (带班领导, 县级值班领导, 值班长 …), so they are a dictionary of the room and only their kind is ours. Pure.
 */
import type { PatternPart } from './shift-pattern.ts';

/** What a role counts as: 带班, 值班 or 备班. */
export type PostKind = 'leader' | 'officer' | 'standby';

export interface DutyRole {
  readonly name: string;
  readonly kind: PostKind;
}

/** Days as `2026-10-01`, both included. */
export interface Holiday {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export interface RosterRules {
  readonly parts: readonly PatternPart[];
  readonly roles: readonly DutyRole[];
  readonly holidays: readonly Holiday[];
  /** Whom the roster is reported to: 市政府总值班室. Empty: not said. */
  readonly reportTo: string;
}

/** Before anybody edited them. */
export const FIRST_RULES: RosterRules = {
  parts: [
    { name: '白班', from: 8 * 60, to: 20 * 60 },
    { name: '夜班', from: 20 * 60, to: 8 * 60 },
  ],
  roles: [
    { name: '带班领导', kind: 'leader' },
    { name: '值班员', kind: 'officer' },
    { name: '备班', kind: 'standby' },
  ],
  holidays: [],
  reportTo: '',
};

export interface RosterFault {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

const MOST_PARTS = 6;
const MOST_ROLES = 12;
const MOST_HOLIDAYS = 60;
const LONGEST_NAME = 12;
const LONGEST_REPORT_TO = 60;
const LONGEST_HOLIDAY_DAYS = 31;

/** Brings typed rules to the form they are kept in, or says why they cannot be kept. */
export function readRosterRules(
  rules: RosterRules,
): { readonly ok: true; readonly rules: RosterRules } | { readonly ok: false; readonly fault: RosterFault } {
  const kept: RosterRules = {
    parts: rules.parts.map(({ name, from, to }) => ({ name: plain(name), from, to })),
    roles: rules.roles.map(({ name, kind }) => ({ name: plain(name), kind })),
    holidays: rules.holidays
      .map(({ name, from, to }) => ({ name: plain(name), from, to }))
      .toSorted((one, other) => (one.from < other.from ? -1 : Number(one.from > other.from))),
    reportTo: plain(rules.reportTo),
  };
  const fault = faultOf(kept);
  return fault === null ? { ok: true, rules: kept } : { ok: false, fault };
}

function faultOf({ parts, roles, holidays, reportTo }: RosterRules): RosterFault | null {
  const names = [...parts, ...roles, ...holidays].map(({ name }) => name);
  const isTooLong =
    parts.length > MOST_PARTS ||
    roles.length > MOST_ROLES ||
    holidays.length > MOST_HOLIDAYS ||
    names.some((name) => [...name].length > LONGEST_NAME) ||
    [...reportTo].length > LONGEST_REPORT_TO;
  if (isTooLong) return tooLong;
  if (names.includes('')) return nameless;
  if (parts.length === 0 || !parts.every(isOfADay) || repeats(parts.map((part) => `${part.from}-${part.to}`)))
    return badParts;
  if (repeats(parts.map(({ name }) => name)) || repeats(roles.map(({ name }) => name))) return twice;
  const kinds = roles.map(({ kind }) => kind);
  if (!kinds.includes('leader') || !kinds.includes('officer')) return noRoles;
  return holidays.every(isHoliday) ? null : badHoliday;
}

function isOfADay({ from, to }: PatternPart): boolean {
  return [from, to].every((minute) => Number.isInteger(minute) && minute >= 0 && minute < 1_440);
}

function isHoliday({ from, to }: Holiday): boolean {
  if (!isDay(from) || !isDay(to)) return false;
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  return days >= 1 && days <= LONGEST_HOLIDAY_DAYS;
}

/** `2026-02-28` is a day, `2026-02-30` is none. */
export function isDay(text: string): boolean {
  const at = /^20\d{2}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

function repeats(texts: readonly string[]): boolean {
  return new Set(texts).size < texts.length;
}

function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/\s/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
}

const tooLong: RosterFault = {
  code: 'roster-rules-too-long',
  zh: '班次最多 6 个，岗位最多 12 个，节假日最多 60 段，名称最多 12 字。',
  en: 'At most 6 shifts a day, 12 roles, 60 holidays; names of 12 characters.',
};
const nameless: RosterFault = {
  code: 'roster-rules-nameless',
  zh: '班次、岗位和节假日都要写明名称。',
  en: 'Every shift, role and holiday needs a name.',
};
const badParts: RosterFault = {
  code: 'roster-rules-parts',
  zh: '至少要有一个班次，起止时间写成 08:00 至 20:00，两个班次的起止不能完全相同。',
  en: 'There must be a shift, with times of a day; no two may have the same ones.',
};
const twice: RosterFault = {
  code: 'roster-rules-twice',
  zh: '班次或岗位的名称有重复，请改成不同的名称。',
  en: 'Two shifts or two roles have the same name.',
};
const noRoles: RosterFault = {
  code: 'roster-rules-roles',
  zh: '岗位中至少要有一个带班岗位和一个值班岗位。',
  en: 'There must be a role that leads and one that sits.',
};
const badHoliday: RosterFault = {
  code: 'roster-rules-holiday',
  zh: '节假日的日期请写成 2026-10-01，止不早于起，一段最多 31 天。',
  en: 'Write the days of a holiday as 2026-10-01; it ends after it begins and has 31 days at most.',
};
