/** Takes a screen as it stands: at the three sizes of office screens, by day and by night. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The page area of 1366 × 768, of the same at Windows 125 %, of 1920 × 1080. */
export const SIZES: readonly Size[] = [
  { width: 1366, height: 625 },
  { width: 1092, height: 500 },
  { width: 1920, height: 937 },
];
/** 1366 × 625 at 200 % zoom. */
export const ZOOMED: readonly Size[] = [{ width: 683, height: 312 }];

/** How long a screen may take to draw itself anew, ms. */
const DRAWN_MS = 60;

export interface Camera {
  /** `NN-name-1366x625-day.png` and so on; afterwards the page has the first size, by day. */
  shoot(page: Page, name: string, sizes?: readonly Size[]): Promise<void>;
}

export function openCamera(folder: string): Camera {
  mkdirSync(folder, { recursive: true });
  let taken = 0;
  return {
    async shoot(page, name, sizes = SIZES) {
      taken += 1;
      const number = String(taken).padStart(3, '0');
      for (const theme of ['night', 'day'] as const) {
        await appear(page, theme);
        for (const size of sizes) {
          await page.setViewportSize(size);
          await page.waitForTimeout(DRAWN_MS);
          const file = `${number}-${name}-${size.width}x${size.height}-${theme}.png`;
          await page.screenshot({ path: join(folder, file) });
        }
      }
      const [first] = sizes;
      if (first !== undefined) await page.setViewportSize(first);
    },
  };
}

/** As if it had been chosen in another tab of this browser. */
function appear(page: Page, theme: 'day' | 'night'): Promise<void> {
  return page.evaluate((choice) => {
    localStorage.setItem('dutyline.appearance', choice);
    dispatchEvent(new Event('storage'));
  }, theme);
}
