/** A person without a mouse: everything is reached by Tab and done by Enter. */
import type { Locator, Page } from 'playwright-core';

/** More stops than any of our pages has: what was not reached by then cannot be reached. */
const MOST_STOPS = 120;

/** Tab until it has the focus. Throws when no number of them leads there. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.first().waitFor();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await target.first().evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${String(target)}`);
}

/** Reaches a button and presses it. */
export async function pressOn(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Writes into a field as an input method does, in place of what stood there. */
export async function writeIn(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
}

/** Arrow down in a select until the option is chosen. */
export async function chooseIn(page: Page, target: Locator, word: string): Promise<void> {
  await tabTo(page, target);
  const chosen = () =>
    target.evaluate((element) => (element as HTMLSelectElement).selectedOptions[0]?.textContent ?? '');
  await page.keyboard.press('Home');
  for (let option = 0; option < MOST_STOPS; option += 1) {
    if ((await chosen()) === word) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`${word} is not among the options`);
}
