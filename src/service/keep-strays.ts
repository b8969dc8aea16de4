/** Writes down what one look found to be nobody's (无主录音), and closes what is so no longer. */
import { belowBase } from '../recordings/inside-base.ts';
import { type FoundFile, onPbx } from '../recordings/matching/found-file.ts';
import type { Reconciliation } from '../recordings/matching/reconcile.ts';
import { recordingIdOf } from '../recordings/recording-id.ts';
import type { Store } from '../storage/store.ts';
import type { SeenStray } from '../storage/stray-work.ts';
import type { ReconciledPbx } from './reconciled-pbx.ts';

export interface KeepDeps {
  readonly store: Pick<Store, 'strayPaths' | 'write'>;
  readonly now: () => number;
}

interface Seen {
  readonly files: readonly FoundFile[];
  readonly complete: boolean;
}

/** Writes what is nobody's, and closes what is gone; of a look that did not see everything only what it did see. */
export async function keepStrays(
  pbx: ReconciledPbx,
  { store, now }: KeepDeps,
  found: Reconciliation,
  seen: Seen,
): Promise<void> {
  const { place } = pbx;
  const there = new Set(seen.files.map((file) => file.path));
  const isGone = (path: string): boolean => {
    const inside = belowBase(place, path);
    return inside === null || found.explained.has(inside) || (seen.complete && !there.has(inside));
  };
  const listed = await store.strayPaths(pbx.id);
  const gone = listed.filter(({ state, path }) => state === 'open' && isGone(path)).map(({ id }) => id);
  const strays = [
    ...found.strays.map(({ file, suggestions }) => strayOf(pbx, file, suggestions)),
    ...found.ambiguous.map(({ file, calls }) =>
      strayOf(
        pbx,
        file,
        calls.slice(0, 5).map((call) => ({ call, why: 'uniqueid-in-name', number: null, apartMs: 0 })),
      ),
    ),
  ];
  // In pieces, so that the one writer serves living calls in between.
  const piece = 500;
  const at = now();
  for (let from = 0; from === 0 || from < strays.length; from += piece) {
    const part = { seen: strays.slice(from, from + piece), gone: from === 0 ? gone : [] };
    await store.write([{ type: 'strays-seen', pbx: pbx.id, at, ...part }]);
  }
}

function strayOf(
  { id: pbx, place }: ReconciledPbx,
  { path, bytes, mtimeMs }: FoundFile,
  suggestions: SeenStray['suggestions'],
): SeenStray {
  const name = onPbx(place, path);
  return { id: recordingIdOf(pbx, name, '', mtimeMs), path: name, bytes, modifiedAt: mtimeMs, suggestions };
}
