/**
 * The first schema. One description serves both databases; only the integer type differs, because `integer` is 64 bits
 * wide on SQLite and 32 on PostgreSQL, and milliseconds need more. Positions are given by the writer, not by a sequence:
 * a sequence would hand out numbers in another order than the commits (D10).
 */
import type { CreateTableBuilder, Kysely } from 'kysely';

type Column = readonly [name: string, type: 'text' | 'whole' | 'real', ...marks: readonly Mark[]];
type Mark = 'key' | 'unique' | 'optional';

const TABLES: Readonly<Record<string, readonly Column[]>> = {
  facts: [
    ['position', 'whole', 'key'],
    ['fact_key', 'text', 'unique'],
    ['stream', 'text'],
    ['stream_id', 'text'],
    ['kind', 'text'],
    ['at', 'whole'],
    ['fact_json', 'text'],
    ['context_json', 'text', 'optional'],
  ],
  calls: [
    ['id', 'text', 'key'],
    ['pbx', 'text'],
    ['linkedid', 'text'],
    ['generation', 'whole'],
    ['room', 'text', 'optional'],
    ['line', 'text', 'optional'],
    ['direction', 'text'],
    ['started_at', 'whole'],
    ['received_at', 'whole'],
    ['phase_since', 'whole'],
    ['offset_ms', 'whole'],
    ['ended_at', 'whole', 'optional'],
    ['caller_number', 'text', 'optional'],
    ['caller_key', 'text', 'optional'],
    ['joined_to', 'text', 'optional'],
    ['needs_attention', 'whole'],
    ['call_json', 'text'],
    ['course_json', 'text'],
  ],
  legs: [
    ['call_id', 'text', 'key'],
    ['uniqueid', 'text', 'key'],
    ['endpoint', 'text'],
    ['role', 'text'],
    ['number', 'text', 'optional'],
    ['opened_at', 'whole'],
    ['rang_at', 'whole', 'optional'],
    ['answered_at', 'whole', 'optional'],
    ['closed_at', 'whole', 'optional'],
    ['cause', 'whole', 'optional'],
  ],
  call_texts: [
    ['call_id', 'text', 'key'],
    ['kind', 'text', 'key'],
    ['text', 'text'],
  ],
  recordings: [
    ['id', 'text', 'key'],
    ['call_id', 'text', 'optional'],
    ['room', 'text', 'optional'],
    ['pbx', 'text'],
    ['linkedid', 'text'],
    ['uniqueid', 'text'],
    ['part', 'text'],
    ['mode', 'text'],
    ['pbx_path', 'text'],
    ['state', 'text'],
    ['file', 'text', 'optional'],
    ['bytes', 'whole', 'optional'],
    ['seconds', 'real', 'optional'],
    ['sha256', 'text', 'optional'],
    ['repaired', 'whole'],
    ['known_at', 'whole'],
  ],
  gaps: [
    ['id', 'text', 'key'],
    ['pbx', 'text'],
    ['from_at', 'whole'],
    ['to_at', 'whole', 'optional'],
    ['missed', 'whole', 'optional'],
    ['cause', 'text'],
  ],
  records: [
    ['id', 'text', 'key'],
    ['room', 'text'],
    ['call_id', 'text', 'unique', 'optional'],
    ['direction', 'text'],
    ['state', 'text'],
    ['serial', 'whole', 'optional'],
    ['year', 'whole', 'optional'],
    ['number_text', 'text', 'optional'],
    ['opened_at', 'whole'],
    ['updated_at', 'whole'],
    ['registered_at', 'whole', 'optional'],
    ['by_hand', 'whole'],
    ['touched', 'whole'],
    ['no_record_reason', 'text', 'optional'],
    ['void_reason', 'text', 'optional'],
  ],
  record_fields: [
    ['record_id', 'text', 'key'],
    ['field', 'text', 'key'],
    ['value', 'text'],
    ['version', 'whole'],
    ['by_person', 'text', 'optional'],
    ['by_name', 'text', 'optional'],
    ['client', 'text', 'optional'],
    ['at', 'whole'],
  ],
  record_revisions: [
    ['id', 'text', 'key'],
    ['record_id', 'text'],
    ['field', 'text'],
    ['version', 'whole', 'optional'],
    ['value', 'text', 'optional'],
    ['salt', 'text'],
    ['kind', 'text'],
    ['reason', 'text', 'optional'],
    ['op_id', 'text', 'optional'],
    ['by_person', 'text', 'optional'],
    ['by_name', 'text', 'optional'],
    ['account', 'text', 'optional'],
    ['seat', 'text', 'optional'],
    ['client', 'text', 'optional'],
    ['at', 'whole'],
  ],
  record_operations: [
    ['op_id', 'text', 'key'],
    ['record_id', 'text'],
    ['answer_json', 'text'],
    ['at', 'whole'],
  ],
  numbering: [
    ['room', 'text', 'key'],
    ['year', 'whole', 'key'],
    ['last', 'whole'],
  ],
  units: [
    ['id', 'text', 'key'],
    ['name', 'text'],
    ['parent', 'text', 'optional'],
  ],
  rooms: [
    ['id', 'text', 'key'],
    ['unit', 'text'],
    ['name', 'text'],
    ['form_title', 'text'],
  ],
  lines: [
    ['id', 'text', 'key'],
    ['room', 'text'],
    ['pbx', 'text'],
    ['number', 'text'],
    ['dids_json', 'text'],
    ['trunks_json', 'text'],
    ['phones_json', 'text'],
    ['recording', 'text'],
  ],
  seats: [
    ['id', 'text', 'key'],
    ['room', 'text'],
    ['name', 'text'],
    ['phone', 'text', 'optional'],
    ['person', 'text', 'optional'],
    ['person_since', 'whole', 'optional'],
  ],
  people: [
    ['id', 'text', 'key'],
    ['room', 'text'],
    ['name', 'text'],
    ['title', 'text', 'optional'],
    ['phone', 'text', 'optional'],
    ['pin_hash', 'text', 'optional'],
  ],
  directory: [
    ['id', 'text', 'key'],
    ['number', 'text'],
    ['match_key', 'text'],
    ['unit', 'text', 'optional'],
    ['person', 'text', 'optional'],
    ['class', 'text', 'optional'],
  ],
  roster: [
    ['id', 'text', 'key'],
    ['room', 'text'],
    ['from_at', 'whole', 'optional'],
    ['to_at', 'whole', 'optional'],
    ['leaders_json', 'text'],
    ['officers_json', 'text'],
  ],
  accounts: [
    ['id', 'text', 'key'],
    ['login_key', 'text', 'unique'],
    ['login', 'text'],
    ['name', 'text'],
    ['role', 'text'],
    ['unit', 'text'],
    ['person', 'text', 'optional'],
    ['password_hash', 'text'],
    ['totp_secret', 'text', 'optional'],
    ['failures', 'whole'],
    ['locked_until', 'whole', 'optional'],
    ['disabled', 'whole'],
    ['created_at', 'whole'],
  ],
  sessions: [
    ['id', 'text', 'key'],
    ['account', 'text'],
    ['seat', 'text', 'optional'],
    ['opened_at', 'whole'],
    ['seen_at', 'whole'],
    ['expires_at', 'whole'],
  ],
  pending_effects: [
    ['id', 'text', 'key'],
    ['effect_json', 'text'],
  ],
  audit: [
    ['entry', 'whole', 'key'],
    ['at', 'whole'],
    ['account', 'text', 'optional'],
    ['person', 'text', 'optional'],
    ['kind', 'text'],
    ['subject', 'text', 'optional'],
    ['digest', 'text'],
    ['previous', 'text'],
    ['hash', 'text'],
  ],
  audit_texts: [
    ['entry', 'whole', 'key'],
    ['salt', 'text'],
    ['payload_json', 'text'],
  ],
  changes: [
    ['position', 'whole', 'key'],
    ['room', 'text', 'optional'],
    ['entity', 'text'],
    ['entity_id', 'text'],
  ],
  settings: [
    ['key', 'text', 'key'],
    ['value', 'text'],
  ],
};

