/** What a write transaction reads of the office, each thing at most once. */
import type { Contact, KnownCaller } from '../directory/contact.ts';
import { knownCaller } from '../directory/contact.ts';
import { readNumber } from '../directory/number.ts';
import type { DeskDeps } from './desk.ts';
import type { LineTable, PeopleTable, SeatTable } from './office-tables.ts';

export interface OfficeDesk {
  lines(): Promise<readonly LineTable[]>;
  seats(): Promise<readonly SeatTable[]>;
  people(): Promise<readonly PeopleTable[]>;
  roomExists(room: string): Promise<boolean>;
  /** What the directory knows of a number; null when it is withheld or unknown. */
  knownCaller(number: string | null): Promise<KnownCaller | null>;
}

export function createOfficeDesk({ db, rules }: DeskDeps): OfficeDesk {
  const lines = once(() => db.selectFrom('lines').selectAll().execute());
  const seats = once(() => db.selectFrom('seats').selectAll().execute());
  const people = once(() => db.selectFrom('people').selectAll().execute());
  return {
    lines,
    seats,
    people,
    async roomExists(room) {
      const row = await db.selectFrom('rooms').select('id').where('id', '=', room).executeTakeFirst();
      return row !== undefined;
    },
    async knownCaller(number) {
      const key = readNumber(number, rules.areaCode).matchKey;
      if (key === null) return null;
      const rows = await db.selectFrom('directory').selectAll().where('match_key', '=', key).execute();
      return knownCaller(rows as readonly Contact[]);
    },
  };
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= read();
    return answer;
  };
}
