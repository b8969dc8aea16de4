/** The state of each PBX connection as strip, chips, `/health` and the outward alert see it. Filled by `main.ts`. */
import type { LinkView } from './protocol/room-view.ts';

export interface LinkBoard {
  /**
   * The newest state of one PBX. The board keeps `since` from the moment it was reached or lost: 'connecting' and 'down'
   * take turns during one outage.
   */
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
      const same = before !== undefined && (before.state === 'up') === (given.state === 'up');
      const view = same ? { ...given, since: before.since } : given;
      if (JSON.stringify(before) === JSON.stringify(view)) return;
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