const INDEXES: readonly {
  readonly table: string;
  readonly columns: readonly string[];
  readonly unique?: true;
}[] = [
  { table: 'facts', columns: ['stream_id', 'position'] },
  { table: 'calls', columns: ['pbx', 'linkedid', 'generation'], unique: true },
  { table: 'calls', columns: ['room', 'started_at'] },
  { table: 'calls', columns: ['ended_at'] },
  { table: 'calls', columns: ['caller_key', 'started_at'] },
  { table: 'recordings', columns: ['call_id'] },
  { table: 'recordings', columns: ['state'] },
  { table: 'gaps', columns: ['pbx', 'from_at'] },
  { table: 'records', columns: ['room', 'state', 'opened_at'] },
  { table: 'records', columns: ['room', 'year', 'serial'], unique: true },
  { table: 'record_revisions', columns: ['record_id'] },
  { table: 'seats', columns: ['room'] },
  { table: 'people', columns: ['room'] },
  { table: 'directory', columns: ['match_key'] },
  { table: 'roster', columns: ['room'] },
  { table: 'sessions', columns: ['account'] },
];

/** Makes every table and index. `whole` is the dialect's 64-bit integer type. */
export async function up(db: Kysely<unknown>, whole: 'integer' | 'bigint'): Promise<void> {
  for (const [table, columns] of Object.entries(TABLES)) {
    await describe(db.schema.createTable(table), table, columns, whole).execute();
  }
  for (const { table, columns, unique } of INDEXES) {
    const index = db.schema
      .createIndex(`${table}_${columns.join('_')}`)
      .on(table)
      .columns([...columns]);
    await (unique === true ? index.unique() : index).execute();
  }
}

function describe(
  start: CreateTableBuilder<string, never>,
  table: string,
  columns: readonly Column[],
  whole: 'integer' | 'bigint',
): CreateTableBuilder<string, string> {
  let made: CreateTableBuilder<string, string> = start;
  for (const [name, type, ...marks] of columns) {
    const kind = type === 'whole' ? whole : type === 'real' ? 'double precision' : 'text';
    made = made.addColumn(name, kind, (column) => {
      const required = marks.includes('optional') ? column : column.notNull();
      return marks.includes('unique') ? required.unique() : required;
    });
  }
  const keys = columns.filter(([, , ...marks]) => marks.includes('key')).map(([name]) => name);
  return made.addPrimaryKeyConstraint(`${table}_pk`, keys as [string, ...string[]]);
}
