/**
 * A month of one room at speed: 3,000 calls, 90 shifts, swaps and absences, 12 incidents, 4 inspections, played through the real
 * tracker, store and desks with the clock as an input; everything that stands in its papers is reckoned a second time, from the
 * plan alone.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AssessmentView } from '../../src/duty/assessment/view.ts';
import type { InspectionPageView } from '../../src/duty/inspection-view.ts';
import { DAY, DAYS, dayText, END, FIRST, HOUR, on, SHIFT_MS, SHIFTS } from './calendar.ts';
import { ended, lookAtClocks, type Played, playMonth } from './month.ts';
import { LINE, ROOM, UNIT } from './office.ts';
import { planOfMonth } from './plan.ts';
import { CALLS } from './planned-calls.ts';
import { INCIDENTS } from './planned-incidents.ts';
import { INSPECTIONS, ITEMS, NOTES_AT } from './planned-papers.ts';
import { reckonedAssessment } from './reckon-assessment.ts';
import { waitingOf } from './reckon-callbacks.ts';
import { clocksAt } from './reckon-incidents.ts';
import { reckonedKnown } from './reckon-known.ts';
import { inOrder, reckonedLogs } from './reckon-logs.ts';
import { openAt } from './reckon-matters.ts';
import { type Dump, dump, withoutChance } from './tables.ts';

const folder = mkdtempSync(join(tmpdir(), 'dutyline-month-'));
const plan = planOfMonth(process.env.MONTH_SEED ?? 'a month of one room');
/** When all is over and looked at. */
const AFTER = END + DAY;

/** So much of the month is played a second time: four days with what was begun in them. All of it by `npm run soak -- month`. */
const AGAIN_UNTIL = process.env.MONTH_AGAIN === 'all' ? AFTER : on(4, '12:00');

let month: Played;
let firstDays: Dump;
const database = join(folder, 'first.db');

beforeAll(async () => {
  month = await playMonth(plan, database, [
    {
      at: AGAIN_UNTIL,
      look: async () => {
        firstDays = await dump(database);
      },
    },
    {
      at: AFTER,
      look: async (seen) => {
        for (const { id } of INCIDENTS) await lookAtClocks(seen, id);
      },
    },
  ]);
});
afterAll(async () => {
  await ended(month);
  rmSync(folder, { recursive: true, force: true });
});

