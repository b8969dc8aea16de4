import { describe, expect, it } from 'vitest';
import type { IncidentWork } from '../../src/storage/incident-work.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { ReviewWork } from '../../src/storage/write-review.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { ROOM } from './office.ts';
import { answeredCall, NOON, telling } from './telling.ts';

type IncidentWorkAsk = Extract<IncidentWork, { readonly type: 'incident-step' }>['ask'];

const SPAN = { from: NOON, to: NOON + 86_400_000, now: NOON + 3_600_000, most: 10_000 };

function missedCall(linkedid: string, from: number) {
  const call = telling(linkedid, from);
  return [call.arrives(), call.dials(), call.rings(), ...call.closes(), call.ends()];
}

describe('what 考核 reads', () => {
  onBothBackEnds((backEnd) => {
    it('is what the page shows of each call, an answered, a missed and a living one', async () => {
      const store = await backEnd.freshStore();
      const living = telling('3.1', NOON + 120_000);
      for (const step of [
        ...answeredCall('1.1'),
        ...missedCall('2.1', NOON + 60_000),
        ...[living.arrives(), living.dials(), living.rings()],
      ])
        await done(store, step);
      const read = await store.assessmentReads(ROOM, SPAN);
      const shown = (await store.snapshot(ROOM, NOON)).calls.filter(({ phase }) => phase === 'ended');
      expect(read?.calls.map(({ id }) => id).sort()).toEqual(shown.map(({ id }) => id).sort());
      for (const call of read?.calls ?? []) {
        const view = shown.find(({ id }) => id === call.id);
        const rang = view?.answeredAt == null ? null : view.answeredAt - (view.ringingAt ?? 0);
        expect([call.ringMs, call.outcome, view?.line]).toEqual([
          ...[rang, view?.answeredAt == null ? 'missed' : 'answered', '0954-2030000'],
        ]);
        expect(call.line).toBe('line-1');
        expect(call.callback?.since ?? null).toBe(view?.callback?.since ?? null);
        expect(call.form).toEqual({ state: 'draft' });
      }
      expect(read?.calls.map(({ outcome, ringMs }) => [outcome, ringMs])).toEqual([
        ['answered', 1_000],
        ['missed', null],
      ]);
    });

    it('knows the mark that counts and when a form was registered', async () => {
      const store = await backEnd.freshStore();
      for (const step of answeredCall('1.1')) await done(store, step);
      const call = (await store.snapshot(ROOM, NOON)).calls[0]?.id ?? '';
      const mark = (review: string, seen: string | null, verdict: 'proper' | 'improper'): ReviewWork => ({
        ...{ type: 'review-call', review, call, seen, verdict, remark: '' },
        reasons: verdict === 'proper' ? [] : ['no-greeting'],
        ...{ account: 'a-li', person: 'li', name: '李某', at: NOON + 60_000 },
      });
      const [one, two] = ['01', '02'].map((tail) => `0190a000-0000-7000-8000-0000000000${tail}`);
      await done(store, mark(one ?? '', null, 'improper'));
      await done(store, mark(two ?? '', one ?? '', 'proper'));
      expect((await store.assessmentReads(ROOM, SPAN))?.calls).toMatchObject([{ review: 'proper' }]);
    });

    it('judges a clock of 突发事件 when it is over, not before', async () => {
      const store = await backEnd.freshStore();
      const step = (ask: IncidentWorkAsk, at: number): IncidentWork => ({
        ...{ type: 'incident-step', opId: newId(), incident: 'i-1', room: ROOM },
        ...{ account: 'a-1', person: 'zhang', ask, at },
      });
      const said = {
        occurredAt: null,
        receivedAt: NOON,
        level: 'unrated',
        title: '渗漏',
        text: '坝体渗漏。',
      } as const;
      await done(store, step({ type: 'open', room: ROOM, record: null, ...said }, NOON));
      await done(
        store,
        step(
          {
            ...{
              type: 'report',
              report: 'p-1',
              kind: 'first',
              channel: 'written',
              sentAt: NOON + 20 * 60_000,
            },
            ...{
              to: '某值班室',
              receiver: '赵某',
              signer: '王某',
              text: '报告如下。',
              call: null,
              furtherDueAt: null,
            },
          },
          NOON + 20 * 60_000,
        ),
      );
      const clocksAt = async (minutes: number) =>
        (await store.assessmentReads(ROOM, { ...SPAN, now: NOON + minutes * 60_000 }))?.clocks;
      const written = { id: 'i-1 written', at: NOON, kept: true };
      expect(await clocksAt(25)).toEqual([written]);
      expect(await clocksAt(31)).toEqual([{ id: 'i-1 telephone', at: NOON, kept: false }, written]);
    });

    it('counts a clock when it began to run, though it was entered after midnight, and one that ended by hand too late', async () => {
      const store = await backEnd.freshStore();
      const MINUTE = 60_000;
      const step = (ask: IncidentWorkAsk, at: number, incident = 'i-1'): IncidentWork => ({
        ...{ type: 'incident-step', opId: newId(), incident, room: ROOM, account: 'a-1', person: 'zhang' },
        ...{ ask, at },
      });
      const said = { occurredAt: null, level: 'unrated', title: '渗漏', text: '坝体渗漏。' } as const;
      const open = (receivedAt: number) =>
        ({ type: 'open', room: ROOM, record: null, ...said, receivedAt }) as const;
      const received = SPAN.to - 10 * MINUTE;
      await done(store, step(open(received), SPAN.to + 5 * MINUTE));
      await done(store, step(open(NOON), NOON, 'i-2'));
      // After half an hour and before an hour.
      await done(store, step({ type: 'close', reason: '误报' }, NOON + 40 * MINUTE, 'i-2'));
      const clocks = async (from: number, to: number) =>
        (await store.assessmentReads(ROOM, { ...SPAN, from, to, now: SPAN.to + 86_400_000 }))?.clocks;
      const kept = false;
      expect(await clocks(SPAN.from, SPAN.to)).toEqual([
        { id: 'i-2 telephone', at: NOON, kept },
        { id: 'i-1 telephone', at: received, kept },
        { id: 'i-1 written', at: received, kept },
      ]);
      expect(await clocks(SPAN.to, SPAN.to + 86_400_000)).toEqual([]);
    });

    it('comes in pages, neither twice nor left out, and not at all beyond what was agreed', async () => {
      const store = await backEnd.freshStore();
      // Many in the same millisecond: the id tells where a page ended.
      const calls = Array.from({ length: 304 }, (_, index) => {
        const call = telling(`${10 + index}.${index}`, NOON + Math.floor(index / 200) * 5_000);
        return [call.arrives(), call.ends()];
      });
      await store.write(calls.flat());
      const read = await store.assessmentReads(ROOM, SPAN);
      expect(new Set(read?.calls.map(({ id }) => id)).size).toBe(304);
      expect(read?.calls).toHaveLength(304);
      expect(await store.assessmentReads(ROOM, { ...SPAN, most: 303 })).toBeNull();
      expect((await store.assessmentReads('nowhere', SPAN))?.calls).toEqual([]);
    });
  });
});
