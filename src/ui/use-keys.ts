/** Listens to the keyboard for the whole desk. */
import { useEffect, useRef } from 'react';
import { type KeyAction, keyAction } from './keys.ts';

export function useKeys(act: (action: KeyAction) => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      // A field's own list has used the key already.
      if (event.defaultPrevented) return;
      const action = keyAction(event, hasFieldFocus());
      if (action === null) return;
      event.preventDefault();
      latest.current(action);
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
