/** Seals of hand-overs by what they stand over: a page that walks the latest, and who seals, look nothing up in all of them. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['digest', 'previous'])
    await db.schema.createIndex(`hand_overs_${column}`).on('hand_overs').columns(['room', column]).execute();
}
