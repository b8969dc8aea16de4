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
      { everyMs: 3_600_000, at: ['07:50', '19:50'], codes: FORWARDING_CODES, approvedSounds: {} },
      [],
    ]);
  });

  it('takes what an office sets', () => {
    const loaded = load(
      `watch:
  settings: { every: 15, at: ['06:30'] }
  codes: [{ dial: "*71{number}", change: set, condition: always }]
  lines: { line: { approvedSounds: [custom/notice] } }
`,
      ', inboundContexts: [from-trunk-sip-telco]',
    );
    expect(loaded.ok && [loaded.config.settingsWatch, loaded.config.pbxs[0]?.inboundContexts]).toEqual([
      {
        everyMs: 900_000,
        at: ['06:30'],
        codes: [{ dial: '*71{number}', change: 'set', condition: 'always' }],
        approvedSounds: { line: ['custom/notice'] },
      },
      ['from-trunk-sip-telco'],
    ]);
  });

  it.each([
    ['settings: { every: 1 }', 'write a whole number from 5 to 1440'],
    ["settings: { at: ['25:00'] }", 'write a time of day, such as 07:50'],
    ['codes: [{ dial: "110", change: set, condition: always }]', 'a code has a * or a #'],
    ['codes: [{ dial: "*57*(.*)#", change: set, condition: always }]', 'write what is dialled'],
    ['lines: { line: { approvedSounds: [""] } }', 'is empty'],
  ])('refuses %s', (section, told) => {
    const loaded = load(`watch: { ${section} }\n`);
    expect(loaded.ok).toBe(false);
    expect(JSON.stringify(loaded)).toContain(told.replaceAll('"', String.raw`\"`));
  });
});
