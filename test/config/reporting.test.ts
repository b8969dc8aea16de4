import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { LIMITS_OF_NOTICE, LIMITS_OF_TOWNSHIP, limitsOf } from '../../src/duty/report-limits.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dutyline-reporting-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function load(rules: string) {
  writeFileSync(join(dir, 'dutyline.yaml'), `rules: ${rules}\n`);
  return loadConfig({ dir, env: {} });
}
function limits(rules: string) {
  const loaded = load(rules);
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join());
  return loaded.config.rules.reportLimits;
}

describe('rules.reporting', () => {
  it('is what the notice says unless told: 30 minutes by telephone, 60 in writing, from 接报', () => {
    expect(limits('{}')).toEqual({ usual: LIMITS_OF_NOTICE, rooms: [] });
  });

  it('is changed level by level, counted from 事发, and 第一时间 in the rooms of a 乡镇', () => {
    const all = limits(
      '{ reporting: { from: occurred, levels: { extreme: { telephone: 15, written: at-once } }, townshipRooms: [r-town] } }',
    );
    expect(limitsOf(all, 'r-county')).toEqual({
      from: 'occurred',
      table: { ...LIMITS_OF_NOTICE.table, extreme: { telephone: 15, written: 'at-once' } },
    });
    expect(limitsOf(all, 'r-town')).toEqual({ ...LIMITS_OF_TOWNSHIP, from: 'occurred' });
    expect(limits('{ reporting: { profile: township } }').usual).toEqual(LIMITS_OF_TOWNSHIP);
  });

  it.each([
    ['levels: { worst: { written: 5 } }'],
    ['levels: { major: { written: 0 } }'],
    ['levels: { major: { telephone: soon } }'],
    ['levels: { major: { spoken: 5 } }'],
    ['from: midnight'],
    ['townshipRooms: ["../x"]'],
  ])('refuses %s', (wrong) => {
    expect(load(`{ reporting: { ${wrong} } }`).ok).toBe(false);
  });
});
