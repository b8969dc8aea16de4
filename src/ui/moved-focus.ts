/** Arrows, Home and End in a list whose rows take the focus themselves. */
import type { KeyboardEvent } from 'react';

/** Moves the focus among what `rows` selects inside the list; other keys are left alone. */
export function movedFocus(event: KeyboardEvent, rows: string): void {
  if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(rows)];
  const at = all.findIndex((row) => row.matches(':focus'));
  if (at < 0) return;
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  all[Math.min(Math.max(to, 0), all.length - 1)]?.focus();
}
