import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decode } from '../src/asterisk/listen/decode.ts';
import { createPacketParser } from '../src/asterisk/listen/packet-parser.ts';
import type { Effect } from '../src/calls/step.ts';
import type { TrackerInput } from '../src/calls/tracker-input.ts';
import { createIntake, type Intake } from '../src/intake.ts';
import type { PbxSetup } from '../src/lines/duty-line.ts';
import { openStore } from '../src/storage/open-store.ts';
import type { PendingEffect } from '../src/storage/pending-effect.ts';
import { openSqlite } from '../src/storage/sqlite.ts';
import type { Store } from '../src/storage/store.ts';
import type { PublishedChange } from '../src/storage/work.ts';
import { capture } from './asterisk/captures.ts';
import { OFFICE, PBX, ROOM, RULES } from './storage/office.ts';

/** The office of the captures: one line of two phones behind the trunk `PJSIP/telco`. */
const SETUP: PbxSetup = {
  pbx: PBX,
  trunks: ['PJSIP/telco'],
  lines: OFFICE.lines.slice(0, 1).map((line) => ({ ...line, dids: ['09542035678'] })),
};
const LI = { account: null, person: 'li', seat: 'seat-2' };
const RECORD = '0190a000-0000-7000-8000-00000000000b';
const OPEN = { type: 'open-by-hand', opId: 'open', record: RECORD, room: ROOM } as const;

interface Told {
  readonly what: 'effect' | 'facts' | 'pending' | 'changes' | 'log';
  readonly about: unknown;
}

let folder: string;
let database: string;
let store: Store;
let intake: Intake;
let told: Told[];
let clock: number;

async function start(): Promise<void> {
  store = await openStore({ database, rules: RULES });
  await store.write([{ type: 'office-import', office: OFFICE, at: 0 }]);
  intake = createIntake({
    store,
    setups: [SETUP],
    now: () => clock,
    offsetOf: () => 0,
    handleEffect: (_pbx, effect) => told.push({ what: 'effect', about: effect }),
    handleFacts: (_pbx, facts) => told.push({ what: 'facts', about: facts }),
    handlePending: (effect) => told.push({ what: 'pending', about: effect }),
    log: (_level, code) => told.push({ what: 'log', about: code }),
  });
  intake.subscribe((changes) => told.push({ what: 'changes', about: changes }));
  await intake.restore();
}

async function stop(): Promise<void> {
  await intake.close();
  await store.close();
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dutyline-intake-'));
  database = join(folder, 'store.db');
  told = [];
  clock = 0;
  await start();
});

afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What the listen session would hand over of a capture: every event, stamped by our clock as the PBX stamped it. */
function inputsOf(file: string): readonly TrackerInput[] {
  const parser = createPacketParser();
  const packets = [...parser.push(capture(file).bytes), ...parser.settle()];
  return packets.flatMap((packet): TrackerInput[] => {
    const decoded = decode(packet);
    if (decoded.kind !== 'event') return [];
    clock = decoded.event.pbxAt ?? clock;
    return [{ type: 'event', receivedAt: clock, event: decoded.event }];
  });
}

function receive(inputs: readonly TrackerInput[]): void {
  for (const input of inputs) intake.receive(PBX, input);
}

const logged = () => told.filter(({ what }) => what === 'log').map(({ about }) => about);
const effects = () => told.flatMap(({ what, about }) => (what === 'effect' ? [about as Effect] : []));

