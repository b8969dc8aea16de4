import { expect, it } from 'vitest';
import type { Refusal } from '../../src/records/command.ts';
import { createCommitQueue } from '../../src/storage/commit-queue.ts';
import type { Work } from '../../src/storage/work.ts';

const ASKED: Work = { type: 'setting', key: 'asked', value: 'by a person' };

function onDisk() {
  const disk = { full: false };
  const queue = createCommitQueue({
    store: {
      write: (works) =>
        disk.full
          ? Promise.reject(new Error('disk full'))
          : Promise.resolve(
              works.map(() => ({
                ...{ ok: true as const, changes: [], position: 1, version: null },
                ...{ numberText: null, effects: [], claimed: [] },
              })),
            ),
    },
    now: Date.now,
    onCommitted: () => undefined,
    onTrouble: () => undefined,
  });
  return { disk, queue };
}

it('a store that is back is found out also when only people ask, and nothing else waits', async () => {
  const { disk, queue } = onDisk();
  disk.full = true;
  const refusal: Partial<Refusal> = { code: 'store-failing' };
  expect(await queue.push(ASKED)).toMatchObject({ ok: false, refusal });
  expect(await queue.push(ASKED)).toMatchObject({ ok: false, refusal });
  await queue.idle();
  disk.full = false;
  expect(queue.state().failing).not.toBeNull();
  expect(await queue.push(ASKED)).toMatchObject({ ok: true });
  expect(queue.state().failing).toBeNull();
});
