/** 值班表: a week that is planned in part, the next one copied from it, a month, what the right side holds, the notice on 值班台. */
import type { Page } from 'playwright-core';
import type { Post } from '../../src/duty/roster-plan.ts';
import { FIRST_RULES } from '../../src/duty/roster-rules.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { RosterWork } from '../../src/storage/roster-work.ts';
import { type PicturedOffice, ROOM } from './office.ts';
import { go } from './sitter.ts';
import type { Studio } from './studio.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ZONE = 8 * HOUR;
const by = () => ({
  ...{ room: ROOM, account: 'demonstration', person: 'p-wang', name: '王丽', at: Date.now() },
});

export async function shootRoster({ camera, office }: Studio, page: Page): Promise<void> {
  const holiday = await layRoster(office);
  await go(page, '值班');
  await page.locator('.notices').getByText('春游节').waitFor();
  await camera.shoot(page, 'roster-due');
  await go(page, '值班表');
  await page.locator('.roster-is-published').first().waitFor();
  await camera.shoot(page, 'roster-week');
  await page.locator('.roster-is-published').first().click();
  await page.locator('.roster-person').first().waitFor();
  await camera.shoot(page, 'roster-shift');
  await page.getByRole('button', { name: '下一段' }).click();
  await page.getByRole('button', { name: /^照排上周/ }).click();
  await page.locator('.roster-said').waitFor();
  await camera.shoot(page, 'roster-copied');
  for (const [button, name] of [
    ['发布', 'publish'],
    ['登记报送', 'report'],
    ['导入', 'import'],
    ['人员身份', 'people'],
    ['班次与节假日', 'rules'],
  ] as const) {
    await page.locator('.roster-tools').getByRole('button', { name: button, exact: true }).click();
    await camera.shoot(page, `roster-${name}`);
    await page.keyboard.press('Escape');
  }
  await page.getByRole('button', { name: '月', exact: true }).click();
  await camera.shoot(page, 'roster-month');
  // Once it went up, it stands on no other picture.
  const span = { from: holiday, to: holiday };
  const report = { reportedTo: '市政府总值班室', way: 'document', reportedAt: Date.now() } as const;
  await write(office, { ...by(), type: 'roster-report', id: newId(), ...span, ...report });
  await go(page, '值班');
  await page.locator('.notices').getByText('春游节').waitFor({ state: 'detached' });
}

/** From Monday on, some shifts empty, published; who sits at night is no permanent staff any more. Answers the holiday. */
async function layRoster(office: PicturedOffice): Promise<string> {
  const today = Math.floor((Date.now() + ZONE) / DAY) * DAY;
  const text = (wall: number) => new Date(wall).toISOString().slice(0, 10);
  const holiday = text(today + 3 * DAY);
  for (const who of ['p-wang', 'p-ouyang', 'p-ma'])
    await write(office, { ...by(), type: 'roster-standing', who, standing: 'permanent' });
  const holidays = [{ name: '春游节', from: holiday, to: holiday }];
  await write(office, { ...by(), type: 'roster-rules', base: 0, rules: { ...FIRST_RULES, holidays } });
  const leader: Post = { role: '带班领导', kind: 'leader', person: 'p-ma' };
  const officer = (person: string): Post => ({ role: '值班员', kind: 'officer', person });
  const shifts = [0, 1, 2, 3, 5].flatMap((day) => {
    const midnight = today + day * DAY - ZONE;
    return [
      {
        ...{ name: '白班', from: midnight + 8 * HOUR, to: midnight + 20 * HOUR, base: 0 },
        posts: day === 2 ? [officer('p-wang')] : [leader, officer('p-wang')],
      },
      {
        ...{ name: '夜班', from: midnight + 20 * HOUR, to: midnight + 32 * HOUR, base: 0 },
        posts: day === 3 ? [] : [leader, officer('p-ouyang')],
      },
    ];
  });
  const toCome = shifts.filter(({ to, posts }) => to > Date.now() && posts.length > 0);
  await write(office, { ...by(), type: 'roster-plan', how: 'edited', shifts: toCome });
  const span = { from: text(today), to: holiday };
  await write(office, { ...by(), type: 'roster-publish', id: newId(), ...span });
  await write(office, { ...by(), type: 'roster-standing', who: 'p-ouyang', standing: 'western-plan' });
  return holiday;
}

async function write(office: PicturedOffice, work: RosterWork): Promise<void> {
  const written = await office.service.intake.work(work);
  if (!written.ok) throw new Error(written.refusal.en);
}
