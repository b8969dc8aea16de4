import { describe, expect, it } from 'vitest';
import { done, onBothBackEnds } from './back-ends.ts';
import { ROOM } from './office.ts';
import { NOON, telling } from './telling.ts';

onBothBackEnds((backEnd) => {
  describe('the list of a day', () => {
    it('has the calls that began in the span with their forms, and the end is not in it', async () => {
      const store = await backEnd.freshStore();
      await done(store, telling('1.1').arrives());
      const [call] = (await store.snapshot(ROOM, NOON)).calls;
      const at = call?.startedAt ?? 0;
      const span = await store.roomSpan(ROOM, at, at + 1);
      expect(span.calls.map(({ id }) => id)).toEqual([call?.id]);
      expect(span.records.map((record) => record.call)).toEqual([call?.id]);
      expect(span.isCut).toBe(false);
      const nothing = { calls: [], records: [], isCut: false };
      expect(await store.roomSpan(ROOM, at - 1_000, at)).toEqual(nothing);
      expect(await store.roomSpan(ROOM, at + 1, at + 1_000)).toEqual(nothing);
      expect(await store.roomSpan('other', at, at + 1)).toEqual(nothing);
    });
  });
});
