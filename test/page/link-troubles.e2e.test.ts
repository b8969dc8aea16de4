/** What the officer reads when a PBX cannot be reached, or lets us do or see only a part: one service, six real connections. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChromium } from '../bed/chromium.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';
import { amiAccount } from '../bed/service-config.ts';
import { type Console, sitDown } from './console.ts';

let office: Office;
let timeless: Office;
let service: ServiceProcess;
let browser: Browser;
let desk: Console;
beforeAll(async () => {
  [office, timeless] = await Promise.all([
    startOffice({ sound: false }),
    startOffice({ sound: false, timestamps: false }),
  ]);
  const alone = { control: undefined, recorder: undefined };
  const otherCertificate = Array.from({ length: 32 }, () => 'AB').join(':');
  service = await startService({
    office,
    ami: { host: timeless.ami.host, port: timeless.ami.port },
    morePbxs: [
      { id: 'away', name: '断网楼', host: office.ami.host, port: 5_999, ...alone },
      {
        id: 'password',
        name: '密码楼',
        host: office.ami.host,
        port: office.ami.port,
        listen: amiAccount('listen', 'control'),
        ...alone,
      },
      {
        id: 'tls',
        name: '加密楼',
        host: office.ami.host,
        port: office.ami.tlsPort,
        tls: { fingerprint: otherCertificate },
        ...alone,
      },
      {
        id: 'rights',
        name: '权限楼',
        host: office.ami.host,
        port: office.ami.port,
        listen: amiAccount('listen-no-write'),
        control: amiAccount('control-no-reporting'),
        recorder: amiAccount('recorder-no-system'),
      },
      {
        id: 'hands',
        name: '口令楼',
        host: office.ami.host,
        port: office.ami.port,
        control: amiAccount('control', 'listen'),
        recorder: amiAccount('recorder', 'listen'),
      },
    ],
  });
  browser = await openChromium();
  desk = await sitDown(browser, service.url);
});
afterAll(async () => {
  await browser?.close();
  await service?.dispose();
  await Promise.all([office?.stop(), timeless?.stop()]);
});

/** How many bars of this colour say so. */
function bars(tone: 'red' | 'amber', words: RegExp): () => Promise<number> {
  return () => desk.bars.locator(`.bar-${tone}`).filter({ hasText: words }).count();
}

const PATIENTLY = { timeout: 20_000 };

it.each([
  ['断网楼', '连不上电话交换机的管理端口，请检查网络、地址、端口和防火墙'],
  ['密码楼', '电话交换机不接受登录账号、密码或本机地址，请核对 manager.conf'],
  ['加密楼', '与电话交换机的加密连接（TLS）失败，请核对证书、指纹和 tlsenable'],
])('a lost connection of %s is a red bar: since when, why, and what to do', async (name, why) => {
  const whole = new RegExp(
    `^\\d\\d:\\d\\d 起与电话交换机（${name}）的连接中断。${why.replace(/[.()（）]/g, '.')}.*。电话可能仍可接打，但不会自动登记，请先人工补记；恢复后系统补采。`,
  );
  await expect.poll(bars('red', whole), PATIENTLY).toBe(1);
  expect(await desk.page.locator('.chip-bad').first().textContent()).toBe('外线 中断');
});

it('missing privileges are amber bars, each with what is lost and what to give', async () => {
  await expect
    .poll(
      bars(
        'amber',
        /^电话交换机（权限楼）：不能列出通话，重新连接后无法核对正在进行的电话。请在 manager.conf 中给登录账号 write=reporting。$/,
      ),
      PATIENTLY,
    )
    .toBe(1);
  await expect
    .poll(
      bars(
        'amber',
        /^电话交换机（权限楼）：不能让电话交换机录音，新来电可能没有录音，请先记要点。登录账号缺少权限，请在 manager.conf 中补上（write=system）。$/,
      ),
      PATIENTLY,
    )
    .toBe(1);
  await expect
    .poll(
      bars(
        'amber',
        /^电话交换机（权限楼）：看不到电话交换机上的呼转设置。登录账号缺少权限，请在 manager.conf 中补上（write=reporting）。$/,
      ),
      PATIENTLY,
    )
    .toBe(1);
});

it('so is a log-in for asking or recording that is refused while listening goes on', async () => {
  for (const what of ['不能让电话交换机录音', '不能向电话交换机查询'])
    await expect
      .poll(
        bars(
          'amber',
          new RegExp(
            `^电话交换机（口令楼）：${what}.*电话交换机不接受登录账号、密码或本机地址，请核对 manager.conf`,
          ),
        ),
        PATIENTLY,
      )
      .toBe(1);
});

it('a PBX that sends no times is told from its first call on', async () => {
  const call = await timeless.telco.call(DID.direct, { number: OUTSIDE.caller });
  await expect
    .poll(
      bars(
        'amber',
        /^电话交换机（办公楼交换机）：电话交换机不报时间，通话时刻和时长以本系统收到为准。请在 manager.conf 中打开 timestampevents。$/,
      ),
      PATIENTLY,
    )
    .toBe(1);
  call.hangUp();
  await desk.picture('link-troubles');
});
