/** 交接班 as it goes on: whatever has come meanwhile is added at every step, and what is done is sealed over the one before. */
import {
  closeWithoutMissing,
  type HandOver,
  type HandOverRefusal,
  signAsGiver,
  signAsTaker,
  stayOn,
} from '../duty/hand-over.ts';
import { HAND_OVER_FAULTS } from '../duty/hand-over-refusal.ts';
import type { Standing } from '../duty/standing.ts';
import type { Refusal } from '../records/command.ts';
import { refusals } from '../records/refusal.ts';
import { type Desk, noteChange } from './desk.ts';
import { newSalt } from './digest.ts';
import { asItStands, asRostered, stayersNow, turnNow } from './hand-over-now.ts';
import { lastSeal, sealedText, sealOf } from './hand-over-seal.ts';
import type { HandOverTable } from './hand-over-table.ts';
import type { HandOverWork } from './hand-over-work.ts';
import { lockRoom } from './lock-room.ts';
import { DONE, type Outcome } from './outcome.ts';
import { sealShiftLogs } from './seal-shift-log.ts';
import { seatTaker } from './seat-taker.ts';
import { tellLeaders } from './tell-leaders.ts';
import { lapseSwaps } from './write-swap.ts';

const LONGEST_REASON = 200;
/** One that was begun so long ago and nobody has signed is begun anew: by now it may be another's turn. */
const STALE_MS = 2 * 3_600_000;

type By = Extract<HandOverWork, { readonly type: 'hand-over-begin' }>;

export async function writeHandOver(desk: Desk, work: HandOverWork): Promise<Outcome> {
  if (!(await desk.office.roomExists(work.room))) return { ok: false, refusal: refusals.noSuchRoom };
  await lockRoom(desk, work.room);
  const row = await desk.db
    .selectFrom('hand_overs')
    .selectAll()
    .where('room', '=', work.room)
    .where(
      work.type === 'hand-over-begin' ? 'state' : 'id',
      '=',
      work.type === 'hand-over-begin' ? 'open' : work.id,
    )
    .executeTakeFirst();
  if (work.type === 'hand-over-begin')
    return row === undefined ? begin(desk, work) : beginAnew(desk, work, row);
  if (row === undefined || row.room !== work.room) return { ok: false, refusal: unknown };
  const { handOver: stands, onDuty } = await asRostered(
    desk,
    await asItStands(desk, JSON.parse(row.hand_over_json) as HandOver, work.at),
    JSON.parse(row.on_duty_json) as readonly string[],
  );
  const notes = work.type === 'hand-over-sign' ? await latestNotes(desk, work.room) : 0;
  const standing = work.type === 'hand-over-sign' ? await standingOf(desk, work.signer) : null;
  const next = stepped(stands, work, { onDuty, notes, standing });
  if (typeof next === 'string') return { ok: false, refusal: HAND_OVER_FAULTS[next] };
  if ('code' in next) return { ok: false, refusal: next };
  const told = next.state === 'open' ? {} : await tellLeaders(desk, next, work.at);
  const stayers = next.state === 'stayed' ? await stayersOf(desk, next) : {};
  const digest = await keep(
    desk,
    { ...row, on_duty_json: JSON.stringify(onDuty) },
    { ...next, ...told, ...stayers },
    work,
  );
  if (work.type === 'hand-over-sign' || work.type === 'hand-over-end')
    await seatTaker(desk, next, onDuty, work);
  noted(desk, work, digest);
  return DONE;
}

/** 继续值守: by the roster or by who took over; where neither knows anybody, whoever gave. */
async function stayersOf(desk: Desk, { room, begunAt, giver }: HandOver): Promise<Pick<HandOver, 'stayers'>> {
  const known = await stayersNow(desk, room, begunAt);
  const stayers = known.length > 0 || giver === null ? known : [giver.person];
  return stayers.length > 0 ? { stayers } : {};
}

async function begin(desk: Desk, work: By): Promise<Outcome> {
  const { room, id, at } = work;
  const { from, onDuty, expected } = await turnNow(desk, room, at);
  const made: HandOver = {
    ...{ id, room, from, begunAt: at, matters: [], devices: {}, giver: null, takers: [] },
    ...{ expected, state: 'open' },
  };
  await desk.db
    .insertInto('hand_overs')
    .values({
      ...{ id, room, begun_at: at, state: 'open' },
      hand_over_json: JSON.stringify(await asItStands(desk, made, at)),
      on_duty_json: JSON.stringify(onDuty),
      ...{ closed_at: null, salt: newSalt(), sealed_json: null, previous: null, digest: null },
    })
    .execute();
  noted(desk, work);
  return DONE;
}

/** What was decided of the matters stays; whose turn it is is asked again. */
async function beginAnew(desk: Desk, work: By, row: HandOverTable): Promise<Outcome> {
  const stands = JSON.parse(row.hand_over_json) as HandOver;
  const { at, room } = work;
  if (stands.giver !== null || at - stands.begunAt < STALE_MS) return DONE;
  const { from, onDuty, expected } = await turnNow(desk, room, at);
  const anew: HandOver = { ...stands, from, expected, begunAt: at, devices: {}, probes: [] };
  await desk.db
    .updateTable('hand_overs')
    .set({
      begun_at: at,
      hand_over_json: JSON.stringify(await asItStands(desk, anew, at)),
      on_duty_json: JSON.stringify(onDuty),
    })
    .where('id', '=', row.id)
    .execute();
  noted(desk, { ...work, id: row.id });
  return DONE;
}

