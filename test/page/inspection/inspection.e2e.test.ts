/** The inspections of every screen find what they are for, on a page made of faults. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium } from '../../bed/chromium.ts';
import { newerStyles } from '../../ui/chromium-90/newer-styles.ts';
import { graveFindings } from './axe-findings.ts';
import { clickOnly, tabWalk } from './keyboard-reach.ts';
import { styleTexts } from './style-texts.ts';
import { brokenControls } from './zoomed.ts';

const FAULTS = `
<style>body { margin: 0 } .late:has(b) { color: red }</style>
<div id="page">
  <p style="color: #999; background: #fff">pale words</p>
  <div id="clicked">only by mouse</div>
  <button id="plain">sound</button>
  <button id="dark" style="outline: none">unseen focus</button>
  <div style="width: 60px; overflow: hidden"><button id="cut" style="width: 90px">cut off</button></div>
  <div style="position: relative"><button id="under">covered</button>
    <div style="position: absolute; inset: 0; background: #fff"></div></div>
  <div style="height: 40px; overflow: auto"><p style="height: 200px"></p><button id="far">far down</button></div>
  <div style="width: 900px">wide</div>
</div>`;

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await openChromium();
  page = await browser.newPage({ viewport: { width: 600, height: 800 } });
  await page.setContent(FAULTS);
  await page.evaluate(() => {
    const clicked = document.getElementById('clicked');
    // As React notes its handlers.
    if (clicked !== null) Reflect.set(clicked, '__reactProps$1', { onClick: () => undefined });
    // A trap: Tab never comes to what stands behind it.
    document.getElementById('dark')?.addEventListener('keydown', (event) => {
      if (event.key === 'Tab') event.preventDefault();
    });
  });
});
afterAll(() => browser?.close());

const named = (ids: readonly string[]) => ids.map((id) => expect.stringContaining(`id="${id}"`));

describe('of a page made of faults', () => {
  it('pale words are found', async () => {
    expect((await graveFindings(page)).join('\n')).toMatch(/color-contrast/);
  });

  it('what only a mouse reaches is found', async () => {
    expect(await clickOnly(page)).toEqual(named(['clicked']));
  });

  it('what Tab does not come to, and a focus that cannot be seen', async () => {
    const { missed, unseen } = await tabWalk(page);
    expect(unseen).toEqual(expect.arrayContaining(named(['dark'])));
    expect(missed).toEqual(named(['cut', 'under', 'far']));
  });

  it('what is cut, what lies under something, and a page that moves sideways; not what is scrolled to', async () => {
    const broken = await brokenControls(page);
    expect(broken).toEqual([
      'the page is 900 wide in 600',
      expect.stringMatching(/^cut to 60 .*id="cut"/),
      expect.stringMatching(/^under .*id="under"/),
    ]);
  });

  it('styles as they are written, not as this browser understands them', async () => {
    expect(newerStyles((await styleTexts(page)).join('\n'))).toEqual([':has: .late:has(b)']);
  });
});
