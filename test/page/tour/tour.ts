/** Every screen of the page in the states that matter, one after the other: who stands before it, and how it comes to it. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Role } from '../../../src/accounts/access.ts';
import { hashPassword } from '../../../src/web/password.ts';
import { openChromium } from '../../bed/chromium.ts';
import { DID } from '../../bed/numbers.ts';
import { type Office, startOffice } from '../../bed/office.ts';
import { type OfficeService, startOfficeService } from '../../web/office-service.ts';
import { PASSWORD } from '../../web/web-bed.ts';
import { consoleOf } from '../console.ts';

export interface Tour {
  readonly office: Office;
  readonly bed: OfficeService;
  /** The page of this account, logged in when it is first asked for; `nobody` has not logged in. */
  page(who: string): Promise<Page>;
  end(): Promise<void>;
}

/** One state. It may begin where the stop before it has ended. */
export interface Stop {
  readonly name: string;
  readonly who: string;
  readonly reach: (page: Page, tour: Tour) => Promise<void>;
}

const BUILT = join(import.meta.dirname, '../../../build/page');
export const LEADER = '王县长';
const ACCOUNTS: readonly (readonly [login: string, role: Role, name: string])[] = [
  ['leader', 'leader', LEADER],
  ['du', 'supervisor', '杜督查'],
  ['admin', 'administrator', '系统管理员'],
  ['auditor', 'auditor', '审计员'],
];

const OFFICE_YAML = `
units: [{ id: unit, name: 市政府办公室 }]
rooms: [{ id: room, unit: unit, name: 市政府值班室, formTitle: 市人民政府值班室电话记录单 }]
lines:
  - { id: line-1, room: room, pbx: office, number: 0954-2030001, dids: ["${DID.direct}"], trunks: [PJSIP/telco, PJSIP/telco2], phones: [PJSIP/1001], recording: ami }
  - { id: line-2, room: room, pbx: office, number: 0954-2030002, dids: ["${DID.ringGroup}"], trunks: [PJSIP/telco, PJSIP/telco2], phones: [PJSIP/1002], recording: none }
seats:
  - { id: s-1, room: room, name: 1 号坐席, phone: PJSIP/1001 }
  - { id: s-2, room: room, name: 2 号坐席, phone: PJSIP/1002 }
people:
  - { id: p-zhang, room: room, name: 张三, title: 值班员, phone: 0954-2030001 }
  - { id: p-li, room: room, name: 李四, title: 值班员 }
directory:
  - { number: 0954-8887777, unit: 市应急管理局, person: 王某, class: superior }
  - { number: 0954-8885555, unit: 三营镇人民政府值班室, person: 马某, class: subordinate }
roster: [{ room: room, leaders: [], officers: [p-zhang, p-li] }]
`;

export async function startTour(): Promise<Tour> {
  const office = await startOffice();
  const bed = await startOfficeService(office, {
    builtPage: BUILT,
    officeYaml: OFFICE_YAML,
    secondCopy: 'copy',
  });
  const passwordHash = await hashPassword(PASSWORD);
  for (const [login, role, name] of ACCOUNTS) {
    const account = { id: `a-${login}`, login, name, role, unit: 'unit', person: null, passwordHash };
    await bed.service.intake.work({ type: 'account-add', ...account, at: Date.now() });
  }
  await bed.watching();
  const browser: Browser = await openChromium();
  const pages = new Map<string, Page>();

  async function open(who: string): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1366, height: 625 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(bed.base);
    await page.getByLabel('账号').waitFor();
    if (who === 'nobody') return page;
    await page.getByLabel('账号').fill(who);
    await page.getByLabel('密码').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.locator('.seat, .desk').first().waitFor();
    return page;
  }

  return {
    office,
    bed,
    async page(who) {
      const page = pages.get(who) ?? (await open(who));
      pages.set(who, page);
      return page;
    },
    async end() {
      await browser.close();
      await bed.stop();
      await office.stop();
    },
  };
}

/** To another screen by its word in the rail. */
export async function go(page: Page, word: string): Promise<void> {
  await page.locator('.rail').getByRole('button', { name: word, exact: true }).click();
}

/** Whatever lies over the screen is gone. */
export async function clear(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
}

/** F2, and the caret stands in 电话内容 of the newest call: what is pressed too early goes elsewhere. */
export async function write(page: Page): Promise<void> {
  // Where it stood there already, nothing would tell when F2 has done its work.
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await consoleOf(page.context(), page).beginToWrite();
}
