/** What a person without a mouse meets: what can be clicked but not reached, and where the focus cannot be seen. */
import type { Page } from 'playwright-core';

/** More stops than any of our pages has. */
const MOST_STOPS = 300;

export interface TabWalk {
  /** Can be reached by its own account, but Tab from the top of the page to its end never came by. */
  readonly missed: readonly string[];
  /** Had the focus without any outline. */
  readonly unseen: readonly string[];
}

/** Things that take a click and neither take the focus, nor belong to a list that has it, nor name the key that does the same. */
export function clickOnly(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const ROLES = 'button, a[href], [role=button], [role=link], [role=option], [role=tab], [role=slider]';
    // React keeps the handlers of an element at the element, under a name of its own.
    const handlesOf = (element: Element): Readonly<Record<string, unknown>> => {
      const key = Object.keys(element).find((name) => name.startsWith('__reactProps$'));
      return key === undefined ? {} : (Reflect.get(element, key) as Readonly<Record<string, unknown>>);
    };
    const takesFocus = (element: Element | null | undefined): boolean =>
      element instanceof HTMLElement && element.tabIndex >= 0;
    const isReachable = (element: Element): boolean => {
      if (element.matches(':disabled') || takesFocus(element)) return true;
      if (takesFocus(element.closest('button, a[href]'))) return true;
      // antd's frame round an input: a click beside the text leads into it.
      if (element.matches('.ant-input-affix-wrapper')) return takesFocus(element.querySelector('input'));
      if (element.hasAttribute('aria-keyshortcuts')) return true;
      const label = element.closest('label');
      if (label !== null) return takesFocus(label.control);
      const list = element.closest('[role=option]')?.closest('[role=listbox]');
      if (list == null) return false;
      return takesFocus(list) || takesFocus(document.querySelector(`[aria-controls="${list.id}"]`));
    };
    return [...document.body.querySelectorAll('*')]
      .filter((element) => element.getClientRects().length > 0)
      .filter((element) => {
        const { onClick, onDoubleClick } = handlesOf(element);
        return typeof onClick === 'function' || typeof onDoubleClick === 'function' || element.matches(ROLES);
      })
      .filter((element) => !isReachable(element))
      .map((element) => element.outerHTML.slice(0, 160));
  });
}

/** Tab from the top of the page until it is back there. Leaves the focus where it was. */
export async function tabWalk(page: Page): Promise<TabWalk> {
  await page.evaluate(() => {
    const before = document.activeElement;
    Object.assign(window, { tabbed: { before, stops: [], unseen: [] } });
    // The browser goes on from where a removed element stood: so it begins at the top.
    const top = document.createElement('span');
    top.tabIndex = -1;
    document.body.prepend(top);
    top.focus();
    top.remove();
  });
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(isRound)) break;
  }
  return page.evaluate(() => {
    const { before, stops, unseen } = (window as unknown as Tabbed).tabbed;
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    const groupOf = (element: Element): string =>
      element instanceof HTMLInputElement && element.type === 'radio' ? element.name : '';
    const groups = new Set(stops.map(groupOf));
    const missed = [...document.body.querySelectorAll('*')].filter(
      (element) =>
        element instanceof HTMLElement &&
        element.tabIndex >= 0 &&
        !element.matches(':disabled') &&
        element.getClientRects().length > 0 &&
        getComputedStyle(element).visibility === 'visible' &&
        !stops.includes(element) &&
        // One of a group of radio buttons stands for all.
        !(groupOf(element) !== '' && groups.has(groupOf(element))),
    );
    return { missed: missed.map((element) => element.outerHTML.slice(0, 160)), unseen };
  });
}

interface Tabbed {
  readonly tabbed: {
    readonly before: Element | null;
    readonly stops: Element[];
    readonly unseen: string[];
  };
}

/** Runs in the page: notes where the focus stands now; true when it has been there. */
function isRound(): boolean {
  const { stops, unseen } = (window as unknown as Tabbed).tabbed;
  const here = document.activeElement;
  if (here === null || here === document.body) return stops.length > 0;
  if (stops.includes(here)) return true;
  stops.push(here);
  // A password and its eye are one field, with one outline round both.
  const drawn = here.closest('.ant-input-affix-wrapper') ?? here;
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(drawn);
  const isSeen =
    outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 && !outlineColor.endsWith(', 0)');
  if (!isSeen) unseen.push(here.outerHTML.slice(0, 160));
  return false;
}
