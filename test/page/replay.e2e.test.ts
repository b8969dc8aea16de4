/**
 * A supervisor's round in Debian's Chromium over real calls, without a mouse: finds one by a word of two characters, hears it,
 * looks at it closely, notes a moment, marks it, takes a clip away and prints its record, and goes on to the next. One story: what a test leaves is where the next begins, so none is repeated alone.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordingRow } from '../../src/storage/store/recordings.ts';
import { hashPassword } from '../../src/web/password.ts';
import { openChromium } from '../bed/chromium.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { sha256Of } from '../recordings/vault/sounds.ts';
import { type OfficeService, startOfficeService } from '../web/office-service.ts';
import { unzip } from '../web/unzip.ts';
import { PASSWORD } from '../web/web-bed.ts';
import { chooseIn, pressOn, tabTo, writeIn } from './by-keyboard.ts';
import { axisOnScreen, cursorAtPixel, standsAtPixel } from './on-axis.ts';
import { realCall } from './real-calls.ts';

const BUILT = fileURLToPath(new URL('../../build/page', import.meta.url));
/** Pictures for a reviewer go here; usually none are taken. */
const SHOTS = process.env.DUTYLINE_SHOTS;
/** Another zone than the office's turns night into day for pictures. */
const ZONE = process.env.DUTYLINE_SHOTS_ZONE ?? 'Asia/Shanghai';
const SIZES = [
  { width: 1092, height: 500 },
  { width: 1920, height: 937 },
  { width: 1366, height: 625 },
] as const;
/** How long a page may take that stands beside a PBX on a busy machine. */
const SOON = { timeout: 15_000 };
const CONTENT = '城区停电，供电公司正在抢修，预计两小时恢复。';
const NOTE = '问清恢复时间';

/** Two lines: one recorded by AMI, and one whose sound the PBX promised to write, which it does not. */
const OFFICE_YAML = `
units: [{ id: unit, name: 市政府办公室 }]
rooms: [{ id: room, unit: unit, name: 值班室, formTitle: 市人民政府值班室电话记录单 }]
lines:
  - { id: line-1, room: room, pbx: office, number: 0954-2030001, dids: ["${DID.direct}"], trunks: [PJSIP/telco, PJSIP/telco2], phones: [PJSIP/1001], recording: ami }
  - { id: line-2, room: room, pbx: office, number: 0954-2030002, dids: ["${DID.ringGroup}"], trunks: [PJSIP/telco, PJSIP/telco2], phones: [PJSIP/1002], recording: pbx }
seats: [{ id: s-1, room: room, name: 1 号坐席, phone: PJSIP/1001 }]
people: [{ id: p-zhang, room: room, name: 张三, title: 值班员 }, { id: p-li, room: room, name: 李四, title: 值班员 }]
directory: [{ number: 0954-8887777, unit: 市应急管理局, person: 王某, class: superior }]
roster: [{ room: room, leaders: [], officers: [p-zhang] }]
`;

let office: Office;
let bed: OfficeService;
let browser: Browser;
let page: Page;
let older: RecordingRow;
let newer: RecordingRow;
/** 编号 of its record. */
let number: string;
/** What the page asked for, from its log-in on. */
const asked: Request[] = [];

beforeAll(async () => {
  office = await startOffice();
  bed = await startOfficeService(office, { builtPage: BUILT, officeYaml: OFFICE_YAML });
  const passwordHash = await hashPassword(PASSWORD);
  const supervisor = { id: 'a-du', login: 'du', name: '杜督查', role: 'supervisor', person: null } as const;
  await bed.service.intake.work({
    type: 'account-add',
    ...supervisor,
    unit: 'unit',
    passwordHash,
    at: Date.now(),
  });
  await bed.watching();
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await bed?.stop();
  await office?.stop();
});

/** A call of two seconds on the line whose sound never comes. */
async function silentCall(): Promise<void> {
  const call = await office.telco.call(DID.ringGroup, { number: OUTSIDE.mobile });
  await call.reached('answered');
  call.after(2_000, () => call.hangUp());
  await call.reached('ended');
}

