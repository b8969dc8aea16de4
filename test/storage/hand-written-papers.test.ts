import { describe, expect, it } from 'vitest';
import type { FindingDecision } from '../../src/diagnosis/finding.ts';
import { FIRST_NOTES } from '../../src/duty/duty-notes.ts';
import { type HandWritten, HIDDEN, nameOfWritten } from '../../src/duty/hand-written.ts';
import { INSPECTION_ITEMS } from '../../src/duty/inspection-items.ts';
import type { RosterWork } from '../../src/storage/roster-work.ts';
import type { ShutHand } from '../../src/storage/shut-work.ts';
import type { Store } from '../../src/storage/store.ts';
import type { Work } from '../../src/storage/work.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { ROOM } from './office.ts';
import { NOON } from './telling.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SECRET = '不该写的内容';
const by = { account: 'a-1', person: null, name: '督查员' };
const hand = (account: string): ShutHand => ({ account, person: null });

/** No two at one moment. */
let moments = NOON + DAY;
const shut = (type: 'isolate' | 'release' | 'destroy', written: HandWritten): Work => {
  moments += 1;
  const about = { subject: nameOfWritten(written), reason: '误录', at: moments };
  return type === 'destroy'
    ? { ...about, type, by: [hand('a-1'), hand('a-2')] }
    : { ...about, type, by: hand('a-1') };
};

async function codeOf(store: Store, work: Work): Promise<string> {
  const [result] = await store.write([work]);
  return result?.ok === false ? result.refusal.code : 'done';
}

