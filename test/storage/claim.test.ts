import { describe, expect, it } from 'vitest';
import { done, onBothBackEnds } from './back-ends.ts';
import { OFFICE } from './office.ts';
import { answeredCall } from './telling.ts';

onBothBackEnds((backEnd) => {
  describe('a claim', () => {
    it('takes no more than it asked for, whatever the database believes of the table', async () => {
      const database = await backEnd.freshDatabase();
      const store = await backEnd.open(database);
      await done(store, { type: 'office-import', office: OFFICE, at: 0 });
      await store.write(answeredCall('1.99'));
      const [before] = await store.pendingEffects();
      await done(store, { type: 'effect-done', effect: before?.id ?? '', at: 0 });
      // Empty most of the time, so PostgreSQL believes: then it would carry out a subquery anew for each row it finds.
      await backEnd.run(database, 'analyze pending_effects');
      const calls = Array.from({ length: 12 }, (_, n) => `1.${n}`);
      for (const linkedid of calls) await store.write(answeredCall(linkedid));
      const claimed = await done(store, {
        type: 'effects-claim',
        lease: 'lease-1',
        leaseUntil: 1_000,
        kinds: ['attach-recordings'],
        only: null,
        limit: 3,
        at: 0,
      });
      expect(claimed.claimed.map(({ effect }) => 'linkedid' in effect && effect.linkedid)).toEqual([
        '1.0',
        '1.1',
        '1.2',
      ]);
      expect(await store.dueEffects(0, 100)).toHaveLength(9);
    });
  });
});