/** The officer writes 电话内容 of the call and registers it. Answers its 编号. */
async function write({ call }: RecordingRow, value: string): Promise<string> {
  const { store, intake } = bed.service;
  const record = (await store.callView(call ?? ''))?.record ?? '';
  const officer = { account: 'a-zhang', person: 'p-zhang', seat: null };
  const fields = (await store.recordView(record))?.fields;
  for (const [field, text] of [
    ['content', value],
    ['recorder', '张三'],
  ] as const) {
    const base = fields?.[field].version ?? 0;
    const command = { type: 'patch-field', record, field, client: 'tab', value: text, base } as const;
    await intake.command({ ...command, opId: `op-${field}` }, officer);
  }
  const registered = await intake.command({ type: 'register', opId: 'op-register', record }, officer);
  if (!registered.ok) throw new Error(registered.refusal.en);
  return (await store.recordView(record))?.number ?? '';
}

async function look(name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.waitForTimeout(300);
    await page.screenshot({ path: join(SHOTS, `${name}-${size.width}x${size.height}.png`) });
  }
  await list().focus();
}

const list = () => page.getByRole('listbox', { name: /^已接听的通话/ });
const heading = () => page.locator('.replay-head h1');
const deck = () => page.locator('.replay-deck');
const lanes = () => page.getByRole('slider', { name: /^波形/ });

/** Seconds of the call, as the lanes say where it stands. */
async function standsAt(): Promise<number> {
  return Number(await lanes().getAttribute('aria-valuenow'));
}

function heard(): Promise<{ at: number; paused: boolean; rate: number; pitch: boolean }> {
  return page.locator('.replay-deck audio').evaluate((audio: HTMLAudioElement) => ({
    at: audio.currentTime,
    paused: audio.paused,
    rate: audio.playbackRate,
    pitch: audio.preservesPitch,
  }));
}

/** The greatest sample that comes out of the player within some seconds; 1 is full scale. */
function loudest(): Promise<number> {
  return page.locator('.replay-deck audio').evaluate(async (audio) => {
    const context = new AudioContext();
    const listening = context.createAnalyser();
    const { captureStream } = audio as HTMLAudioElement & { captureStream(): MediaStream };
    const stream = captureStream.call(audio);
    // Its track comes with the first sound.
    while (stream.getAudioTracks().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    context.createMediaStreamSource(stream).connect(listening);
    await context.resume();
    const samples = new Float32Array(listening.fftSize);
    let most = 0;
    for (let look = 0; look < 60 && most < 0.05; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      listening.getFloatTimeDomainData(samples);
      most = samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), most);
    }
    await context.close();
    return most;
  });
}

/** A and B by keys, at least `length` seconds apart, where the list has the focus. Answers where A was pressed. */
async function markLoop(length: number): Promise<number> {
  await page.keyboard.press('Home');
  await page.keyboard.press(' ');
  await expect.poll(async () => (await heard()).at, SOON).toBeGreaterThan(0.3);
  await page.keyboard.press('a');
  const from = (await heard()).at;
  await expect.poll(async () => (await heard()).at, SOON).toBeGreaterThan(from + length);
  await page.keyboard.press('b');
  await deck()
    .getByText(/^循环 /)
    .waitFor();
  return from;
}

/** Puts the sound past B and stops it at once; whether it is still stopped some frames later. */
function stoppedPast(seconds: number): Promise<boolean> {
  return page.locator('.replay-deck audio').evaluate(async (element, past) => {
    const audio = element as HTMLAudioElement;
    audio.currentTime = past;
    audio.pause();
    for (let frame = 0; frame < 20; frame += 1)
      await new Promise((resolve) => requestAnimationFrame(() => resolve(null)));
    return audio.paused;
  }, seconds);
}

/** How many signs of ink each lane has. */
function ink(): Promise<readonly number[]> {
  return page.locator('.replay-wave').evaluate((frame) => {
    const canvases = frame.firstElementChild?.shadowRoot?.querySelectorAll('.canvases canvas') ?? [];
    return [...canvases].map((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const pixels = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data;
      return (pixels ?? []).filter((value, at) => at % 4 === 3 && value > 0).length;
    });
  });
}

