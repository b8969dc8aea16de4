/**
 * The one writer: all works that wait become one transaction, each still atomic by itself. The common case runs them
 * together; when one of them cannot be written at all, the transaction is undone and run again with a savepoint round
 * each, so that only that one is left out.
 */
import { sql } from 'kysely';
import { appendGathered, FactRace } from './append.ts';
import { carryOut, readAhead } from './carry-out.ts';
import { createDesk, type Desk, type DeskDeps } from './desk.ts';
import { insertRows } from './insert-rows.ts';
import type { Outcome } from './outcome.ts';
import type { PendingEffect } from './pending-effect.ts';
import { writeIndex } from './search-index.ts';
import type { PendingEffectTable } from './tables.ts';
import type { PublishedChange, Work, WorkResult } from './work.ts';

/** Tries after two processes stood in each other's way. */
const TRIES = 8;

export interface WriterDeps extends DeskDeps {
  /** Disk full, server gone: nothing can be written now, whatever the work. */
  readonly isTrouble: (error: unknown) => boolean;
  /** Another transaction was in the way: the same may succeed when tried again. */
  readonly isCollision: (error: unknown) => boolean;
}

/** Writes works in one transaction; rejects only when the database itself fails, and then nothing was written. */
export function createWriter(deps: WriterDeps): (works: readonly Work[]) => Promise<readonly WorkResult[]> {
  return async function write(works) {
    let apart = false;
    for (let tries = 1; ; tries += 1) {
      try {
        return await transaction(deps, works, apart);
      } catch (error) {
        if (error instanceof FactRace || deps.isCollision(error)) {
          if (tries >= TRIES) throw error;
        } else if (deps.isTrouble(error) || apart) {
          throw error;
        } else {
          apart = true;
        }
      }
    }
  };
}

async function transaction(
  deps: WriterDeps,
  works: readonly Work[],
  apart: boolean,
): Promise<readonly WorkResult[]> {
  return deps.db.connection().execute(async (db) => {
    // A transaction that begins as a reader may find the file changed when it wants to write.
    await (deps.dialect === 'sqlite' ? sql`begin immediate` : sql`begin`).execute(db);
    try {
      const results = await (apart ? oneByOne : together)({ ...deps, db }, works);
      await sql`commit`.execute(db);
      return results;
    } catch (error) {
      await rollBack(db);
      throw error;
    }
  });
}

async function rollBack(db: DeskDeps['db']): Promise<void> {
  try {
    await sql`rollback`.execute(db);
  } catch {
    // SQLite has rolled back by itself on a full disk, and a broken socket has no transaction any more. Either way the
    // error that brought us here is the one to tell.
  }
}

async function together(deps: WriterDeps, works: readonly Work[]): Promise<readonly WorkResult[]> {
  const desk = createDesk(deps);
  await readAhead(desk, works);
  const done: Carried[] = [];
  for (const work of works) done.push(await carried(desk, work));
  return finish(desk, done);
}

interface Carried {
  readonly outcome: Outcome;
  readonly touched: readonly string[];
  readonly effects: readonly PendingEffect[];
}

async function carried(desk: Desk, work: Work): Promise<Carried> {
  desk.touched.clear();
  const before = desk.effects.length;
  const outcome = await carryOut(desk, work);
  return { outcome, touched: [...desk.touched], effects: desk.effects.slice(before) };
}

async function finish(desk: Desk, done: readonly Carried[]): Promise<readonly WorkResult[]> {
  await desk.calls.flush();
  await writeIndex(desk);
  await insertRows(desk, 'pending_effects', desk.effects.map(effectRow));
  const { last, positions } = await appendGathered(desk);
  return done.map(({ outcome, touched, effects: mine }) => {
    if (!outcome.ok) return outcome;
    const changes = touched.flatMap((key): PublishedChange[] => {
      const change = desk.changes.get(key);
      const position = positions.get(key);
      return change === undefined || position === undefined ? [] : [{ ...change, position }];
    });
    const { version, numberText, claimed = [], dueAgain = [] } = outcome;
    const position = changes.reduce((highest, change) => Math.max(highest, change.position), 0);
    return {
      ok: true,
      changes,
      position: position === 0 ? last : position,
      version,
      numberText,
      effects: [...mine, ...dueAgain],
      claimed,
    };
  });
}

function effectRow({ id, ...effect }: PendingEffect): PendingEffectTable {
  return {
    id,
    effect_json: JSON.stringify(effect),
    kind: effect.kind,
    made_at: null,
    run_at: null,
    attempts: 0,
    interrupted: 0,
    lease_by: null,
    lease_until: null,
    failed_at: null,
    reason: null,
  };
}

async function oneByOne(deps: WriterDeps, works: readonly Work[]): Promise<readonly WorkResult[]> {
  const results: WorkResult[] = [];
  for (const work of works) {
    await sql`savepoint one_work`.execute(deps.db);
    try {
      results.push(...(await together(deps, [work])));
    } catch (error) {
      if (deps.isTrouble(error) || deps.isCollision(error) || error instanceof FactRace) throw error;
      await sql`rollback to savepoint one_work`.execute(deps.db);
      results.push({ ok: false, refusal: couldNotWrite(error) });
    }
    await sql`release savepoint one_work`.execute(deps.db);
  }
  return results;
}

function couldNotWrite(error: unknown) {
  const why = error instanceof Error ? error.message : String(error);
  return {
    code: 'work-not-writable',
    zh: '这一步无法保存，已记入日志。',
    en: `This could not be written: ${why}`,
  };
}
