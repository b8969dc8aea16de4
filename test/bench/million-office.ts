/**
 * An office with very many records, written past the service: rows of calls, recordings, records and fields as the writer
 * leaves them, by few long statements, and then the index by the service's own code when the store opens.
 */
import { type Kysely, sql } from 'kysely';
import type { Call } from '../../src/calls/call.ts';
import { callOf, evolve } from '../../src/calls/evolve.ts';
import type { Dialect } from '../../src/storage/dialect.ts';
import { insertRows } from '../../src/storage/insert-rows.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { openPostgres } from '../../src/storage/postgres.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import type { Tables } from '../../src/storage/tables.ts';
import type { CallStepWork } from '../../src/storage/work.ts';
import { OFFICE, PBX } from '../storage/office.ts';
import { answeredCall, telling } from '../storage/telling.ts';
import { type Chance, seeded } from '../support/seeded.ts';

/** The newest record. */
export const NEWEST = Date.UTC(2026, 10, 23, 4, 0, 0);
/** Five years of a province's duty rooms. */
const YEARS = 5 * 365 * 86_400_000;
export const ROOMS = ['room-1', 'room-2', ...Array.from({ length: 8 }, (_, n) => `room-x${n}`)];
/** Most records are of the first room; the others share the rest. */
const OF_FIRST = 0.6;
const STEP = 1_000;

const PLACES = [
  '人民路',
  '解放街',
  '文化巷',
  '政府东街',
  '西关街',
  '北塬',
  '开城镇',
  '三营镇',
  '头营镇',
  '彭堡镇',
  '南关街',
  '古雁岭',
];
const MATTERS = [
  '停电',
  '停水',
  '漏水',
  '道路塌陷',
  '山体滑坡',
  '会议通知',
  '值班抽查',
  '信访事项',
  '燃气泄漏',
  '火情',
  '暴雨预警',
  '防汛检查',
  '供暖不足',
  '噪声扰民',
  '占道经营',
  '井盖缺失',
  '路灯不亮',
  '车辆事故',
  '树木倒伏',
  '饮水异味',
];
const UNITS = [
  '市应急管理局',
  '市公安局指挥中心',
  '市气象局',
  '市水务局',
  '区政府值班室',
  '市供电公司',
  '市住房和城乡建设局',
  '市卫生健康委员会',
  '自治区总值班室',
  '市交通运输局',
];
const MIDDLE = [
  '居民反映小区夜间',
  '报告辖区发现',
  '来电咨询近日',
  '通知各单位做好',
  '请求尽快派人处理',
  '现场人员已到达并开展',
];
const END = [
  '已通知属地街道核实处理',
  '暂无人员伤亡，已组织抢修',
  '要求一小时内书面报告',
  '请于明日上午前反馈办理情况',
  '已转相关部门并做好记录',
  '对方表示感谢，后续继续关注进展',
];
const NAMES = ['张某', '李某', '王某', '赵某', '马某', '杨某', '陈某', '刘某'];
const STATES = ['done', 'done', 'done', 'registered', 'registered', 'in-hand', 'no-record', 'draft'];
const CATEGORIES = [
  'incident',
  'meeting',
  'instruction-request',
  'duty-check',
  'public',
  'public',
  'inquiry',
  'other',
];

/** Whether there is nothing in it yet; migrates it. */
export async function isEmpty(database: string, dialect: Dialect): Promise<boolean> {
  const db = dialect === 'sqlite' ? openSqlite(database, 'write') : openPostgres(database, () => {});
  await migrate(db, dialect);
  const room = await db.selectFrom('rooms').select('id').limit(1).executeTakeFirst();
  await db.destroy();
  return room === undefined;
}

/** Makes a database with so many records, oldest first; the office is that of the tests with more rooms. */
export async function fillOffice(database: string, dialect: Dialect, count: number): Promise<void> {
  const db = dialect === 'sqlite' ? openSqlite(database, 'write') : openPostgres(database, () => {});
  await migrate(db, dialect);
  if (dialect === 'sqlite') await sql`pragma synchronous = off`.execute(db);
  const chance = seeded(7);
  await insertRows(
    { db, dialect },
    'units',
    OFFICE.units.map((unit) => ({ ...unit })),
  );
  await insertRows(
    { db, dialect },
    'rooms',
    ROOMS.map((id) => ({ id, unit: 'city', name: id, form_title: id })),
  );
  await insertRows({ db, dialect }, 'directory', [
    {
      id: 'c1',
      number: '0954-2030007',
      match_key: '09542030007',
      unit: null,
      person: null,
      title: null,
      class: 'superior',
    },
    {
      id: 'c2',
      number: '0954-2030008',
      match_key: '09542030008',
      unit: null,
      person: null,
      title: null,
      class: 'public',
    },
  ]);
  for (let from = 0; from < count; from += STEP) {
    const rows = Array.from({ length: Math.min(STEP, count - from) }, (_, step) => {
      const n = from + step;
      const at = NEWEST - YEARS + Math.floor((YEARS * (n + 1)) / count);
      return recordRows(n, at, chance);
    });
    await db.transaction().execute(async (transaction) => {
      const into = { db: transaction, dialect };
      await put(
        into,
        'records',
        rows.map(({ record }) => record),
      );
      await put(
        into,
        'calls',
        rows.map(({ call }) => call),
      );
      await put(
        into,
        'record_fields',
        rows.flatMap(({ fields }) => fields),
      );
      await put(
        into,
        'recordings',
        rows.flatMap(({ sound }) => sound),
      );
    });
  }
  await db.destroy();
}