describe('a supervisor in 回放', { timeout: 120_000, retry: 0 }, () => {
  it('has calls to judge: two with both sides of their talk, and one without any sound', async () => {
    await silentCall();
    older = await realCall(office, bed, OUTSIDE.secondCaller, 3_000);
    newer = await realCall(office, bed, OUTSIDE.caller, 5_000);
    number = await write(newer, CONTENT);
    for (const { judgement } of [older, newer]) expect(judgement?.measure?.sides).toHaveLength(2);
  });

  it('finds the call by a word; it loads at once and does not play', async () => {
    const context = await browser.newContext({
      viewport: { width: 1366, height: 625 },
      locale: 'zh-CN',
      timezoneId: ZONE,
    });
    // The dialogue of the printer is the browser's own: it is enough that it was asked for.
    await context.addInitScript(() => {
      window.print = () => document.documentElement.setAttribute('data-printed', 'yes');
    });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('request', (request) => asked.push(request));
    await page.goto(bed.base);
    await writeIn(page, page.getByLabel('账号'), 'du');
    await writeIn(page, page.getByLabel('密码'), PASSWORD);
    await page.keyboard.press('Enter');
    await pressOn(page, page.locator('.rail').getByRole('button', { name: '回放' }));
    await list().getByRole('option').nth(1).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.insertText('停电');
    await page.keyboard.press('Enter');
    await expect.poll(() => list().getByRole('option').count(), SOON).toBe(1);
    await heading().getByText('市应急管理局').waitFor();
    await page.locator('.replay-form').getByText(CONTENT).waitFor();
    await page.getByText('收听须先填写事由').waitFor();
    expect(await heard()).toMatchObject({ at: 0, paused: true });
    // The begin is the answer, not the ring.
    const view = await bed.service.store.callView(newer.call ?? '');
    const answered = ((view?.answeredAt ?? 0) - (view?.startedAt ?? 0)) / 1_000;
    await expect.poll(standsAt, SOON).toBeCloseTo(answered, 0);
    expect(await page.locator('.replay-ring').count()).toBe(1);
  });

  it('says why by the keyboard, then hears it and sees both lanes; no sound is fetched as a whole', async () => {
    await page.keyboard.press(' ');
    await page.getByRole('form', { name: '收听事由' }).waitFor();
    await page.keyboard.insertText('季度抽听');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await heard()).paused, SOON).toBe(false);
    const from = await standsAt();
    expect(await loudest()).toBeGreaterThan(0.05);
    await expect.poll(standsAt, SOON).toBeGreaterThan(from + 1);
    await deck().getByText('收听事由：季度抽听').waitFor();
    await expect.poll(async () => (await ink()).map((dots) => dots > 500), SOON).toEqual([true, true]);
    await page.keyboard.press(' ');
    await expect.poll(async () => (await heard()).paused, SOON).toBe(true);
    const whole = asked.filter(
      (request) =>
        /\/api\/recordings\/[^/]+(\/original)?$/.test(new URL(request.url()).pathname) &&
        request.resourceType() !== 'media',
    );
    expect(whole.map((request) => request.url())).toEqual([]);
    await page.locator('.recording').getByText('校验一致').waitFor();
    await page.locator('.recording').getByText('完整', { exact: true }).waitFor();
  });

  it('goes back and on by seconds, to the ring and out of it, slower and faster with its pitch', async () => {
    await page.keyboard.press('Home');
    await page.getByText('响铃阶段没有录音，播放时从接听开始。').waitFor();
    await expect.poll(standsAt, SOON).toBe(0);
    await page.keyboard.press(' ');
    await expect.poll(async () => (await heard()).paused, SOON).toBe(false);
    await page.keyboard.press(' ');
    await expect.poll(async () => (await heard()).paused, SOON).toBe(true);
    // Played and stopped in one breath, it is not said to be broken.
    expect(await page.getByText(/^录音打不开/).count()).toBe(0);
    const before = await standsAt();
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(standsAt, SOON).toBeCloseTo(before + 1, 1);
    await page.keyboard.press('Shift+ArrowLeft');
    await expect.poll(standsAt, SOON).toBeCloseTo(before, 1);
    await page.keyboard.press('[');
    await page.keyboard.press('[');
    await expect.poll(heard, SOON).toMatchObject({ rate: 0.5, pitch: true });
    for (let press = 0; press < 8; press += 1) await page.keyboard.press(']');
    await expect.poll(heard, SOON).toMatchObject({ rate: 3, pitch: true });
    await chooseIn(page, deck().getByLabel('速度（[ 慢，] 快）'), '1.5×');
    await tabTo(page, list());
  });

  it('goes round between A and B until Esc', async () => {
    const from = await markLoop(0.6);
    // It stands before B again, and plays.
    await expect.poll(async () => (await heard()).at, SOON).toBeLessThan(from + 0.4);
    expect((await heard()).paused).toBe(false);
    await look('loop');
    // Stopped in the very frame in which B is passed, it is not begun again at A.
    for (let turn = 0; turn < 5; turn += 1) {
      expect(await stoppedPast(from + 1)).toBe(true);
      await page.keyboard.press(' ');
      await expect.poll(async () => (await heard()).paused, SOON).toBe(false);
    }
    await page.keyboard.press('Escape');
    await deck()
      .getByText(/^循环 /)
      .waitFor({ state: 'detached' });
    await page.keyboard.press(' ');
    await expect.poll(async () => (await heard()).paused, SOON).toBe(true);
  });

  it('looks at it closely by + and goes back by 0: what is marked stands at its second', async () => {
    const place = await standsAt();
    const whole = (await axisOnScreen(page)).axis.width;
    await page.keyboard.press('+');
    await expect.poll(async () => (await axisOnScreen(page)).axis.width, SOON).toBeGreaterThan(whole);
    expect(await standsAt()).toBe(place);
    const { window } = await axisOnScreen(page);
    const cursor = await cursorAtPixel(page);
    expect(cursor).toBeGreaterThanOrEqual(window.x - 2);
    expect(cursor).toBeLessThanOrEqual(window.x + window.width + 2);
    // The answer is where the ring ends and the sound begins, in the wave, in the marks and in the facts of the call.
    const view = await bed.service.store.callView(newer.call ?? '');
    const answered = ((view?.answeredAt ?? 0) - (view?.startedAt ?? 0)) / 1_000;
    const flag = await standsAtPixel(page.locator('.replay-flag-answered'));
    expect(cursor > flag).toBe(place > answered);
    const ring = await page.locator('.replay-ring').boundingBox();
    expect(Math.abs((ring?.x ?? 0) + (ring?.width ?? 0) - flag)).toBeLessThanOrEqual(1.5);
    await look('zoom');
    await page.keyboard.press('0');
    await expect.poll(async () => (await axisOnScreen(page)).axis.width, SOON).toBe(whole);
  });

  it('notes a moment by M: it stands in 要点 and as a flag over the lanes', async () => {
    const moment = await standsAt();
    await page.keyboard.press('m');
    await page.getByLabel(/^记一笔 0:/).waitFor();
    await page.keyboard.insertText(NOTE);
    await page.keyboard.press('Enter');
    await page.locator('.replay-notes').getByText(NOTE).waitFor();
    await page.locator('.replay-flag-note').getByText(NOTE).waitFor();
    const view = await bed.service.store.callView(newer.call ?? '');
    const [note] = view?.notes ?? [];
    expect(note).toMatchObject({ text: NOTE, by: '杜督查' });
    expect(((note?.moment ?? 0) - (view?.startedAt ?? 0)) / 1_000).toBeCloseTo(moment, 1);
    for (const flag of ['振铃', '接听'])
      await page.locator('.replay-flag').getByText(flag, { exact: true }).waitFor();
  });

  it('marks it 不规范 with a reason; the list and the audit trail have it', async () => {
    const review = page.getByRole('region', { name: '评议' });
    await pressOn(page, review.getByRole('button', { name: '不规范' }));
    await pressOn(page, review.getByRole('button', { name: '保存评议' }));
    await review.getByText('标为不规范，请至少选一条原因。').waitFor();
    await tabTo(page, review.getByLabel('重要内容未复述核对'));
    await page.keyboard.press(' ');
    await writeIn(page, review.getByRole('textbox', { name: '备注' }), '没有复述恢复时间');
    await look('review');
    await pressOn(page, review.getByRole('button', { name: '保存评议' }));
    await review.getByText(/杜督查/).waitFor();
    await review.getByText('没有复述恢复时间').waitFor();
    await list().getByText('不规范').waitFor();
    await look('marked');
    const [mark] = await bed.service.store.reviewsOfCall(newer.call ?? '');
    expect(mark).toMatchObject({ verdict: 'improper', reasons: ['not-read-back'], by: '杜督查' });
    const audited = await bed.service.store.auditOf(newer.call ?? '');
    expect(audited.map(({ kind, account }) => `${kind} ${account}`)).toContain('call-reviewed a-du');
  });

  it('takes a clip of it away: the very samples between A and B, with cover and digests, and the audit trail has it', async () => {
    await tabTo(page, list());
    await markLoop(1);
    await page.keyboard.press(' ');
    await expect.poll(async () => (await heard()).paused, SOON).toBe(true);
    const [from = 0, to = 0] =
      (
        (await deck()
          .getByText(/^循环 /)
          .textContent()) ?? ''
      )
        .match(/\d+:\d+\.\d/g)
        ?.map((moment) => Number(moment.slice(-4))) ?? [];
    expect(to - from).toBeGreaterThan(0.9);
    await page.keyboard.press('e');
    await page.getByRole('form', { name: '导出事由' }).waitFor();
    await look('clip-reason');
    const download = page.waitForEvent('download');
    await tabTo(page, page.getByRole('textbox', { name: '其他事由' }));
    await page.keyboard.insertText('信访复核');
    await page.keyboard.press('Enter');
    const file = await download;
    expect(file.suggestedFilename()).toBe(`clip-${newer.id}-${Math.floor(from)}-${Math.ceil(to)}.zip`);
    const files = unzip(readFileSync(await file.path()));
    const clip = files.get('clip.wav') ?? Buffer.alloc(0);
    const rate = clip.readUInt32LE(24);
    const bytesASecond = clip.readUInt32LE(28);
    expect((clip.length - 44) / bytesASecond).toBeCloseTo(to - from, 3);
    // Not one sample of it is another than in the file that was kept.
    const kept = await page.context().request.get(`${bed.base}/api/recordings/${newer.id}/original`);
    const original = await kept.body();
    expect(sha256Of(original)).toBe(newer.sha256);
    const data = original.indexOf('data') + 8;
    const frame = bytesASecond / rate;
    const cut = original.subarray(
      data + Math.round(from * rate) * frame,
      data + Math.round(to * rate) * frame,
    );
    expect(clip.subarray(44).equals(cut)).toBe(true);
    const digest = sha256Of(clip);
    expect(files.get('SHA256SUMS')?.toString()).toContain(`${digest}  clip.wav\n`);
    const cover = files.get('cover.html')?.toString() ?? '';
    for (const said of [
      newer.call ?? '-',
      newer.id,
      newer.sha256 ?? '-',
      digest,
      number,
      '信访复核',
      '杜督查',
    ])
      expect(cover).toContain(said);
    await deck()
      .getByText(`已导出片段和封面。片段校验值 SHA-256 ${digest.slice(0, 16)}…`)
      .waitFor();
    const audited = (await bed.service.store.auditOf(newer.id)).filter(
      ({ kind }) => kind === 'recording-exported',
    );
    expect(audited.map(({ account }) => account)).toEqual(['a-du']);
    expect(JSON.parse(audited[0]?.payloadJson ?? '{}')).toMatchObject({ from, to, reason: '信访复核' });
    expect(audited[0]?.payloadJson).toContain(digest);
    await page.keyboard.press('Escape');
  });

  it('prints its record: the paper has every word on one page, and the audit trail has it', async () => {
    const form = page.getByRole('region', { name: '电话记录单' });
    await pressOn(page, form.getByRole('button', { name: '打印' }));
    const opened = page.context().waitForEvent('page');
    await pressOn(page, form.getByRole('button', { name: '电话记录单', exact: true }));
    const paper = await opened;
    await paper.locator('html[data-printed=yes]').waitFor();
    const pdf = join(bed.folder, 'printed.pdf');
    writeFileSync(pdf, await paper.pdf({ preferCSSPageSize: true }));
    await paper.close();
    const printed = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
    expect(printed.split('\f').length - 1).toBe(1);
    const text = printed.replace(/\s/g, '');
    for (const said of [
      '市人民政府值班室电话记录单',
      '来电单位：市应急管理局',
      '来电人：王某',
      '来电号码：0954-8887777',
    ])
      expect(text).toContain(said);
    expect(text).toContain(`电话内容：${CONTENT}`);
    expect(text).not.toContain('草稿');
    const record = (await bed.service.store.callView(newer.call ?? ''))?.record ?? '';
    const audited = (await bed.service.store.auditOf(record)).filter(({ kind }) => kind === 'record-printed');
    expect(audited.map(({ account }) => account)).toEqual(['a-du']);
    expect(JSON.parse(audited[0]?.payloadJson ?? '{}')).toMatchObject({
      number,
      form: 'seed',
      format: 'html',
    });
    await tabTo(page, list());
  });

  it('goes to the next by Enter: loaded, not playing, at the same speed, for the same reason', async () => {
    await page.keyboard.press('/');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Enter');
    await expect.poll(() => list().getByRole('option').count(), SOON).toBe(3);
    await page.keyboard.press('Enter');
    await heading().getByText('0954-8886666').waitFor();
    await expect.poll(async () => (await ink()).map((dots) => dots > 500), SOON).toEqual([true, true]);
    expect(await heard()).toMatchObject({ at: 0, paused: true, rate: 1.5 });
    await page.keyboard.press(' ');
    await expect.poll(async () => (await heard()).at, SOON).toBeGreaterThan(0.5);
    expect(await page.getByRole('form', { name: '收听事由' }).count()).toBe(0);
    await page.keyboard.press(' ');
    await look('next');
    for (const { id } of [older, newer])
      await expect
        .poll(
          async () =>
            (await bed.service.store.auditOf(id)).map(({ kind, payloadJson }) => `${kind} ${payloadJson}`),
          SOON,
        )
        .toContainEqual(expect.stringMatching(/^recording-heard .*季度抽听/));
  });

  it('says what is missing of a call without sound and where to look for it; after the last there is no next', async () => {
    await page.keyboard.press('Enter');
    await page.getByText(/该通话应有录音 [12] 秒，未找到文件。可在“无主录音”中人工关联。/).waitFor();
    expect(await page.locator('.replay-gap').count()).toBe(1);
    expect(await deck().count()).toBe(0);
    await look('missing');
    await page.keyboard.press('Enter');
    await page.getByText('已是最后一条。').waitFor();
  });

  it('shows missing seconds as a gap of their length', async () => {
    await page.keyboard.press('ArrowUp');
    await heading().getByText('0954-8886666').waitFor();
    const judgement = older.judgement;
    if (judgement === null) throw new Error('the talk was not measured');
    const defects = [{ kind: 'cut-at-end', seconds: 2 }] as const;
    const about = { recording: older.id, at: Date.now() };
    await bed.service.intake.work({
      type: 'recording-report',
      report: { ...about, type: 'recording-processed', judgement: { ...judgement, defects } },
    });
    const gap = page.locator('.replay-gap');
    await gap.getByText('缺 2.0 秒').waitFor();
    const [red, all] = await Promise.all([gap.boundingBox(), lanes().boundingBox()]);
    const seconds = Number(await lanes().getAttribute('aria-valuemax'));
    expect((red?.width ?? 0) / (all?.width ?? 1)).toBeCloseTo(2 / seconds, 1);
    await look('gap');
  });
});
