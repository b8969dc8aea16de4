/**
 * Nothing that is open gets lost between two shifts: a room at random (calls, missed calls, forms, 待办, 移交 and 不移交, signatures,
 * refusals, 继续值守) on a real store, beside a list of what is open kept by hand.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { HandedMatter, HandOver } from '../../src/duty/hand-over.ts';
import { openStore } from '../../src/storage/open-store.ts';
import type { Store } from '../../src/storage/store.ts';
import type { Work } from '../../src/storage/work.ts';
import { type Chance, seeded } from '../support/seeded.ts';
import { done } from './back-ends.ts';
import { OFFICE, ROOM, RULES } from './office.ts';
import { answeredCall, NOON, telling } from './telling.ts';

const MINUTE = 60_000;
const STEPS = 45;
const PEOPLE = ['zhang', 'li', 'wang'] as const;
const by = { room: ROOM, account: 'a-1', person: 'zhang', name: '张某' };

const folder = mkdtempSync(join(tmpdir(), 'dutyline-chain-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Walk {
  readonly store: Store;
  readonly chance: Chance;
  readonly at: number;
  readonly step: number;
  /** What is open, kept by hand: `kind id`. */
  readonly open: Set<string>;
  /** 缺录音 that a shift gave up with a reason. */
  readonly givenUp: Set<string>;
  /** 待回拨 by the draft of its call: 无需记录 deals with both. */
  readonly callbackOf: Map<string, string>;
}

const keyOf = ({ kind, id }: { readonly kind: string; readonly id: string }) => `${kind} ${id}`;

async function tried(store: Store, work: Work): Promise<string> {
  const [result] = await store.write([work]);
  return result?.ok === false ? result.refusal.code : 'done';
}

/** A whole call: its draft, and 待回拨 where nobody answered, 缺录音 where somebody did (this office's files never come). */
async function callComes({ store, chance, at, step, open, callbackOf }: Walk): Promise<void> {
  const linkedid = `${step}.1`;
  const isAnswered = chance.below(2) === 0;
  const call = telling(linkedid, at);
  const steps = isAnswered
    ? answeredCall(linkedid, at, `0954203${String(step).padStart(4, '0')}`)
    : [
        call.arrives(`0954204${String(step).padStart(4, '0')}`),
        ...[call.dials(), call.rings(), ...call.closes(), call.ends()],
      ];
  for (const one of steps) await done(store, one);
  const view = (await store.snapshot(ROOM, at)).calls.find(({ startedAt }) => startedAt >= at);
  open.add(`draft ${view?.record}`);
  open.add(`${isAnswered ? 'missing-sound' : 'callback'} ${view?.id}`);
  if (!isAnswered) callbackOf.set(`draft ${view?.record}`, `callback ${view?.id}`);
}

async function somethingCloses({ store, chance, at, step, open, callbackOf }: Walk): Promise<void> {
  const closable = [...open].filter((key) => !key.startsWith('missing-sound'));
  if (closable.length === 0) return;
  const key = chance.pick(closable);
  const [kind, id = ''] = key.split(' ');
  open.delete(key);
  open.delete(callbackOf.get(key) ?? '');
  if (kind === 'task') await done(store, { ...by, type: 'task-close', id, at });
  else if (kind === 'callback')
    await done(store, {
      ...by,
      type: 'callback-give-up',
      call: id,
      reason: '空号',
      opId: `g${step}`,
      at,
    } as Work);
  else
    await done(store, {
      type: 'record-command',
      command: { type: 'mark-no-record', opId: `op-${step}`, record: id, reason: 'misdial' },
      asker: { account: 'a-1', person: 'zhang', seat: null },
      at,
    } as Work);
}

async function taskIsWritten({ store, at, step, open }: Walk): Promise<void> {
  await done(store, { ...by, type: 'task-write', id: `t-${step}`, text: `第 ${step} 件`, dueAt: null, at });
  open.add(`task t-${step}`);
}

