/** The whole service beside a PBX whose folder it cannot see: what a person reads when it cannot fetch, and that it then does. */
import Database from 'better-sqlite3';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChromium } from '../bed/chromium.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';
import { OFFICER } from '../bed/service-config.ts';
import { type Sshd, startSshd } from '../bed/sshd.ts';

let office: Office;
let sshd: Sshd;
let service: ServiceProcess;
let browser: Browser;

beforeAll(async () => {
  sshd = await startSshd();
  const { host, port, user, key, hostKey } = sshd;
  await sshd.stop();
  office = await startOffice({ dialplan: 'freepbx17' });
  await office.setDb('AMPUSER', '1001/recording/in/external', 'force');
  service = await startService({
    office,
    recording: 'pbx',
    reach: { sftp: { host, port, user, keyEnv: 'PBX_KEY', hostKey } },
    env: { PBX_KEY: key },
  });
  await service.watching();
  browser = await openChromium([]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await service.dispose();
  await office.stop();
  await sshd.dispose();
});

interface SeenHealth {
  readonly ok: boolean;
  readonly recordings: string;
  readonly detail?: { readonly recordings: { readonly code: string; readonly zh: string } | null };
}

async function health(): Promise<SeenHealth> {
  return (await (await fetch(`${service.url}/health`)).json()) as SeenHealth;
}

it('says on the page and in health that sound cannot be fetched and what to do, until it can', async () => {
  expect(await health()).toMatchObject({
    ok: false,
    recordings: 'failing',
    detail: {
      recordings: { code: 'sftp-unreachable', zh: expect.stringContaining('办公楼交换机：') as string },
    },
  });

  const page = await (await browser.newContext({ viewport: { width: 1366, height: 625 } })).newPage();
  await page.goto(service.url);
  await page.getByLabel('账号').fill(OFFICER.login);
  await page.getByLabel('密码').fill(OFFICER.password);
  await page.keyboard.press('Enter');
  await page.getByText('一号坐席').first().click();
  await page.getByRole('button', { name: '录音' }).first().click();
  const told = page.getByRole('alert').filter({ hasText: '连不上电话交换机的 SSH 端口' });
  await told.waitFor();

  await sshd.start();
  await page.getByRole('button', { name: '立即核对' }).click();
  await told.waitFor({ state: 'detached' });
  expect(await health()).toMatchObject({ ok: true, recordings: 'ok' });
  const call = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
  await call.reached('answered');
  call.after(1_500, () => call.hangUp());
  await expect.poll(states, { timeout: 20_000, interval: 100 }).toEqual([{ state: 'attached' }]);
}, 90_000);

function states(): unknown {
  const database = new Database(service.database, { readonly: true });
  try {
    return database.prepare("select state from recordings where part = 'talk'").all();
  } finally {
    database.close();
  }
}
