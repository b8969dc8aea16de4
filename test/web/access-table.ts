/**
 * Who may ask what: the one table of expectations. A row for every address and every message; `access.test.ts` asks each of them
 * in every role, of one's own unit, a lower one and a foreign one, without a log-in and behind a locked screen, and fails when
 * an address or a message has no row. docs/reference/access.md is this table.
 *
 * A verdict is the status of what was granted (`200`) or the code of what was refused (`not-found`). Three of them stand for
 * own, lower and foreign unit; one stands for what belongs to no unit.
 */
import { FIRST_NOTES } from '../../src/duty/duty-notes.ts';
import { FIRST_RULES } from '../../src/duty/roster-rules.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { ClientMessage } from '../../src/web/protocol/client-message.ts';
import type { Actor, Init, Target } from './access-world.ts';
import { newOpId } from './browser.ts';
import { PASSWORD, PIN } from './web-bed.ts';

const INCIDENT = { occurredAt: null, receivedAt: 1, level: 'unrated', title: '山火', text: '' };

export type Verdicts = Readonly<Record<Actor, string>>;

/** One question: an address and what goes with it. `own` asks with the same log-in, for what must have come before. */
export interface Question {
  readonly path: string;
  readonly body?: unknown;
  readonly bytes?: string;
}
type Ask = (
  target: Target,
  own: (path: string, init?: Init) => Promise<Response>,
) => Promise<Question> | Question;

export interface RouteRow {
  readonly verdicts: Verdicts;
  readonly ask: Ask;
}

type Say = (target: Target) => Promise<ClientMessage> | ClientMessage;

export interface MessageRow {
  readonly verdicts: Verdicts;
  readonly say: Say;
  /** What must have been said by the same page for it to mean something. */
  readonly before?: (message: ClientMessage) => ClientMessage;
}

/** Nobody and a locked screen get the same answer at nearly every door. */
const OUTSIDE = { nobody: 'not-logged-in', locked: 'screen-locked' } as const;
const HIDDEN = 'not-found not-found not-found';

/** Whoever sees the room: officers and leaders their own, supervisors lower ones too. */
function seen(granted: string): Verdicts {
  const own = `${granted} not-found not-found`;
  return {
    officer: own,
    leader: own,
    supervisor: `${granted} ${granted} not-found`,
    administrator: HIDDEN,
    auditor: HIDDEN,
    ...OUTSIDE,
  };
}

/** A supervisor sees it and may not touch it. */
function written(granted: string): Verdicts {
  const own = `${granted} not-found not-found`;
  return { ...seen(granted), officer: own, leader: own, supervisor: 'not-allowed not-allowed not-found' };
}

/** Reads inspections: as whoever sees the room, and the auditor of the unit tree. */
function inspected(granted: string): Verdicts {
  return { ...seen(granted), auditor: `${granted} ${granted} not-found` };
}

/** A supervisor of the unit tree inspects; who may only read is told so. */
function inspects(granted: string): Verdicts {
  const own = 'not-allowed not-found not-found';
  return { ...inspected(granted), officer: own, leader: own, auditor: 'not-allowed not-allowed not-found' };
}

/** Everybody who is logged in. */
function everybody(granted: string, outside: Pick<Verdicts, 'nobody' | 'locked'> = OUTSIDE): Verdicts {
  const [officer, leader, supervisor, administrator, auditor] = Array.from({ length: 5 }, () => granted);
  return {
    officer: officer ?? '',
    leader: leader ?? '',
    supervisor: supervisor ?? '',
    administrator: administrator ?? '',
    auditor: auditor ?? '',
    ...outside,
  };
}

/** 系统: who administers, and nobody else. */
function administered(granted: string): Verdicts {
  return { ...everybody('not-found'), administrator: granted };
}

/** Also without a log-in, also behind a locked screen. */
function anybody(granted: string): Verdicts {
  return everybody(granted, { nobody: granted, locked: granted });
}

const reason = { reason: '核对情况' };
const get =
  (path: (target: Target) => string | Promise<string>): Ask =>
  async (target) => ({ path: await path(target) });
const post =
  (path: string, body: unknown = {}): Ask =>
  () => ({ path, body });

async function call(target: Target): Promise<string> {
  return (await target.call()).call;
}

async function record(target: Target): Promise<string> {
  return (await target.call()).record;
}

const contact = () => ({
  id: newId(),
  number: `0954-${1_000_000 + Math.floor(Math.random() * 8_999_999)}`,
  unit: '某局',
  person: null,
  title: null,
  class: null,
});

const SOME_DAYS = { from: '2099-11-23', to: '2099-11-29' };
/** A shift with nobody, as it stands. */
const EMPTY_PLAN = {
  shifts: [{ from: 4_000_000_000_000, to: 4_000_040_000_000, name: '白班', base: 0, posts: [] }],
};

