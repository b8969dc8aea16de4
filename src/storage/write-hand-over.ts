/** 交接班 as it goes on: whatever has come meanwhile is added at every step, and what is done is sealed over the one before. */
import {
  closeWithoutMissing,
  type HandOver,
  type HandOverRefusal,
  mattersFor,
  signAsGiver,
  signAsTaker,
  stayOn,
} from '../duty/hand-over.ts';
import { HAND_OVER_FAULTS } from '../duty/hand-over-refusal.ts';
import { turnAt } from '../duty/turn.ts';
import type { Refusal } from '../records/command.ts';
import { refusals } from '../records/refusal.ts';
import { type Desk, noteChange } from './desk.ts';
import { newSalt } from './digest.ts';
import { lastTakeOver } from './hand-over-reads.ts';
import { sealedText, sealOf } from './hand-over-seal.ts';
import type { HandOverTable } from './hand-over-table.ts';
import type { HandOverWork } from './hand-over-work.ts';
import { openMatters } from './open-matters.ts';
import { DONE, type Outcome } from './outcome.ts';
import { shiftOf } from './room-views.ts';

const LONGEST_REASON = 200;

export async function writeHandOver(desk: Desk, work: HandOverWork): Promise<Outcome> {
  if (!(await desk.office.roomExists(work.room))) return { ok: false, refusal: refusals.noSuchRoom };
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
  if (work.type === 'hand-over-begin') return row === undefined ? begin(desk, work) : DONE;
  if (row === undefined) return { ok: false, refusal: unknown };
  const stands = JSON.parse(row.hand_over_json) as HandOver;
  const open = await openMatters(desk, work.room, { from: stands.from, to: work.at });
  const fresh: HandOver =
    stands.state === 'open' ? { ...stands, matters: mattersFor(open, stands.matters) } : stands;
  const next = stepped(fresh, work, JSON.parse(row.on_duty_json) as readonly string[]);
  if (typeof next === 'string') return { ok: false, refusal: HAND_OVER_FAULTS[next] };
  if ('code' in next) return { ok: false, refusal: next };
  await keep(desk, row, next, work.at);
  told(desk, work);
  return DONE;
}

async function begin(desk: Desk, work: HandOverWork): Promise<Outcome> {
  const { room, id, at } = work;
  const shifts = await desk.db.selectFrom('roster').selectAll().where('room', '=', room).execute();
  const turn = turnAt(shifts.map(shiftOf), room, at, await lastTakeOver(desk, room));
  const matters = mattersFor(await openMatters(desk, room, { from: turn.from, to: at }));
  const made: HandOver = {
    ...{ id, room, from: turn.from, begunAt: at, matters, devices: {}, giver: null, takers: [] },
    ...{ expected: turn.expected, state: 'open' },
  };
  await desk.db
    .insertInto('hand_overs')
    .values({
      ...{ id, room, begun_at: at, state: 'open', hand_over_json: JSON.stringify(made) },
      on_duty_json: JSON.stringify(turn.onDuty),
      ...{ closed_at: null, salt: newSalt(), sealed_json: null, previous: null, digest: null },
    })
    .execute();
  told(desk, work);
  return DONE;
}

function stepped(
  handOver: HandOver,
  work: Exclude<HandOverWork, { readonly type: 'hand-over-begin' }>,
  onDuty: readonly string[],
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
        ? signAsGiver(handOver, work.signer, onDuty, work.at)
        : signAsTaker(handOver, work.signer, work.at);
    case 'hand-over-end':
      return work.how === 'stay' ? stayOn(handOver) : closeWithoutMissing(handOver);
  }
}

async function keep(desk: Desk, row: HandOverTable, next: HandOver, at: number): Promise<void> {
  const isClosed = next.state !== 'open';
  const sealed_json = isClosed ? sealedText(next, row.salt) : null;
  const previous = isClosed ? await lastDigest(desk, row.room) : null;
  await desk.db
    .updateTable('hand_overs')
    .set({
      ...{ state: next.state, hand_over_json: JSON.stringify(next), closed_at: isClosed ? at : null },
      ...{ previous, sealed_json, digest: sealed_json === null ? null : sealOf(previous, sealed_json) },
    })
    .where('id', '=', row.id)
    .execute();
}

async function lastDigest({ db }: Desk, room: string): Promise<string | null> {
  const row = await db
    .selectFrom('hand_overs')
    .select('digest')
    .where('room', '=', room)
    .where('digest', 'is not', null)
    .orderBy('closed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.digest ?? null;
}

function told(desk: Desk, work: HandOverWork): void {
  const { room, id, at, account, person, type } = work;
  noteChange(desk, 'room', room, room);
  const payload = type === 'hand-over-sign' ? { as: work.as, signer: work.signer } : {};
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
