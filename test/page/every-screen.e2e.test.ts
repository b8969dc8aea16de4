/**
 * Every screen in the states that matter, in Debian's Chromium with a real PBX behind it, by day and by night: axe-core finds
 * nothing serious, everything that can be clicked is reached by Tab or has its key, the focus is always seen, at 125, 150 and
 * 200 % nothing is cut, and no style in the page is newer than Chromium 90. One story: a stop begins where the last has ended.
 */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newerStyles } from '../ui/chromium-90/newer-styles.ts';
import { graveFindings } from './inspection/axe-findings.ts';
import { clickOnly, tabWalk } from './inspection/keyboard-reach.ts';
import { styleTexts } from './inspection/style-texts.ts';
import { brokenControls } from './inspection/zoomed.ts';
import { DESK_STOPS } from './tour/desk-stops.ts';
import { FORM_STOPS } from './tour/form-stops.ts';
import { ROLE_STOPS } from './tour/role-stops.ts';
import { SCREEN_STOPS } from './tour/screen-stops.ts';
import { type Stop, startTour, type Tour } from './tour/tour.ts';

/** For a reviewer: with `PICTURES=folder` in the environment every stop as it stands enlarged. */
const { PICTURES } = process.env;
const USUAL = { width: 1366, height: 625 };
/** The page area of a 1366 × 768 screen when the browser enlarges everything. */
const ZOOMS = [125, 150, 200].map((percent) => ({
  percent,
  width: Math.round((USUAL.width * 100) / percent),
  height: Math.round((USUAL.height * 100) / percent),
}));
const STOPS: readonly Stop[] = [...DESK_STOPS, ...FORM_STOPS, ...SCREEN_STOPS, ...ROLE_STOPS];

/** Words of libraries and of paper that Chromium 90 does not know, and why that does no harm. */
const EXCUSED: readonly (readonly [what: RegExp, why: string])[] = [
  [
    /ant-input-borderless.*:has\(/,
    'antd, of inputs without a border, of which there is none; the rule stands alone',
  ],
  [
    /-webkit-text-decoration-skip/,
    'antd, of links, for a browser older than 57; unknown words are passed over',
  ],
  [/^scrollbar-(?:width|color): :host \.noScrollbar/, 'wavesurfer.js, beside ::-webkit-scrollbar'],
  [/@bottom-center/, 'numbers of pages, which older browsers print none of; see paper-page.ts'],
];

let tour: Tour;
const styles = new Set<string>();
beforeAll(async () => {
  tour = await startTour();
});
afterAll(() => tour?.end());

/** As somebody chooses in another tab of this browser. */
async function appear(page: Page, appearance: 'day' | 'night'): Promise<void> {
  await page.evaluate((choice) => {
    localStorage.setItem('dutyline.appearance', choice);
    window.dispatchEvent(new StorageEvent('storage', { key: 'dutyline.appearance' }));
  }, appearance);
}

async function everyZoom(page: Page, name: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const broken: Record<string, readonly string[]> = {};
  for (const { percent, ...size } of ZOOMS) {
    await page.setViewportSize(size);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    broken[`${percent} %`] = await brokenControls(page);
    if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `${name}-${percent}.png`) });
  }
  await page.setViewportSize(USUAL);
  return broken;
}

describe('every screen', { timeout: 120_000 }, () => {
  it.each(STOPS)('$name ($who)', async ({ name, who, reach }) => {
    const page = await tour.page(who);
    await appear(page, 'day');
    await reach(page, tour);
    const day = await graveFindings(page);
    await appear(page, 'night');
    const night = await graveFindings(page);
    for (const text of await styleTexts(page)) styles.add(text);
    const zoomed = await everyZoom(page, name);
    const mouse = await clickOnly(page);
    const { missed, unseen } = await tabWalk(page);
    expect({ day, night, ...zoomed, mouse, missed, unseen }).toEqual({
      day: [],
      night: [],
      '125 %': [],
      '150 %': [],
      '200 %': [],
      mouse: [],
      missed: [],
      unseen: [],
    });
  });

  it('has no style that Chromium 90 lacks, what antd writes at run time among them', () => {
    expect(styles.size).toBeGreaterThan(20);
    const found = newerStyles([...styles].join('\n'));
    expect(found.filter((one) => !EXCUSED.some(([what]) => what.test(one)))).toEqual([]);
    // No excuse outlives what it is for.
    expect(EXCUSED.filter(([what]) => !found.some((one) => what.test(one)))).toEqual([]);
  });
});
