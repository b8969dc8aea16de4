/** Where the soaks keep what they have seen: one document with a section for each, and how far an interrupted run came. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const REPORT = join(ROOT, 'docs', 'soak.md');

/** What a run belongs to: another commit or seed begins anew. */
export interface Run {
  readonly commit: string;
  readonly seed: number;
}

export function runOf(seed: number): Run {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' });
  return { commit: commit.trim(), seed };
}

/** What an interrupted run of the same commit and seed has done already. */
export function resumed<Round>(name: string, { commit, seed }: Run): readonly Round[] {
  const file = progressFile(name);
  if (!existsSync(file)) return [];
  const progress = JSON.parse(readFileSync(file, 'utf8')) as Run & { readonly rounds?: readonly Round[] };
  return progress.commit === commit && progress.seed === seed ? (progress.rounds ?? []) : [];
}

export function keepProgress<Round>(name: string, run: Run, rounds: readonly Round[]): void {
  mkdirSync(dirname(progressFile(name)), { recursive: true });
  writeFileSync(progressFile(name), JSON.stringify({ ...run, rounds }));
}

/** Puts `text` under the heading of a soak; what the other soaks wrote stays. */
export function writeSection(heading: string, text: string): void {
  writeFileSync(REPORT, withSection(readFileSync(REPORT, 'utf8'), heading, text));
}

/** The document with this section new, at its old place or at the end. */
export function withSection(document: string, heading: string, text: string): string {
  const section = `## ${heading}\n\n${text.trim()}\n`;
  const parts = document.split(/^(?=## )/m);
  const at = parts.findIndex((part) => part.startsWith(`## ${heading}\n`));
  if (at < 0) return `${document.trimEnd()}\n\n${section}`;
  return `${parts
    .map((part, place) => (place === at ? `${section}\n` : part))
    .join('')
    .trimEnd()}\n`;
}

function progressFile(name: string): string {
  return join(ROOT, 'var', `soak-${name}.json`);
}
