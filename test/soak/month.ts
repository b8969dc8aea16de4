import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { CALLS } from '../month/planned-calls.ts';
import { runOf, writeSection } from './soak-report.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The month of `test/month` with other seeds, each played twice from end to end. Answers the exit code: 1 when a paper is wrong. */
export function soakMonth(seed: number, months: number): number {
  const wrong: number[] = [];
  for (let month = seed; month < seed + months; month += 1) {
    const env = { ...process.env, CI: '1', MONTH_SEED: `soak ${month}`, MONTH_AGAIN: 'all' };
    const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
    try {
      execFileSync(process.execPath, [vitest, 'run', '--retry', '0', 'test/month'], {
        cwd: ROOT,
        env,
        stdio: 'inherit',
      });
    } catch {
      wrong.push(month);
    }
  }
  const lost = wrong.length === 0 ? '**none wrong**' : `**wrong: ${wrong.join(', ')}**`;
  writeSection(
    'A month of a room',
    `\`npm run soak -- month ${seed} ${months}\` at commit ${runOf(seed).commit}: ${months} months of ${CALLS.toLocaleString('en')} calls, 90 shifts, 12
incidents and 4 inspections through tracker, store and desks on SQLite, every log, clock and table reckoned a second time from
the plan; each played twice, and folded anew: ${lost}.`,
  );
  return wrong.length === 0 ? 0 : 1;
}
