/**
 * What becomes of sound after the telephone is down, walked through by three people in Debian's Chromium. One story: what a
 * test leaves is where the next begins, so none is repeated alone.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { soundFileOf } from '../../src/recordings/vault/sound-name.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { RecordingRow } from '../../src/storage/store/recordings.ts';
import { hashPassword } from '../../src/web/password.ts';
import { openChromium } from '../bed/chromium.ts';
import { OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { sha256Of } from '../recordings/vault/sounds.ts';
import { RATE, sweep, wavOf } from '../web/kept-talk.ts';
import { type OfficeService, startOfficeService } from '../web/office-service.ts';
import { unzip } from '../web/unzip.ts';
import { PASSWORD } from '../web/web-bed.ts';
import { keptRecordings, realCall } from './real-calls.ts';

const BUILT = fileURLToPath(new URL('../../build/page', import.meta.url));
/** Pictures for a reviewer go here; usually none are taken. */
const SHOTS = process.env.DUTYLINE_SHOTS;
const SIZES = [
  { width: 1092, height: 500 },
  { width: 1920, height: 937 },
  { width: 1366, height: 625 },
] as const;
const WRITTEN = '涉及某密件的内容';
const FOUND_SECONDS = 90;
const FOUND = wavOf(sweep(FOUND_SECONDS, 400));

let office: Office;
let bed: OfficeService;
let browser: Browser;
/** Of the call with the caller of `OUTSIDE`; its talk is the first of its recordings. */
let talk: RecordingRow;
let officer: Page;
beforeAll(async () => {
  office = await startOffice();
  bed = await startOfficeService(office, { builtPage: BUILT, secondCopy: 'copy' });
  const passwordHash = await hashPassword(PASSWORD);
  for (const [login, role] of [
    ['leader', 'leader'],
    ['supervisor', 'supervisor'],
  ] as const) {
    const account = { id: `a-${login}`, login, name: login, role, unit: 'unit', person: null, passwordHash };
    await bed.service.intake.work({ type: 'account-add', ...account, at: Date.now() });
  }
  await bed.watching();
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
  await bed.stop();
  await office.stop();
});

async function logIn(login: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 625 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(bed.base);
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('.seat, .desk').first().waitFor();
  if (await page.locator('.seat').first().isVisible()) await page.getByText('1 号坐席').first().click();
  await page.locator('.strip').waitFor();
  return page;
}

async function look(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const facts = page.getByRole('tab', { name: '经过与录音' });
    if (await facts.isVisible()) await facts.click();
    await page.screenshot({ path: join(SHOTS, `${name}-${size.width}x${size.height}.png`) });
  }
}

function kept(): Promise<readonly RecordingRow[]> {
  return keptRecordings(bed);
}

async function openCall(page: Page, number: string): Promise<void> {
  await page.locator('.rail').getByRole('button', { name: '值班', exact: true }).click();
  await page.locator('.list-pane').getByText(number).first().click();
  await page.locator('.facts').getByText(number.replace('-', '')).first().waitFor();
}

function openRecordings(page: Page): Promise<void> {
  return page.locator('.rail').getByRole('button', { name: '录音' }).click();
}

/** The range input under the buttons; what it is set to is where the sound stands. */
async function seek(page: Page, seconds: number): Promise<void> {
  const slider = page.locator('.seek');
  await slider.fill(String(seconds));
  await expect.poll(() => positionOf(page)).toBeGreaterThanOrEqual(seconds - 0.05);
}

function positionOf(page: Page): Promise<number> {
  return page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.currentTime);
}

function isPlaying(page: Page): Promise<boolean> {
  return page.locator('audio').evaluate((audio: HTMLAudioElement) => !audio.paused && audio.currentTime > 0);
}

const card = (page: Page, title: RegExp): Locator =>
  page.locator('.card').filter({ has: page.getByRole('heading', { name: title }) });