describe('涉密误录处置 of what stands on papers', () => {
  onBothBackEnds((backEnd) => {
    const tables = [
      ...['inspections', 'duty_notes', 'finding_notes', 'roster_swaps', 'roster_changes', 'facts', 'audit'],
      ...['audit_texts', 'search_docs', 'hand_overs', 'shift_log_lines', 'alerts'],
    ];
    async function fresh() {
      const database = await backEnd.freshOffice();
      const kept = async () =>
        JSON.stringify(
          await Promise.all(tables.map((table) => backEnd.run(database, `select * from ${table}`))),
        );
      return { store: await backEnd.open(database), kept };
    }

    /** Isolated, opened again, destroyed, everything folded anew: `shown` says what people see meanwhile. */
    async function isTaken(
      { store, kept }: Awaited<ReturnType<typeof fresh>>,
      written: HandWritten,
      shown: () => Promise<unknown>,
    ): Promise<void> {
      const seen = async () => JSON.stringify(await shown());
      expect(await seen()).toContain(SECRET);
      const { changes } = await done(store, shut('isolate', written));
      expect(changes.map(({ entity, id }) => `${entity} ${id}`)).toEqual([`room ${ROOM}`]);
      expect(await seen()).not.toContain(SECRET);
      expect(await seen()).toContain('"isolated"');
      await done(store, shut('release', written));
      expect(await seen()).toContain(SECRET);
      await done(store, shut('destroy', written));
      expect(await kept()).not.toContain(SECRET);
      expect(await codeOf(store, shut('release', written))).toBe('text-destroyed');
      await done(store, { type: 'rebuild' });
      expect(await seen()).not.toContain(SECRET);
      expect(await seen()).toContain('"destroyed"');
      expect((await store.auditOf(nameOfWritten(written))).map(({ kind }) => kind).slice(-4)).toEqual([
        ...['secrecy-isolated', 'secrecy-released', 'secrecy-destroyed', 'secrecy-destroyed'],
      ]);
      expect(await store.verifyAudit()).toMatchObject({ ok: true });
    }

    it('takes 检查情况 and what was said of the 整改; verdicts and signatures stay', async () => {
      const office = await fresh();
      const { store } = office;
      const head = { unit: 'city', rooms: [ROOM], from: NOON - DAY, to: NOON + DAY, inspectedAt: NOON };
      const own = { ...by, id: 'i-1', at: NOON };
      await done(store, { ...own, ...head, type: 'inspection-open', inspectors: '督查员' });
      const answer = { ...own, type: 'inspection-answer', base: 0 } as const;
      for (const { code } of INSPECTION_ITEMS.filter(({ isRequired }) => isRequired))
        await done(
          store,
          code === 'B1'
            ? { ...answer, item: code, situation: SECRET, verdict: 'fails', mendBy: null }
            : { ...answer, item: code, situation: '', verdict: 'meets', mendBy: null },
        );
      const item: HandWritten = { kind: 'item', inspection: 'i-1', code: 'B1' };
      // Until it is signed it is written anew instead.
      expect(await codeOf(store, shut('isolate', item))).toBe('text-unknown');
      await done(store, { ...own, type: 'inspection-sign', as: 'inspector', known: null });
      const shown = () => Promise.all([store.inspection('i-1'), store.inspectionsOf(['city'])]);
      await isTaken(office, item, shown);
      expect((await store.inspection('i-1'))?.inspection.answers.B1).toMatchObject({
        ...{ situation: HIDDEN, verdict: 'fails', mending: { state: 'open' } },
      });
      const mend = (text: string, at: number) =>
        ({ ...own, at, type: 'inspection-mend', item: 'B1', how: 'reported', text }) as const;
      await done(store, mend(SECRET, NOON + 1));
      const mending: HandWritten = { kind: 'mending', inspection: 'i-1', code: 'B1', at: NOON + 1 };
      await done(store, shut('isolate', mending));
      expect(await codeOf(store, mend('已整改', NOON + 2))).toBe('inspection-isolated');
      await done(store, shut('release', mending));
      await isTaken(office, mending, shown);
      // Somebody must be able to say what was done.
      await done(store, mend('已整改', NOON + 2));
      expect((await store.inspection('i-1'))?.inspection.answers.B1.mending?.text).toBe('已整改');
      // What the office said stays beside the inspector's word.
      await done(store, mend(SECRET, NOON + 3));
      await done(store, { ...mend('现场核实', NOON + 4), how: 'mended' });
      await isTaken(office, { ...mending, at: NOON + 3 }, shown);
      expect((await store.inspection('i-1'))?.inspection.answers.B1.mending?.text).toBe('现场核实');
    });

    it('takes a part of 本班须知 in every version that has it, and no other', async () => {
      const office = await fresh();
      const { store } = office;
      const head = { title: '', state: 'away', from: null, to: null, contact: '', acting: '' } as const;
      const notes = { ...FIRST_NOTES, whereabouts: [{ ...head, name: '赵某', place: SECRET }] };
      const edit = (base: number, more: Partial<typeof FIRST_NOTES>): Work => ({
        ...{
          ...by,
          type: 'duty-notes-edit',
          room: ROOM,
          base,
          notes: { ...notes, ...more },
          at: NOON + base,
        },
      });
      await done(store, edit(0, { other: '一' }));
      await done(store, edit(1, { other: '二' }));
      await done(store, edit(2, { other: '二', whereabouts: [{ ...head, name: '赵某', place: '市外' }] }));
      const span = { from: NOON - DAY, to: NOON + 2 };
      const shown = async () => [
        await store.dutyNotes(ROOM, 10),
        (await store.roomHistory(ROOM, span))?.notes,
      ];
      await isTaken(office, { kind: 'notes', room: ROOM, version: 1, part: 'whereabouts' }, shown);
      expect(
        (await store.dutyNotes(ROOM, 10)).map(({ notes: { other, whereabouts } }) => [
          ...[other, whereabouts.map(({ place }) => place)],
        ]),
      ).toEqual([
        ['二', ['市外']],
        ['二', []],
        ['一', []],
      ]);
    });

    it('takes what was said with a decision about a 检测发现', async () => {
      const office = await fresh();
      const { store } = office;
      await done(store, {
        ...{ type: 'line-looked-at', line: 'line-1', checks: [], at: NOON },
        suspicions: [
          {
            ...{ kind: 'forward-setting', scope: 'always' },
            evidence: {
              ...{ by: 'setting', key: 'CF/1001', value: '13900001111', target: 'mobile' },
              phone: 'PJSIP/1001',
            },
          },
        ],
      });
      const findings = () => store.findingsOfLines(['line-1'], 10);
      const finding = (await findings())[0]?.id ?? '';
      const decision: FindingDecision = 'finding-dismissed';
      await done(store, {
        ...{ ...by, type: 'finding-decide', opId: 'op-1', finding, decision, reason: SECRET, at: NOON + 1 },
      });
      await isTaken(office, { kind: 'finding', id: 'op-1' }, async () => [
        await findings(),
        await store.findingView(finding),
      ]);
      expect((await findings())[0]).toMatchObject({ state: 'dismissed', notes: [{ text: HIDDEN }] });
    });

    it('takes why two wanted to swap and what was answered; the swap stays', async () => {
      const office = await fresh();
      const { store } = office;
      const shift = { from: NOON + DAY, to: NOON + 2 * DAY };
      const own = { ...by, room: ROOM, at: NOON };
      const works: readonly RosterWork[] = [
        ...['zhang', 'li'].map(
          (who): RosterWork => ({ ...own, type: 'roster-standing', who, standing: 'permanent' }),
        ),
        {
          ...{ ...own, type: 'roster-plan', how: 'edited' },
          shifts: [
            {
              ...shift,
              name: '全天',
              base: 0,
              posts: [{ role: '值班员', kind: 'officer', person: 'zhang' }],
            },
          ],
        },
        { ...own, type: 'roster-publish', id: 'pub-1', from: '2026-11-01', to: '2026-12-31' },
        {
          ...{ ...own, type: 'swap-ask', id: 'swap-1', shift, giver: 'zhang', taker: 'li' },
          ...{ back: null, reason: SECRET },
        },
        { ...own, type: 'swap-answer', id: 'swap-1', how: 'refused', words: SECRET, person: 'li' },
      ];
      for (const work of works) await done(store, work);
      const swaps = async () => (await store.rosterState(ROOM, shift)).swaps;
      await isTaken(office, { kind: 'swap', id: 'swap-1' }, swaps);
      expect(await swaps()).toMatchObject([{ state: 'refused', reason: HIDDEN, answer: HIDDEN }]);
    });

    it('of nothing is refused', async () => {
      const { store } = await fresh();
      for (const name of [...['finding:x', 'swap:x', 'item:x:A1', 'mending:x:A1:1', `notes:${ROOM}:7:other`]])
        expect([
          name,
          await codeOf(store, { ...shut('isolate', { kind: 'swap', id: 'x' }), subject: name } as Work),
        ]).toEqual([...[name, 'text-unknown']]);
    });
  });
});
