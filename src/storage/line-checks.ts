/** The newest look of each kind at a line. */
import type { LineCheck } from '../diagnosis/verdict.ts';
import type { Desk } from './desk.ts';
import type { LineCheckTable } from './finding-table.ts';

/** Keeps a look unless a newer one of its kind is kept already. */
export async function keepCheck({ db }: Pick<Desk, 'db'>, line: string, check: LineCheck): Promise<void> {
  await db
    .insertInto('line_checks')
    .values({ line, ...check })
    .onConflict((clash) =>
      clash
        .columns(['line', 'topic', 'scope', 'source'])
        .doUpdateSet((row) => ({
          at: row.ref('excluded.at'),
          result: row.ref('excluded.result'),
          why: row.ref('excluded.why'),
        }))
        .where('line_checks.at', '<=', check.at),
    )
    .execute();
}

export function checkOf(row: LineCheckTable): LineCheck {
  return {
    topic: row.topic as LineCheck['topic'],
    scope: row.scope as LineCheck['scope'],
    source: row.source as LineCheck['source'],
    at: row.at,
    result: row.result as LineCheck['result'],
    why: row.why as LineCheck['why'],
  };
}
