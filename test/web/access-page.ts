/** docs/reference/access.md, made of the table that the tests hold the service to. */
import { MESSAGES, ROUTES, type Verdicts } from './access-table.ts';
import { ACTORS, type Actor, REACHES } from './access-world.ts';

/** Answers that mean: not you, not there, not now. */
const SHUT = ['not-found', 'not-allowed', 'not-logged-in', 'screen-locked', 'no-room', 'no-seat', '401'];
/** And those that mean that nothing came of it. */
const IDLE = ['nothing', 'own-room', 'locked'];

const HEADINGS: Readonly<Record<Actor, string>> = {
  officer: '值班员',
  leader: '带班领导',
  supervisor: '督查',
  administrator: '管理员',
  auditor: '审计员',
  nobody: 'no log-in',
  locked: '锁屏',
};

/** The whole page. */
export function accessPage(): string {
  return `# Who may do what

Made of the table in \`test/web/access-table.ts\`, to which the tests hold the service: they ask every address and every message in
each role, of the own unit, a lower one and a foreign one, without a log-in and behind a locked screen, and fail when one has no
row. \`own\`: of the account's own unit; \`lower\`: of units below it; \`foreign\`: of any other; \`yes\`: belongs to no unit; –: refused.
What must be said first (a reason for listening, a second person's password) is no matter of access and stands in
[http.md](http.md). Files of the page itself are open to everybody and hold nothing of an office.

## Addresses

${table('address', ROUTES)}

## Messages on the socket

${table('message', MESSAGES)}
`;
}

function table(what: string, rows: Readonly<Record<string, { readonly verdicts: Verdicts }>>): string {
  const head = [what, ...ACTORS.map((actor) => HEADINGS[actor])];
  const lines = Object.entries(rows).map(([name, { verdicts }]) => [
    `\`${name}\``,
    ...ACTORS.map((actor) => cell(verdicts[actor], isApart(verdicts))),
  ]);
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function isApart(verdicts: Verdicts): boolean {
  return Object.values(verdicts).some((verdict) => verdict.includes(' '));
}

function cell(verdict: string, apart: boolean): string {
  const parts = verdict.split(' ');
  if (!apart) return isGranted(verdict) ? 'yes' : '–';
  const granted = REACHES.filter((_, place) => isGranted(parts[place] ?? parts[0] ?? ''));
  return granted.length === 0 ? '–' : granted.join(', ');
}

function isGranted(verdict: string): boolean {
  return !SHUT.includes(verdict) && !IDLE.includes(verdict);
}
