/**
 * The calls a write transaction works on: fetched once, folded in memory, written back once at the end, however many
 * facts of theirs the transaction holds.
 */
import type { Leg } from '../calls/fact.ts';
import { padded, pieces } from './bulk.ts';
import { type CallEntry, callRow, entryOf, legRow } from './call-row.ts';
import type { DeskDeps } from './desk.ts';
import type { CallTable, LegTable } from './tables.ts';

export interface CallKey {
  readonly pbx: string;
  readonly linkedid: string;
  readonly generation: number;
}

export interface CallShelf {
  /** Fetches many calls by one query; call it before `get`. On PostgreSQL their rows stay locked until the commit. */
  fetch(keys: readonly CallKey[]): Promise<void>;
  /** The call as this transaction sees it; undefined when there is none. */
  get(key: CallKey): Promise<CallEntry | undefined>;
  put(key: CallKey, entry: CallEntry): void;
  /** Writes back every call that was put. */
  flush(): Promise<void>;
}

/** An empty shelf for one transaction. */
export function createCallShelf({ db, dialect }: DeskDeps): CallShelf {
  const entries = new Map<string, CallEntry | undefined>();
  /** By call and channel: also of legs that a call of very many legs has dropped meanwhile. */
  const changedLegs = new Map<string, LegTable>();
  const changed = new Set<string>();

  async function fetch(keys: readonly CallKey[]): Promise<void> {
    const wanted = keys.filter((key) => !entries.has(textOf(key)));
    for (const pbx of new Set(wanted.map((key) => key.pbx))) {
      const linkedids = [...new Set(wanted.filter((key) => key.pbx === pbx).map((key) => key.linkedid))];
      const rows = await db
        .selectFrom('calls')
        .selectAll()
        .where('pbx', '=', pbx)
        .where('linkedid', 'in', [...padded(linkedids)])
        .$if(dialect === 'postgres', (query) => query.orderBy('id').forUpdate())
        .execute();
      for (const row of rows) remember(row);
    }
    for (const key of wanted) if (!entries.has(textOf(key))) entries.set(textOf(key), undefined);
  }

  function remember(row: CallTable): void {
    const key = textOf(row);
    if (entries.has(key)) return;
    entries.set(key, entryOf(row));
  }

  return {
    fetch,
    async get(key) {
      if (!entries.has(textOf(key))) await fetch([key]);
      return entries.get(textOf(key));
    },
    put(key, entry) {
      const before = new Set<Leg>(entries.get(textOf(key))?.call.legs);
      for (const leg of entry.call.legs) {
        if (!before.has(leg)) changedLegs.set(`${entry.id} ${leg.uniqueid}`, legRow(entry.id, leg));
      }
      entries.set(textOf(key), entry);
      changed.add(textOf(key));
    },
    async flush() {
      const rows = [...changed].flatMap((key) => {
        const entry = entries.get(key);
        return entry === undefined ? [] : [callRow(entry)];
      });
      const legs = [...changedLegs.values()];
      changed.clear();
      changedLegs.clear();
      for (const piece of pieces(rows)) await upsertCalls(db, piece);
      for (const piece of pieces(legs)) await upsertLegs(db, piece);
    },
  };
}

function textOf(key: CallKey): string {
  return JSON.stringify([key.pbx, key.linkedid, key.generation]);
}

async function upsertCalls(db: DeskDeps['db'], rows: readonly CallTable[]): Promise<void> {
  await db
    .insertInto('calls')
    .values([...rows])
    .onConflict((clash) =>
      clash.column('id').doUpdateSet((row) => ({
        room: row.ref('excluded.room'),
        line: row.ref('excluded.line'),
        phase_since: row.ref('excluded.phase_since'),
        ended_at: row.ref('excluded.ended_at'),
        caller_number: row.ref('excluded.caller_number'),
        caller_key: row.ref('excluded.caller_key'),
        joined_to: row.ref('excluded.joined_to'),
        needs_attention: row.ref('excluded.needs_attention'),
        call_json: row.ref('excluded.call_json'),
        course_json: row.ref('excluded.course_json'),
      })),
    )
    .execute();
}

async function upsertLegs(db: DeskDeps['db'], rows: readonly LegTable[]): Promise<void> {
  await db
    .insertInto('legs')
    .values([...rows])
    .onConflict((clash) =>
      clash.columns(['call_id', 'uniqueid']).doUpdateSet((row) => ({
        endpoint: row.ref('excluded.endpoint'),
        number: row.ref('excluded.number'),
        rang_at: row.ref('excluded.rang_at'),
        answered_at: row.ref('excluded.answered_at'),
        closed_at: row.ref('excluded.closed_at'),
        cause: row.ref('excluded.cause'),
      })),
    )
    .execute();
}
