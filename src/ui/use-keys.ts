/** Listens to the keyboard for the whole page, by the keys of who sits here. */
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { KeyAction } from '../keys/action.ts';
import { wouldWrite } from '../keys/chord.ts';
import type { KeyPlace } from '../keys/own-keys.ts';
import { useOwnKeys } from './use-own-keys.ts';

/** `act` says whether something came of it. */
export function useKeys(act: (action: KeyAction) => boolean): void {
  const keys = useOwnKeys();
  const latest = useRef({ act, keys });
  useLayoutEffect(() => {
    latest.current = { act, keys };
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      // A field's own list has used the key already.
      if (event.defaultPrevented) return;
      const action = latest.current.keys.actionOf(event, keyPlace());
      if (action === null) return;
      const isUsed = latest.current.act(action);
      // Unused, the blank and the arrows still scroll; F1 and Alt+letter would open help and menus of the browser.
      if (isUsed || !wouldWrite(event)) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** The caret stands in something that takes text. */
export function hasFieldFocus(): boolean {
  const element = document.activeElement;
  return element instanceof HTMLElement && element.matches('input:not([type=range]), textarea, select');
}

/** Where the keyboard stands now. */
export function keyPlace(): KeyPlace {
  const element = document.activeElement;
  if (element === null) return 'free';
  if (element.matches('input[type=range]')) return 'slider';
  if (element.matches('input:not([type=checkbox]), textarea, select, [contenteditable=true]')) return 'text';
  return element.matches('button, a, summary, input[type=checkbox]') ? 'button' : 'free';
}