describe('an officer after a call', { timeout: 120_000, retry: 0 }, () => {
  it('hears it, marks a stretch by A and B, and saves it with its cover', async () => {
    officer = await logIn('zhang');
    talk = await realCall(office, bed, OUTSIDE.caller, 4_000);
    await openCall(officer, '0954-8887777');
    await officer.locator('.transport').waitFor();
    await officer.getByRole('button', { name: /^播放/ }).click();
    await expect.poll(() => isPlaying(officer)).toBe(true);
    await officer.locator('.recording').getByText('校验一致').waitFor();
    await officer.getByRole('button', { name: /^暂停/ }).click();

    await seek(officer, 1);
    await officer.locator('.seek').focus();
    await officer.keyboard.press('a');
    await seek(officer, 2.5);
    await officer.locator('.seek').focus();
    await officer.keyboard.press('b');
    await officer.getByText('起点 0:01.0').waitFor();
    await officer.getByText('终点 0:02.5').waitFor();
    const saving = officer.waitForEvent('download');
    await officer.keyboard.press('e');
    const download = await saving;
    expect(download.suggestedFilename()).toBe(`clip-${talk.id}-1-3.zip`);
    const files = unzip(readFileSync(await download.path()));
    expect([...files.keys()]).toEqual(['clip.wav', 'sides.wav', 'cover.html', 'SHA256SUMS']);
    // From the very file the PBX wrote: 1.5 s of 16 bits at 8 kHz.
    const original = readFileSync(join(bed.folder, 'sound', talk.file ?? ''));
    expect(sha256Of(original)).toBe(talk.sha256);
    const clip = files.get('clip.wav');
    expect(clip?.subarray(44).equals(original.subarray(44 + RATE * 2, 44 + 2.5 * RATE * 2))).toBe(true);
    const digest = sha256Of(clip ?? Buffer.alloc(0));
    await officer.getByText(`已导出片段和封面。片段校验值 SHA-256 ${digest.slice(0, 16)}…`).waitFor();
    const cover = files.get('cover.html')?.toString() ?? '';
    for (const said of [digest, talk.sha256 ?? '', '0954-8887777', '张三（值班员），账号 zhang', '校验一致'])
      expect(cover).toContain(said);
    await look(officer, 'clip');
    const sheet = await officer.context().newPage();
    await sheet.setContent(cover);
    const printed = (await sheet.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(printed.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
    if (SHOTS !== undefined) {
      await sheet.setViewportSize({ width: 794, height: 1123 });
      await sheet.screenshot({ path: join(SHOTS, 'cover.png'), fullPage: true });
    }
    await sheet.close();
  });

  it('gives a file of nobody to the call by hand', async () => {
    const path = join(office.recordings, 'recorder-07.wav');
    writeFileSync(path, FOUND);
    const longAgo = Date.now() / 1_000 - 7_200;
    utimesSync(path, longAgo, longAgo);
    await openRecordings(officer);
    await officer.getByRole('button', { name: '立即核对' }).click();
    const strays = card(officer, /^无主录音/);
    await strays.getByText('recorder-07.wav').waitFor();
    await officer.getByText(/上次核对/).waitFor();
    await look(officer, 'strays');
    await strays.locator('.stray').getByRole('button', { name: '关联到当前打开的通话' }).click();
    await strays.getByText('没有无主录音。').waitFor();
    await openCall(officer, '0954-8887777');
    const given = officer.locator('.recording', { hasText: '人工关联' });
    await given.getByText('已入库').waitFor();
    const [row] = (await kept()).filter(({ sha256 }) => sha256 === sha256Of(FOUND));
    expect(row).toMatchObject({ call: talk.call, foundBy: 'by-hand:p-zhang' });
  });

  it('has a dead job tried again once its cause is mended', async () => {
    const recording = newId();
    const file = soundFileOf(recording, 'wav');
    const bytes = wavOf(sweep(1, 500));
    const about = { recording, at: Date.now() };
    const { pbx, linkedid } = talk;
    const sound = { file, bytes: bytes.length, seconds: 1, sha256: sha256Of(bytes), repaired: false };
    for (const report of [
      {
        ...about,
        type: 'recording-known',
        pbx,
        linkedid,
        uniqueid: linkedid,
        part: 'talk',
        mode: 'ami',
        pbxPath: '/m/lost.wav',
      },
      { ...about, type: 'recording-attached', ...sound },
    ] as const)
      await bed.service.intake.work({ type: 'recording-report', report });
    await openRecordings(officer);
    const jobs = card(officer, /^后台任务/);
    await jobs.getByText(`未找到录音文件 ${file}`).waitFor();
    await look(officer, 'dead-job');
    const path = join(bed.folder, 'sound', file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    await jobs.getByRole('button', { name: /重\s*试/ }).click();
    await jobs.getByText('没有失败的任务。').waitFor();
    await expect
      .poll(async () => (await bed.service.store.recording(recording))?.judgement?.playable ?? null, {
        timeout: 20_000,
      })
      .not.toBeNull();
  });
});

describe('the second copy of a recording', { timeout: 120_000, retry: 0 }, () => {
  it('is told on its call: there, or not to be reached', async () => {
    await openCall(officer, '0954-8887777');
    await officer.locator('.recording').getByText('已备份').first().waitFor();
    // A copy that is just being written would make the folder again.
    await expect
      .poll(async () => (await kept()).filter(({ copyState }) => copyState !== 'verified'))
      .toEqual([]);
    const copy = join(bed.folder, 'copy');
    renameSync(copy, `${copy}.pulled`);
    try {
      const away = await realCall(office, bed, OUTSIDE.secondCaller, 2_000);
      expect(away.copyState).not.toBe('verified');
      await openCall(officer, '0954-8886666');
      await officer.locator('.recording').getByText('备份存储连不上').waitFor();
      await look(officer, 'copy-away');
    } finally {
      renameSync(`${copy}.pulled`, copy);
    }
  });
});

describe('a supervisor', { timeout: 120_000, retry: 0 }, () => {
  it('says why before hearing; an altered file is found by that, and stops everywhere', async () => {
    // The officer plays the long one.
    await openCall(officer, '0954-8887777');
    const long = officer.locator('.recording', { hasText: '人工关联' });
    await long.getByRole('button', { name: /第 \d 段/ }).click();
    await officer.getByRole('button', { name: /^播放/ }).click();
    await expect.poll(() => isPlaying(officer)).toBe(true);
    await long.getByText('校验一致').waitFor();

    const [row] = (await kept()).filter(({ sha256 }) => sha256 === sha256Of(FOUND));
    const path = join(bed.folder, 'sound', row?.file ?? '');
    const bytes = readFileSync(path);
    bytes[40_000] = (bytes[40_000] ?? 0) ^ 1;
    writeFileSync(path, bytes);

    const supervisor = await logIn('supervisor');
    await openCall(supervisor, '0954-8887777');
    const there = supervisor.locator('.recording', { hasText: '人工关联' });
    await there.getByRole('button', { name: /第 \d 段/ }).click();
    await supervisor.getByRole('button', { name: /^播放/ }).click();
    const why = supervisor.getByRole('form', { name: '收听事由' });
    await why.waitFor();
    expect(await isPlaying(supervisor)).toBe(false);
    expect(await isPlaying(officer)).toBe(true);
    await look(supervisor, 'listen-reason');
    await why.getByRole('button', { name: '督查抽听' }).click();

    for (const page of [supervisor, officer]) {
      const said = page.getByRole('alert').filter({ hasText: '校验不一致' });
      await said.waitFor();
      expect(await said.textContent()).toContain('已停止播放，可调取备份');
      expect(await isPlaying(page)).toBe(false);
    }
    await officer.keyboard.press('F9');
    expect(await isPlaying(officer)).toBe(false);
    await look(officer, 'altered');
    const heard = (await bed.service.store.auditOf(row?.id ?? '')).map(
      ({ kind, account }) => `${kind} ${account}`,
    );
    expect(heard).toContain('recording-heard a-zhang');

    // What comes back from the copy plays again.
    writeFileSync(path, FOUND);
    await officer.getByRole('button', { name: '重新校验' }).click();
    await officer.getByRole('button', { name: /^播放/ }).click();
    await expect.poll(() => isPlaying(officer)).toBe(true);
    await officer.getByRole('button', { name: /^暂停/ }).click();

    // And a copy that is taken away needs a reason of its own.
    await supervisor.locator('.recording').getByRole('button', { name: '第 1 段' }).click();
    await seekStill(supervisor);
    await supervisor.getByRole('button', { name: '导出片段' }).click();
    const reason = supervisor.getByRole('form', { name: '导出事由' });
    await reason.waitFor();
    await look(supervisor, 'export-reason');
    const saving = supervisor.waitForEvent('download');
    await reason.getByLabel('其他事由').fill('信访 2026-118 号复核');
    await supervisor.keyboard.press('Enter');
    const files = unzip(readFileSync(await (await saving).path()));
    expect(files.get('cover.html')?.toString()).toContain('信访 2026-118 号复核');
    await supervisor.context().close();
  });
});

/** Marks the second second of the sound by the buttons, after a reason was given for hearing it. */
async function seekStill(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^播放/ }).click();
  const why = page.getByRole('form', { name: '收听事由' });
  await why.getByRole('button', { name: '核实内容' }).click();
  await expect.poll(() => isPlaying(page)).toBe(true);
  await page.getByRole('button', { name: /^暂停/ }).click();
  await seek(page, 1);
  await page.getByRole('button', { name: /起点/ }).click();
  await seek(page, 2);
  await page.getByRole('button', { name: /终点/ }).click();
}

describe('涉密误录处置', { timeout: 120_000, retry: 0 }, () => {
  it('isolates at once by an officer, and destroys by two persons, everywhere', async () => {
    await openCall(officer, '0954-8887777');
    await officer.getByLabel('电话内容').fill(WRITTEN);
    await officer.locator('.keys').getByText('已保存').waitFor();
    await officer.locator('.secrecy').getByRole('button', { name: '涉密误录处置' }).click();
    const panel = officer.getByRole('region', { name: '涉密误录处置' });
    await panel.getByLabel(/^事由/).fill('误谈涉密事项');
    await look(officer, 'isolate');
    await panel.getByRole('button', { name: '立即隔离' }).click();
    await officer.locator('.facts').getByText('该通话已隔离，录音和记录单不能收听、查看。').waitFor();
    await officer.locator('.transport').waitFor({ state: 'detached' });
    // What was written goes from every screen as well, this one too.
    await officer.locator('.form-pane').getByText('录音和记录单不能收听、查看').waitFor();
    expect(await officer.locator('body').textContent()).not.toContain(WRITTEN);
    expect(await officer.getByRole('button', { name: '涉密误录处置' }).count()).toBe(0);
    const refused = await officer.evaluate(
      async (id) => (await fetch(`/api/recordings/${id}`)).status,
      talk.id,
    );
    expect(refused).toBe(409);
    await look(officer, 'isolated');

    const leader = await logIn('leader');
    await openIsolated(leader);
    await leader.getByRole('button', { name: '涉密误录处置' }).click();
    const decision = leader.getByRole('region', { name: '涉密误录处置' });
    await decision.getByLabel(/^事由/).fill('经核实涉密，按规定销毁');
    await decision.getByLabel('第二人账号').fill('supervisor');
    await decision.getByLabel('第二人密码').fill('wrong');
    await decision.getByRole('button', { name: /销\s*毁/ }).click();
    await decision.getByRole('alert').getByText('登录名或密码不对').waitFor();
    await look(leader, 'destroy');
    await decision.getByLabel('第二人密码').fill(PASSWORD);
    await decision.getByRole('button', { name: /销\s*毁/ }).click();
    for (const page of [leader, officer])
      await page.getByText('该通话已按涉密误录处置销毁').first().waitFor();
    await expect.poll(soundsOfTalk, { timeout: 20_000 }).toEqual([]);
    await look(leader, 'destroyed');
  });
});

/** An isolated call shows no number: it is the only one of the day. */
async function openIsolated(page: Page): Promise<void> {
  await page.locator('.list-pane .work-row, .list-pane [role=option]').first().click();
  await page.locator('.secrecy').waitFor();
}

function soundsOfTalk(): readonly string[] {
  const files = readdirSync(join(bed.folder, 'sound'), { recursive: true }).map(String);
  return files.filter((file) => file.includes(talk.id));
}
