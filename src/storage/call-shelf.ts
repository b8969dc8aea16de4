/**
 * The calls a write transaction works on: fetched once, folded in memory, written back once at the end, however many
 * facts of theirs the transaction holds.
 */
import type { Leg } from '../calls/leg.ts';
import { padded } from './bulk.ts';
import { type CallEntry, callRow, entryOf, legRow } from './call-row.ts';
import type { CallTable, LegTable } from './call-tables.ts';
import type { DeskDeps } from './desk.ts';
import { insertRows, type OnClash } from './insert-rows.ts';

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
      await insertRows({ db, dialect }, 'calls', rows, CALL_CLASH);
      await insertRows({ db, dialect }, 'legs', legs, LEG_CLASH);
    },
  };
}

function textOf(key: CallKey): string {
  return JSON.stringify([key.pbx, key.linkedid, key.generation]);
}

const CALL_CLASH: OnClash<CallTable> = {
  key: ['id'],
  update: [
    'room',
    'line',
    'phase_since',
    'ended_at',
    'caller_number',
    'caller_key',
    'joined_to',
    'needs_attention',
    'call_json',
    'course_json',
  ],
};

const LEG_CLASH: OnClash<LegTable> = {
  key: ['call_id', 'uniqueid'],
  update: ['endpoint', 'number', 'rang_at', 'answered_at', 'closed_at', 'cause'],
};
