/** What `dutyline doctor` and the page 系统 found: one line each, and for what is not well what to do. */
export interface Finding {
  /** `bad`: something will not work. `note`: it works, but less than it could. */
  readonly kind: 'good' | 'note' | 'bad';
  readonly what: string;
  readonly advice: string | null;
  /** The same for the page. */
  readonly zh: { readonly what: string; readonly advice: string | null };
}

export function good(what: string, zh: string): Finding {
  return { kind: 'good', what, advice: null, zh: { what: zh, advice: null } };
}

export function note(what: string, advice: string, zh: FindingWords): Finding {
  return { kind: 'note', what, advice, zh: { what: zh[0], advice: zh[1] } };
}

export function bad(what: string, advice: string, zh: FindingWords): Finding {
  return { kind: 'bad', what, advice, zh: { what: zh[0], advice: zh[1] } };
}

/** What was found and what to do, in Chinese. */
type FindingWords = readonly [what: string, advice: string];

/** For troubles whose own sentence says what to mend. */
export const CHECK_AGAIN = '改好后点“重新检查”。';
