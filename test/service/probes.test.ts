/**
 * Who is probed next: the queue, the schedule and the rounds on a real store, with a clock of its own. The calls themselves are
 * told by the test; real ones are in `probe-arrival.e2e.test.ts`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ProbeCall, ProbeSession } from '../../src/asterisk/control/probe-session.ts';
import type { ChannelEvent } from '../../src/calls/channel-event.ts';
import type { TrackerInput } from '../../src/calls/tracker-input.ts';
import type { ProbeConfig } from '../../src/config/config.ts';
import { MINUTE_MS } from '../../src/diagnosis/probe-plan.ts';
import type { Office } from '../../src/duty/office.ts';
import { createProbes, type Probes } from '../../src/service/probes.ts';
import { createCommitQueue } from '../../src/storage/commit-queue.ts';
import { openStore } from '../../src/storage/open-store.ts';
import type { Store } from '../../src/storage/store.ts';
import { OFFICE, PBX, RULES } from '../storage/office.ts';

/** Ten in the morning in Shanghai. */
const TEN = Date.UTC(2026, 10, 26, 2);
const HOUR = 60 * MINUTE_MS;
const TRUNK = { pbx: PBX, trunk: 'PJSIP/out1', shows: ['0954-2039001'], prefix: '9' };
const PROBE: ProbeConfig = {
  plan: {
    ...{ timeZone: 'Asia/Shanghai', mostADay: 3, beforeShiftMs: 30 * MINUTE_MS, offPeak: [] },
    quiet: [{ from: 22 * 60, to: 6 * 60 }],
  },
  ...{ trunks: [TRUNK], ringMs: 14_000, noAnswerMs: 40_000, notice: null },
};
const PATIENCE = { timeout: 15_000, interval: 10 };

interface Bed {
  readonly probes: Probes;
  readonly store: Store;
  /** Calls the PBX was asked to place, in order. */
  readonly placed: readonly ProbeCall[];
  readonly told: readonly TrackerInput[];
  readonly hungUp: readonly string[];
  readonly logged: readonly string[];
  /** How often the probes of a day were counted. */
  counts(): number;
  /** How often the calls of a room were looked at. */
  looks(): number;
  clockReads(): number;
  at: number;
  /** The database reads but takes nothing. */
  full: boolean;
  /** The newest call rings out, and nobody saw it arrive. */
  ringsOut(): void;
  close(): Promise<void>;
}

const beds: Bed[] = [];
afterEach(async () => {
  for (const bed of beds.splice(0)) await bed.close();
});

