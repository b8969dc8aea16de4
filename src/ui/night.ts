/** Day or night appearance: by the clock unless a person has chosen; the choice stays in this browser. */
import { useEffect, useState } from 'react';
import { isNightHour, paintRoot } from './theme.ts';

export type Appearance = 'auto' | 'day' | 'night';

const KEY = 'dutyline.appearance';
const NEXT: Readonly<Record<Appearance, Appearance>> = { auto: 'night', night: 'day', day: 'auto' };

export function useAppearance(): {
  readonly night: boolean;
  readonly appearance: Appearance;
  readonly next: () => void;
} {
  const [appearance, setAppearance] = useState(stored);
  const [hour, setHour] = useState(() => isNightHour(Date.now()));
  useEffect(() => {
    const tick = setInterval(() => setHour(isNightHour(Date.now())), 60_000);
    return () => clearInterval(tick);
  }, []);
  const night = appearance === 'auto' ? hour : appearance === 'night';
  useEffect(() => paintRoot(night), [night]);
  return {
    night,
    appearance,
    next: () => {
      localStorage.setItem(KEY, NEXT[appearance]);
      setAppearance(NEXT[appearance]);
    },
  };
}

function stored(): Appearance {
  const value = localStorage.getItem(KEY);
  return value === 'day' || value === 'night' ? value : 'auto';
}