describe('a call that Asterisk tells of', () => {
  it('is kept, drafted and published', async () => {
    receive(inputsOf('22-in-answered-utf8.ami'));
    await intake.idle();
    const { calls, records } = await store.snapshot(ROOM, clock);
    expect(calls).toMatchObject([
      { direction: 'inbound', outcome: 'answered', phase: 'ended', caller: { name: '市应急指挥中心' } },
    ]);
    expect(records).toMatchObject([{ call: calls[0]?.id, state: 'draft' }]);
    expect(logged()).toEqual([]);
  });

  it('is published after it can be read, in order of position, each change once', async () => {
    const seen: PublishedChange[] = [];
    const readings: Promise<unknown>[] = [];
    intake.subscribe((changes) => {
      for (const change of changes) {
        seen.push(change);
        if (change.entity === 'call') readings.push(store.callView(change.id));
      }
    });
    receive(inputsOf('22-in-answered-utf8.ami'));
    await intake.idle();
    expect((await Promise.all(readings)).every((view) => view !== undefined)).toBe(true);
    const positions = seen.map((change) => change.position);
    expect(positions).toEqual([...new Set(positions)].sort((one, other) => one - other));
    expect(positions.length).toBeGreaterThan(1);
  });

  it('has its recording asked for at once, before anything is committed', () => {
    const inputs = inputsOf('22-in-answered-utf8.ami');
    receive(inputs);
    expect(effects().map((effect) => effect.kind)).toContain('start-recording');
    expect(told.filter(({ what }) => what === 'changes')).toEqual([]);
  });

  it('has its facts handed on, each once and in order, when they are durable', async () => {
    receive(inputsOf('22-in-answered-utf8.ami'));
    await intake.idle();
    const handed = told.flatMap(({ what, about }) => (what === 'facts' ? (about as readonly unknown[]) : []));
    expect(handed).toEqual((await store.keptForRestore(PBX, clock)).facts);
  });

  it('leaves its sound to be taken over, also after a restart, until that is done', async () => {
    receive(inputsOf('22-in-answered-utf8.ami'));
    await intake.idle();
    const first = told.filter(({ what }) => what === 'pending').map(({ about }) => about as PendingEffect);
    expect(first).toMatchObject([{ kind: 'attach-recordings', pbx: PBX }]);
    await stop();
    told = [];
    await start();
    expect(told).toEqual([{ what: 'pending', about: first[0] }]);
    await intake.work({ type: 'effect-done', effect: first[0]?.id ?? '', at: clock });
    await stop();
    told = [];
    await start();
    expect(told).toEqual([]);
  });
});

describe('lines that change while the service runs', () => {
  it('make the next call one of ours, and leave the one that lives as it is', async () => {
    const inputs = inputsOf('22-in-answered-utf8.ami');
    const half = Math.floor(inputs.length / 2);
    receive(inputs.slice(0, half));
    // The line is taken away in mid-call: the call goes on to its end.
    intake.takeLines({ ...SETUP, lines: [] });
    receive(inputs.slice(half));
    await intake.idle();
    expect((await store.snapshot(ROOM, clock)).calls).toMatchObject([
      { outcome: 'answered', phase: 'ended' },
    ]);
  });

  it('tell a call apart that was nobody’s a moment before', async () => {
    const inputs = inputsOf('22-in-answered-utf8.ami');
    intake.takeLines({ ...SETUP, lines: [] });
    receive(inputs);
    await intake.idle();
    expect((await store.snapshot(ROOM, clock)).calls).toEqual([]);
    const later = 2 * 3_600_000;
    intake.takeLines(SETUP);
    receive(
      inputs.map((input) =>
        input.type === 'event'
          ? {
              ...input,
              receivedAt: input.receivedAt + later,
              event: { ...input.event, pbxAt: input.event.pbxAt === null ? null : input.event.pbxAt + later },
            }
          : input,
      ),
    );
    clock += later;
    await intake.idle();
    expect((await store.snapshot(ROOM, clock)).calls).toMatchObject([{ outcome: 'answered' }]);
    expect(logged()).toEqual([]);
  });
});

describe('events that change nothing', () => {
  it('open no transaction', async () => {
    const before = await store.lastPosition();
    receive([{ type: 'event', receivedAt: 1, event: { type: 'Reload', pbxAt: 1, tampered: false } }]);
    expect(intake.health().waiting).toBe(0);
    await intake.idle();
    expect(await store.lastPosition()).toBe(before);
  });
});

