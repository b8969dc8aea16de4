/** 交接班, 值班日志, findings and 待办 of the plan, as works. */

import type { ShiftLogWork } from '../../src/storage/shift-log-work.ts';
import { LINE, PHONES, ROOM } from './office.ts';
import { KEEPS_SILENT, onSeatAt, REFUSED_HAND_OVER, silentCalls } from './plan.ts';
import { DECISIONS, LOG_ACTS, type LogAct, NOTES_AT, SETTING_SEEN_AT, TASKS } from './planned-papers.ts';
import { nameOf } from './planned-roster.ts';
import type { PlannedHandOver } from './planned-turns.ts';
import { type Act, type Stage, seatWorks } from './play.ts';
import { reckonedShifts, shiftOfMoment } from './reckon-shifts.ts';

const by = { room: ROOM, account: 'a-1', person: null, name: '王某' } as const;
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
