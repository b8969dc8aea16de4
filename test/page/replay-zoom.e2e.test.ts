/**
 * 缩放 in 回放 in Debian's Chromium: ten seconds of a call of an hour fill the lanes, and what is drawn, marked and missing stands
 * where its second is, at every zoom and wherever one has scrolled.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecordingLibrary } from '../../src/recordings/library.ts';
import { newId } from '../../src/storage/new-id.ts';
import { openChromium } from '../bed/chromium.ts';
import { sweep, wavOf } from '../web/kept-talk.ts';
import { keepLongCall, type LongCall } from '../web/long-call.ts';
import { PASSWORD, startWebBed, type WebBed } from '../web/web-bed.ts';
import { pressOn } from './by-keyboard.ts';
import { axisOnScreen, cursorAtPixel, highInLane, standsAtPixel } from './on-axis.ts';

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
const SOON = { timeout: 15_000 };
const RING = 5;
const TALK = 3_600;
/** What is missing at the end of the sound, seconds. */
const MISSING = 40;
const SECONDS = RING + TALK + MISSING;
/** Seconds of the talk in which the caller is loud, and a note stands at each. */
const LOUD = [2, 1_800, 1_804, 3_590] as const;
/** What a screen rounds: a line is a pixel wide. */
const PIXEL = 1.5;

let bed: WebBed;
let browser: Browser;
let page: Page;
let long: LongCall;

beforeAll(async () => {
  bed = await startWebBed({ pageFolder: BUILT });
  const library = createRecordingLibrary(bed.recordings);
  long = await keepLongCall(bed, library, {
    startedAt: Date.now() - 2 * 3_600_000,
    ring: RING,
    talk: TALK,
    loud: LOUD,
  });
  const by = { account: 'a-zhang', person: 'p-zhang', name: '张三', at: Date.now() };
  for (const second of LOUD) {
    const moment = long.startedAt + (RING + second) * 1_000;
    await bed.intake.work({
      type: 'note-add',
      call: long.call,
      note: newId(),
      moment,
      text: `第${second}秒`,
      ...by,
    });
  }
  const row = await bed.store.recording(long.recording);
  if (row?.judgement == null) throw new Error('the talk was not measured');
  const defects = [{ kind: 'cut-at-end', seconds: MISSING }] as const;
  const report = { type: 'recording-processed', recording: long.recording, at: Date.now() } as const;
  await bed.intake.work({
    type: 'recording-report',
    report: { ...report, judgement: { ...row.judgement, defects } },
  });
  browser = await openChromium();
  const context = await browser.newContext({
    viewport: { width: 1366, height: 625 },
    locale: 'zh-CN',
    timezoneId: ZONE,
  });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`http://127.0.0.1:${bed.web.port}/replay/${long.call}`);
  await page.getByLabel('账号').fill('supervisor');
  await page.getByLabel('密码').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await lanes().waitFor();
  await sayWhy();
});
afterAll(async () => {
  await browser?.close();
  await bed?.close();
});

const lanes = () => page.getByRole('slider', { name: /^波形/ });
const zoom = () => page.getByRole('group', { name: '缩放' });
/** How much is seen, in words. */
const said = () => zoom().getByRole('status').textContent();
const note = (second: number) => page.locator('.replay-flag-note', { hasText: `第${second}秒` });
const pole = (at: number) => page.locator('.replay-pole-note').nth(at);

async function sayWhy(): Promise<void> {
  await page.keyboard.press(' ');
  await page.getByRole('form', { name: '收听事由' }).waitFor();
  await page.keyboard.insertText('季度抽听');
  await page.keyboard.press('Enter');
  // Until then a key is a letter of the reason.
  await page.getByRole('form', { name: '收听事由' }).waitFor({ state: 'detached' });
}

/** The pixel of the page at which a second of the call stands. */
async function pixelOf(second: number): Promise<number> {
  const { axis } = await axisOnScreen(page);
  return axis.x + (second / SECONDS) * axis.width;
}

