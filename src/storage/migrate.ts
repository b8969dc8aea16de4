import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Dialect } from './dialect.ts';
import * as firstTables from './migrations/0001-first-tables.ts';
import * as evidence from './migrations/0002-evidence.ts';
import * as strayRecordings from './migrations/0003-stray-recordings.ts';
import * as gapReports from './migrations/0004-gap-reports.ts';
import * as recordWorkflow from './migrations/0005-record-workflow.ts';
import * as search from './migrations/0006-search.ts';
import * as callbacksAndNotes from './migrations/0007-callbacks-and-notes.ts';
import * as joinedCalls from './migrations/0008-joined-calls.ts';
import * as officeEditing from './migrations/0009-office-editing.ts';
import * as dutyNotes from './migrations/0010-duty-notes.ts';
import * as waitingInstructions from './migrations/0011-waiting-instructions.ts';
import * as reviews from './migrations/0012-reviews.ts';
import * as attachments from './migrations/0013-attachments.ts';
import * as lockScreen from './migrations/0014-lock-screen.ts';
import * as wordsByMonth from './migrations/0016-words-by-month.ts';
import * as soundSides from './migrations/0017-sound-sides.ts';
import * as ownKeys from './migrations/0018-own-keys.ts';
import * as findings from './migrations/0019-findings.ts';
import * as probes from './migrations/0020-probes.ts';
import * as alerts from './migrations/0021-alerts.ts';
import * as roster from './migrations/0022-roster.ts';
import * as handOvers from './migrations/0023-hand-overs.ts';
import * as findingSeen from './migrations/0024-finding-seen.ts';
import * as shiftLogs from './migrations/0025-shift-logs.ts';
import * as incidents from './migrations/0026-incidents.ts';
import * as inspections from './migrations/0027-inspections.ts';
import * as wallLinks from './migrations/0028-wall-links.ts';
import * as tasks from './migrations/0029-tasks.ts';
import * as wordsByWeek from './migrations/0030-words-by-week.ts';
import * as handOverSeals from './migrations/0031-hand-over-seals.ts';
import type { Tables } from './tables.ts';

/**
 * Brings the database to the newest schema, all of it or nothing. Kysely locks on PostgreSQL by an advisory lock and runs
 * a migration there in a transaction; on SQLite it does neither, so that the transaction is ours (and a second process
 * that starts at the same time waits for it). Throws when a step fails.
 */
export async function migrate(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  if (dialect === 'postgres') return toLatest(db, 'bigint');
  // One connection serves all queries of a SQLite database, so that these enclose the migrator's.
  await sql`begin immediate`.execute(db);
  try {
    await toLatest(db, 'integer');
    await sql`commit`.execute(db);
  } catch (error) {
    await sql`rollback`.execute(db);
    throw error;
  }
}

async function toLatest(db: Kysely<Tables>, whole: 'integer' | 'bigint'): Promise<void> {
  const migrations: Record<string, Migration> = {
    '0001-first-tables': { up: (schema) => firstTables.up(schema, whole) },
    '0002-evidence': { up: (schema) => evidence.up(schema, whole) },
    '0003-stray-recordings': { up: (schema) => strayRecordings.up(schema, whole) },
    '0004-gap-reports': { up: (schema) => gapReports.up(schema, whole) },
    '0005-record-workflow': { up: (schema) => recordWorkflow.up(schema, whole) },
    '0006-search': { up: (schema) => search.up(schema, whole) },
    '0007-callbacks-and-notes': { up: (schema) => callbacksAndNotes.up(schema, whole) },
    '0008-joined-calls': { up: joinedCalls.up },
    '0009-office-editing': { up: officeEditing.up },
    '0010-duty-notes': { up: (schema) => dutyNotes.up(schema, whole) },
    '0011-waiting-instructions': { up: waitingInstructions.up },
    '0012-reviews': { up: (schema) => reviews.up(schema, whole) },
    '0013-attachments': { up: (schema) => attachments.up(schema, whole) },
    '0014-lock-screen': { up: (schema) => lockScreen.up(schema, whole) },
    '0016-words-by-month': { up: (schema) => wordsByMonth.up(schema, whole) },
    '0017-sound-sides': { up: (schema) => soundSides.up(schema, whole) },
    '0018-own-keys': { up: ownKeys.up },
    '0019-findings': { up: (schema) => findings.up(schema, whole) },
    '0020-probes': { up: (schema) => probes.up(schema, whole) },
    '0021-alerts': { up: (schema) => alerts.up(schema, whole) },
    '0022-roster': { up: (schema) => roster.up(schema, whole) },
    '0023-hand-overs': { up: (schema) => handOvers.up(schema, whole) },
    '0024-finding-seen': { up: (schema) => findingSeen.up(schema, whole) },
    '0025-shift-logs': { up: (schema) => shiftLogs.up(schema, whole) },
    '0026-incidents': { up: (schema) => incidents.up(schema, whole) },
    '0027-inspections': { up: (schema) => inspections.up(schema, whole) },
    '0028-wall-links': { up: (schema) => wallLinks.up(schema, whole) },
    '0029-tasks': { up: (schema) => tasks.up(schema, whole) },
    '0030-words-by-week': { up: (schema) => wordsByWeek.up(schema, whole) },
    '0031-hand-over-seals': { up: handOverSeals.up },
  };
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw new Error('the database could not be migrated', { cause: error });
}