/** 值班日志: who may open a sealed one again. Those who only write into it see it. */
const reopened: Verdicts = {
  ...seen('shift-log-unknown'),
  officer: 'not-allowed not-found not-found',
};

/** When the newest shift of the room began; 0 for who may not see it. */
async function shiftOf(room: string, own: (path: string) => Promise<Response>): Promise<number> {
  const answer = await own(`/api/shift-log/${room}`);
  if (!answer.ok) return 0;
  const { shifts } = (await answer.json()) as { readonly shifts: readonly { readonly from: number }[] };
  return shifts[0]?.from ?? 0;
}

/** Of the sound only: a supervisor says why first, and so does an auditor of nothing at all. */
const owed: Verdicts = {
  ...seen('200'),
  supervisor: 'listen-reason-needed listen-reason-needed not-found',
};

export const ROUTES: Readonly<Record<string, RouteRow>> = {
  'POST /api/login': { verdicts: anybody('bad-request'), ask: post('/api/login') },
  'POST /api/logout': { verdicts: anybody('204'), ask: post('/api/logout') },
  'GET /api/me': {
    verdicts: everybody('200', { nobody: 'not-logged-in', locked: '200' }),
    ask: get(() => '/api/me'),
  },
  'GET /api/rooms': { verdicts: everybody('200'), ask: get(() => '/api/rooms') },
  'GET /health': { verdicts: anybody('200'), ask: get(() => '/health') },

  'GET /api/account': { verdicts: everybody('200'), ask: get(() => '/api/account') },
  'POST /api/account/password': {
    verdicts: everybody('password-too-short'),
    ask: post('/api/account/password', { password: 'x', next: 'y' }),
  },
  'POST /api/account/pin': {
    verdicts: { ...everybody('no-person-for-pin'), officer: 'pin-form' },
    ask: post('/api/account/pin', { password: 'x', pin: '1' }),
  },
  'POST /api/account/keys': {
    verdicts: everybody('bad-request'),
    ask: post('/api/account/keys', { keys: { notes: ['F5'] } }),
  },
  'POST /api/account/totp': {
    verdicts: everybody('wrong-password'),
    ask: post('/api/account/totp', { password: 'x' }),
  },
  'POST /api/account/totp/confirm': {
    verdicts: everybody('totp-not-begun'),
    ask: post('/api/account/totp/confirm', { code: '123456' }),
  },
  'POST /api/account/totp/off': {
    verdicts: everybody('204'),
    ask: post('/api/account/totp/off', { password: 'x', code: '1' }),
  },

  'GET /api/lock': {
    verdicts: everybody('200', { nobody: 'not-logged-in', locked: '200' }),
    ask: get(() => '/api/lock'),
  },
  'POST /api/lock': {
    verdicts: everybody('204', { nobody: 'not-logged-in', locked: '204' }),
    ask: post('/api/lock'),
  },
  'POST /api/unlock': {
    verdicts: everybody('204', { nobody: 'not-logged-in', locked: 'wrong-password' }),
    ask: post('/api/unlock', { password: 'not-the-password' }),
  },
  'POST /api/active': { verdicts: everybody('204'), ask: post('/api/active') },
  'POST /api/lock/note': {
    verdicts: {
      ...seen('200'),
      supervisor: HIDDEN,
      nobody: 'not-logged-in',
      locked: '200 not-found not-found',
    },
    ask: async (target) => ({
      path: '/api/lock/note',
      body: { note: newId(), call: await call(target), moment: Date.now(), text: '北街停水', version: 1 },
    }),
  },

  'GET /api/records/ID': {
    verdicts: seen('200'),
    ask: get(async (target) => `/api/records/${await record(target)}`),
  },
  'GET /api/records/ID/history': {
    verdicts: seen('200'),
    ask: get(async (target) => `/api/records/${await record(target)}/history`),
  },
  'GET /api/calls/ID': {
    verdicts: seen('200'),
    ask: get(async (target) => `/api/calls/${await call(target)}`),
  },
  'GET /api/calls/ID/replay': {
    verdicts: seen('200'),
    ask: get(async (target) => `/api/calls/${await call(target)}/replay`),
  },
  'POST /api/calls/ID/reviews': {
    verdicts: { ...seen('review-call-not-over'), officer: 'not-allowed not-found not-found' },
    ask: async (target) => ({
      path: `/api/calls/${await call(target)}/reviews`,
      body: { review: newId(), seen: null, verdict: 'proper', reasons: [], remark: '' },
    }),
  },
  'GET /api/watch': { verdicts: everybody('200'), ask: get(() => '/api/watch') },
  'POST /api/watch/printed': {
    verdicts: { ...everybody('204'), administrator: 'not-found', auditor: 'not-found' },
    ask: post('/api/watch/printed', { state: 'all' }),
  },
  'GET /api/alerts': {
    verdicts: { ...everybody('200'), auditor: 'not-allowed' },
    ask: get(() => '/api/alerts'),
  },
  'POST /api/findings/ID/decisions': {
    verdicts: seen('204'),
    ask: async (target) => ({
      path: `/api/findings/${await target.finding()}/decisions`,
      body: { opId: newOpId(), decision: 'confirmed', reason: '' },
    }),
  },
  'POST /api/lines/ID/probes': {
    verdicts: seen('probe-no-second-trunk'),
    ask: (target) => ({
      path: `/api/lines/${target.line}/probes`,
      body: { scope: 'always', consent: false },
    }),
  },
  'POST /api/probes/round': {
    verdicts: seen('202'),
    ask: (target) => ({ path: '/api/probes/round', body: { units: [target.unit], contacts: [] } }),
  },
  'GET /api/probes': { verdicts: seen('200'), ask: get((target) => `/api/probes?line=${target.line}`) },
  'GET /api/probes/ID': {
    verdicts: seen('200'),
    ask: get(async (target) => `/api/probes/${await target.probe()}`),
  },
  'POST /api/probes/ID/stop': {
    verdicts: seen('204'),
    ask: async (target) => ({ path: `/api/probes/${await target.probe()}/stop`, body: {} }),
  },
  // Granted: there is only no sound of it.
  'GET /api/probes/ID/sound': {
    verdicts: seen('recording-not-ready'),
    ask: get(async (target) => `/api/probes/${await target.probe()}/sound`),
  },
  'POST /api/records/ID/attachments': {
    verdicts: written('201'),
    ask: async (target) => ({
      path: `/api/records/${await record(target)}/attachments?name=a.txt&op=${newOpId()}`,
      bytes: '北街停水，三百户。',
    }),
  },
  'GET /api/attachments/ID': {
    verdicts: seen('attachment-away'),
    ask: get(async (target) => `/api/attachments/${await target.attachment()}`),
  },
  'POST /api/attachments/ID/remove': {
    verdicts: written('204'),
    ask: async (target) => ({
      path: `/api/attachments/${await target.attachment()}/remove`,
      body: { reason: '传错' },
    }),
  },
  'GET /api/instructions': {
    verdicts: { ...everybody('not-found'), leader: '200' },
    ask: get(() => '/api/instructions'),
  },
  'GET /api/search': {
    verdicts: {
      ...seen('200'),
      administrator: 'not-allowed not-allowed not-allowed',
      auditor: 'not-allowed not-allowed not-allowed',
    },
    ask: get(({ room }) => `/api/search?room=${room}`),
  },
  'GET /api/search/export': {
    verdicts: {
      ...seen('200'),
      administrator: 'not-allowed not-allowed not-allowed',
      auditor: 'not-allowed not-allowed not-allowed',
    },
    ask: get(({ room }) => `/api/search/export?format=csv&room=${room}`),
  },
  'GET /api/callers/ID/matters': {
    verdicts: { ...everybody('200'), administrator: 'not-found', auditor: 'not-found' },
    ask: get(() => '/api/callers/09542031234/matters'),
  },
  'GET /api/papers/records': {
    verdicts: seen('200'),
    ask: get(async (target) => `/api/papers/records?ids=${await record(target)}&form=seed&format=html`),
  },
  'GET /api/papers/day': {
    verdicts: seen('200'),
    ask: get(({ room }) => `/api/papers/day?room=${room}&date=2026-11-23&format=html`),
  },
  'GET /api/papers/blank': {
    verdicts: seen('200'),
    ask: get(({ room }) => `/api/papers/blank?room=${room}&copies=1&form=seed&format=html`),
  },

  'GET /api/papers/line': {
    verdicts: seen('200'),
    ask: get((target) => `/api/papers/line?line=${target.line}`),
  },
  'GET /api/papers/report': {
    verdicts: seen('200'),
    ask: async (target) => {
      const { incident, report } = await target.reported();
      return { path: `/api/papers/report?incident=${incident}&report=${report}` };
    },
  },
  // His own round, wherever it went.
  'GET /api/papers/round': {
    verdicts: { ...everybody('200'), administrator: 'not-found', auditor: 'not-found' },
    ask: async (target, own) => {
      const told = (await (await own('/api/me')).json()) as { readonly me?: { readonly account: string } };
      return { path: `/api/papers/round?round=${await target.round(told.me?.account ?? null)}` };
    },
  },

  'GET /api/directory': {
    verdicts: { ...everybody('200'), auditor: 'not-found' },
    ask: get(() => '/api/directory'),
  },
  'POST /api/directory': {
    verdicts: { ...everybody('204'), auditor: 'not-found' },
    ask: () => ({ path: '/api/directory', body: { puts: [{ contact: contact(), was: null }], removes: [] } }),
  },
  'POST /api/directory/preview': {
    verdicts: { ...everybody('200'), auditor: 'not-found' },
    ask: () => ({ path: '/api/directory/preview', bytes: '单位,电话\n某局,0954-2035678\n' }),
  },
  'POST /api/directory/import': {
    verdicts: { ...everybody('204'), auditor: 'not-found' },
    ask: () => ({
      path: '/api/directory/import',
      body: { puts: [{ contact: contact(), was: null }], removes: [] },
    }),
  },
  'GET /api/duty-notes/ID': {
    verdicts: seen('200'),
    ask: get(({ room }) => `/api/duty-notes/${room}`),
  },
  'GET /api/duty-notes/ID/history': {
    verdicts: seen('200'),
    ask: get(({ room }) => `/api/duty-notes/${room}/history`),
  },
  'POST /api/duty-notes/ID/printed': {
    verdicts: seen('204'),
    ask: ({ room }) => ({ path: `/api/duty-notes/${room}/printed`, body: { version: 0 } }),
  },
  'POST /api/duty-notes/ID': {
    verdicts: written('204'),
    ask: async (target) => ({
      path: `/api/duty-notes/${target.room}`,
      body: { base: await target.dutyNotesVersion(), notes: { ...FIRST_NOTES, other: newId() } },
    }),
  },
  'GET /api/incidents/ID': {
    verdicts: seen('200'),
    ask: get(({ room }) => `/api/incidents/${room}`),
  },
  'GET /api/incidents/ID/ID': {
    verdicts: seen('200'),
    ask: async (target) => ({
      path: `/api/incidents/${target.room}/${(await target.reported()).incident}`,
    }),
  },
  'POST /api/incidents/ID': {
    verdicts: written('204'),
    ask: ({ room }) => ({
      path: `/api/incidents/${room}`,
      body: { opId: newId(), incident: newId(), ask: { type: 'open', record: null, ...INCIDENT } },
    }),
  },
  'POST /api/incidents/ID/not-reportable': {
    verdicts: written('204'),
    ask: async (target) => ({
      path: `/api/incidents/${target.room}/not-reportable`,
      body: { opId: newId(), record: (await target.call()).record, reason: '演练', asked: '王某' },
    }),
  },
  // What an officer sees of it is his own only: `assessment.test.ts`.
  'GET /api/assessment': {
    verdicts: seen('200'),
    ask: get(({ room }) => `/api/assessment?from=2026-11-01&to=2026-11-30&room=${room}`),
  },
  'GET /api/assessment/items': {
    verdicts: seen('200'),
    ask: get(
      ({ room }) =>
        `/api/assessment/items?from=2026-11-01&to=2026-11-30&figure=calls&way=room&key=${room}&room=${room}`,
    ),
  },
  'GET /api/assessment/xlsx': {
    verdicts: seen('200'),
    ask: get(({ room }) => `/api/assessment/xlsx?from=2026-11-01&to=2026-11-30&way=line&room=${room}`),
  },
  'POST /api/assessment/printed': {
    verdicts: { ...everybody('204'), administrator: 'not-found', auditor: 'not-found' },
    ask: post('/api/assessment/printed', { from: '2026-11-01', to: '2026-11-30', way: 'room' }),
  },
  // Without a token; whose session goes with it is not looked at.
  'GET /api/wall': { verdicts: anybody('wall-link-unknown'), ask: get(() => '/api/wall') },
  'GET /api/walls': { verdicts: administered('200'), ask: get(() => '/api/walls') },
  'POST /api/walls': {
    verdicts: administered('201'),
    ask: ({ room }) => ({ path: '/api/walls', body: { room, name: '一楼大厅' } }),
  },
  'POST /api/walls/revoke': {
    verdicts: administered('wall-no-link'),
    ask: post('/api/walls/revoke', { id: newId() }),
  },
  'GET /api/hand-over/ID': {
    verdicts: seen('200'),
    ask: get(({ room }) => `/api/hand-over/${room}`),
  },
  'POST /api/hand-over/ID': {
    verdicts: written('204'),
    ask: ({ room }) => ({ path: `/api/hand-over/${room}` }),
  },
  'POST /api/hand-over/ID/matters': {
    verdicts: written('hand-over-unknown'),
    ask: ({ room }) => ({
      path: `/api/hand-over/${room}/matters`,
      body: { id: newId(), matter: { kind: 'draft', id: newId() }, handed: true, reason: null },
    }),
  },
  'POST /api/hand-over/ID/devices': {
    verdicts: written('hand-over-unknown'),
    ask: ({ room }) => ({
      path: `/api/hand-over/${room}/devices`,
      body: { id: newId(), device: 'fax', works: true },
    }),
  },
  'POST /api/hand-over/ID/signatures': {
    verdicts: written('hand-over-unknown'),
    ask: ({ room, person }) => ({
      path: `/api/hand-over/${room}/signatures`,
      body: { id: newId(), as: 'giver', person, pin: PIN },
    }),
  },
  'POST /api/hand-over/ID/end': {
    verdicts: written('hand-over-unknown'),
    ask: ({ room }) => ({ path: `/api/hand-over/${room}/end`, body: { id: newId(), how: 'stay' } }),
  },
  'GET /api/hand-over/ID/past/ID': {
    verdicts: seen('not-found'),
    ask: get(({ room }) => `/api/hand-over/${room}/past/${newId()}`),
  },
  'POST /api/hand-over/ID/tasks': {
    verdicts: written('204'),
    ask: ({ room }) => ({
      path: `/api/hand-over/${room}/tasks`,
      body: { id: newId(), text: '通知各乡镇上报值班表', dueAt: null },
    }),
  },
  'POST /api/hand-over/ID/tasks/ID/close': {
    verdicts: written('task-unknown'),
    ask: ({ room }) => ({ path: `/api/hand-over/${room}/tasks/${newId()}/close` }),
  },
  'GET /api/shift-log/ID': {
    verdicts: seen('200'),
    ask: get(({ room }) => `/api/shift-log/${room}`),
  },
  'GET /api/shift-log/ID/ID': {
    verdicts: seen('200'),
    ask: async ({ room }, own) => ({ path: `/api/shift-log/${room}/${await shiftOf(room, own)}` }),
  },
  'POST /api/shift-log/ID/lines': {
    verdicts: written('shift-log-unknown'),
    ask: ({ room }) => ({
      path: `/api/shift-log/${room}/lines`,
      body: { opId: newId(), from: 0, part: 'event', happenedAt: 0, text: '巡查' },
    }),
  },
  'POST /api/shift-log/ID/edits': {
    verdicts: written('shift-log-unknown'),
    ask: ({ room }) => ({
      path: `/api/shift-log/${room}/edits`,
      body: { from: 0, line: newId(), happenedAt: null, text: '巡查' },
    }),
  },
  'POST /api/shift-log/ID/ticks': {
    verdicts: written('shift-log-unknown'),
    ask: ({ room }) => ({
      path: `/api/shift-log/${room}/ticks`,
      body: { from: 0, line: newId(), ticked: false },
    }),
  },
  'POST /api/shift-log/ID/reopenings': {
    verdicts: reopened,
    ask: ({ room }) => ({ path: `/api/shift-log/${room}/reopenings`, body: { from: 0, ...reason } }),
  },
  'POST /api/shift-log/ID/seals': {
    verdicts: reopened,
    ask: ({ room }) => ({ path: `/api/shift-log/${room}/seals`, body: { from: 0 } }),
  },
  'GET /api/papers/shift-log': {
    verdicts: seen('200'),
    ask: async ({ room }, own) => ({
      path: `/api/papers/shift-log?room=${room}&from=${await shiftOf(room, own)}`,
    }),
  },
  'GET /api/roster/ID': {
    verdicts: seen('200'),
    ask: get(({ room }) => `/api/roster/${room}?from=2026-11-23&days=7`),
  },
  'GET /api/roster/ID/changes': {
    verdicts: seen('200'),
    ask: get(({ room }) => `/api/roster/${room}/changes?from=0&to=1`),
  },
  'GET /api/roster/ID/xlsx': {
    verdicts: seen('200'),
    ask: get(({ room }) => `/api/roster/${room}/xlsx?from=2026-11-23&days=7`),
  },
  'POST /api/roster/ID/printed': {
    verdicts: seen('204'),
    ask: ({ room }) => ({ path: `/api/roster/${room}/printed`, body: SOME_DAYS }),
  },
  'POST /api/roster/ID/rules': {
    verdicts: written('204'),
    ask: ({ room }) => ({ path: `/api/roster/${room}/rules`, body: { base: 0, rules: FIRST_RULES } }),
  },
  'POST /api/roster/ID/standing': {
    verdicts: written('204'),
    ask: ({ room, person }) => ({
      path: `/api/roster/${room}/standing`,
      body: { person, standing: 'permanent' },
    }),
  },
  'POST /api/roster/ID/plan': {
    verdicts: written('204'),
    ask: ({ room }) => ({ path: `/api/roster/${room}/plan`, body: EMPTY_PLAN }),
  },
  'POST /api/roster/ID/preview': {
    verdicts: written('200'),
    ask: ({ room }) => ({ path: `/api/roster/${room}/preview`, bytes: '日期,值班员\n' }),
  },
  'POST /api/roster/ID/import': {
    verdicts: written('204'),
    ask: ({ room }) => ({ path: `/api/roster/${room}/import`, body: EMPTY_PLAN }),
  },
  'POST /api/roster/ID/publish': {
    verdicts: written('roster-nothing-new'),
    ask: ({ room }) => ({ path: `/api/roster/${room}/publish`, body: { opId: newId(), ...SOME_DAYS } }),
  },
  'POST /api/roster/ID/report': {
    verdicts: written('roster-report-unpublished'),
    ask: ({ room }) => ({
      path: `/api/roster/${room}/report`,
      body: { opId: newId(), ...SOME_DAYS, reportedTo: '市政府总值班室', way: 'fax', reportedAt: 0 },
    }),
  },
  'POST /api/roster/ID/swaps': {
    verdicts: written('standing-unsaid'),
    ask: ({ room, unit }) => ({
      path: `/api/roster/${room}/swaps`,
      body: { opId: newId(), shift: { from: 1, to: 2 }, taker: `p-${unit}-2`, back: null, reason: '外出' },
    }),
  },
  'POST /api/roster/ID/swaps/ID': {
    verdicts: written('swap-unknown'),
    ask: ({ room }) => ({
      path: `/api/roster/${room}/swaps/${newId()}`,
      body: { how: 'accepted', words: '' },
    }),
  },

  'GET /api/inspections': {
    verdicts: { ...everybody('200'), administrator: 'not-found' },
    ask: get(() => '/api/inspections'),
  },
  'POST /api/inspections': {
    verdicts: inspects('204'),
    ask: ({ unit, room }) => ({
      path: '/api/inspections',
      body: { id: newId(), unit, rooms: [room], from: 0, to: 1, inspectedAt: 1, inspectors: '督查员' },
    }),
  },
  'GET /api/inspections/ID': {
    verdicts: inspected('200'),
    ask: get(async (target) => `/api/inspections/${await target.inspection()}`),
  },
  'POST /api/inspections/ID/items': {
    verdicts: inspects('204'),
    ask: async (target) => ({
      path: `/api/inspections/${await target.inspection()}/items`,
      body: { item: 'A1', base: 0, situation: '', verdict: 'meets', mendBy: null },
    }),
  },
  'POST /api/inspections/ID/signatures': {
    verdicts: inspects('inspection-incomplete'),
    ask: async (target) => ({
      path: `/api/inspections/${await target.inspection()}/signatures`,
      body: { as: 'inspector' },
    }),
  },
  'POST /api/inspections/ID/mended': {
    verdicts: {
      ...written('inspection-nothing-open'),
      auditor: 'not-allowed not-allowed not-found',
    },
    ask: async (target) => ({
      path: `/api/inspections/${await target.inspection()}/mended`,
      body: { item: 'A1', how: 'reported', text: '已整改' },
    }),
  },
  'GET /api/papers/inspection': {
    verdicts: inspected('200'),
    ask: get(async (target) => `/api/papers/inspection?inspection=${await target.inspection()}`),
  },
  'GET /api/readiness/ID': {
    verdicts: seen('200'),
    ask: get(({ room }) => `/api/readiness/${room}?from=0&to=1`),
  },
  'GET /api/papers/readiness': {
    verdicts: seen('200'),
    ask: get(({ room }) => `/api/papers/readiness?room=${room}&from=0&to=1&part=calls`),
  },

  'GET /api/recordings/ID': {
    verdicts: owed,
    ask: get(async (target) => `/api/recordings/${await target.recording()}`),
  },
  'GET /api/recordings/ID/original': {
    verdicts: owed,
    ask: get(async (target) => `/api/recordings/${await target.recording()}/original`),
  },
  'GET /api/recordings/ID/peaks': {
    verdicts: { ...seen('recording-not-ready'), supervisor: owed.supervisor },
    ask: get(async (target) => `/api/recordings/${await target.recording()}/peaks`),
  },
  'GET /api/recordings/ID/check': {
    verdicts: seen('200'),
    ask: get(async (target) => `/api/recordings/${await target.recording()}/check`),
  },
  'POST /api/recordings/ID/listen': {
    verdicts: seen('200'),
    ask: async (target) => ({ path: `/api/recordings/${await target.recording()}/listen`, body: reason }),
  },
  'POST /api/listens/ID': {
    verdicts: seen('204'),
    ask: async (target, own) => {
      const opened = await own(`/api/recordings/${await target.recording()}/listen`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(reason),
      });
      const { listen } = (await opened.json()) as { readonly listen?: string };
      return { path: `/api/listens/${listen ?? newId()}`, body: { seconds: [[0, 1]] } };
    },
  },
  'POST /api/recordings/ID/clip': {
    verdicts: seen('clip-empty'),
    ask: async (target) => ({
      path: `/api/recordings/${await target.recording()}/clip`,
      body: { from: 0, to: 1, ...reason },
    }),
  },

  'POST /api/shut/ID/isolate': {
    verdicts: seen('204'),
    ask: async (target) => ({ path: `/api/shut/${await call(target)}/isolate`, body: reason }),
  },
  'POST /api/shut/ID/release': {
    verdicts: { ...seen('204'), officer: 'not-allowed not-found not-found' },
    ask: async (target) => ({ path: `/api/shut/${await call(target)}/release`, body: reason }),
  },
  'POST /api/shut/ID/destroy': {
    verdicts: { ...seen('204'), officer: 'not-allowed not-found not-found' },
    ask: async (target) => ({
      path: `/api/shut/${await call(target)}/destroy`,
      body: { ...reason, login: 'w-second', password: PASSWORD, totp: null },
    }),
  },

  'GET /api/recording-desk': {
    verdicts: { ...everybody('200'), auditor: 'not-allowed' },
    ask: get(() => '/api/recording-desk'),
  },
  'POST /api/recording-desk/reconcile': {
    verdicts: { ...everybody('202'), auditor: 'not-allowed' },
    ask: post('/api/recording-desk/reconcile'),
  },
  'POST /api/jobs/ID/retry': {
    verdicts: { ...everybody('effect-not-given-up'), auditor: 'not-allowed' },
    ask: post(`/api/jobs/${newId()}/retry`),
  },
  'POST /api/strays/ID/attach': {
    verdicts: {
      ...seen('204'),
      // Every call of this world came by one PBX, the lower unit's stray did not.
      supervisor: '204 stray-other-pbx not-found',
      administrator: 'not-allowed not-allowed not-found',
      auditor: 'not-allowed not-allowed not-allowed',
    },
    ask: async (target) => ({
      path: `/api/strays/${await target.stray()}/attach`,
      body: { call: await call(target) },
    }),
  },
  'POST /api/strays/ID/ignore': {
    verdicts: {
      ...seen('204'),
      administrator: 'not-allowed not-allowed not-found',
      auditor: 'not-allowed not-allowed not-allowed',
    },
    ask: async (target) => ({ path: `/api/strays/${await target.stray()}/ignore`, body: reason }),
  },

  'GET /api/setup': { verdicts: administered('200'), ask: get(() => '/api/setup') },
  'POST /api/setup/check': { verdicts: administered('200'), ask: post('/api/setup/check') },
  'GET /api/setup/trial': { verdicts: administered('200'), ask: get(() => '/api/setup/trial') },
  'POST /api/setup/trial': {
    verdicts: administered('200'),
    ask: post('/api/setup/trial', { watch: false }),
  },
  'GET /api/setup/proof': { verdicts: administered('200'), ask: get(() => '/api/setup/proof') },
  'POST /api/setup/parts': { verdicts: administered('bad-request'), ask: post('/api/setup/parts') },
  'POST /api/setup/parts/remove': {
    verdicts: administered('bad-request'),
    ask: post('/api/setup/parts/remove'),
  },
  'POST /api/setup/accounts': { verdicts: administered('bad-request'), ask: post('/api/setup/accounts') },
};