/** One hand-over, or a part of one, with everything that people do wrong on the way. */
async function handOverGoesOn(walk: Walk): Promise<void> {
  const { store, chance, at, step } = walk;
  await done(store, { ...by, type: 'hand-over-begin', id: `h-${step}`, at });
  const standing = (await store.handOverState(ROOM, at)).open;
  const id = standing?.handOver.id ?? '';
  const sign = (as: 'giver' | 'taker', signer: string, notes: number | null) =>
    tried(store, { ...by, type: 'hand-over-sign', id, as, signer, notes, at });
  for (const { kind, id: of } of standing?.handOver.matters ?? []) {
    if (chance.below(6) > 0) continue;
    const reason = chance.below(4) === 0 ? '' : '本人继续办理';
    await tried(store, {
      ...{ ...by, type: 'hand-over-decide', id, matter: { kind, id: of }, at },
      ...(reason === '' ? { handed: true, reason: null } : { handed: false, reason }),
    });
  }
  const ends = chance.below(5);
  if (ends === 0) return void (await tried(store, { ...by, type: 'hand-over-end', id, how: 'stay', at }));
  await sign('taker', chance.pick(PEOPLE), 0);
  await sign('giver', chance.pick(PEOPLE), null);
  if (ends === 1) return;
  await sign('taker', chance.pick(PEOPLE), chance.below(2) === 0 ? null : 0);
  await sign('taker', chance.pick(PEOPLE), 0);
  if (ends === 2) await tried(store, { ...by, type: 'hand-over-end', id, how: 'without-missing', at });
}

/** What was just sealed holds everything that was open, each handed or kept with a reason. */
function isWhole({ open, givenUp }: Walk, sealed: HandOver): void {
  const held = new Map(sealed.matters.map((matter) => [keyOf(matter), matter]));
  for (const key of open) expect([key, givenUp.has(key) || held.has(key)]).toEqual([key, true]);
  for (const matter of sealed.matters) {
    expect([keyOf(matter), open.has(keyOf(matter))]).toEqual([keyOf(matter), true]);
    expect(matter.handed || (matter.reason ?? '') !== '').toBe(true);
    if (sealed.state === 'done' && isGivenUp(matter)) givenUp.add(keyOf(matter));
  }
}

function isGivenUp({ kind, handed }: HandedMatter): boolean {
  return kind === 'missing-sound' && !handed;
}

describe('nothing that is open', () => {
  it.each([1, 2, 3])('is lost between two shifts, however they end (seed %i)', async (seed) => {
    const store = await openStore({ database: join(folder, `${seed}.db`), rules: RULES });
    await done(store, { type: 'office-import', office: OFFICE, at: NOON });
    const chance = seeded(`hand-over chain ${seed}`);
    const open = new Set<string>();
    const givenUp = new Set<string>();
    const callbackOf = new Map<string, string>();
    let sealed = 0;
    for (let step = 0; step < STEPS; step += 1) {
      const walk: Walk = { store, chance, at: NOON + step * 40 * MINUTE, step, open, givenUp, callbackOf };
      const act = chance.below(8);
      if (act < 3) await callComes(walk);
      else if (act < 5) await somethingCloses(walk);
      else if (act < 6) await taskIsWritten(walk);
      else await handOverGoesOn(walk);
      const state = await store.handOverState(ROOM, walk.at + MINUTE);
      if (state.past[0] !== undefined && state.past[0].closedAt === walk.at) {
        sealed += 1;
        isWhole(walk, state.past[0].handOver);
      }
      const stands = (state.open ?? state.next)?.handOver.matters.map(keyOf) ?? [];
      expect(new Set(stands)).toEqual(new Set([...open].filter((key) => !givenUp.has(key))));
    }
    expect(sealed).toBeGreaterThan(2);
    expect(await store.handOverChain(ROOM)).toBeNull();
    await store.close();
  });
});