async function aBed(
  more: { readonly probe?: Partial<ProbeConfig>; readonly office?: Partial<Office> } = {},
): Promise<Bed> {
  const folder = mkdtempSync(join(tmpdir(), 'dutyline-probes-'));
  const store = await openStore({ database: join(folder, 'probes.db'), rules: RULES });
  const office = { ...OFFICE, ...more.office };
  await store.write([{ type: 'office-import', office, at: 0 }]);
  const placed: ProbeCall[] = [];
  const told: TrackerInput[] = [];
  const hungUp: string[] = [];
  const logged: string[] = [];
  let counts = 0;
  let looks = 0;
  let clockReads = 0;
  const counted: Parameters<typeof createProbes>[0]['store'] = {
    ...store,
    livingCalls(room) {
      looks += 1;
      return store.livingCalls(room);
    },
    probeTally(since) {
      counts += 1;
      return store.probeTally(since);
    },
  };
  const queue = createCommitQueue({
    store: {
      write: (works) => (bed.full ? Promise.reject(new Error('disk full')) : store.write(works)),
    },
    now: Date.now,
    onCommitted: () => undefined,
    onTrouble: () => undefined,
  });
  const say = (event: object) =>
    bed.probes.see(PBX, {
      type: 'event',
      receivedAt: bed.at,
      event: { pbxAt: bed.at, tampered: false, ...event } as ChannelEvent,
    });
  const ref = (id: string) => ({ channel: 'PJSIP/out1-00000001', uniqueid: id, linkedid: id });
  const gone = (id: string, cause: number) => say({ type: 'Hangup', ...ref(id), cause, techCause: null });
  const session: ProbeSession = {
    place(call) {
      placed.push(call);
      say({ type: 'Newchannel', ...ref(call.channelId), state: 'Down' });
      return Promise.resolve({ ok: true, value: null });
    },
    record: () => Promise.resolve({ ok: true, value: '' }),
    hangUp(id) {
      hungUp.push(id);
      gone(id, 16);
      return Promise.resolve({ ok: true, value: null });
    },
    pathOf: (id) => id,
  };
  const probe = { ...PROBE, ...more.probe };
  const pbxs = [{ id: PBX, trunks: ['PJSIP/telco', 'PJSIP/out1'] }];
  const bed: Bed = {
    store,
    placed,
    told,
    hungUp,
    logged,
    counts: () => counts,
    looks: () => looks,
    clockReads: () => clockReads,
    at: TEN,
    full: false,
    probes: createProbes({
      config: { watch: RULES.watch, pbxs, probe },
      ...{ office, store: counted, lookMs: 5 },
      work: (work) => queue.push(work),
      receive: (_pbx, input) => told.push(input),
      inSight: () => true,
      sessionOf: () => session,
      listen: () => Promise.resolve({ hearing: null, soundSeconds: null }),
      passedOn: () => Promise.resolve(null),
      now() {
        clockReads += 1;
        return bed.at;
      },
      log: (_level, code) => logged.push(code),
    }),
    ringsOut() {
      const id = placed.at(-1)?.channelId ?? '';
      say({ type: 'DialState', from: null, to: ref(id), dialStatus: 'RINGING', forward: null });
      bed.at += 14_100;
      gone(id, 19);
      bed.at += 4_000;
    },
    async close() {
      await bed.probes.stop();
      await queue.close();
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
  beds.push(bed);
  bed.probes.start();
  return bed;
}

const always = (line: string) => ({ line, scope: 'always', consent: false, account: 'a-1' }) as const;
const settled = (bed: Bed) => expect.poll(() => bed.store.openProbes(), PATIENCE).toEqual([]);

describe('one probe on demand', () => {
  it('is told to the tracker before it is placed, with the digits and the number of its trunk', async () => {
    const bed = await aBed();
    const asked = await bed.probes.ask(always('line-1'));
    await expect
      .poll(() => bed.placed, PATIENCE)
      .toMatchObject([
        { trunk: 'PJSIP/out1', digits: '909542030000', caller: '09542039001', ringMs: 14_000 },
      ]);
    expect(bed.told).toMatchObject([
      { type: 'probe-expected', probe: { line: 'line-1', callers: ['0954-2039001'], from: TEN } },
    ]);
    bed.ringsOut();
    await settled(bed);
    expect(bed.told.at(-1)).toMatchObject({ type: 'probe-over' });
    const [kept] = await bed.store.probesOfLines(['line-1'], 1);
    expect(kept).toMatchObject({
      id: asked.ok ? asked.id : '',
      state: 'done',
      result: { forwarding: 'suspect' },
    });
  });

  it('is refused beside another, in quiet hours, beyond the day, and on a line that no other trunk leads to', async () => {
    const bed = await aBed();
    const code = async (line = 'line-1') => {
      const answer = await bed.probes.ask(always(line));
      return answer.ok ? 'asked' : answer.refusal.code;
    };
    for (let times = 0; times < 3; times += 1) {
      expect(await code()).toBe('asked');
      expect(await code()).toBe(times < 2 ? 'probe-line-probed' : 'probe-daily-cap');
      await expect.poll(() => bed.placed.length, PATIENCE).toBe(times + 1);
      bed.ringsOut();
      await settled(bed);
    }
    expect(await code()).toBe('probe-daily-cap');
    bed.at = TEN + 13 * HOUR;
    expect(await code('line-2')).toBe('probe-quiet-hours');
    expect(await code('nowhere')).toBe('probe-no-second-trunk');
    const home = await aBed({ probe: { trunks: [{ ...TRUNK, trunk: 'PJSIP/telco' }] } });
    expect(await home.probes.ask(always('line-1'))).toMatchObject({
      refusal: { code: 'probe-no-second-trunk' },
    });
  });

  it('that waits can be taken back, and one that rings is hung up', async () => {
    const bed = await aBed();
    const first = await bed.probes.ask(always('line-1'));
    const second = await bed.probes.ask(always('line-2'));
    await expect.poll(() => bed.placed.length, PATIENCE).toBe(1);
    for (const asked of [second, first]) await bed.probes.end(asked.ok ? asked.id : '');
    const open = () => {
      bed.at += 1_000;
      return bed.store.openProbes();
    };
    await expect.poll(open, PATIENCE).toEqual([]);
    expect(bed.placed).toHaveLength(1);
    const states = await bed.store.probesOfLines(['line-1', 'line-2'], 2);
    expect(states.map(({ state }) => state)).toEqual(['failed', 'failed']);
  });
});

describe('while the database reads but takes nothing', () => {
  it('no telephone rings of which nobody would know: who asks is told, and the schedule is silent', async () => {
    const shift = { id: 's9', room: 'room-1', from: TEN - HOUR, to: TEN + HOUR, leaders: [], officers: [] };
    const bed = await aBed({ office: { shifts: [shift] } });
    bed.full = true;
    expect(await bed.probes.ask(always('line-2'))).toMatchObject({ refusal: { code: 'store-failing' } });
    const target = { line: 'line-1', number: '0954-2030000' };
    expect(await bed.probes.askRound({ account: 'a-1', targets: [target] })).toMatchObject({
      left: [{ number: target.number, refusal: { code: 'store-failing' } }],
    });
    bed.at = TEN + 31 * MINUTE_MS;
    const before = bed.counts();
    await expect.poll(bed.counts, PATIENCE).toBeGreaterThan(before + 4);
    expect(bed.placed).toEqual([]);
    bed.full = false;
    await expect.poll(() => bed.placed.length, PATIENCE).toBe(1);
    expect((await bed.store.probesOfLines(['line-1', 'line-2'], 9)).length).toBe(1);
  });

  it('one that was asked for before is not placed, and is told as failed when it is back', async () => {
    const bed = await aBed();
    await bed.probes.ask(always('line-1'));
    bed.full = true;
    await expect.poll(() => bed.logged, PATIENCE).toContain('probe-not-kept');
    bed.full = false;
    bed.at += 4_000;
    await settled(bed);
    expect(await bed.store.probesOfLines(['line-1'], 1)).toMatchObject([{ state: 'failed' }]);
    expect(bed.placed).toEqual([]);
  });

  it('one that rings is hung up at once, and what became of it is kept when it is back', async () => {
    const bed = await aBed();
    const asked = await bed.probes.ask(always('line-1'));
    await expect.poll(() => bed.placed.length, PATIENCE).toBe(1);
    bed.full = true;
    await bed.probes.end(asked.ok ? asked.id : '');
    await expect.poll(() => bed.hungUp, PATIENCE).toHaveLength(1);
    bed.at += 20_000;
    bed.full = false;
    await settled(bed);
    expect(await bed.store.probesOfLines(['line-1'], 1)).toMatchObject([{ state: 'failed' }]);
  });
});

describe('抽查', () => {
  it('calls one after another by one trunk, our own lines and others, and says who is left out', async () => {
    const bed = await aBed({ probe: { trunks: [TRUNK] } });
    const targets = [
      { line: 'line-1', number: '0954-2030000' },
      { line: 'line-2', number: '0954-2040000' },
      { line: null, number: '0951-5055555' },
    ];
    const { round, left } = await bed.probes.askRound({ account: 'a-1', targets });
    expect(left).toEqual([]);
    for (let nth = 1; nth <= 3; nth += 1) {
      await expect.poll(() => bed.placed.length, PATIENCE).toBe(nth);
      bed.ringsOut();
    }
    await settled(bed);
    const table = await bed.store.probesOfRound(round);
    expect(table.map(({ number, unit, state, result }) => [number, unit, state, result?.forwarding])).toEqual(
      [
        ['0954-2030000', '固原市人民政府', 'done', 'suspect'],
        ['0954-2040000', '原州区人民政府', 'done', 'suspect'],
        ['0951-5055555', null, 'done', 'unknown'],
      ],
    );
    expect(bed.told.filter(({ type }) => type === 'probe-expected')).toHaveLength(2);
    bed.at = TEN + 13 * HOUR;
    const byNight = await bed.probes.askRound({ account: 'a-1', targets });
    expect(byNight.left.map(({ refusal }) => refusal.code)).toEqual(Array(3).fill('probe-quiet-hours'));
  });
});

describe('a number of another office', () => {
  const elsewhere = (number: string) => ({ account: 'a-1', targets: [{ line: null, number }] });

  it('is called no more often than mostADay, however it is written', async () => {
    const bed = await aBed();
    for (const [nth, number] of ['0951-5055555', '09515055555', '+86 951 5055555'].entries()) {
      expect(await bed.probes.askRound(elsewhere(number))).toMatchObject({ left: [] });
      await expect.poll(() => bed.placed.length, PATIENCE).toBe(nth + 1);
      bed.ringsOut();
      await settled(bed);
    }
    expect(await bed.probes.askRound(elsewhere('0951 5055555'))).toMatchObject({
      left: [{ refusal: { code: 'probe-daily-cap' } }],
    });
    expect(await bed.probes.askRound(elsewhere('0951-5066666'))).toMatchObject({ left: [] });
  });
});

describe('what waits', () => {
  it('costs no read while nobody may be called, and a round one count of the day', async () => {
    const quiet = [{ from: 11 * 60, to: 12 * 60 }];
    const bed = await aBed({ probe: { plan: { ...PROBE.plan, quiet } } });
    const targets = OFFICE.lines.map(({ id: line, number }) => ({ line, number }));
    const others = Array.from({ length: 50 }, (_, nth) => ({ line: null, number: `0951-50555${10 + nth}` }));
    const counts = bed.counts();
    const looks = bed.looks();
    const { left } = await bed.probes.askRound({ account: 'a-1', targets: [...targets, ...others] });
    // Before anything else can happen.
    bed.at = TEN + HOUR;
    expect(left).toEqual([]);
    expect([bed.counts() - counts, bed.looks() - looks]).toEqual([1, 0]);
    const before = bed.clockReads();
    await expect
      .poll(bed.clockReads, PATIENCE)
      .toBeGreaterThan(before + 20 * (targets.length + others.length));
    expect(bed.placed).toEqual([]);
    expect(bed.looks()).toBe(looks);
  });
});

describe('the schedule', () => {
  it("asks before each 交班, once, in nobody's name", async () => {
    const shift = { id: 's9', room: 'room-1', from: TEN - HOUR, to: TEN + HOUR, leaders: [], officers: [] };
    const bed = await aBed({ office: { shifts: [shift] } });
    bed.at = TEN + 31 * MINUTE_MS;
    await expect.poll(() => bed.placed.length, PATIENCE).toBe(1);
    bed.ringsOut();
    await settled(bed);
    bed.at += 2 * MINUTE_MS;
    const asked = await bed.probes.ask(always('line-2'));
    await expect.poll(() => bed.placed.length, PATIENCE).toBe(2);
    bed.ringsOut();
    await settled(bed);
    expect(asked.ok).toBe(true);
    expect(await bed.store.probeTally(TEN)).toEqual([
      { line: 'line-1', asked: 1, scheduledAt: expect.any(Number) },
      { line: 'line-2', asked: 1, scheduledAt: null },
    ]);
  });

  it('says 无法自查 of a line that only its own trunk leads to', async () => {
    const bed = await aBed({ probe: { trunks: [{ ...TRUNK, trunk: 'PJSIP/telco' }] } });
    const why = async () => (await bed.store.lineWatch(['line-1'], bed.at))[0]?.ringback.why;
    await expect.poll(why, PATIENCE).toBe('no-second-trunk');
    expect(bed.probes.reaches('line-1')).toBe(false);
    const away = await aBed();
    expect(['line-1', 'nowhere'].map((line) => away.probes.reaches(line))).toEqual([true, false]);
  });
});

describe('after a crash', () => {
  it('what may still ring is hung up, told to the tracker first, and kept as failed', async () => {
    const bed = await aBed();
    await bed.probes.ask(always('line-1'));
    await expect.poll(() => bed.placed.length, PATIENCE).toBe(1);
    const id = bed.placed[0]?.channelId ?? '';
    const hungUp: string[] = [];
    const told: TrackerInput[] = [];
    const again = createProbes({
      config: { watch: RULES.watch, pbxs: [], probe: PROBE },
      ...{ office: OFFICE, store: bed.store, lookMs: 5 },
      async work(work) {
        const [written] = await bed.store.write([work]);
        if (written === undefined) throw new Error('no answer');
        return written;
      },
      receive: (_pbx, input) => told.push(input),
      inSight: () => true,
      sessionOf: () => ({
        place: () => Promise.reject(new Error('nothing is placed')),
        record: () => Promise.reject(new Error('nothing is recorded')),
        hangUp: (channel) => {
          hungUp.push(channel);
          return Promise.resolve({ ok: true, value: null });
        },
        pathOf: (channel) => channel,
      }),
      listen: () => Promise.resolve({ hearing: null, soundSeconds: null }),
      passedOn: () => Promise.resolve(null),
      now: () => bed.at,
      log: () => {},
    });
    await again.restore();
    await expect.poll(() => hungUp, PATIENCE).toEqual([id]);
    await expect.poll(() => told.map(({ type }) => type), PATIENCE).toEqual(['probe-expected', 'probe-over']);
    await expect
      .poll(async () => (await bed.store.probesOfLines(['line-1'], 1))[0]?.state, PATIENCE)
      .toBe('failed');
  });
});
