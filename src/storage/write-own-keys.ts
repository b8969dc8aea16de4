/** The keys that somebody has chosen: wherever he sits now, his page is told with his room. */

import type { OwnKeysWork } from './account-work.ts';
import { type Desk, noteChange } from './desk.ts';
import { DONE, type Outcome } from './outcome.ts';

/** What it is about may have been removed meanwhile: then there is nothing to keep. */
export async function writeOwnKeys(desk: Desk, { of, keys }: OwnKeysWork): Promise<Outcome> {
  const keys_json = Object.keys(keys).length === 0 ? null : JSON.stringify(keys);
  if ('account' in of) {
    await desk.db.updateTable('accounts').set({ keys_json }).where('id', '=', of.account).execute();
    return DONE;
  }
  const person = await desk.db
    .selectFrom('people')
    .select(['room', 'keys_json'])
    .where('id', '=', of.person)
    .executeTakeFirst();
  if (person === undefined || person.keys_json === keys_json) return DONE;
  await desk.db.updateTable('people').set({ keys_json }).where('id', '=', of.person).execute();
  noteChange(desk, 'room', person.room, person.room);
  return DONE;
}
