/** Where things stand over the lanes of 回放, measured on the screen, in pixels from the left end of the axis. */
import type { Locator, Page } from 'playwright-core';

interface AxisOnScreen {
  /** Pixels from the left of the page: of the whole axis, and of the window over it. */
  readonly axis: { readonly x: number; readonly width: number };
  readonly window: { readonly x: number; readonly width: number };
}

export async function axisOnScreen(page: Page): Promise<AxisOnScreen> {
  const [axis, window] = await Promise.all(
    ['.replay-axis', '.replay-scroller'].map((part) => page.locator(part).boundingBox()),
  );
  if (axis == null || window == null) throw new Error('there are no lanes');
  return { axis, window };
}

/** The left border of something, the right one of a flag that stands to the left of its pole. */
export async function standsAtPixel(target: Locator): Promise<number> {
  const { x, width, isLeft } = await target.evaluate((element) => {
    const box = element.getBoundingClientRect();
    return { x: box.x, width: box.width, isLeft: element.classList.contains('replay-flag-left') };
  });
  return isLeft ? x + width : x;
}

/** The line of wavesurfer that says where it plays. */
export function cursorAtPixel(page: Page): Promise<number> {
  return page.locator('.replay-wave').evaluate((frame) => {
    const cursor = frame.firstElementChild?.shadowRoot?.querySelector('.cursor');
    return cursor?.getBoundingClientRect().x ?? Number.NaN;
  });
}

/** Where the first lane is drawn higher than half of it: the stretches in pixels of the page, and all canvases' pixels. */
export function highInLane(
  page: Page,
): Promise<{ readonly stretches: readonly [number, number][]; readonly pixels: number }> {
  return page.locator('.replay-wave').evaluate((frame) => {
    const root = frame.firstElementChild?.shadowRoot;
    const all = [...(root?.querySelectorAll('canvas') ?? [])];
    const first = root?.querySelector('.canvases')?.firstElementChild;
    const stretches: [number, number][] = [];
    for (const canvas of first?.querySelectorAll('canvas') ?? []) {
      const { width, height } = canvas;
      const box = canvas.getBoundingClientRect();
      const row = canvas.getContext('2d')?.getImageData(0, Math.round(height * 0.2), width, 1).data ?? [];
      for (let at = 0; at < width; at += 1) {
        if ((row[at * 4 + 3] ?? 0) === 0) continue;
        const x = box.x + (at / width) * box.width;
        const last = stretches[stretches.length - 1];
        if (last !== undefined && x - last[1] < 3) last[1] = x;
        else stretches.push([x, x]);
      }
    }
    return { stretches, pixels: all.reduce((sum, { width, height }) => sum + width * height, 0) };
  });
}
