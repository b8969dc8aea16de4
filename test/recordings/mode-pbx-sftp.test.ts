import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SFTP_TIMING } from '../../src/recordings/sftp.ts';
import { createSftpPlace, type SftpPlace } from '../../src/recordings/sftp-place.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Sshd, startSshd } from '../bed/sshd.ts';
import { type RecordedOffice, recordedOffice } from './recorded-office.ts';

let sshd: Sshd;
let bed: RecordedOffice;
let place: SftpPlace;
let fetched: string;

beforeAll(async () => {
  sshd = await startSshd();
  fetched = mkdtempSync(join(tmpdir(), 'dutyline-fetched-'));
  bed = await recordedOffice('pbx', { version: 22, dialplan: 'freepbx17' }, false, (recordings) => {
    const timing = { ...SFTP_TIMING, firstBackOffMs: 100, longestBackOffMs: 200 };
    place = createSftpPlace({ access: sshd, base: { onPbx: recordings, here: recordings }, fetched, timing });
    return place;
  });
  await bed.office.setDb('AMPUSER', '1001/recording/in/external', 'force');
});
afterAll(async () => {
  await bed.stop();
  place.close();
  await sshd.dispose();
  rmSync(fetched, { recursive: true, force: true });
});

it('a call recorded by Asterisk 22, whose folder is reached by sftp alone, is green while it grows and attached with its digest', async () => {
  const call = await bed.office.telco.call(DID.direct, { number: OUTSIDE.caller });
  await call.reached('answered');
  await bed.reported('recording-growth', ({ state }) => state === 'recording');
  call.hangUp();
  const attached = await bed.reported('recording-attached');
  const known = await bed.reported('recording-known');
  const onPbx = readFileSync(known.pbxPath);
  expect(attached).toMatchObject({
    repaired: false,
    bytes: onPbx.length,
    sha256: createHash('sha256').update(onPbx).digest('hex'),
  });
  expect(attached.seconds).toBeGreaterThan(2);
  expect(readFileSync(join(bed.library.root, attached.file))).toEqual(onPbx);
  expect(readdirSync(fetched)).toEqual([]);
  expect(sshd.log()).toContain("forced-command (config) 'internal-sftp -R'");
  expect(bed.troubles).toEqual([]);
});

it('a call whose PBX cannot be asked says so, and has its sound attached when it can', async () => {
  const from = bed.reports.length;
  const mine = () => bed.reports.slice(from);
  const call = await bed.office.telco.call(DID.direct, { number: OUTSIDE.caller });
  await call.reached('answered');
  await expect
    .poll(() => mine().some(({ type }) => type === 'recording-growth'), { timeout: 10_000 })
    .toBe(true);
  await sshd.stop();
  call.hangUp();
  const cannotCheck = { type: 'recording-growth', state: 'cannot-check' };
  await expect.poll(() => mine().at(-1), { timeout: 10_000 }).toMatchObject(cannotCheck);
  await expect.poll(() => bed.troubles.at(-1)).toMatch(/cannot be fetched: sftp-(lost|unreachable)/);
  await sshd.start();
  await expect.poll(() => mine().at(-1)?.type, { timeout: 10_000 }).toBe('recording-attached');
});
