/** What is read in several queries is read as it stood at one moment, while hand-overs are signed between them. */
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/storage/store.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { OFFICE, ROOM } from './office.ts';
import { NOON } from './telling.ts';

const MINUTE = 60_000;
const HAND_OVERS = 40;
const LOOKED_AT_BY = 30;
const END = NOON + HAND_OVERS * MINUTE;

async function stays(store: Store, at: number): Promise<void> {
  const by = { room: ROOM, id: `h-${at}`, account: 'a-1', person: 'zhang', at };
  await done(store, { ...by, type: 'hand-over-begin' });
  await done(store, { ...by, type: 'hand-over-end', how: 'stay' });
}

describe('a view of several queries', () => {
  onBothBackEnds((backEnd) => {
    it('shows no shift twice and no broken seal while shifts are sealed', async () => {
      const store = await backEnd.freshStore();
      const shift = { id: 'd', room: ROOM, leaders: ['wang'], officers: ['zhang'] };
      const shifts = [{ ...shift, from: NOON - MINUTE, to: END + MINUTE }];
      await done(store, { type: 'office-import', office: { ...OFFICE, shifts }, at: NOON - 2 * MINUTE });
      let isOver = false;
      let looks = 0;
      const written = (async () => {
        for (let count = 1; count <= HAND_OVERS; count++) {
          await stays(store, NOON + count * MINUTE);
          // However slowly a loaded machine reads: one look at least began by then, and the next meet what is still written.
          if (count === LOOKED_AT_BY) for (const before = looks; looks < before + 2; ) await setImmediate();
        }
      })().finally(() => {
        isOver = true;
      });
      const torn: string[] = [];
      let most = 0;
      while (!isOver) {
        // SQLite answers a reader without leaving the thread: the writer's word must come in.
        await setImmediate();
        const [{ shifts: shown }, broken, state] = await Promise.all([
          store.shiftLogShifts(ROOM, null, END),
          store.shiftLogChain(ROOM),
          store.handOverState(ROOM, END),
        ]);
        looks += 1;
        most = Math.max(most, shown.length);
        if (broken !== null) torn.push(`a seal of ${broken}`);
        for (const [place, { to }] of shown.entries())
          if (place > 0 && to !== shown[place - 1]?.from) torn.push(`a shift to ${to}`);
        if (state === undefined) torn.push('no state');
      }
      await written;
      expect(torn).toEqual([]);
      expect(most).toBeGreaterThan(HAND_OVERS / 2);
    });
  });
});
