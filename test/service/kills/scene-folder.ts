/** The folder of a scene: its configuration, its database, and the recording in it that was ordered. */
import { join } from 'node:path';
import { loadConfig } from '../../../src/config/load-config.ts';
import { describeProblems } from '../../../src/config/problem.ts';
import { openSqlite } from '../../../src/storage/sqlite.ts';
import { NOON } from '../../storage/telling.ts';

/** Uniqueid of the channel that was recorded by order. */
export const ORDERED = `${NOON / 1_000}.0`;

export function configOf(folder: string) {
  const loaded = loadConfig({ dir: folder, env: { LISTEN: 'x' } });
  if (!loaded.ok) throw new Error(describeProblems(loaded.problems));
  return loaded.config;
}

/** The recording that was ordered. */
export async function orderedIn(folder: string): Promise<string> {
  const db = openSqlite(join(folder, 'db.sqlite'), 'read');
  const row = await db
    .selectFrom('recordings')
    .select('id')
    .where('linkedid', '=', ORDERED)
    .executeTakeFirst();
  await db.destroy();
  return row?.id ?? '';
}
