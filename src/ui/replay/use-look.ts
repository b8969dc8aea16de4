/** What a canvas was drawn by, as one text: by night, and in a low window, the style sheet says something else. */
import { useSyncExternalStore } from 'react';

/** As in replay.css and stage.css. */
const LOW = '(max-height: 560px)';

export function useLook(): string {
  return useSyncExternalStore(follow, () => {
    const theme = document.documentElement.dataset.theme ?? 'day';
    return `${theme} ${matchMedia(LOW).matches ? 'low' : 'high'}`;
  });
}

function follow(listener: () => void): () => void {
  const watching = new MutationObserver(listener);
  watching.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const low = matchMedia(LOW);
  low.addEventListener('change', listener);
  return () => {
    watching.disconnect();
    low.removeEventListener('change', listener);
  };
}
