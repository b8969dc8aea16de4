/** The newest look of each kind at a line. */
import type { LineCheck } from '../diagnosis/verdict.ts';
import type { Desk } from './desk.ts';
import type { LineCheckTable } from './finding-table.ts';

/** A line that is called all day is told of in each hour once: the day for which a proof lasts begins anew. */
const AN_HOUR = 3_600_000;

/**
 * Keeps a look unless a newer one of its kind is kept already. True when the line may be said to be something else now, so
 * that people have to hear of it.
 */
export async function keepCheck({ db }: Pick<Desk, 'db'>, line: string, check: LineCheck): Promise<boolean> {
  const before = await db
    .selectFrom('line_checks')
    .select(['at', 'result', 'why'])
    .where('line', '=', line)
    .where('topic', '=', check.topic)
    .where('scope', '=', check.scope)
    .where('source', '=', check.source)
    .executeTakeFirst();
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
  const isSame = before !== undefined && before.result === check.result && before.why === check.why;
  return !isSame || Math.floor(check.at / AN_HOUR) > Math.floor(before.at / AN_HOUR);
}

/** All of one look; true when people have to hear of any. */
export async function keepChecks(
  desk: Pick<Desk, 'db'>,
  line: string,
  checks: readonly LineCheck[],
): Promise<boolean> {
  let isNews = false;
  for (const check of checks) isNews = (await keepCheck(desk, line, check)) || isNews;
  return isNews;
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
