/** 接班: whoever has taken over sits where it was signed, so that 记录人 is true without 换人. */
import type { HandOver } from '../duty/hand-over.ts';
import type { Desk } from './desk.ts';
import type { HandOverWork } from './hand-over-work.ts';
import { writeSeat } from './write-account.ts';

type LastStep = Extract<HandOverWork, { readonly type: 'hand-over-sign' | 'hand-over-end' }>;

/**
 * Once the hand-over is done the first 接班人 sits at its seat, where one of the former shift sat or nobody. Another's seat (the
 * leader's, where two officers signed) and one at which a 接班人 sits already stay as they are.
 */
export async function seatTaker(
  desk: Desk,
  { id, state, giver, takers }: HandOver,
  onDuty: readonly string[],
  { room, seat: where, at, account, person: by }: LastStep,
): Promise<void> {
  const [taker] = takers;
  if (state !== 'done' || taker === undefined || where == null) return;
  const seat = await desk.db.selectFrom('seats').selectAll().where('id', '=', where).executeTakeFirst();
  if (seat?.room !== room) return;
  const former = [...onDuty, ...(giver === null ? [] : [giver.person])];
  const isTaken = takers.some(({ person }) => person === seat.person);
  if (isTaken || (seat.person !== null && !former.includes(seat.person))) return;
  const { person } = taker;
  const written = await writeSeat(desk, { type: 'seat-person', seat: where, person, at });
  if (!written.ok) return;
  const payload = { seat: where, handOver: id };
  desk.audits.push({ at, account, person: by, kind: 'person-changed', subject: person, payload });
}