/** Who has no room gets no further than hello; a locked page is refused, or heard without effect. */
const NO_DESK = { administrator: 'no-room', auditor: 'no-room', nobody: '401' } as const;

function command(verdicts: Pick<Verdicts, 'officer' | 'leader' | 'supervisor'>): Verdicts {
  return { ...verdicts, ...NO_DESK, locked: 'screen-locked' };
}

/** Officers and leaders do it in their own unit; a supervisor only sees. */
function officers(granted: string): Verdicts {
  const own = `${granted} not-found not-found`;
  return command({ officer: own, leader: own, supervisor: 'not-allowed not-allowed not-found' });
}

/** What has no answer: whether a colleague in that room is told. */
const courtesy: Verdicts = {
  officer: 'told nothing nothing',
  leader: 'told nothing nothing',
  supervisor: 'nothing nothing nothing',
  ...NO_DESK,
  locked: 'nothing',
};

const op = () => ({ opId: newOpId() });

async function about(target: Target): Promise<{ readonly opId: string; readonly record: string }> {
  return { ...op(), record: await record(target) };
}

export const MESSAGES: Readonly<Record<ClientMessage['type'], MessageRow>> = {
  hello: {
    verdicts: {
      officer: 'entered own-room own-room',
      leader: 'entered own-room own-room',
      supervisor: 'entered entered own-room',
      ...NO_DESK,
      locked: 'locked',
    },
    // Said by `page` already.
    say: () => ({ type: 'ping', at: 0 }),
  },
  ping: {
    verdicts: { officer: 'pong', leader: 'pong', supervisor: 'pong', ...NO_DESK, locked: 'pong' },
    say: () => ({ type: 'ping', at: 1 }),
  },
  patch: {
    verdicts: officers('accepted'),
    say: async (target) => ({
      type: 'patch',
      ...(await about(target)),
      field: 'content',
      base: 0,
      value: '北街停水',
    }),
  },
  'set-aside': {
    verdicts: officers('accepted'),
    say: async (target) => ({
      type: 'set-aside',
      ...(await about(target)),
      field: 'content',
      value: '北街停气',
    }),
  },
  hold: {
    verdicts: courtesy,
    say: async (target) => ({ type: 'hold', record: await record(target), field: 'content', text: '北' }),
  },
  'take-over': {
    verdicts: courtesy,
    say: async (target) => ({ type: 'take-over', record: await record(target), field: 'content' }),
  },
  release: {
    verdicts: courtesy,
    before: (message) => ({
      ...(message as Extract<ClientMessage, { type: 'release' }>),
      type: 'hold',
      text: '北',
    }),
    say: async (target) => ({ type: 'release', record: await record(target), field: 'content' }),
  },
  register: {
    verdicts: officers('fields-missing'),
    say: async (target) => ({ type: 'register', ...(await about(target)) }),
  },
  correct: {
    verdicts: officers('record-not-registered'),
    say: async (target) => ({
      type: 'correct',
      ...(await about(target)),
      field: 'content',
      value: '北街停水',
      reason: '听错',
    }),
  },
  'mark-no-record': {
    verdicts: officers('accepted'),
    say: async (target) => ({ type: 'mark-no-record', ...(await about(target)), reason: 'misdial' }),
  },
  void: {
    verdicts: officers('accepted'),
    say: async (target) => ({ type: 'void', ...(await about(target)), reason: '重复登记' }),
  },
  reopen: {
    verdicts: officers('record-open'),
    say: async (target) => ({ type: 'reopen', ...(await about(target)) }),
  },
  'add-entry': {
    verdicts: officers('accepted'),
    say: async (target) => ({
      type: 'add-entry',
      ...(await about(target)),
      entry: newId(),
      draft: {
        kind: 'proposal',
        who: '',
        text: '请水务局核实',
        way: null,
        happenedAt: null,
        dueAt: null,
        call: null,
      },
    }),
  },
  'confirm-entry': {
    verdicts: command({
      officer: 'not-allowed not-found not-found',
      leader: 'entry-unknown not-found not-found',
      supervisor: 'not-allowed not-allowed not-found',
    }),
    say: async (target) => ({ type: 'confirm-entry', ...(await about(target)), entry: newId() }),
  },
  'withdraw-entry': {
    verdicts: officers('entry-unknown'),
    say: async (target) => ({
      type: 'withdraw-entry',
      ...(await about(target)),
      entry: newId(),
      reason: '记错',
    }),
  },
  archive: {
    verdicts: officers('record-register-first'),
    say: async (target) => ({ type: 'archive', ...(await about(target)), archived: true }),
  },
  link: {
    verdicts: officers('accepted'),
    say: async (target) => ({ type: 'link', ...(await about(target)), to: await record(target) }),
  },
  merge: {
    verdicts: officers('accepted'),
    say: async (target) => ({ type: 'merge', ...(await about(target)), into: await record(target) }),
  },
  'claim-callback': {
    verdicts: officers('callback-unknown'),
    say: async (target) => ({ type: 'claim-callback', ...op(), call: await call(target) }),
  },
  'give-up-callback': {
    verdicts: officers('callback-unknown'),
    say: async (target) => ({
      type: 'give-up-callback',
      ...op(),
      call: await call(target),
      reason: '对方停机',
    }),
  },
  'add-note': {
    verdicts: command({
      officer: 'accepted not-found not-found',
      leader: 'accepted not-found not-found',
      supervisor: 'accepted accepted not-found',
    }),
    say: async (target) => ({
      type: 'add-note',
      ...op(),
      call: await call(target),
      note: newId(),
      moment: Date.now(),
      text: '三百户',
    }),
  },
  'strike-note': {
    verdicts: command({
      officer: 'note-unknown not-found not-found',
      leader: 'note-unknown not-found not-found',
      supervisor: 'note-unknown note-unknown not-found',
    }),
    say: async (target) => ({ type: 'strike-note', ...op(), call: await call(target), note: newId() }),
  },
  'open-by-hand': {
    verdicts: command({ officer: 'accepted', leader: 'accepted', supervisor: 'not-allowed' }),
    say: () => ({ type: 'open-by-hand', ...op(), record: newId() }),
  },
  'take-seat': {
    verdicts: command({
      officer: 'accepted not-found not-found',
      leader: 'accepted not-found not-found',
      supervisor: HIDDEN,
    }),
    say: ({ seat }) => ({ type: 'take-seat', ...op(), seat }),
  },
  'change-person': {
    verdicts: command({
      officer: 'accepted not-found not-found',
      leader: 'accepted not-found not-found',
      supervisor: 'no-seat no-seat no-seat',
    }),
    say: ({ person }) => ({ type: 'change-person', ...op(), person, pin: PIN }),
  },
  'simulate-call': {
    verdicts: command({ officer: 'accepted', leader: 'accepted', supervisor: 'not-found' }),
    say: () => ({ type: 'simulate-call', ...op(), story: 'answered' }),
  },
};