describe('a month of one room', () => {
  it('has the calls, shifts, incidents and inspections that were asked for', () => {
    expect([plan.calls.length, plan.roster.sheet.length, INCIDENTS.length, INSPECTIONS.length]).toEqual([
      ...[CALLS, SHIFTS, 12, 4],
    ]);
    const kinds = plan.roster.changes.map((change) => (change.kind === 'swap' ? change.how : change.kind));
    expect(new Set(kinds)).toEqual(new Set(['accepted', 'refused', 'withdrawn', 'absence']));
  });

  it('值班日志: every line, every count and every seal of every shift', async () => {
    const { store } = month.stage;
    const wanted = reckonedLogs(plan);
    for (const log of wanted) {
      const view = await store.shiftLog(ROOM, log.from, AFTER);
      expect({
        ...{ from: view?.shift.from, to: view?.shift.to, state: view?.shift.state, counts: view?.counts },
        ...{ names: view?.shift.names, leaders: view?.shift.leaders, officers: view?.shift.officers },
        openings: view?.openings.map(({ reason }) => reason),
        seals: view?.seals.length,
        lines: inOrder(
          (view?.lines ?? []).map(({ at, text, late, ticked, edited, part }) => ({
            ...{ at, text: text ?? '', late, ticked, edited, part },
          })),
        ),
      }).toEqual({
        ...{ from: log.from, to: log.to, state: log.state, counts: log.counts },
        ...{ names: log.names, leaders: log.leaders, officers: log.officers },
        ...{ openings: log.openings, seals: log.seals, lines: log.lines },
      });
      expect(view?.fits).toBe(true);
    }
    expect(await store.shiftLogChain(ROOM)).toBeNull();
    expect(wanted.length).toBeGreaterThan(SHIFTS);
  });

  it('交接班: who gave and who took, and everything that was open between two shifts', async () => {
    const found = await month.stage.store.findingsOfLines([LINE], 100);
    const names = new Map([
      ...(await month.stage.keys()),
      ...found.map(({ id, kind }) => [id, kind] as const),
    ]);
    for (const held of plan.handOvers) {
      const seen = month.handOvers.get(held.id);
      const matters = (seen?.matters ?? []).map(({ kind, id }) => `${kind} ${names.get(id) ?? id}`);
      expect({
        ...{ id: held.id, state: seen?.state, expected: seen?.expected, giver: seen?.giver },
        takers: seen?.takers,
        matters: matters.toSorted(),
      }).toEqual({
        ...{ id: held.id, state: held.endedBy === 'stay' ? 'stayed' : 'done', expected: held.expected },
        ...{ giver: held.giver, matters: openAt(plan, held.closedAt) },
        takers: held.takers.map((taker) => ({
          ...{ ...taker, notes: NOTES_AT.filter((at) => at <= held.begunAt).length },
        })),
      });
    }
    expect(await month.stage.store.handOverChain(ROOM)).toBeNull();
  });

  it('时限: every clock at every moment it was looked at', () => {
    for (const { id, now, clocks } of month.clocks) {
      const incident = INCIDENTS.find((one) => one.id === id);
      if (incident === undefined) throw new Error(id);
      expect([
        ...[id, now],
        clocks.map(({ id: clock, startedAt, dueAt, doneAt, phase }) => ({
          ...{ id: clock, startedAt, dueAt, doneAt, phase },
        })),
      ]).toEqual([id, now, clocksAt(incident, now)]);
    }
    expect(month.clocks.length).toBeGreaterThan(150);
  });

  it('值班表: who sits in every hour, how often and how long each, and every swap', async () => {
    const { store } = month.stage;
    const { sheet, first, changes, leaders } = plan.roster;
    const state = await store.rosterState(ROOM, { from: FIRST, to: END });
    const posts = state.published.map((shift) => shift.posts.map(({ person }) => person));
    expect(posts).toEqual(sheet.map((officers, n) => [leaders[n], ...officers]));
    expect(state.plans.map((shift) => shift.posts)).toEqual(state.published.map((shift) => shift.posts));
    const { shifts } = await store.roomRoster(ROOM);
    for (let hour = 0; hour < DAYS * 24; hour += 1) {
      const on = shifts.filter(
        ({ from, to }) => (from ?? 0) <= FIRST + hour * HOUR && FIRST + hour * HOUR < (to ?? 0),
      );
      expect([hour, on.flatMap(({ officers }) => officers)]).toEqual([hour, sheet[Math.floor(hour / 8)]]);
    }
    // As first published, then as each change says.
    const counted = tally(first.flat());
    const moves = changes.flatMap((change) => {
      if (change.kind === 'absence') return [[change.away, change.instead]];
      return change.how === 'accepted'
        ? [
            [change.giver, change.taker],
            [change.taker, change.giver],
          ]
        : [];
    });
    for (const [gone, come] of moves) {
      counted.set(gone ?? '', (counted.get(gone ?? '') ?? 0) - 1);
      counted.set(come ?? '', (counted.get(come ?? '') ?? 0) + 1);
    }
    const sat = tally(posts.flatMap((people) => people.slice(1)));
    expect(sat).toEqual(counted);
    const hours = state.published.reduce(
      (sum, { from, to, posts: on }) => sum + (on.length - 1) * (to - from),
      0,
    );
    expect(hours / SHIFT_MS).toBe([...counted.values()].reduce((sum, one) => sum + one, 0));
    expect(state.swaps.map(({ id, state: how, askedAt }) => ({ id, how, askedAt })).toReversed()).toEqual(
      changes.flatMap(({ id, at, ...change }) =>
        change.kind === 'swap' ? { id, how: change.how, askedAt: at } : [],
      ),
    );
  });

  it('待回拨: who was missed, since when, and what closed it', async () => {
    const { stage } = month;
    const keys = await stage.keys();
    const read = await stage.store.assessmentReads(ROOM, { from: FIRST, to: END, now: AFTER, most: 10_000 });
    const seen = (read?.calls ?? []).flatMap(({ id, callback }) =>
      callback === null ? [] : [[keys.get(id), callback] as const],
    );
    expect(new Map(seen)).toEqual(waitingOf(plan.calls));
    const how = tally([...waitingOf(plan.calls).values()].map((one) => String(one.how)));
    for (const way of ['called-back', 'called-again', 'given-up', 'decided'])
      expect([way, how.get(way) ?? 0]).toEqual([way, expect.toSatisfy((count: number) => count > 1)]);
  });

  it('考核: every figure of room, line, officers and days', async () => {
    const view = await month.web.get<AssessmentView>(
      'supervisor',
      `/api/assessment?from=${dayText(0)}&to=${dayText(DAYS - 1)}`,
    );
    const wanted = reckonedAssessment(plan);
    for (const way of ['room', 'line', 'officer', 'period'] as const) {
      const rows = view.tables[way].map(({ name: _name, counts, ...row }) => ({
        ...row,
        counts: Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== null && count > 0)),
      }));
      expect([way, rows]).toEqual([way, wanted[way]]);
    }
  });

  it('附件3: the six items that are known, as they stood when each inspector signed, and 回头看', async () => {
    for (const inspection of INSPECTIONS) {
      const view = await month.web.get<InspectionPageView>('supervisor', `/api/inspections/${inspection.id}`);
      const wanted = reckonedKnown(plan, inspection);
      for (const item of ['A1', 'A2', 'B1', 'B2', 'C1', 'C2'] as const)
        expect([inspection.id, item, view.known[item].map(({ text }) => text)]).toEqual([
          ...[inspection.id, item, wanted[item]],
        ]);
    }
    const all = await month.stage.store.inspectionsOf([UNIT]);
    const mendings = all.flatMap(({ id, answers }) =>
      ITEMS.flatMap((item) => {
        const { mending } = answers[item];
        return mending === null ? [] : [`${id} ${item} ${mending.state} ${mending.seenIn}`];
      }),
    );
    expect(mendings.toSorted()).toEqual([
      ...['check-1 A2 found-again check-2', 'check-1 B1 mended check-2'],
      ...['check-2 A2 mended check-4', 'check-3 B3 mended check-4'],
    ]);
  });

  it('has an audit trail without a gap', async () => {
    expect(await month.stage.store.verifyAudit()).toMatchObject({ ok: true, erased: 0 });
  });

  it('stands the same in every table when what is facts is folded anew', async () => {
    const before = await dump(database);
    month.stage.write({ type: 'rebuild' });
    await month.stage.flush();
    const after = await dump(database);
    expect([...after.keys()]).toEqual([...before.keys()]);
    for (const [table, rows] of before)
      expect([table, after.get(table)?.toSorted()]).toEqual([table, rows.toSorted()]);
  });

  it('has the same tables row by row when the same is told a second time', async () => {
    const second = join(folder, 'second.db');
    let again: Dump = new Map();
    const look = async () => {
      again = await dump(second);
    };
    await ended(await playMonth(plan, second, [{ at: AGAIN_UNTIL, look }]));
    const [wanted, told] = [withoutChance(firstDays), withoutChance(again)];
    for (const [table, rows] of wanted) expect([table, told.get(table)]).toEqual([table, rows]);
    expect(wanted.get('facts')?.length).toBeGreaterThan(4_000);
  });
});

function tally(names: readonly string[]): Map<string, number> {
  const counted = new Map<string, number>();
  for (const name of names) counted.set(name, (counted.get(name) ?? 0) + 1);
  return counted;
}
