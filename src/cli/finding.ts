/** What `dutyline doctor` found: one line each, and for what is not well what to do. */
export interface Finding {
  /** `bad`: something will not work. `note`: it works, but less than it could. */
  readonly kind: 'good' | 'note' | 'bad';
  readonly what: string;
  readonly advice: string | null;
}

export function good(what: string): Finding {
  return { kind: 'good', what, advice: null };
}

export function note(what: string, advice: string): Finding {
  return { kind: 'note', what, advice };
}

export function bad(what: string, advice: string): Finding {
  return { kind: 'bad', what, advice };
}

const MARKS = { good: 'ok  ', note: 'note', bad: 'BAD ' } as const;

/** As printed: the mark, what was found, and on a line of its own what to do. */
export function findingLines(finding: Finding): readonly string[] {
  const first = `${MARKS[finding.kind]}  ${finding.what}`;
  return finding.advice === null ? [first] : [first, `      → ${finding.advice}`];
}
