/** What the service says of the room, asked again and again; the last answer stays while nothing is heard. */
import { useEffect, useState } from 'react';
import { WALL_VERSION, type WallView } from '../../duty/wall.ts';
import { wallWords as say } from './words.ts';

const ASK_EVERY_MS = 15_000;
const GIVE_UP_MS = 10_000;
/** A page of an older service loads itself anew, but not over and over where that does not help. */
const RELOAD_AFTER_MS = 600_000;

export interface Wall {
  readonly view: WallView | null;
  /** The service's clock, ms UTC; 0 before it was heard. */
  readonly now: number;
  /** Why nothing can be shown. */
  readonly trouble: string | null;
}

interface Heard {
  readonly view: WallView | null;
  /** `performance.now()` of that moment: it does not jump when somebody sets the clock of the screen. */
  readonly at: number;
  readonly trouble: string | null;
}

export function useWall(token: string): Wall {
  const [heard, setHeard] = useState<Heard>({
    view: null,
    at: 0,
    trouble: token === '' ? say.noToken : null,
  });
  const [tick, setTick] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setTick(performance.now()), 250);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (token === '') return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function ask(): Promise<void> {
      const said = await read(token);
      if (stopped) return;
      if (said.view !== undefined) {
        reloadWhenOld(said.view);
        setHeard({ view: said.view, at: performance.now(), trouble: null });
      } else if (said.gone !== undefined) {
        const { gone } = said;
        // Revoked: nothing of the room stays on the screen.
        setHeard({ view: null, at: 0, trouble: gone });
      } else {
        setHeard((before) => (before.view === null ? { ...before, trouble: say.unreachable } : before));
      }
      timer = setTimeout(() => void ask(), ASK_EVERY_MS);
    }
    void ask();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [token]);
  const { view, at, trouble } = heard;
  return { view, trouble, now: view === null ? 0 : view.at + Math.max(0, tick - at) };
}

/** The view, or that the link is gone, or nothing: not heard. */
async function read(token: string): Promise<{ readonly view?: WallView; readonly gone?: string }> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), GIVE_UP_MS);
  try {
    const answer = await fetch('/api/wall', {
      cache: 'no-store',
      credentials: 'omit',
      headers: { authorization: `Wall ${token}` },
      signal: stop.signal,
    });
    if (answer.ok) return { view: (await answer.json()) as WallView };
    const refusal = (await answer.json()) as { readonly code?: string; readonly zh?: string };
    return refusal.code === 'wall-link-unknown' ? { gone: refusal.zh ?? '' } : {};
  } catch {
    return {};
  } finally {
    clearTimeout(timer);
  }
}

function reloadWhenOld({ version }: WallView): void {
  if (version !== WALL_VERSION && performance.now() > RELOAD_AFTER_MS) location.reload();
}
