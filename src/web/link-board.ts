/** The state of each PBX connection as strip, chips, `/health` and the outward alert see it. Filled by `main.ts`. */
import type { LinkView } from './protocol.ts';

export interface LinkBoard {
  /** The newest state of one PBX; `since` is kept by the board while the state stays the same. */
  set(view: LinkView): void;
  get(pbx: string): LinkView | undefined;
  all(): readonly LinkView[];
  subscribe(listener: (view: LinkView) => void): () => void;
}

export function createLinkBoard(): LinkBoard {
  const views = new Map<string, LinkView>();
  const listeners = new Set<(view: LinkView) => void>();
  return {
    set: (given) => {
      const before = views.get(given.pbx);
      const view = before?.state === given.state ? { ...given, since: before.since } : given;
      if (before !== undefined && JSON.stringify(before) === JSON.stringify(view)) return;
      views.set(view.pbx, view);
      for (const listener of listeners) listener(view);
    },
    get: (pbx) => views.get(pbx),
    all: () => [...views.values()],
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