async function near(target: Locator, second: number, what: string): Promise<void> {
  const [is, due] = await Promise.all([standsAtPixel(target), pixelOf(second)]);
  expect(Math.abs(is - due), `${what}: ${is} is not ${due}`).toBeLessThanOrEqual(PIXEL);
}

/** Seconds seen at once, by what the screen shows. */
async function seen(): Promise<{ readonly from: number; readonly to: number }> {
  const { axis, window } = await axisOnScreen(page);
  const perSecond = axis.width / SECONDS;
  const from = (window.x - axis.x) / perSecond;
  return { from, to: from + window.width / perSecond };
}

/** Everything that has a second stands at it. */
async function allStandsRight(): Promise<void> {
  for (const [index, second] of LOUD.entries()) await near(pole(index), RING + second, `pole of ${second}`);
  const view = await seen();
  for (const flag of await page.locator('.replay-flag-note').all()) {
    const second = Number(/第(\d+)秒/.exec((await flag.getAttribute('aria-label')) ?? '')?.[1]);
    await near(flag, RING + second, `flag of ${second}`);
  }
  await near(page.locator('.replay-gap'), RING + TALK, 'gap');
  await near(page.locator('.replay-ring'), 0, 'ring');
  for (const label of await page.locator('.replay-ruler span').all()) {
    const [seconds = 0, minutes = 0, hours = 0] = ((await label.textContent()) ?? '')
      .split(':')
      .map(Number)
      .reverse();
    await near(label, seconds + minutes * 60 + hours * 3_600, 'label of the ruler');
  }
  // The wave itself: each loud place that is seen is drawn over its own half second.
  const { stretches } = await highInLane(page);
  const perSecond = (await axisOnScreen(page)).axis.width / SECONDS;
  for (const second of LOUD) {
    const at = RING + second;
    if (at < view.from || at > view.to) continue;
    const due = await pixelOf(at);
    // Where a second is a few pixels, neighbours are drawn as one.
    const drawn = stretches.find(([from, to]) =>
      perSecond < 5 ? due > from - 3 && due < to + 3 : Math.abs(from - due) <= perSecond / 20 + 2,
    );
    expect(
      drawn,
      `what is loud at ${second}, due at ${due}, among ${JSON.stringify(stretches)}`,
    ).toBeDefined();
  }
}

async function look(name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.waitForTimeout(300);
    await page.screenshot({ path: join(SHOTS, `${name}-${size.width}x${size.height}.png`) });
  }
  await lanes().focus();
}

