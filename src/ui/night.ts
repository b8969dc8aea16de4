/** Day or night appearance: by the clock unless a person has chosen; the choice stays in this browser. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import { isNightHour, paintRoot } from './theme.ts';

export const APPEARANCES = ['auto', 'day', 'night'] as const;
export type Appearance = (typeof APPEARANCES)[number];

const KEY = 'dutyline.appearance';
const listeners = new Set<() => void>();

/** What was chosen in this browser. */
export function useChosenAppearance(): Appearance {
  return useSyncExternalStore(follow, stored);
}

/** Holds at once, and after a reload. */
export function chooseAppearance(appearance: Appearance): void {
  localStorage.setItem(KEY, appearance);
  for (const listener of listeners) listener();
}

/** Paints the page; true at night. */
export function useNight(): boolean {
  const appearance = useChosenAppearance();
  const [hour, setHour] = useState(() => isNightHour(Date.now()));
  useEffect(() => {
    const tick = setInterval(() => setHour(isNightHour(Date.now())), 60_000);
    return () => clearInterval(tick);
  }, []);
  const night = appearance === 'auto' ? hour : appearance === 'night';
  useEffect(() => paintRoot(night), [night]);
  return night;
}

function follow(listener: () => void): () => void {
  listeners.add(listener);
  // Chosen in another tab of this browser.
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

function stored(): Appearance {
  const value = localStorage.getItem(KEY);
  return value === 'day' || value === 'night' ? value : 'auto';
}
