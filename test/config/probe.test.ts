import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig, pbxSetups } from '../../src/config/load-config.ts';
import { OFFICE } from '../storage/office.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dutyline-probe-config-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const ACCOUNT = ', probe: { username: p, secretEnv: SECRET }';

function load(probe: string, account = ACCOUNT, more = '') {
  const pbx = (id: string) =>
    `  - { id: ${id}, host: 192.0.2.10, listen: { username: l, secretEnv: SECRET }, trunks: [PJSIP/telco]${account} }\n`;
  writeFileSync(
    join(dir, 'dutyline.yaml'),
    `watch: { probe: ${probe} }\npbxs:\n${pbx('main')}${more === '' ? '' : pbx(more)}`,
  );
  return loadConfig({ dir, env: { SECRET: 'x' } });
}

const TRUNK = '{ trunk: PJSIP/telco2, shows: [0954-2039001] }';

describe('watch.probe', () => {
  it('needs a trunk and no more: the rest is what an office bears', () => {
    const loaded = load(`{ trunks: [${TRUNK}] }`);
    expect(loaded.ok && loaded.config.probe).toEqual({
      plan: {
        timeZone: 'Asia/Shanghai',
        mostADay: 8,
        quiet: [{ from: 1_350, to: 390 }],
        beforeShiftMs: 1_800_000,
        offPeak: [{ from: 1_140, to: 1_320 }],
      },
      trunks: [{ pbx: 'main', trunk: 'PJSIP/telco2', shows: ['0954-2039001'], prefix: '' }],
      ringMs: 14_000,
      noAnswerMs: 40_000,
      notice: null,
    });
    expect(loaded.ok && loaded.config.pbxs[0]?.probe?.username).toBe('p');
    expect(loaded.ok && pbxSetups(loaded.config, OFFICE)[0]?.probePrefix).toBe('dutyline-probe-');
  });

  it('says all of it otherwise', () => {
    const trunk = '{ pbx: main, trunk: SIP/gsm, shows: [0954-2039001, 2039001], prefix: 9 }';
    const rest =
      'ring: 20, noAnswer: 50, mostADay: 2, quiet: none, beforeShift: never, offPeak: [], notice: custom/notice, atHandOver: true';
    const loaded = load(`{ trunks: [${trunk}], ${rest} }`);
    expect(loaded.ok && loaded.config.probe).toMatchObject({
      plan: { mostADay: 2, quiet: [], beforeShiftMs: null, offPeak: [] },
      trunks: [{ trunk: 'SIP/gsm', prefix: '9' }],
      ...{ ringMs: 20_000, noAnswerMs: 50_000, notice: 'custom/notice', atHandOver: true },
    });
  });

  it('is nothing where nothing is said: nobody is ever called', () => {
    writeFileSync(join(dir, 'dutyline.yaml'), 'demo: auto\n');
    const loaded = loadConfig({ dir, env: {} });
    expect(loaded.ok && loaded.config.probe).toBeNull();
  });

  it.each([
    [`{ trunks: [] }`, ACCOUNT, '', 'watch.probe.trunks'],
    [`{ trunks: [{ trunk: PJSIP/telco2, shows: [] }] }`, ACCOUNT, '', 'watch.probe.trunks[0].shows'],
    [`{ trunks: [{ trunk: "DAHDI/*", shows: [2039001] }] }`, ACCOUNT, '', 'watch.probe.trunks[0].trunk'],
    [
      `{ trunks: [{ trunk: PJSIP/a, shows: [2039001], prefix: "9;" }] }`,
      ACCOUNT,
      '',
      'watch.probe.trunks[0].prefix',
    ],
    [`{ trunks: [${TRUNK}], quiet: [22-6] }`, ACCOUNT, '', 'watch.probe.quiet[0]'],
    [`{ trunks: [${TRUNK}], notice: ../../etc/passwd }`, ACCOUNT, '', 'watch.probe.notice'],
    [`{ trunks: [${TRUNK}], ring: 2 }`, ACCOUNT, '', 'watch.probe.ring'],
    [`{ trunks: [${TRUNK}] }`, '', '', 'watch.probe.trunks[0].pbx'],
    [`{ trunks: [${TRUNK}] }`, ACCOUNT, 'second', 'watch.probe.trunks[0].pbx'],
    [
      `{ trunks: [{ pbx: other, trunk: PJSIP/a, shows: [2039001] }] }`,
      ACCOUNT,
      '',
      'watch.probe.trunks[0].pbx',
    ],
    [`{ trunks: [${TRUNK}] }`, ', probe: { username: l, secretEnv: SECRET }', '', 'pbxs[0].probe.username'],
  ])('%s is refused at its key', (probe, account, more, key) => {
    const loaded = load(probe, account, more);
    expect(loaded.ok ? [] : loaded.problems.map((problem) => problem.key)).toContain(key);
  });
});
