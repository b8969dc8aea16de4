import { describe, expect, it } from 'vitest';
import type { ProbeFact, ProbeOrder } from '../../src/diagnosis/probe.ts';
import type { HandOverWork } from '../../src/storage/hand-over-work.ts';
import type { Store } from '../../src/storage/store.ts';
import type { Work } from '../../src/storage/work.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { OFFICE, PBX, ROOM } from './office.ts';
import { answeredCall, NOON, telling } from './telling.ts';

const HOUR = 3_600_000;
const by = { room: ROOM, id: 'h-1', account: 'a-1', person: 'zhang' };
const begin = (at: number, id = 'h-1'): HandOverWork => ({ ...by, id, type: 'hand-over-begin', at });
type Signing = Extract<HandOverWork, { readonly type: 'hand-over-sign' }>;
type Ending = Extract<HandOverWork, { readonly type: 'hand-over-end' }>;
const sign = (as: 'giver' | 'taker', signer: string, at: number, id = 'h-1'): Signing => ({
  // Nobody has written 本班须知 here: a taker has read that there is none.
  ...{ ...by, id, type: 'hand-over-sign', as, signer, notes: as === 'taker' ? 0 : null, at },
});
const end = (how: 'without-missing' | 'stay', at: number, id = 'h-1'): Ending => ({
  ...{ ...by, id, type: 'hand-over-end', how, at },
});
const decide = (matter: { kind: string; id: string }, reason: string | null, at: number): HandOverWork => ({
  ...{ ...by, type: 'hand-over-decide', matter, handed: reason === null, reason, at },
});

/** 张某 until NOON, then 李某 and 王某. */
async function staffed(store: Store): Promise<void> {
  const shift = (id: string, from: number, officers: string[]) => ({
    ...{ id, room: ROOM, from, to: from + 12 * HOUR, leaders: [], officers },
  });
  const shifts = [shift('d', NOON - 12 * HOUR, ['zhang']), shift('n', NOON, ['li', 'wang'])];
  await done(store, { type: 'office-import', office: { ...OFFICE, shifts }, at: NOON - 13 * HOUR });
}

/** A call arrives; gives the draft it opens. */
async function ringing(store: Store, at: number, linkedid: string): Promise<string> {
  await done(store, telling(linkedid, at).arrives());
  const [newest] = (await store.snapshot(ROOM, at)).calls;
  return newest?.record ?? '';
}

async function refusal(store: Store, work: HandOverWork): Promise<string> {
  const [result] = await store.write([work]);
  return result?.ok === false ? result.refusal.code : 'done';
}

