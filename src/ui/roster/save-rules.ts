/**
 * 班次与节假日 are saved with one press, also when somebody else saved others meanwhile: what nobody here touched becomes theirs. Where
 * both changed the same part it is said which, and the next press is meant.
 */
import type { RosterState } from './roster-api.ts';
import { type RulesDraft, rulesDraft, rulesOfDraft } from './rules-draft.ts';
import { rosterWords as say } from './words.ts';

export interface RulesEdit {
  readonly draft: RulesDraft;
  /** As they were read. */
  readonly seen: RulesDraft;
  /** The version that was read. */
  readonly base: number;
}

const PARTS = ['parts', 'roles', 'holidays', 'reportTo'] as const;

/** Null: saved. Else why not, and what the next press goes on from. `days`: what to read of the roster, to learn of others' rules. */
export async function saveRules(
  desk: Pick<RosterState, 'send' | 'read'>,
  days: { readonly from: string; readonly days: number },
  edit: RulesEdit,
  isAgain = false,
): Promise<{ readonly said: string; readonly next: RulesEdit } | null> {
  const rules = rulesOfDraft(edit.draft);
  if (rules === null) return { said: say.badRules, next: edit };
  const refused = await desk.send('rules', { base: edit.base, rules });
  if (refused === null) return null;
  const fresh = await desk.read(days.from, days.days);
  if (typeof fresh === 'string' || fresh.rulesVersion === edit.base) return { said: refused, next: edit };
  const theirs = rulesDraft(fresh.rules);
  const next = { draft: overTheirs(edit, theirs), seen: theirs, base: fresh.rulesVersion };
  const both = changedByBoth(edit, theirs);
  if (both.length > 0) return { said: say.rulesMeanwhile(both.map((part) => say[part]).join('、')), next };
  return isAgain ? { said: refused, next } : saveRules(desk, days, next, true);
}

/** What was typed, and theirs where nothing was. */
export function overTheirs(
  { draft, seen }: Pick<RulesEdit, 'draft' | 'seen'>,
  theirs: RulesDraft,
): RulesDraft {
  const isOwn = (part: (typeof PARTS)[number]) => !isSame(draft[part], seen[part]);
  return {
    parts: isOwn('parts') ? draft.parts : theirs.parts,
    roles: isOwn('roles') ? draft.roles : theirs.roles,
    holidays: isOwn('holidays') ? draft.holidays : theirs.holidays,
    reportTo: isOwn('reportTo') ? draft.reportTo : theirs.reportTo,
  };
}

function changedByBoth({ draft, seen }: RulesEdit, theirs: RulesDraft): readonly (typeof PARTS)[number][] {
  return PARTS.filter(
    (part) =>
      !isSame(draft[part], seen[part]) &&
      !isSame(theirs[part], seen[part]) &&
      !isSame(draft[part], theirs[part]),
  );
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
