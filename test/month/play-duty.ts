/** 值班表, 交接班, 值班日志, findings and 待办 of the plan, as works. */

import { FIRST_RULES } from '../../src/duty/roster-rules.ts';
import type { RosterWork } from '../../src/storage/roster-work.ts';
import type { ShiftLogWork } from '../../src/storage/shift-log-work.ts';
import { DAY, DAYS, dayText, FIRST, SHIFT_MS, turn } from './calendar.ts';
import { LINE, PHONES, ROOM } from './office.ts';
import { KEEPS_SILENT, onSeatAt, REFUSED_HAND_OVER, silentCalls } from './plan.ts';
import {
  DECISIONS,
  HOLIDAYS,
  LOG_ACTS,
  type LogAct,
  NOTES_AT,
  ROSTER_REPORTS,
  SETTING_SEEN_AT,
  TASKS,
} from './planned-papers.ts';
import { nameOf, type RosterChange } from './planned-roster.ts';
import type { PlannedHandOver } from './planned-turns.ts';
import { type Act, type Stage, seatWorks } from './play.ts';
import { reckonedShifts, shiftOfMoment } from './reckon-shifts.ts';

const by = { room: ROOM, account: 'a-1', person: null, name: '王某' } as const;
const PUBLISHED_AT = FIRST - 8 * DAY;

export function theRoster(stage: Stage): readonly Act[] {
  const { first, leaders, changes } = stage.plan.roster;
  const sheet = first.map((officers) => [...officers]);
  const revisions = first.map(() => 1);
  const planned = (n: number, base: number) => ({
    ...{ from: turn(n), to: turn(n) + SHIFT_MS, name: ['夜班', '白班', '晚班'][n % 3] ?? '', base },
    posts: [
      { role: '带班领导', kind: 'leader' as const, person: leaders[n] ?? '' },
      ...(sheet[n] ?? []).map((person) => ({ role: '值班员', kind: 'officer' as const, person })),
    ],
  });
  const publish = (id: string): RosterWork => ({
    ...{ ...by, type: 'roster-publish', id, from: dayText(0), to: dayText(DAYS - 1), at: stage.now },
  });
  const put = (n: number, from: string, to: string) => {
    sheet[n] = (sheet[n] ?? []).map((one) => (one === from ? to : one));
    revisions[n] = (revisions[n] ?? 0) + 1;
  };
  const ends = (n: number) => ({ from: turn(n), to: turn(n) + SHIFT_MS });
  const changed = (change: RosterChange): void => {
    const { id, n } = change;
    const at = stage.now;
    if (change.kind === 'absence') {
      const base = revisions[n] ?? 0;
      put(n, change.away, change.instead);
      stage.write({ ...by, type: 'roster-plan', how: 'edited', shifts: [planned(n, base)], at });
      stage.write(publish(id));
      return;
    }
    const { giver, taker, how, back } = change;
    const asked = { shift: ends(n), giver, taker, back: ends(back), reason: '有事' };
    stage.write({ ...by, type: 'swap-ask', id, ...asked, at });
    stage.write({
      ...by,
      type: 'swap-answer',
      id,
      how,
      words: '',
      person: how === 'withdrawn' ? giver : taker,
      at,
    });
    if (how !== 'accepted') return;
    put(n, giver, taker);
    put(back, taker, giver);
  };
  const begin = (): void => {
    const parts = ['夜班', '白班', '晚班'].map((name, n) => ({
      ...{ name, from: n * 480, to: ((n + 1) * 480) % 1_440 },
    }));
    const rules = { ...FIRST_RULES, parts, holidays: HOLIDAYS, reportTo: '自治区总值班室' };
    stage.write({ ...by, type: 'roster-rules', base: 0, rules, at: stage.now });
    const shifts = first.map((_, n) => planned(n, 0));
    stage.write({ ...by, type: 'roster-plan', how: 'imported', shifts, at: stage.now });
    stage.write(publish('published'));
  };
  return [
    { at: PUBLISHED_AT, act: begin },
    ...changes.map((change) => ({ at: change.at, act: () => changed(change) })),
    ...ROSTER_REPORTS.map(({ at, ...report }) => ({
      at,
      act: () =>
        stage.write({
          ...{ ...by, ...report, type: 'roster-report', reportedTo: '自治区总值班室', way: 'system' },
          ...{ reportedAt: at, at },
        }),
    })),
  ];
}

