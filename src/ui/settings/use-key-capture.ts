/**
 * The next key that a person presses, before anything on the page acts on it. Some office browsers take F-keys for themselves:
 * then nothing arrives here, which is said after a while.
 */
import { useEffect, useRef } from 'react';
import { chordOf } from '../../keys/chord.ts';

export type Heard =
  | { readonly kind: 'chord'; readonly chord: string }
  /** Shift, Ctrl or Alt went down and up, and nothing with it. */
  | { readonly kind: 'modifier' }
  /** Of no use to us, or the input method has it. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'nothing' }
  /** Esc, or Tab to elsewhere. */
  | { readonly kind: 'leave' };

/** So long a person looks for a key. */
const NOTHING_AFTER_MS = 4_000;
const MODIFIERS: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock']);

export function useKeyCapture(listening: boolean, hear: (heard: Heard) => void): void {
  const latest = useRef(hear);
  useEffect(() => {
    latest.current = hear;
  });
  useEffect(() => {
    if (!listening) return;
    let alone = false;
    const told = (heard: Heard): void => latest.current(heard);
    const wait = () => setTimeout(() => told({ kind: 'nothing' }), NOTHING_AFTER_MS);
    let silence = wait();

    function onDown(event: KeyboardEvent): void {
      event.stopImmediatePropagation();
      clearTimeout(silence);
      if (event.key === 'Tab') {
        told({ kind: 'leave' });
        return;
      }
      event.preventDefault();
      // The Enter that began this may still be held down.
      if (event.repeat) return;
      silence = wait();
      alone = MODIFIERS.has(event.key);
      if (alone) return;
      const chord = chordOf(event);
      if (chord === 'Escape') told({ kind: 'leave' });
      else told(chord === null ? { kind: 'unknown' } : { kind: 'chord', chord });
    }
    function onUp(event: KeyboardEvent): void {
      // Alt alone would open the menu of the browser.
      event.preventDefault();
      if (alone && MODIFIERS.has(event.key)) told({ kind: 'modifier' });
      alone = false;
    }
    window.addEventListener('keydown', onDown, true);
    window.addEventListener('keyup', onUp, true);
    return () => {
      clearTimeout(silence);
      window.removeEventListener('keydown', onDown, true);
      window.removeEventListener('keyup', onUp, true);
    };
  }, [listening]);
}
