/** Whether the page is painted for the night: what is drawn on a canvas has to be drawn again when that changes. */
import { useSyncExternalStore } from 'react';

export function useNight(): boolean {
  return useSyncExternalStore(follow, () => document.documentElement.dataset.theme === 'night');
}

function follow(listener: () => void): () => void {
  const watching = new MutationObserver(listener);
  watching.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => watching.disconnect();
}
