/** Which screen is shown: it stands in the address, so that Back, a bookmark and a reload lead where one was. */
import { useCallback, useSyncExternalStore } from 'react';
import { MOVED, openPath } from './open-path.ts';
import { SCREENS, type ScreenId } from './screens.tsx';

export interface Place {
  readonly screen: ScreenId;
  readonly argument: string | null;
}

/** `/recordings` or `/replay/<id>`; anything unknown is 值班台. Pure. */
export function placeOf(path: string): Place {
  const [, name = '', ...rest] = path.split('/');
  const screen = SCREENS.find(({ id }) => id === name)?.id ?? 'desk';
  const argument = rest.join('/');
  return { screen, argument: screen === 'desk' || argument === '' ? null : decoded(argument) };
}

/** The address of a place. Pure. */
export function pathOf(screen: ScreenId, argument?: string): string {
  if (screen === 'desk') return '/';
  return argument === undefined ? `/${screen}` : `/${screen}/${encodeURIComponent(argument)}`;
}

export function useScreen(): Place & { readonly go: (screen: ScreenId, argument?: string) => void } {
  const path = useSyncExternalStore(follow, () => location.pathname);
  const go = useCallback((screen: ScreenId, argument?: string) => openPath(pathOf(screen, argument)), []);
  return { ...placeOf(path), go };
}

function follow(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(MOVED, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(MOVED, listener);
  };
}

function decoded(argument: string): string {
  try {
    return decodeURIComponent(argument);
  } catch {
    return argument;
  }
}
