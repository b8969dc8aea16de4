import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OneAsterisk, oneAsterisk } from '../asterisk/control/one-asterisk.ts';
import { dutyline, shippedConfig } from './run-dutyline.ts';

let bed: OneAsterisk;
let config: ReturnType<typeof shippedConfig>;

beforeAll(async () => {
  bed = await oneAsterisk(22);
  config = shippedConfig();
  mkdirSync(config.folder, { recursive: true });
  writeFileSync(
    join(config.folder, 'dutyline.yaml'),
    `pbxs:
  - id: main
    host: ${bed.pbx.address}
    listen: { username: listen, secretEnv: LISTEN }
    trunks: [Local/s@tone]
`,
  );
  writeFileSync(
    join(config.folder, 'office.yaml'),
    `units: [{ id: u, name: 单位 }]
rooms: [{ id: r, unit: u, name: 值班室 }]
lines: [{ id: l, room: r, pbx: main, number: 0954-2035678 }]
`,
  );
});
afterAll(async () => {
  await bed.close();
  config.dispose();
});

const env = { LISTEN: 'listen-secret' };

it('keeps the bytes of the socket from the banner on, for nobody else to read, and explain reads them', async () => {
  const file = join(config.folder, 'call.ami');
  const capturing = dutyline(['capture', 'main', file, '--seconds', '4', '--config', config.folder], { env });
  await expect.poll(() => sizeOf(file), { timeout: 10_000 }).toBeGreaterThan(100);
  await bed.placeCall();
  const { code, remarks } = await capturing;
  expect(code).toBe(0);
  expect(remarks).toMatch(/\d+ bytes, [1-9]\d* events, 0 forged/);
  const bytes = readFileSync(file, 'latin1');
  expect(bytes).toMatch(/^Asterisk Call Manager\/[\d.]+\r\n/);
  expect(bytes).toContain('Event: BridgeEnter\r\n');
  expect(statSync(file).mode & 0o077).toBe(0);
  const explained = await dutyline(['explain', '--line', '1', '--trunks', 'PJSIP/telco', file]);
  expect(JSON.parse(explained.remarks)).toMatchObject({ quarantined: 0, oversized: 0, broken: 0 });

  const again = await dutyline(['capture', 'main', file, '--config', config.folder], { env });
  expect(again).toMatchObject({ code: 1, remarks: expect.stringContaining('does not overwrite') });
});

it.each([
  ['an unknown PBX', 'branch', env, 'There is no PBX "branch"'],
  ['a wrong password', 'main', { LISTEN: 'guess' }, 'AMI refuses account or password'],
])('ends at once on %s', async (name, pbx, secrets, told) => {
  const ran = await dutyline(['capture', pbx, join(config.folder, name), '--config', config.folder], {
    env: secrets,
  });
  expect(ran.code).toBe(1);
  expect(ran.remarks).toContain(told);
});

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
