/** The rules of a roster as they are typed: times and days are text until they are saved. Pure. */
import type { DutyRole, Holiday, RosterRules } from '../../duty/roster-rules.ts';

export interface PartDraft {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export interface RulesDraft {
  readonly parts: readonly PartDraft[];
  readonly roles: readonly DutyRole[];
  readonly holidays: readonly Holiday[];
  readonly reportTo: string;
}

const two = (value: number): string => String(value).padStart(2, '0');

export function rulesDraft(rules: RosterRules): RulesDraft {
  const clock = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  return {
    ...rules,
    parts: rules.parts.map(({ name, from, to }) => ({ name, from: clock(from), to: clock(to) })),
  };
}

/** What was typed; null when a time cannot be read. Lines without anything are left out. */
export function rulesOfDraft(draft: RulesDraft): RosterRules | null {
  const parts = draft.parts
    .filter(({ name, from, to }) => name.trim() + from.trim() + to.trim() !== '')
    .map(({ name, from, to }) => ({ name, from: minuteOf(from), to: minuteOf(to) }));
  if (parts.some(({ from, to }) => from === null || to === null)) return null;
  return {
    parts: parts.map(({ name, from, to }) => ({ name, from: from ?? 0, to: to ?? 0 })),
    roles: draft.roles.filter(({ name }) => name.trim() !== ''),
    holidays: draft.holidays
      .map(({ name, from, to }) => ({ name, from: dayText(from), to: dayText(to) }))
      .filter(({ name, from, to }) => name.trim() + from + to !== ''),
    reportTo: draft.reportTo,
  };
}

/** `8:00`, `08：00`, `24:00`; minutes after midnight. */
function minuteOf(text: string): number | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text.normalize('NFKC').trim());
  const minutes = match === null ? Number.NaN : Number(match[1]) * 60 + Number(match[2]);
  return Number(match?.[2]) < 60 && minutes <= 1_440 ? minutes % 1_440 : null;
}

/** `2026年10月1日` and `2026.10.1` as `2026-10-01`; what is no day stays as it is, and the service says so. */
function dayText(text: string): string {
  const match = /^(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?$/.exec(text.normalize('NFKC').trim());
  return match === null ? text.trim() : `${match[1]}-${two(Number(match[2]))}-${two(Number(match[3]))}`;
}