describe('a call of an hour', { timeout: 120_000, retry: 0 }, () => {
  it('is seen as a whole first, and every mark stands at its second', async () => {
    await expect
      .poll(
        () => page.locator('.replay-deck audio').evaluate((audio: HTMLAudioElement) => audio.paused),
        SOON,
      )
      .toBe(false);
    await page.keyboard.press(' ');
    // Two of the four are four seconds apart: one pixel of so long a call.
    await expect.poll(async () => (await highInLane(page)).stretches.length, SOON).toBe(3);
    await allStandsRight();
    const { axis, window } = await axisOnScreen(page);
    expect(axis.width).toBe(window.width);
    await expect.poll(said, SOON).toBe('全部');
    await look('zoom-whole');
  });

  it('is seen at ten seconds by the key +, round the place where it stands', async () => {
    await note(1_800).focus();
    await page.keyboard.press('Enter');
    await lanes().focus();
    await expect
      .poll(async () => Number(await lanes().getAttribute('aria-valuenow')), SOON)
      .toBe(RING + 1_800);
    const before = (await highInLane(page)).pixels;
    for (let press = 0; press < 8; press += 1) {
      await page.keyboard.press('+');
      await allStandsRight();
    }
    await page.keyboard.press('=');
    await page.keyboard.press('+');
    const view = await seen();
    expect(view.to - view.from).toBeCloseTo(5, 0);
    await page.keyboard.press('-');
    await expect.poll(said, SOON).toBe('看 10 秒');
    const { from, to } = await seen();
    expect(to - from).toBeCloseTo(10, 0);
    // What it plays is seen, and the line of it stands with its flag.
    expect(RING + 1_800).toBeGreaterThan(from);
    expect(RING + 1_800).toBeLessThan(to);
    expect(Math.abs((await cursorAtPixel(page)) - (await pixelOf(RING + 1_800)))).toBeLessThanOrEqual(2);
    await allStandsRight();
    // Both loud places of these ten seconds, and only they, and in a canvas no larger than a few windows.
    expect((await highInLane(page)).stretches.length).toBe(2);
    expect((await highInLane(page)).pixels).toBeLessThanOrEqual(before * 4.1);
    // A window of another size shows the same ten seconds.
    for (const size of [SIZES[1], SIZES[0], SIZES[2]]) {
      await page.setViewportSize(size);
      await expect.poll(async () => (await seen()).to - (await seen()).from, SOON).toBeCloseTo(10, 0);
      await expect.poll(async () => Math.abs((await seen()).from - from), SOON).toBeLessThan(0.2);
      await allStandsRight();
    }
    await look('zoom-ten-seconds');
  });

  it('is scrolled: everything moves together, and what comes into view is drawn', async () => {
    for (const second of [3_590, 2, 1_804]) {
      await page.locator('.replay-scroller').evaluate(
        (element, share) => {
          element.scrollLeft = share * element.scrollWidth - 100;
        },
        (RING + second) / SECONDS,
      );
      await expect
        .poll(async () => {
          const due = await pixelOf(RING + second);
          return (await highInLane(page)).stretches.some(([from]) => Math.abs(from - due) <= 6);
        }, SOON)
        .toBe(true);
      await allStandsRight();
    }
    await page.locator('.replay-scroller').evaluate((element) => {
      element.scrollLeft = element.scrollWidth;
    });
    const { axis, window } = await axisOnScreen(page);
    expect(axis.x + axis.width).toBeCloseTo(window.x + window.width, 0);
    await allStandsRight();
    // The words of the gap are read though its middle is far away.
    const [words, gap] = await Promise.all([
      page.locator('.replay-gap span').boundingBox(),
      page.locator('.replay-gap').boundingBox(),
    ]);
    expect(gap?.width ?? 0).toBeGreaterThan(window.width);
    expect(words?.x ?? 0).toBeGreaterThanOrEqual(window.x);
    expect((words?.x ?? 0) + (words?.width ?? 0)).toBeLessThanOrEqual(window.x + window.width);
    for (const name of ['对方', '本室']) {
      const box = await page.locator('.replay-lane-names').getByText(name).boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(window.x + window.width);
      expect(box?.x ?? 0).toBeGreaterThanOrEqual(window.x);
    }
    await look('zoom-gap');
  });

  it('comes back to where it stands by the keys that move it', async () => {
    await page.keyboard.press('Shift+ArrowLeft');
    const { from, to } = await seen();
    const stands = Number(await lanes().getAttribute('aria-valuenow'));
    expect(stands).toBe(RING + 1_799);
    expect(stands).toBeGreaterThan(from);
    expect(stands).toBeLessThan(to);
    await allStandsRight();
  });

  it('is pointed at: what is clicked is the second that stands there', async () => {
    const { window } = await axisOnScreen(page);
    const box = await lanes().boundingBox();
    const x = window.x + window.width / 2;
    await page.mouse.click(x, (box?.y ?? 0) + 40);
    const stands = Number(await lanes().getAttribute('aria-valuenow'));
    expect(Math.abs((await pixelOf(stands)) - x)).toBeLessThanOrEqual(2);
  });

  it('is zoomed by the wheel with Ctrl: what is under the hand stays under it, and the page keeps its size', async () => {
    const { window } = await axisOnScreen(page);
    const box = await lanes().boundingBox();
    const x = window.x + window.width / 4;
    const under = async () => {
      const { axis } = await axisOnScreen(page);
      return ((x - axis.x) / axis.width) * SECONDS;
    };
    const before = { at: await under(), ...(await seen()) };
    await page.mouse.move(x, (box?.y ?? 0) + 40);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, 240);
    await page.keyboard.up('Control');
    await expect
      .poll(async () => (await seen()).to - (await seen()).from, SOON)
      .toBeCloseTo(2 * (before.to - before.from), 0);
    expect(Math.abs((await under()) - before.at)).toBeLessThan(0.1);
    expect(await page.evaluate(() => visualViewport?.scale)).toBe(1);
    await allStandsRight();
    await page.mouse.wheel(0, 120);
    expect((await seen()).to - (await seen()).from).toBeCloseTo(2 * (before.to - before.from), 0);
  });

  it('is seen as a whole again by 0, and by buttons that say what they do', async () => {
    await page.keyboard.press('0');
    await expect.poll(said, SOON).toBe('全部');
    expect(await page.locator('.replay-scroller').evaluate((element) => element.scrollLeft)).toBe(0);
    await allStandsRight();
    await pressOn(page, zoom().getByRole('button', { name: '放大波形' }));
    await expect.poll(said, SOON).toBe('看 30 分 23 秒');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await expect.poll(said, SOON).toBe('全部');
    // Wider than the whole there is nothing.
    await page.keyboard.press('-');
    const { axis, window } = await axisOnScreen(page);
    expect(axis.width).toBe(window.width);
  });
});

