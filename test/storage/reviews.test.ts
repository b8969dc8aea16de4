import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/storage/store.ts';
import type { ReviewWork } from '../../src/storage/write-review.ts';
import { ANY_RECORD } from './any-record.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { OFFICE, ROOM } from './office.ts';
import { answeredCall, NOON } from './telling.ts';

const LI = { account: 'a-li', person: 'li', name: '李某' };
const id = (tail: string) => `0190a000-0000-7000-8000-0000000000${tail}`;

async function oneCall(store: Store, steps = answeredCall('1.1')): Promise<string> {
  for (const step of steps) await done(store, step);
  return (await store.snapshot(ROOM, NOON)).calls[0]?.id ?? '';
}

function mark(call: string, over: Partial<ReviewWork> = {}): ReviewWork {
  return {
    ...{ type: 'review-call', review: id('01'), call, seen: null, verdict: 'improper' },
    ...{ reasons: ['not-read-back', 'no-greeting'], remark: '' },
    ...LI,
    at: NOON + 60_000,
    ...over,
  };
}

async function found(store: Store, review: 'none' | 'proper' | 'improper') {
  const page = await store.searchRecords({ ...ANY_RECORD, rooms: [ROOM], review }, null, 50);
  return page.found.map(({ record }) => record.call_id);
}

onBothBackEnds((backEnd) => {
  describe('评议', () => {
    it('is kept with who and when, its reasons in the order of the list, and is found by 记录查询', async () => {
      const store = await backEnd.freshStore();
      const call = await oneCall(store);
      expect(await found(store, 'none')).toEqual([call]);
      const written = await done(store, mark(call, { remark: ' 只说了“喂”\0 ' }));
      expect(written.changes).toMatchObject([{ entity: 'call', id: call, room: ROOM }]);
      expect(await store.reviewsOfCall(call)).toEqual([
        {
          id: id('01'),
          verdict: 'improper',
          reasons: ['no-greeting', 'not-read-back'],
          remark: '只说了“喂”',
          by: '李某',
          at: NOON + 60_000,
        },
      ]);
      expect(await found(store, 'improper')).toEqual([call]);
      expect(await found(store, 'none')).toEqual([]);
      expect(await store.auditOf(call)).toMatchObject([
        {
          kind: 'call-reviewed',
          account: 'a-li',
          payloadJson: expect.stringContaining('"reasons":"no-greeting not-read-back"') as string,
        },
      ]);
    });

    it('is changed by another mark, and the first one stays', async () => {
      const store = await backEnd.freshStore();
      const call = await oneCall(store);
      await done(store, mark(call));
      const second = { review: id('02'), seen: id('01'), verdict: 'proper', reasons: [] } as const;
      // The clock may go back: the later mark counts all the same.
      await done(store, mark(call, { ...second, at: NOON }));
      expect((await store.reviewsOfCall(call)).map(({ verdict }) => verdict)).toEqual(['proper', 'improper']);
      expect(await found(store, 'proper')).toEqual([call]);
      expect(await store.auditOf(call)).toHaveLength(2);
    });

    it('sent a second time is the same mark', async () => {
      const store = await backEnd.freshStore();
      const call = await oneCall(store);
      await done(store, mark(call));
      expect((await done(store, mark(call))).changes).toEqual([]);
      expect(await store.reviewsOfCall(call)).toHaveLength(1);
    });

    it('of somebody who saw another state is refused, also within one transaction', async () => {
      const store = await backEnd.freshStore();
      const call = await oneCall(store);
      const both = await store.write([mark(call), mark(call, { review: id('02') })]);
      expect(both).toMatchObject([{ ok: true }, { ok: false, refusal: { code: 'review-moved' } }]);
      expect(await store.reviewsOfCall(call)).toHaveLength(1);
    });

    it('is refused where nothing is to be marked', async () => {
      const store = await backEnd.freshStore();
      const call = await oneCall(store, answeredCall('1.1').slice(0, 4));
      const codeOf = async (work: ReviewWork) => {
        const [result] = await store.write([work]);
        return result?.ok === false ? result.refusal.code : 'kept';
      };
      expect(await codeOf(mark(call))).toBe('review-call-not-over');
      expect(await codeOf(mark('nobody'))).toBe('review-call-unknown');
      for (const step of answeredCall('1.1').slice(4)) await done(store, step);
      expect(await codeOf(mark(call, { reasons: [] }))).toBe('review-reason-needed');
      const by = { account: 'a-1', person: 'p-1' };
      await done(store, { type: 'isolate', subject: call, by, reason: '涉密', at: NOON });
      expect(await codeOf(mark(call))).toBe('review-call-unknown');
      expect(await store.reviewsOfCall(call)).toEqual([]);
    });

    it('outlives a rebuild, and its remark goes when the call is destroyed', async () => {
      const database = await backEnd.freshDatabase();
      const store = await backEnd.open(database);
      await done(store, { type: 'office-import', office: OFFICE, at: 0 });
      const call = await oneCall(store);
      await done(store, mark(call, { remark: '机密字样' }));
      const before = await backEnd.run(database, 'select * from search_docs order by doc');
      await done(store, { type: 'rebuild' });
      expect(await backEnd.run(database, 'select * from search_docs order by doc')).toEqual(before);
      expect(await found(store, 'improper')).toEqual([call]);
      const by = [
        { account: 'a', person: 'a' },
        { account: 'b', person: 'b' },
      ] as const;
      await done(store, { type: 'destroy', subject: call, by, reason: '涉密', at: NOON });
      expect(await store.reviewsOfCall(call)).toMatchObject([{ verdict: 'improper', remark: '' }]);
      for (const table of ['call_reviews', 'facts', 'audit', 'audit_texts'])
        expect(JSON.stringify(await backEnd.run(database, `select * from ${table}`))).not.toContain(
          '机密字样',
        );
    });
  });
});
