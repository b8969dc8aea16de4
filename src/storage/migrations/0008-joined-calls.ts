/** What was joined to a call is looked for whenever the sound of the group is judged, kept or let go. */
import type { Kysely } from 'kysely';

/** Adds one index over the few calls that are part of another. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('calls_joined_to')
    .on('calls')
    .column('joined_to')
    .where('joined_to', 'is not', null)
    .execute();
}
