/** A page as it stands on a screen of another size: what of it is cut off, lies under something else, or moves sideways. */
import type { Page } from 'playwright-core';

/** What opens over other things because somebody asked, and closes by Esc. */
const LAYERS =
  '.panel, .note-box, .conflict, .taken-note, .suggestions, .notes, .list-open, .paper-menu-list, .ant-popover, .held-note';

/** Every control of the page that is cut or covered, and whether the page moves as a whole; each as a sentence. */
export function brokenControls(page: Page): Promise<readonly string[]> {
  return page.evaluate((layers) => {
    const broken: string[] = [];
    const { scrollWidth, scrollHeight } = document.documentElement;
    if (scrollWidth > innerWidth) broken.push(`the page is ${scrollWidth} wide in ${innerWidth}`);
    // A print view is paper, as long as it is.
    const isScreen = document.getElementById('page') !== null;
    if (isScreen && scrollHeight > innerHeight)
      broken.push(`the page is ${scrollHeight} high in ${innerHeight}`);
    const movesOf = (element: Element) => {
      const { overflowX, overflowY } = getComputedStyle(element);
      const moves = (overflow: string) => overflow === 'auto' || overflow === 'scroll';
      return {
        x: moves(overflowX),
        y: moves(overflowY),
        clips: overflowX !== 'visible' || overflowY !== 'visible',
      };
    };
    const frames = (element: Element): Element[] => {
      const found: Element[] = [];
      let { position } = getComputedStyle(element);
      for (let up = element.parentElement; up !== null && position !== 'fixed'; up = up.parentElement) {
        const own = getComputedStyle(up);
        // What is placed is held by the next that is placed, not by what lies between.
        if (position === 'absolute' && own.position === 'static' && own.transform === 'none') continue;
        if (movesOf(up).clips) found.push(up);
        position = own.position;
      }
      return found;
    };
    /** As a person scrolls: only panes that can be scrolled by hand. */
    const bringIntoSight = (element: Element): void => {
      for (const pane of frames(element)) {
        const own = element.getBoundingClientRect();
        const box = pane.getBoundingClientRect();
        const { x, y } = movesOf(pane);
        if (y && (own.top < box.top || own.bottom > box.bottom))
          pane.scrollTop += own.top + own.height / 2 - box.top - box.height / 2;
        if (x && (own.left < box.left || own.right > box.right))
          pane.scrollLeft += own.left + own.width / 2 - box.left - box.width / 2;
      }
    };
    const scrolled = new Map<Element, readonly [number, number]>();
    for (const pane of document.querySelectorAll('*'))
      if (movesOf(pane).clips) scrolled.set(pane, [pane.scrollLeft, pane.scrollTop]);

    const controls = 'button, a[href], input, select, textarea, summary, [role=slider], [role=listbox]';
    for (const control of document.querySelectorAll(controls)) {
      const style = getComputedStyle(control);
      if (control.getClientRects().length === 0 || style.visibility !== 'visible') continue;
      if (control.closest('.unseen') !== null) continue;
      const said = `${control.outerHTML.slice(0, 110)}…`;
      bringIntoSight(control);
      const own = control.getBoundingClientRect();
      let [left, top, right, bottom] = [0, 0, innerWidth, innerHeight];
      for (const pane of frames(control)) {
        const box = pane.getBoundingClientRect();
        left = Math.max(left, box.left);
        top = Math.max(top, box.top);
        right = Math.min(right, box.right);
        bottom = Math.min(bottom, box.bottom);
      }
      const seen = {
        width: Math.min(right, own.right) - Math.max(left, own.left),
        height: Math.min(bottom, own.bottom) - Math.max(top, own.top),
      };
      // What is larger than a pane that scrolls is seen by scrolling; four lines of it must be there at once.
      const isLarger = {
        x: frames(control).some((pane) => movesOf(pane).x && own.width > pane.clientWidth),
        y: frames(control).some((pane) => movesOf(pane).y && own.height > pane.clientHeight),
      };
      const needs = {
        width: (isLarger.x ? Math.min(own.width, right - left) : own.width) - 1,
        height: (isLarger.y ? Math.min(own.height, Math.max(bottom - top, 28), 100) : own.height) - 1,
      };
      if (seen.width < needs.width || seen.height < needs.height) {
        broken.push(`cut to ${Math.round(seen.width)} × ${Math.round(seen.height)}: ${said}`);
        continue;
      }
      if (control.matches('button, a') && style.textOverflow !== 'ellipsis') {
        const isCut = control.scrollWidth > control.clientWidth + 1 && style.overflowX !== 'visible';
        if (isCut && control.querySelector('.ant-wave') === null) broken.push(`its words are cut: ${said}`);
      }
      const across = Math.max(left, own.left) + seen.width / 2;
      const down = Math.max(top, own.top) + seen.height / 2;
      const over = document.elementFromPoint(across, down);
      const isOwn = over !== null && (control.contains(over) || over.contains(control));
      const isLabel = over?.closest('label')?.control === control;
      const layer = over?.closest(layers) ?? null;
      const isUnderLayer = layer !== null && !layer.contains(control);
      if (!isOwn && !isLabel && !isUnderLayer)
        broken.push(`under ${over?.outerHTML.slice(0, 80) ?? 'nothing'}: ${said}`);
    }
    for (const [pane, [x, y]] of scrolled) pane.scrollTo(x, y);
    return broken;
  }, LAYERS);
}