describe('a restart in the middle of a call', () => {
  it('at any event ends with the one call and the one draft', async () => {
    const inputs = inputsOf('22-in-answered-utf8.ami');
    const cuts = [5, 20, 40, 60].filter((cut) => cut < inputs.length);
    let from = 0;
    for (const cut of [...cuts, inputs.length]) {
      receive(inputs.slice(from, cut));
      from = cut;
      await stop();
      await start();
    }
    const { calls, records } = await store.snapshot(ROOM, clock);
    expect(calls).toMatchObject([{ outcome: 'answered', phase: 'ended', needsAttention: false }]);
    expect(records).toHaveLength(1);
  });

  it('with every event told again makes no second call', async () => {
    const inputs = inputsOf('22-in-answered-utf8.ami');
    receive(inputs);
    await stop();
    await start();
    receive(inputs);
    await intake.idle();
    const { calls, records } = await store.snapshot(ROOM, clock);
    expect([calls.length, records.length]).toEqual([1, 1]);
  });

  it('names the gap from the last sign of the PBX on', async () => {
    const inputs = inputsOf('22-in-answered-utf8.ami');
    receive(inputs);
    const lastSign = clock;
    await stop();
    clock += 60_000;
    await start();
    intake.receive(PBX, { type: 'link-up', at: clock, processedCalls: null, pbxStartedAt: null });
    intake.receive(PBX, { type: 'channels-listed', receivedAt: clock, channels: [], first: true });
    await intake.idle();
    const { gaps } = await store.snapshot(ROOM, clock);
    expect(gaps).toMatchObject([{ pbx: PBX, from: lastSign, to: clock, cause: 'service-stopped' }]);
  });

  it('by a kill counts no call it had seen among those the gap missed', async () => {
    const inputs = inputsOf('22-in-answered-utf8.ami');
    const linkUp = (processedCalls: number): TrackerInput => ({
      type: 'link-up',
      at: clock,
      processedCalls,
      pbxStartedAt: null,
    });
    const nothingStands = { type: 'channels-listed', receivedAt: clock, channels: [], first: true } as const;
    receive([linkUp(100), nothingStands, ...inputs]);
    await intake.idle();
    // A killed service says no last word: its store is closed under it.
    await store.close();
    await start();
    clock += 3_000;
    receive([linkUp(101), { ...nothingStands, receivedAt: clock }]);
    await intake.idle();
    const { gaps } = await store.snapshot(ROOM, clock);
    expect(gaps).toMatchObject([{ cause: 'service-stopped', missed: 0 }]);
  });
});

describe('what people ask', () => {
  it('is answered when it is durable', async () => {
    const outcome = await intake.command(OPEN, LI);
    expect(outcome).toMatchObject({ ok: true, version: null });
    expect((await store.recordView(RECORD))?.byHand).toBe(true);
    expect(await intake.command(OPEN, LI)).toEqual(outcome);
  });

  it('is refused with the reason', async () => {
    const outcome = await intake.command({ type: 'register', opId: 'x', record: RECORD }, LI);
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'record-unknown' } });
  });
});

describe('a listener that throws', () => {
  it('does not keep the others from hearing', async () => {
    intake.subscribe(() => {
      throw new Error('broken');
    });
    let heard = 0;
    intake.subscribe(() => {
      heard += 1;
    });
    await intake.command(OPEN, LI);
    expect(heard).toBe(1);
    expect(logged()).toEqual(['listener-threw']);
  });
});

describe('an input that breaks the tracker', () => {
  it('marks the call it was about, is counted, and costs nothing else', async () => {
    const inputs = inputsOf('22-in-answered-utf8.ami');
    const from = { channel: 'PJSIP/telco-00000000', uniqueid: '1795452315.0', linkedid: '1795452315.0' };
    const event = { type: 'DialBegin', pbxAt: clock, tampered: false, from };
    const broken = { type: 'event', receivedAt: clock, event };
    receive(inputs.slice(0, 30));
    intake.receive(PBX, broken as never);
    receive(inputs.slice(30));
    await intake.idle();
    expect(intake.health().strange).toBe(1);
    expect(logged()).toEqual(['step-threw']);
    const { calls } = await store.snapshot(ROOM, clock);
    expect(calls).toMatchObject([{ outcome: 'answered', needsAttention: true }]);
  });
});

describe('a store that cannot write', () => {
  it('is said to fail, keeps calls waiting, refuses people at once, and loses nothing', async () => {
    const other = openSqlite(database, 'write');
    await other.connection().execute(async (holder) => {
      await sql`begin immediate`.execute(holder);
      receive(inputsOf('22-in-answered-utf8.ami'));
      await expect.poll(() => intake.health().storeFailing?.code, { timeout: 20_000 }).toBe('store-failing');
      expect(intake.health().waiting).toBeGreaterThan(0);
      expect(await intake.command(OPEN, LI)).toMatchObject({ ok: false, refusal: { code: 'store-failing' } });
      await sql`rollback`.execute(holder);
    });
    await other.destroy();
    await intake.idle();
    expect(intake.health()).toMatchObject({ storeFailing: null, waiting: 0, dropped: 0 });
    expect((await store.snapshot(ROOM, clock)).calls).toMatchObject([{ outcome: 'answered' }]);
    expect(await intake.command(OPEN, LI)).toMatchObject({ ok: true });
  });
});
