/** Where a link leads, in place: a reload would take what was typed and not sent. */
export const MOVED = 'dutyline-moved';

export function openPath(path: string): void {
  if (path === location.pathname) return;
  history.pushState(null, '', path);
  window.dispatchEvent(new Event(MOVED));
}
