import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { FORWARDING_CODES } from '../../src/diagnosis/forwarding-code.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dutyline-watch-config-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function load(watch: string, pbx = '') {
  const entry = `{ id: main, host: 192.0.2.10, listen: { username: l, secretEnv: LISTEN }, trunks: [PJSIP/telco]${pbx} }`;
  writeFileSync(join(dir, 'dutyline.yaml'), `pbxs:\n  - ${entry}\n${watch}`);
  return loadConfig({ dir, env: { LISTEN: 'x' } });
}

describe('the section watch', () => {
  it('audits settings every hour and before the shifts, by the shipped codes, when it is left out', () => {
    const loaded = load('');
    expect(loaded.ok && [loaded.config.settingsWatch, loaded.config.pbxs[0]?.inboundContexts]).toEqual([
      { everyMs: 3_600_000, at: ['07:50', '19:50'], afterCodeMs: 20_000, codes: FORWARDING_CODES },
      [],
    ]);
    expect(loaded.ok && loaded.config.watch).toEqual({
      ...{ areaCode: '0954', goodMs: 11_000, lateMs: 15_000 },
      lines: {},
    });
  });

  it('takes what an office sets', () => {
    const loaded = load(
      `watch:
  settings: { every: 15, at: ['06:30'], afterCode: 45 }
  codes: [{ dial: "*71{number}", change: set, condition: always }]
  ring: { good: 9, late: 12 }
  lines: { line: { approvedSounds: [custom/notice], approvedTargets: ['0954-2030009'] } }
`,
      ', inboundContexts: [from-trunk-sip-telco]',
    );
    expect(loaded.ok && [loaded.config.settingsWatch, loaded.config.pbxs[0]?.inboundContexts]).toEqual([
      {
        everyMs: 900_000,
        at: ['06:30'],
        afterCodeMs: 45_000,
        codes: [{ dial: '*71{number}', change: 'set', condition: 'always' }],
      },
      ['from-trunk-sip-telco'],
    ]);
    expect(loaded.ok && loaded.config.watch).toEqual({
      ...{ areaCode: '0954', goodMs: 9_000, lateMs: 12_000 },
      lines: {
        line: { approvedSounds: ['custom/notice'], approvedTargets: ['0954-2030009'], approvedPhones: [] },
      },
    });
  });

  it.each([
    ['settings: { every: 1 }', 'write a whole number from 5 to 1440'],
    ["settings: { at: ['25:00'] }", 'write a time of day, such as 07:50'],
    ['codes: [{ dial: "110", change: set, condition: always }]', 'a code has a * or a #'],
    ['codes: [{ dial: "*57*(.*)#", change: set, condition: always }]', 'write what is dialled'],
    ['lines: { line: { approvedSounds: [""] } }', 'is empty'],
    ['ring: { good: 12, late: 9 }', 'must not be less than watch.ring.good'],
  ])('refuses %s', (section, told) => {
    const loaded = load(`watch: { ${section} }\n`);
    expect(loaded.ok).toBe(false);
    expect(JSON.stringify(loaded)).toContain(told.replaceAll('"', String.raw`\"`));
  });
});
