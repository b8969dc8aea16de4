/** What is known of the effects that are still to be done: for the workers, the health page and the list of those given up. */

import type { PendingEffect } from './pending-effect.ts';
import type { ReadDeps } from './read.ts';
import type { EffectCounts, EffectStanding, FailedEffect } from './store/effects.ts';
import { effectOf, isDue } from './write-effect.ts';

/** Everything still to be done, oldest first, but for what was given up. */
export async function pendingEffects({ db }: ReadDeps): Promise<readonly PendingEffect[]> {
  const rows = await db
    .selectFrom('pending_effects')
    .select(['id', 'effect_json'])
    .where('failed_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(effectOf);
}

/** The oldest that somebody could take now. */
export async function dueEffects(
  { db }: ReadDeps,
  at: number,
  limit: number,
): Promise<readonly PendingEffect[]> {
  const rows = await db
    .selectFrom('pending_effects')
    .select(['id', 'effect_json'])
    .where((row) => isDue(row, at))
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(effectOf);
}

export async function effectStanding({ db }: ReadDeps, id: string): Promise<EffectStanding | undefined> {
  const row = await db
    .selectFrom('pending_effects')
    .select(['run_at', 'lease_until', 'failed_at'])
    .where('id', '=', id)
    .executeTakeFirst();
  return (
    row && {
      runAt: row.run_at,
      leaseUntil: row.lease_until,
      givenUp: row.failed_at !== null,
    }
  );
}

const LONGEST_LIST = 500;

/** Those given up, the latest first; a list that a person reads. */
export async function failedEffects({ db }: ReadDeps): Promise<readonly FailedEffect[]> {
  const rows = await db
    .selectFrom('pending_effects')
    .selectAll()
    .where('failed_at', 'is not', null)
    .orderBy('failed_at', 'desc')
    .orderBy('id')
    .limit(LONGEST_LIST)
    .execute();
  return rows.map((row) => ({
    effect: effectOf(row),
    attempts: row.attempts ?? 0,
    failedAt: row.failed_at ?? 0,
    reason: row.reason ?? '',
  }));
}

export async function effectCounts({ db }: ReadDeps, at: number): Promise<EffectCounts> {
  const row = await db
    .selectFrom('pending_effects')
    .select((of) => [
      of.fn.countAll<number>().as('all'),
      of.fn.count<number>('failed_at').as('failed'),
      of.fn
        .count<number>('id')
        .filterWhere((held) => held.and([held('lease_until', '>', at), held('failed_at', 'is', null)]))
        .as('running'),
    ])
    .executeTakeFirstOrThrow();
  return { waiting: row.all - row.failed - row.running, running: row.running, failed: row.failed };
}