describe('a sound that plays', { timeout: 120_000, retry: 0 }, () => {
  it('stays in view: the window goes along, but not while one looks elsewhere', async () => {
    const talk = 90;
    const { call } = await keepLongCall(bed, createRecordingLibrary(bed.recordings), {
      ...{
        startedAt: Date.now() - 3 * 3_600_000,
        ring: RING,
        talk,
        loud: [],
        sound: wavOf(sweep(talk, 500)),
      },
    });
    await page.goto(`http://127.0.0.1:${bed.web.port}/replay/${call}`);
    await lanes().waitFor();
    const seconds = RING + talk;
    // Read in one moment: it moves.
    const view = () =>
      page.evaluate((all) => {
        const [axis, seen] = ['.replay-axis', '.replay-scroller'].map((part) =>
          document.querySelector(part)?.getBoundingClientRect(),
        );
        const at = Number(document.querySelector('.replay-lanes')?.getAttribute('aria-valuenow'));
        const perSecond = (axis?.width ?? 0) / all;
        const from = ((seen?.x ?? 0) - (axis?.x ?? 0)) / perSecond;
        return { at, from, to: from + (seen?.width ?? 0) / perSecond };
      }, seconds);
    const stands = async () => (await view()).at;
    await sayWhy();
    for (let press = 0; press < 8; press += 1) await page.keyboard.press(']');
    for (let press = 0; press < 6; press += 1) await page.keyboard.press('+');
    const first = await view();
    expect(first.to - first.from).toBeCloseTo(5, 0);
    // Several windows on it is still in view.
    for (const second of [RING + 6, RING + 12, RING + 18]) {
      await expect.poll(stands, SOON).toBeGreaterThan(second);
      const { at, from, to } = await view();
      expect(at).toBeGreaterThan(from - 0.1);
      expect(at).toBeLessThan(to + 0.1);
    }
    const scroller = page.locator('.replay-scroller');
    await scroller.evaluate((element) => {
      element.scrollLeft = element.scrollWidth;
    });
    const there = await scroller.evaluate((element) => element.scrollLeft);
    const left = await stands();
    await expect.poll(stands, SOON).toBeGreaterThan(left + 6);
    expect(await scroller.evaluate((element) => element.scrollLeft)).toBe(there);
    // Whoever stops it wants to see where.
    await page.keyboard.press(' ');
    await expect.poll(async () => (await view()).to, SOON).toBeLessThan(seconds - 5);
    const { at, from, to } = await view();
    expect(at).toBeGreaterThan(from - 0.1);
    expect(at).toBeLessThan(to + 0.1);
  });
});