/** `seen`: called when it stands closed. */
export function theHandOvers(
  stage: Stage,
  seen: (handOver: PlannedHandOver) => Promise<void> | void,
): readonly Act[] {
  return stage.plan.handOvers.flatMap((handOver): readonly Act[] => {
    const { id, begunAt, giver, takers, endedBy, closedAt } = handOver;
    const seat = { room: ROOM, id, account: 'a-1', person: onSeatAt(stage.plan, begunAt) };
    const notes = NOTES_AT.filter((at) => at <= begunAt).length;
    const sign = (as: 'giver' | 'taker', signer: string) => ({
      ...{ ...seat, type: 'hand-over-sign' as const, as, signer, at: stage.now },
      notes: as === 'giver' ? null : notes,
    });
    const acts: Act[] = [
      { at: begunAt, act: () => stage.write({ ...seat, type: 'hand-over-begin', at: begunAt }) },
    ];
    if (id === REFUSED_HAND_OVER.id)
      acts.push({
        at: begunAt + 10_000,
        act: () => insists(stage, sign('giver', giver?.person ?? ''), 'hand-over-emergency-undecided'),
      });
    if (giver !== null) {
      for (const { key } of id === KEEPS_SILENT ? silentCalls(stage.plan) : [])
        acts.push({
          at: begunAt + 20_000,
          act: async () =>
            stage.write({
              ...{
                ...seat,
                type: 'hand-over-decide',
                handed: false,
                reason: '录音机故障，已报修',
                at: stage.now,
              },
              matter: { kind: 'missing-sound', id: await stage.callId(key) },
            }),
        });
      const isTried = handOver.n % 15 === 0;
      // Nobody takes before it was given, and nobody from himself.
      if (isTried)
        acts.push({
          at: begunAt + 40_000,
          act: () => insists(stage, sign('taker', takers[0]?.person ?? ''), 'hand-over-giver-first'),
        });
      acts.push({ at: giver.at, act: () => stage.write(sign('giver', giver.person)) });
      if (isTried)
        acts.push({
          at: giver.at + 1_000,
          act: () => insists(stage, sign('taker', giver.person), 'hand-over-same-person'),
        });
      for (const taker of takers)
        acts.push({ at: taker.at, act: () => stage.write(sign('taker', taker.person)) });
    }
    const how = endedBy === 'stay' ? 'stay' : 'without-missing';
    if (endedBy !== 'signature')
      acts.push({
        at: closedAt,
        act: () => stage.write({ ...seat, type: 'hand-over-end', how, at: closedAt }),
      });
    const people = takers.map(({ person }) => person);
    acts.push({
      at: closedAt,
      act: async () => {
        if (takers.length > 0) for (const work of seatWorks(people, closedAt)) stage.write(work);
        await seen(handOver);
      },
    });
    return acts;
  });
}

async function insists(stage: Stage, work: Parameters<Stage['tried']>[0], code: string): Promise<void> {
  const said = await stage.tried(work);
  if (said !== code) throw new Error(`${JSON.stringify(work)}: ${said}, not ${code}`);
}

export function theLogs(stage: Stage): readonly Act[] {
  const shifts = reckonedShifts(stage.plan);
  return LOG_ACTS.map((one) => ({
    at: one.at,
    act: async () => {
      const log = { room: ROOM, account: 'a-1', person: onSeatAt(stage.plan, one.at), at: one.at };
      const name = nameOf(log.person);
      const work = await logWork(
        stage,
        { ...log, name, from: shiftOfMoment(shifts, one.of)?.from ?? 0 },
        one,
      );
      await insists(stage, work, one.act === 'refused' ? 'shift-log-sealed' : 'done');
    },
  }));
}

async function logWork(
  stage: Stage,
  log: Pick<ShiftLogWork, 'room' | 'account' | 'person' | 'name' | 'at' | 'from'>,
  act: LogAct,
): Promise<ShiftLogWork> {
  switch (act.act) {
    case 'add': {
      const { id, part, text } = act;
      return { ...log, type: 'shift-log-add', id, part, happenedAt: part === 'event' ? act.of : null, text };
    }
    case 'refused':
      return {
        ...log,
        type: 'shift-log-add',
        id: 'never',
        part: 'event',
        happenedAt: act.of,
        text: act.text,
      };
    case 'edit': {
      const line = `record:${await stage.recordId(act.line)}`;
      return { ...log, type: 'shift-log-edit', line, happenedAt: null, text: act.text };
    }
    case 'untick': {
      const line = `record:${await stage.recordId(act.line)}`;
      return { ...log, type: 'shift-log-tick', line, ticked: false };
    }
    case 'reopen':
      return { ...log, type: 'shift-log-reopen', id: act.id, reason: act.reason };
    case 'seal':
      return { ...log, type: 'shift-log-seal' };
  }
}

export function theFindings(stage: Stage): readonly Act[] {
  const phone = PHONES[0];
  return [
    {
      at: SETTING_SEEN_AT,
      act: () =>
        stage.write({
          ...{ type: 'line-looked-at', line: LINE, checks: [], at: SETTING_SEEN_AT },
          suspicions: [
            {
              ...{ kind: 'forward-setting', scope: 'always' },
              evidence: { by: 'setting', key: 'CF/1001', value: '13900000000', target: 'mobile', phone },
            },
          ],
        }),
    },
    ...DECISIONS.map(({ id, kind, at, to }) => ({
      at,
      act: async () => {
        await stage.flush();
        const found = await stage.store.findingsOfLines([LINE], 100);
        const open = found.find((one) => one.kind === kind && ['suspect', 'confirmed'].includes(one.state));
        stage.write({
          ...{ type: 'finding-decide', opId: id, finding: open?.id ?? '', decision: `finding-${to}`, at },
          ...{ reason: '已核查', account: 'a-2', person: null, name: '督查员' },
        });
      },
    })),
  ];
}

export function theTasks(stage: Stage): readonly Act[] {
  return TASKS.flatMap(({ id, text, writtenAt, closedAt }): readonly Act[] => [
    {
      at: writtenAt,
      act: () => stage.write({ ...by, type: 'task-write', id, text, dueAt: null, at: writtenAt }),
    },
    ...(closedAt === null
      ? []
      : [{ at: closedAt, act: () => stage.write({ ...by, type: 'task-close', id, at: closedAt }) }]),
  ]);
}