/** PostgreSQL takes a thousand rows as one text faster than as many values. */
async function put<Name extends keyof Tables>(
  into: { readonly db: Kysely<Tables>; readonly dialect: Dialect },
  table: Name,
  rows: readonly Tables[Name][],
): Promise<void> {
  if (into.dialect === 'sqlite') await insertRows(into, table, rows);
  else
    await sql`insert into ${sql.table(table)}
      select * from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::json)`.execute(
      into.db,
    );
}

/** What autovacuum does by itself in a day; SQLite needs no statistics for these queries. */
export async function afterFilling(database: string, dialect: Dialect): Promise<void> {
  const db = dialect === 'sqlite' ? openSqlite(database, 'write') : openPostgres(database, () => {});
  await (dialect === 'sqlite' ? sql`pragma wal_checkpoint(truncate)` : sql`vacuum analyze`).execute(db);
  await db.destroy();
}

type Rows = {
  readonly record: Tables['records'];
  readonly call: Tables['calls'];
  readonly fields: readonly Tables['record_fields'][];
  readonly sound: readonly Tables['recordings'][];
};

function recordRows(n: number, at: number, chance: Chance): Rows {
  const random = chance.next;
  const { pick } = chance;
  const room = random() < OF_FIRST ? 'room-1' : pick(ROOMS);
  const id = idOf(1, n, at);
  const call = idOf(2, n, at);
  const direction = random() < 0.25 ? 'outbound' : 'inbound';
  const answered = random() < 0.9;
  const state = answered ? pick(STATES) : 'draft';
  const numbered = state === 'done' || state === 'registered' || state === 'in-hand';
  const number = String(2_000_000 + Math.floor(random() * 40_000)).padStart(7, '2');
  // One matter in two thousand is rare, 停电 is in some of a hundred.
  const matter = random() < 0.000_5 ? '停产' : pick(MATTERS);
  const texts: Record<string, string> = {
    callTime: String(at),
    callerUnit: pick(UNITS),
    callerName: pick(NAMES),
    callerNumber: `0954-${number}`,
    recorder: pick(NAMES),
    recorderPhone: '0954-2030000',
    content: `${pick(PLACES)}${pick(MIDDLE)}${matter}，${pick(PLACES)}${Math.floor(random() * 200)}号${pick(MIDDLE)}${pick(END)}。${pick(END)}`,
    category: pick(CATEGORIES),
  };
  return {
    record: {
      id,
      room,
      call_id: call,
      direction,
      state,
      serial: numbered ? n + 1 : null,
      year: numbered ? 2026 : null,
      number_text: numbered ? `值电〔2026〕${n + 1}号` : null,
      opened_at: at,
      updated_at: at,
      registered_at: numbered ? at : null,
      by_hand: 0,
      touched: 1,
      no_record_reason: state === 'no-record' ? 'nuisance' : null,
      void_reason: null,
      archived_at: state === 'done' && random() < 0.2 ? at : null,
      linked_to: null,
      merged_into: null,
    },
    call: {
      id: call,
      pbx: PBX,
      linkedid: `${Math.floor(at / 1_000)}.${n}`,
      generation: 1,
      room,
      line: 'line-1',
      direction,
      started_at: at,
      received_at: at,
      phase_since: at,
      offset_ms: 0,
      ended_at: at + 60_000,
      caller_number: `0954${number}`,
      caller_key: `0954${number}`,
      joined_to: null,
      needs_attention: 0,
      call_json: answered ? ANSWERED : MISSED,
      course_json: '[]',
    },
    fields: Object.entries(texts).map(([field, value]) => ({
      record_id: id,
      field,
      value,
      version: 1,
      by_person: null,
      by_name: null,
      client: null,
      at,
    })),
    sound: answered && random() < 0.9 ? [soundRow(idOf(3, n, at), call, room, at)] : [],
  };
}

/** As the service makes them: time first, so that they lie in order. */
function idOf(kind: number, n: number, at: number): string {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${kind}00-8000-${n.toString(16).padStart(12, '0')}`;
}

/** Every call tells of itself as one of two: the index reads no more of it than how it ended. */
const ANSWERED = folded(answeredCall('told'));
const MISSED = folded(missedCall());

function missedCall(): readonly CallStepWork[] {
  const call = telling('told');
  return [call.arrives(), call.dials(), call.rings(), ...call.closes(), call.ends()];
}

function folded(steps: readonly CallStepWork[]): string {
  const facts = steps.flatMap((step) => step.facts);
  const call = facts.reduce<Call | undefined>((before, fact) => {
    if (before !== undefined) return evolve(before, fact);
    if (fact.kind !== 'call-arrived') throw new Error('a call begins with its arrival');
    return callOf(fact);
  }, undefined);
  return JSON.stringify(call);
}

function soundRow(id: string, call: string, room: string, at: number): Tables['recordings'] {
  return {
    id,
    call_id: call,
    room,
    pbx: PBX,
    linkedid: 'told',
    uniqueid: 'told',
    part: 'talk',
    mode: 'ami',
    pbx_path: '/told.wav',
    state: 'attached',
    file: 'told.wav',
    bytes: 1,
    seconds: 1,
    sha256: null,
    repaired: 0,
    known_at: at,
    judgement_json: null,
    check_state: null,
    checked_at: null,
    copy_state: null,
    copied_at: null,
    found_by: null,
    sides_json: null,
    ordered_at: null,
  };
}
