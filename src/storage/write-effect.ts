/**
 * What is still to be done, and who is at it (D8). `pending_effects` is the truth; whatever carries the effects to the
 * workers may forget or repeat them. Who wants to do one claims it: a lease that runs out by itself, so that a worker that
 * was killed is taken over. Everything a worker says of an effect counts only while the lease it names is the row's.
 */
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Desk } from './desk.ts';
import type { EffectWork } from './effect-work.ts';
import { DONE, type Outcome } from './outcome.ts';
import type { ClaimedEffect, EffectKind, PendingEffect } from './pending-effect.ts';
import type { Tables } from './tables.ts';

type Row = ExpressionBuilder<Tables, 'pending_effects'>;
type EffectsClaim = Extract<EffectWork, { type: 'effects-claim' }>;

/** Carries out what workers, and people who look at the list of those given up, ask. */
export async function writeEffect(desk: Desk, work: EffectWork): Promise<Outcome> {
  switch (work.type) {
    case 'effects-claim':
      return { ...DONE, claimed: await claim(desk, work) };
    case 'effect-renew':
      return { ...DONE, claimed: await renew(desk, work) };
    case 'effect-done':
      await desk.db.deleteFrom('pending_effects').where(mine(work.effect, work.lease)).execute();
      return DONE;
    case 'effect-put-off': {
      const { effect, lease, runAt, attempts } = work;
      const freed = { run_at: runAt, attempts, interrupted: 0, lease_by: null, lease_until: null };
      await desk.db.updateTable('pending_effects').set(freed).where(mine(effect, lease)).execute();
      return DONE;
    }
    case 'effect-give-up': {
      const { effect, lease, at, reason, attempts } = work;
      const given = { failed_at: at, reason: storable(reason), attempts, lease_by: null, lease_until: null };
      await desk.db.updateTable('pending_effects').set(given).where(mine(effect, lease)).execute();
      return DONE;
    }
    case 'effects-release':
      await desk.db
        .updateTable('pending_effects')
        .set({ lease_until: work.at })
        .where('lease_by', 'is not', null)
        .execute();
      return DONE;
    case 'effect-retry':
      return retry(desk, work.effect);
  }
}

/**
 * Takes so many that are due and free, oldest first, in one statement; on PostgreSQL nobody waits for another claim. They
 * are picked once and for all (`materialized`): where PostgreSQL 15 took the table for an empty one, it carried out a mere
 * subquery anew for each row, skipped what it had locked itself, and took every job there was.
 */
async function claim(desk: Desk, work: EffectsClaim): Promise<readonly ClaimedEffect[]> {
  const rows = await desk.db
    .with(
      (cte) => cte('picked').materialized(),
      (of) =>
        of
          .selectFrom('pending_effects')
          .select('id')
          .where((row) => row.and([isDue(row, work.at), row('kind', 'in', [...work.kinds])]))
          .$if(work.only !== null, (query) => query.where('id', '=', work.only ?? ''))
          .orderBy('id')
          .limit(work.limit)
          .$if(desk.dialect === 'postgres', (query) => query.forUpdate().skipLocked()),
    )
    .updateTable('pending_effects')
    .set((row) => ({
      lease_by: work.lease,
      lease_until: work.leaseUntil,
      // A worker that ends in order gives its lease back: whose lease is still there was killed with the effect in hand.
      interrupted: sql<number>`coalesce(${row.ref('interrupted')}, 0) + case when ${row.ref('lease_by')} is null then 0 else 1 end`,
    }))
    .where('id', 'in', (of) => of.selectFrom('picked').select('id'))
    .returning(['id', 'effect_json', 'attempts', 'interrupted'])
    .execute();
  return rows
    .map((row) => ({
      effect: effectOf(row),
      lease: work.lease,
      attempts: row.attempts ?? 0,
      interrupted: row.interrupted ?? 0,
    }))
    .sort((one, other) => (one.effect.id < other.effect.id ? -1 : 1));
}

async function renew(
  desk: Desk,
  { effect, lease, leaseUntil }: Extract<EffectWork, { type: 'effect-renew' }>,
): Promise<readonly ClaimedEffect[]> {
  const rows = await desk.db
    .updateTable('pending_effects')
    .set({ lease_until: leaseUntil })
    .where(mine(effect, lease))
    .returning(['id', 'effect_json', 'attempts', 'interrupted'])
    .execute();
  return rows.map((row) => ({
    effect: effectOf(row),
    lease,
    attempts: row.attempts ?? 0,
    interrupted: row.interrupted ?? 0,
  }));
}

/** A person wants it tried again: as if it had never been tried. */
async function retry(desk: Desk, effect: string): Promise<Outcome> {
  const row = await desk.db
    .updateTable('pending_effects')
    .set({ failed_at: null, reason: null, run_at: null, attempts: 0, interrupted: 0 })
    .where('id', '=', effect)
    .where('failed_at', 'is not', null)
    .returning(['id', 'effect_json'])
    .executeTakeFirst();
  return row === undefined ? { ok: false, refusal: notGivenUp } : { ...DONE, dueAgain: [effectOf(row)] };
}

const notGivenUp = {
  code: 'effect-not-given-up',
  zh: '这项后台任务不在未完成清单中，可能已有人重试。',
  en: 'This job is not among those given up; somebody may have had it tried again already.',
};

/** Not given up, its time has come, and nobody has it. */
export function isDue(row: Row, at: number): Expression<SqlBool> {
  return row.and([
    row('failed_at', 'is', null),
    row.or([row('run_at', 'is', null), row('run_at', '<=', at)]),
    row.or([row('lease_until', 'is', null), row('lease_until', '<=', at)]),
  ]);
}

/** The row of an effect, if its lease is the one named; `lease` null asks for no lease (who did it needed none). */
function mine(effect: string, lease: string | null | undefined) {
  return (row: Row): Expression<SqlBool> =>
    row.and([row('id', '=', effect), ...(lease == null ? [] : [row('lease_by', '=', lease)])]);
}

/** The effect of a row. Throws when the row is not ours: no text from outside ever gets there unescaped. */
export function effectOf(row: { readonly id: string; readonly effect_json: string }): PendingEffect {
  return { ...JSON.parse(row.effect_json), id: row.id } as PendingEffect & { readonly kind: EffectKind };
}

const LONGEST_REASON = 2_000;

/** A reason may quote a file name or a server: PostgreSQL takes no NUL, and the list wants a sentence, not a page. */
function storable(reason: string): string {
  return reason.slice(0, LONGEST_REASON).toWellFormed().replaceAll('\0', '�');
}
