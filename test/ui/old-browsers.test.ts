import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('stands in for what Chromium 90 lacks, by itself', () => {
  const file = new URL('../../src/ui/old-browsers.ts', import.meta.url).href;
  const lacking = `delete Object.hasOwn; delete Array.prototype.at; await import(${JSON.stringify(file)});
    const own = [Object.hasOwn({ a: 1 }, 'a'), Object.hasOwn({ a: 1 }, 'toString')];
    process.stdout.write(JSON.stringify([...own, [1, 2].at(-1), [1, 2].at(5) ?? null]));`;
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', lacking]).toString();
  expect(JSON.parse(said)).toEqual([true, false, 2, null]);
});
