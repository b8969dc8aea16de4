import type { Finding } from '../service/checks/finding.ts';

const MARKS = { good: 'ok  ', note: 'note', bad: 'BAD ' } as const;

/** As printed: the mark, what was found, and on a line of its own what to do. */
export function findingLines(finding: Finding): readonly string[] {
  const first = `${MARKS[finding.kind]}  ${finding.what}`;
  return finding.advice === null ? [first] : [first, `      → ${finding.advice}`];
}