describe('交接班 in the store', () => {
  onBothBackEnds((backEnd) => {
    it('goes from who is on duty to who is expected, by the roster', async () => {
      const store = await backEnd.freshStore();
      await staffed(store);
      await done(store, begin(NOON + 60_000));
      // Pressed twice: the one that is open stays.
      await done(store, begin(NOON + 61_000, 'h-2'));
      const { open } = await store.handOverState(ROOM, NOON + 62_000);
      expect(open).toMatchObject({
        onDuty: ['zhang'],
        handOver: { id: 'h-1', from: NOON - 12 * HOUR, expected: ['li', 'wang'], matters: [] },
      });
      expect(await refusal(store, sign('taker', 'li', NOON + 63_000))).toBe('hand-over-giver-first');
      expect(await refusal(store, sign('giver', 'li', NOON + 63_000))).toBe('hand-over-giver-not-on-duty');
      await done(store, sign('giver', 'zhang', NOON + 64_000));
      expect(await refusal(store, sign('taker', 'zhang', NOON + 65_000))).toBe('hand-over-same-person');
      expect(await refusal(store, sign('taker', 'li', NOON + 63_000))).toBe('hand-over-before-giver');
      await done(store, sign('taker', 'li', NOON + 66_000));
      expect((await store.handOverState(ROOM, NOON + 67_000)).open).not.toBeNull();
      // 王某 does not come: those who have signed take over, and are on duty the next time.
      await done(store, end('without-missing', NOON + 70_000));
      const after = await store.handOverState(ROOM, NOON + 71_000);
      expect(after.open).toBeNull();
      expect(after.past).toMatchObject([{ closedAt: NOON + 70_000, handOver: { state: 'done' } }]);
      expect(await refusal(store, sign('taker', 'wang', NOON + 72_000))).toBe('hand-over-over');
      await done(store, begin(NOON + 11 * HOUR, 'h-3'));
      expect((await store.handOverState(ROOM, NOON + 11 * HOUR)).open?.onDuty).toEqual(['li']);
      const kinds = (await store.auditOf('h-1')).map(({ kind }) => kind);
      expect(kinds).toEqual([
        ...['hand-over-begin', 'hand-over-sign', 'hand-over-sign', 'hand-over-without-missing'],
      ]);
    });

    it('seats who took over where it was signed, and nobody at the seat of another', async () => {
      const store = await backEnd.freshStore();
      await staffed(store);
      const sits = async (seat: string) => (await store.seat(seat))?.person?.id ?? null;
      await done(store, { type: 'seat-person', seat: 'seat-1', person: 'zhang', at: NOON });
      await done(store, { type: 'seat-person', seat: 'seat-2', person: 'wang', at: NOON });
      const at = { seat: 'seat-1' };
      await done(store, begin(NOON));
      await done(store, { ...sign('giver', 'zhang', NOON + 1), ...at });
      await done(store, { ...sign('taker', 'li', NOON + 2), ...at });
      // 王某 is still to come: nobody has taken over yet.
      expect(await sits('seat-1')).toBe('zhang');
      await done(store, { ...end('without-missing', NOON + 3), ...at });
      expect([await sits('seat-1'), await sits('seat-2')]).toEqual(['li', 'wang']);
      expect((await store.auditOf('li')).map(({ kind }) => kind)).toEqual(['person-changed']);
      // Signed at a third one's seat, or at one of another room, nobody is moved.
      for (const [seat, id, signedAt] of [
        ['seat-2', 'h-2', NOON + 10],
        ['seat-3', 'h-3', NOON + 20],
      ] as const) {
        const [giver, taker] = id === 'h-2' ? ['li', 'zhang'] : ['zhang', 'li'];
        await done(store, begin(signedAt, id));
        await done(store, { ...sign('giver', giver, signedAt, id), seat });
        await done(store, { ...sign('taker', taker, signedAt, id), seat });
        expect([await sits('seat-2'), await sits('seat-3')]).toEqual(['wang', null]);
      }
    });

    it('hands over whatever is open, also what comes while it is signed, and asks why for the rest', async () => {
      const store = await backEnd.freshStore();
      await staffed(store);
      const first = await ringing(store, NOON - HOUR, '1');
      await done(store, begin(NOON));
      const matters = async () => (await store.handOverState(ROOM, NOON + HOUR)).open?.handOver.matters ?? [];
      expect(await matters()).toContainEqual({ kind: 'draft', id: first, handed: true, reason: null });
      const unknown = { kind: 'draft', id: 'nothing' };
      expect(await refusal(store, decide(unknown, 'x', NOON))).toBe('hand-over-matter-unknown');
      await done(store, decide({ kind: 'draft', id: first }, ' ', NOON + 1));
      expect(await refusal(store, sign('giver', 'zhang', NOON + 2))).toBe('hand-over-matters-undecided');
      await done(store, decide({ kind: 'draft', id: first }, '本人继续办理', NOON + 3));
      await done(store, sign('giver', 'zhang', NOON + 4));
      expect(await refusal(store, decide({ kind: 'draft', id: first }, null, NOON + 5))).toBe(
        'hand-over-signed',
      );
      const second = await ringing(store, NOON + 6, '2');
      await done(store, sign('taker', 'li', NOON + 7));
      await done(store, sign('taker', 'wang', NOON + 8));
      const [{ handOver } = {}] = (await store.handOverState(ROOM, NOON + 9)).past;
      expect(handOver?.matters.filter(({ kind }) => kind === 'draft')).toEqual([
        { kind: 'draft', id: first, handed: false, reason: '本人继续办理' },
        { kind: 'draft', id: second, handed: true, reason: null },
      ]);
    });

    it('knows what telephone and recording have shown, which 待办 are open, and what came', async () => {
      const store = await backEnd.freshStore();
      await staffed(store);
      for (const step of answeredCall('7', NOON - HOUR)) await done(store, step);
      const task = { ...by, name: '张某', id: 't-1' };
      await done(store, { ...task, type: 'task-write', text: '送文件', dueAt: null, at: NOON - HOUR });
      await done(store, {
        ...task,
        type: 'task-write',
        id: 't-2',
        text: '取文件',
        dueAt: null,
        at: NOON - HOUR,
      });
      await done(store, { ...task, type: 'task-close', id: 't-2', at: NOON - 1 });
      await done(store, begin(NOON));
      const { open } = await store.handOverState(ROOM, NOON);
      const kinds = open?.handOver.matters.map(({ kind, id }) => (kind === 'task' ? id : kind));
      expect(kinds).toEqual(['draft', 'missing-sound', 't-1']);
      expect(open?.handOver.evidence).toMatchObject({
        ...{ recorded: 0, silent: 1 },
        lines: [{ line: 'line-1', inSight: true, lastCallAt: expect.any(Number), probe: null }],
      });
      expect(await store.tasks(['t-2', 'nothing'])).toMatchObject([{ text: '取文件', writtenBy: '张某' }]);
      expect(await store.shiftSummary(ROOM, NOON - 12 * HOUR, NOON)).toEqual({
        ...{ inbound: 1, outbound: 0, missed: 0, missedClosed: 0, registered: 0 },
      });
    });

    it('loses nothing of what two processes write into it at the same moment, and is begun once', async () => {
      const database = await backEnd.freshOffice();
      const [one, other] = [await backEnd.open(database), await backEnd.open(database)];
      await staffed(one);
      const beginnings = await Promise.all([one.write([begin(NOON)]), other.write([begin(NOON, 'h-2')])]);
      expect(beginnings.flat().map(({ ok }) => ok)).toEqual([true, true]);
      const rows = (await backEnd.run(database, 'select id from hand_overs')) as { id: string }[];
      expect(rows).toHaveLength(1);
      const id = rows[0]?.id ?? '';
      const ticks = (device: 'computer' | 'printer' | 'fax', at: number): HandOverWork => ({
        ...{ ...by, id, type: 'hand-over-device', device, works: true, at },
      });
      await Promise.all([one.write([ticks('computer', NOON)]), other.write([ticks('printer', NOON)])]);
      await Promise.all([one.write([sign('giver', 'zhang', NOON, id)]), other.write([ticks('fax', NOON)])]);
      await Promise.all([
        one.write([sign('taker', 'li', NOON, id)]),
        other.write([sign('taker', 'wang', NOON, id)]),
      ]);
      const [{ handOver } = {}] = (await one.handOverState(ROOM, NOON)).past;
      expect(handOver).toMatchObject({
        ...{ state: 'done', giver: { person: 'zhang' } },
        devices: { computer: true, printer: true, fax: true },
      });
      expect(await one.handOverChain(ROOM)).toBeNull();
    });

    it('follows the roster until 交班人 signs: who was put in another’s place gives, who comes now is expected', async () => {
      const store = await backEnd.freshStore();
      await staffed(store);
      const planned = { room: ROOM, account: 'a-1', person: 'zhang', name: '张某' };
      const officer = (person: string) => ({ role: '值班员', kind: 'officer', person }) as const;
      const publishes = async (from: number, base: number, person: string, at: number) => {
        const shifts = [{ from, to: from + 12 * HOUR, name: '', posts: [officer(person)], base }];
        await done(store, { ...planned, type: 'roster-plan', how: 'edited', shifts, at });
        const days = { from: '2026-11-23', to: '2026-11-24' };
        await done(store, { ...planned, type: 'roster-publish', id: `${from} ${base}`, ...days, at });
      };
      for (const who of ['zhang', 'li', 'wang'])
        await done(store, { ...planned, type: 'roster-standing', who, standing: 'permanent', at: NOON });
      await done(store, begin(NOON));
      await done(store, sign('giver', 'zhang', NOON + 1));
      await done(store, sign('taker', 'li', NOON + 2));
      await done(store, end('without-missing', NOON + 3));
      await publishes(NOON, 0, 'zhang', NOON + 2 * HOUR);
      const night = NOON + 12 * HOUR;
      await publishes(night, 0, 'li', NOON + 2 * HOUR);
      const standing = async () => {
        const { open } = await store.handOverState(ROOM, night);
        return [open?.onDuty, open?.handOver.expected];
      };
      await done(store, begin(night - HOUR, 'h-2'));
      expect(await standing()).toEqual([['li', 'zhang'], ['li']]);
      await publishes(night, 1, 'wang', night - 1);
      expect(await standing()).toEqual([['li', 'zhang'], ['wang']]);
      expect(await refusal(store, sign('giver', 'wang', night, 'h-2'))).toBe('hand-over-giver-not-on-duty');
      await done(store, sign('giver', 'zhang', night, 'h-2'));
      await publishes(night, 2, 'li', night + 1);
      expect(await standing()).toEqual([['li', 'zhang'], ['wang']]);
      // Nobody comes: 张某 sits there, 李某 went home when he was put in his place.
      await done(store, end('stay', night + 2, 'h-2'));
      expect((await store.roomRoster(ROOM)).stay).toMatchObject({ officers: ['zhang'] });
      const { onDuty } = (await store.roomView(ROOM, night + 3)) ?? {};
      expect(onDuty?.officers.map(({ id }) => id)).toEqual(['zhang']);
      await done(store, begin(night + HOUR, 'h-3'));
      await done(store, sign('giver', 'zhang', night + HOUR, 'h-3'));
      await done(store, sign('taker', 'li', night + HOUR, 'h-3'));
      expect((await store.roomRoster(ROOM)).stay).toBeNull();
    });

    it('lets in who may not be on duty, and keeps it: with his signature, in the log, for 带班领导 and 检查', async () => {
      const store = await backEnd.freshStore();
      await staffed(store);
      const who = { room: ROOM, account: 'a-1', person: 'zhang', name: '张某', at: NOON - HOUR } as const;
      await done(store, { ...who, type: 'roster-standing', who: 'li', standing: 'worker' });
      await done(store, { ...who, type: 'roster-standing', who: 'wang', standing: 'permanent' });
      await done(store, begin(NOON));
      await done(store, sign('giver', 'zhang', NOON + 1));
      await done(store, sign('taker', 'li', NOON + 2));
      await done(store, sign('taker', 'wang', NOON + 3));
      const [{ handOver } = {}] = (await store.handOverState(ROOM, NOON + 4)).past;
      expect(handOver).toMatchObject({ state: 'done', told: [] });
      expect(handOver?.takers.map(({ standing }) => standing)).toEqual(['worker', undefined]);
      const [alert] = await store.alertLog([ROOM], false, 5);
      expect(alert).toMatchObject({ kind: 'hand-over-not-permanent' });
      expect(alert?.zh).toContain('李某为工勤人员');
      // What he is today changes nothing of what he was.
      await done(store, { ...who, type: 'roster-standing', who: 'li', standing: 'permanent' });
      const said = '接班人李某为工勤人员。值班工作由正式人员承担（《通知》二（四）），已告警通知带班领导。';
      const texts = async (from: number) =>
        (await store.shiftLog(ROOM, from, NOON + 13 * HOUR))?.lines.map(({ text }) => text);
      expect(await texts(NOON + 3)).toEqual([said]);
      const history = await store.roomHistory(ROOM, { from: NOON, to: NOON + HOUR });
      expect(history?.takenOver).toMatchObject([{ id: 'h-1', unfit: 1 }]);
      await done(store, begin(NOON + 11 * HOUR, 'h-2'));
      await done(store, end('stay', NOON + 12 * HOUR, 'h-2'));
      expect([await texts(NOON + 3), await texts(NOON + 12 * HOUR)]).toEqual([[said], []]);
      expect([await store.handOverChain(ROOM), await store.shiftLogChain(ROOM)]).toEqual([null, null]);
    });

    it('asks the roster again when it was begun long ago and nobody has signed', async () => {
      const store = await backEnd.freshStore();
      await staffed(store);
      await done(store, begin(NOON - 9 * HOUR));
      expect((await store.handOverState(ROOM, NOON)).open?.onDuty).toEqual(['zhang']);
      await done(store, begin(NOON + 3 * HOUR, 'h-2'));
      const { open } = await store.handOverState(ROOM, NOON + 3 * HOUR);
      expect([open?.handOver.id, open?.handOver.begunAt, open?.onDuty]).toEqual([
        ...['h-1', NOON + 3 * HOUR],
        ['li', 'wang'],
      ]);
    });

    it('shows what the probe of a line came to', async () => {
      const store = await backEnd.freshStore();
      await staffed(store);
      const order: ProbeOrder = {
        ...{ id: 'p-1', line: 'line-1', number: '0954-2030000', round: null, scope: 'always', pbx: PBX },
        ...{ trunk: 'PJSIP/telco2', ringMs: 14_000, occupier: null },
      };
      const facts = (...told: readonly ProbeFact[]): Work => ({
        ...{ type: 'probe-facts', probe: 'p-1', facts: told },
      });
      await done(store, begin(NOON));
      await done(store, facts({ kind: 'probe-asked', at: NOON, order, askedBy: 'a-1' }));
      const probe = async () =>
        (await store.handOverState(ROOM, NOON + 1)).open?.handOver.evidence?.lines[0]?.probe;
      expect(await probe()).toEqual({ id: 'p-1', at: NOON, running: true, arrived: null });
      const conclusion = {
        forwarding: 'clean',
        ringback: 'unknown',
        why: 'only-ringing',
        arrived: true,
      } as const;
      await done(
        store,
        facts({
          ...{ kind: 'probe-concluded', at: NOON + 1 },
          conclusion: { ...conclusion, suspicions: [], checks: [] },
        }),
      );
      expect(await probe()).toEqual({ id: 'p-1', at: NOON, running: false, arrived: true });
    });

    it('keeps its seals in their order when the clock of the server was set back', async () => {
      const store = await backEnd.freshStore();
      await staffed(store);
      for (const [id, at] of [
        ['h-3', NOON],
        ['h-1', NOON - HOUR],
        ['h-2', NOON + HOUR],
      ] as const) {
        await done(store, begin(at, id));
        await done(store, end('stay', at, id));
        expect(await store.handOverChain(ROOM)).toBeNull();
      }
    });

    it('goes on under who is there when nobody comes, and is sealed over the one before', async () => {
      const database = await backEnd.freshOffice();
      const store = await backEnd.open(database);
      await staffed(store);
      await done(store, begin(NOON));
      await done(store, { ...by, type: 'hand-over-device', device: 'fax', works: false, at: NOON });
      await done(store, end('stay', NOON + 1));
      expect(await refusal(store, end('stay', NOON + 2))).toBe('hand-over-over');
      await done(store, begin(NOON + HOUR, 'h-2'));
      await done(store, sign('giver', 'zhang', NOON + HOUR, 'h-2'));
      await done(store, sign('taker', 'li', NOON + HOUR, 'h-2'));
      await done(store, sign('taker', 'wang', NOON + HOUR, 'h-2'));
      const { past } = await store.handOverState(ROOM, NOON + 2 * HOUR);
      expect(past.map(({ handOver }) => [handOver.id, handOver.state, handOver.devices])).toEqual([
        ['h-2', 'done', {}],
        ['h-1', 'stayed', { fax: false }],
      ]);
      expect(await store.handOverChain(ROOM)).toBeNull();
      await backEnd.run(
        database,
        `update hand_overs set hand_over_json = replace(hand_over_json, '"stayed"', '"done"') where id = 'h-1'`,
      );
      expect(await store.handOverChain(ROOM)).toBe('h-1');
    });
  });
});
