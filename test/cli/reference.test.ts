import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dutyline } from './run-dutyline.ts';

interface Described {
  readonly command: string;
  readonly options: readonly string[];
}

/** Every command that does something, with its options, as the program itself tells them. */
async function commands(path: readonly string[] = []): Promise<readonly Described[]> {
  const { output } = await dutyline([...path, '--help']);
  const [, listed = ''] = /\nCommands:\n([\s\S]*)/.exec(output) ?? [];
  const names = [...listed.matchAll(/^ {2}([a-z-]+)/gm)].map((found) => found[1] ?? '');
  const below = await Promise.all(
    names.filter((name) => name !== 'help').map((name) => commands([...path, name])),
  );
  if (below.length > 0) return below.flat();
  const options = [...output.matchAll(/^ {2}(?:-\w, )?(--[a-z]+)/gm)].map((found) => found[1] ?? '');
  return [{ command: path.join(' '), options: options.filter((option) => option !== '--help') }];
}

it('docs/reference/cli.md names every command with all its options', async () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/reference/cli.md'), 'utf8');
  const all = await commands();
  expect(all.length).toBeGreaterThan(15);
  for (const { command, options } of all) {
    const rows = page.split('\n').filter((line) => line.startsWith(`| \`${command}`));
    expect([command, rows.length > 0]).toEqual([command, true]);
    // What every command takes stands above the table.
    const missing = options.filter((option) => option !== '--config' && !page.includes(option));
    expect([command, missing]).toEqual([command, []]);
    const json = options.includes('--json');
    expect([command, rows.some((row) => row.includes('--json'))]).toEqual([command, json]);
  }
});