/** 身份 of a person; null: nobody has said. */
async function standingOf({ db }: Desk, person: string): Promise<Standing | null> {
  const row = await db.selectFrom('people').select('standing').where('id', '=', person).executeTakeFirst();
  return (row?.standing ?? null) as Standing | null;
}

async function latestNotes({ db }: Desk, room: string): Promise<number> {
  const row = await db
    .selectFrom('duty_notes')
    .select((of) => of.fn.max<number | null>('version').as('version'))
    .where('room', '=', room)
    .executeTakeFirst();
  return Number(row?.version ?? 0);
}

function stepped(
  handOver: HandOver,
  work: Exclude<HandOverWork, { readonly type: 'hand-over-begin' }>,
  known: {
    readonly onDuty: readonly string[];
    readonly notes: number;
    readonly standing: Standing | null;
  },
): HandOver | HandOverRefusal | Refusal {
  switch (work.type) {
    case 'hand-over-decide': {
      if (handOver.state !== 'open') return 'over';
      if (handOver.giver !== null) return signedAlready;
      const { kind, id } = work.matter;
      const reason = work.handed ? null : (work.reason ?? '').trim();
      if (reason !== null && [...reason].length > LONGEST_REASON) return reasonTooLong;
      if (!handOver.matters.some((matter) => matter.kind === kind && matter.id === id)) return noMatter;
      const matters = handOver.matters.map((matter) =>
        matter.kind === kind && matter.id === id ? { ...matter, handed: work.handed, reason } : matter,
      );
      return { ...handOver, matters };
    }
    case 'hand-over-device':
      if (handOver.state !== 'open') return 'over';
      return { ...handOver, devices: { ...handOver.devices, [work.device]: work.works } };
    case 'hand-over-sign':
      return work.as === 'giver'
        ? signAsGiver(handOver, work.signer, known.onDuty, work.at)
        : signAsTaker(
            handOver,
            work.signer,
            work.at,
            { read: work.notes, latest: known.notes },
            known.standing,
          );
    case 'hand-over-probed': {
      if (handOver.state !== 'open') return 'over';
      const { line, probe, refused } = work;
      const others = (handOver.probes ?? []).filter((one) => one.line !== line);
      return { ...handOver, probes: [...others, { line, probe, refused }] };
    }
    case 'hand-over-end':
      return work.how === 'stay' ? stayOn(handOver) : closeWithoutMissing(handOver);
  }
}

/** Gives the seal; null: it goes on. */
async function keep(
  desk: Desk,
  row: HandOverTable,
  next: HandOver,
  work: HandOverWork,
): Promise<string | null> {
  const { at, account, person } = work;
  const isClosed = next.state !== 'open';
  const sealed_json = isClosed ? sealedText(next, row.salt) : null;
  const previous = isClosed ? await lastSeal(desk, row.room) : null;
  const digest = sealed_json === null ? null : sealOf(previous, sealed_json);
  // The log of the shift goes under the same signatures.
  if (digest !== null) {
    await sealShiftLogs(desk, row.room, { id: row.id, digest }, { at, account, person, name: null });
    await lapseSwaps(desk, row.room, at);
  }
  await desk.db
    .updateTable('hand_overs')
    .set({
      ...{ state: next.state, hand_over_json: JSON.stringify(next), closed_at: isClosed ? at : null },
      ...{ previous, sealed_json, digest, on_duty_json: row.on_duty_json },
    })
    .where('id', '=', row.id)
    .execute();
  return digest;
}

function noted(desk: Desk, work: HandOverWork, digest: string | null = null): void {
  const { room, id, at, account, person, type } = work;
  noteChange(desk, 'room', room, room);
  const payload = {
    ...(type === 'hand-over-sign' ? { as: work.as, signer: work.signer } : {}),
    // That a seal was cut off the end of its row only this line tells.
    ...(digest === null ? {} : { room, digest }),
  };
  const kind = type === 'hand-over-end' ? `hand-over-${work.how}` : type;
  desk.audits.push({ at, account, person, kind, subject: id, payload });
}

const unknown: Refusal = {
  code: 'hand-over-unknown',
  zh: '找不到这次交接班，可能已由他人结束。请重新打开本页。',
  en: 'There is no such hand-over.',
};
const signedAlready: Refusal = {
  code: 'hand-over-signed',
  zh: '交班人已经签名，移交事项不能再改。',
  en: 'The shift was given already; what is handed over stands.',
};
const noMatter: Refusal = {
  code: 'hand-over-matter-unknown',
  zh: '这一项已经办完，不需移交。',
  en: 'This is open no longer.',
};
const reasonTooLong: Refusal = {
  code: 'hand-over-reason',
  zh: '不移交的原因最多 200 字。',
  en: 'The reason has 200 characters at most.',
};
