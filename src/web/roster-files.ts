/** 值班表 from a spreadsheet (shown first, then all of it or nothing) and into one. */
import type { FastifyInstance } from 'fastify';
import { readTable } from '../documents/read-table.ts';
import { type RosterTableRow, rosterSheet } from '../documents/roster-table.ts';
import { workbookStream } from '../documents/workbook.ts';
import type { RosterImportPreview, RosterImportShift } from '../duty/roster-import-view.ts';
import type { Post } from '../duty/roster-plan.ts';
import type { DutyRole } from '../duty/roster-rules.ts';
import {
  type RosterSheet,
  readRosterSheet,
  type SheetShift,
  type SheetTrouble,
} from '../duty/roster-sheet.ts';
import type { RosterView } from '../duty/roster-view.ts';
import { slotsOf } from '../duty/shift-pattern.ts';
import { wallTextIn } from '../duty/time-zone.ts';
import type { Refusal } from '../records/command.ts';
import type { RosterState } from '../storage/roster-reads.ts';
import { parseDaysBody, parsePlanBody, readRosterAsked } from './bodies/roster.ts';
import { TABLE_FAULTS } from './directory-import.ts';
import { BAD_REQUEST, NOT_ALLOWED } from './refusals.ts';
import { type ByRoom, LARGEST_PLAN, type RosterDeps, type RosterDesk } from './roster-desk.ts';
import { stretchOf } from './roster-page.ts';
import { sendFile, XLSX } from './send-file.ts';
import { refuse } from './send-sound.ts';

const LARGEST_FILE = 2_000_000;
const FILES_A_MINUTE = 10;
const EXPORTS_A_MINUTE = 20;
const MOST_SHIFTS = 400;

type FileDeps = Pick<RosterDeps, 'store' | 'refuseForeign' | 'timeZone' | 'clock'>;

export function addRosterFiles(app: FastifyInstance, desk: RosterDesk, deps: FileDeps): void {
  const { timeZone, clock, store } = deps;
  const preHandler = deps.refuseForeign;
  const perMinute = (max: number) => ({ rateLimit: { max, timeWindow: 60_000 } });

  // In a scope of its own: nowhere else is a body of raw bytes taken.
  void app.register((scope, _options, done) => {
    scope.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, parsed) =>
      parsed(null, body),
    );
    const limits = { preHandler, bodyLimit: LARGEST_FILE, config: perMinute(FILES_A_MINUTE) };
    scope.post<ByRoom>('/api/roster/:room/preview', limits, (request, reply) =>
      desk.withEditor(request, reply, async ({ room }) => {
        if (!Buffer.isBuffer(request.body)) return refuse(reply, 400, BAD_REQUEST);
        const table = await readTable(request.body, 'filled');
        if (!table.ok) return refuse(reply, 409, TABLE_FAULTS[table.fault]);
        const now = clock();
        const { rules, people } = await store.rosterState(room, { from: now, to: now });
        const today = wallTextIn(timeZone, now).slice(0, 10);
        const sheet = readRosterSheet(table.rows, rules, people, today);
        return sheet === null ? refuse(reply, 409, noHeading) : reply.send(await previewOf(room, sheet, now));
      }),
    );
    done();
  });

  const confirmed = { preHandler, bodyLimit: LARGEST_PLAN, config: perMinute(FILES_A_MINUTE) };
  app.post<ByRoom>('/api/roster/:room/import', confirmed, (request, reply) =>
    desk.withEditor(request, reply, async (place) => {
      const body = parsePlanBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      return desk.write(reply, place, (by) => ({ ...by, type: 'roster-plan', how: 'imported', ...body }));
    }),
  );

  app.get<ByRoom>('/api/roster/:room/xlsx', { config: perMinute(EXPORTS_A_MINUTE) }, (request, reply) =>
    desk.withRoom(request, reply, async (place) => {
      if (!place.mayDo('export')) return refuse(reply, 403, NOT_ALLOWED);
      const asked = readRosterAsked(request.query);
      if (asked === null) return refuse(reply, 400, BAD_REQUEST);
      const view = await desk.read({ room: place.room, ...asked }, place);
      await desk.audit(place.visitor, 'roster-exported', place.room, { ...asked });
      const sheet = rosterSheet(
        '值班表',
        rolesOf(view),
        view.shifts.map((shift) => rowOf(shift, view, timeZone)),
      );
      return sendFile(reply, XLSX, `值班表 ${asked.from}.xlsx`, workbookStream(sheet));
    }),
  );

  app.post<ByRoom>('/api/roster/:room/printed', { preHandler }, (request, reply) =>
    desk.withRoom(request, reply, async (place) => {
      if (!place.mayDo('export')) return refuse(reply, 403, NOT_ALLOWED);
      const body = parseDaysBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      await desk.audit(place.visitor, 'roster-printed', place.room, { ...body });
      return reply.code(204).send();
    }),
  );

  /** Every shift of the file with its times, and what is planned of it now. */
  async function previewOf(room: string, sheet: RosterSheet, now: number): Promise<RosterImportPreview> {
    const days = sheet.shifts.map(({ day }) => day).toSorted();
    const [first, last] = [days[0], days.at(-1)];
    const state =
      first === undefined || last === undefined
        ? null
        : await store.rosterState(
            room,
            stretchOf({ from: first, days: daysBetween(first, last) + 2 }, timeZone),
          );
    const shifts =
      state === null ? [] : sheet.shifts.flatMap((shift) => placed(shift, state, room, timeZone));
    const over = shifts.filter(({ to }) => to <= now);
    const open = shifts.filter(({ to }) => to > now);
    const cut = open.slice(MOST_SHIFTS);
    return {
      columns: sheet.columns,
      ignored: sheet.ignored,
      troubles: [...sheet.troubles, ...over.map(overTrouble), ...cut.map(cutTrouble)],
      shifts: open.slice(0, MOST_SHIFTS),
    };
  }
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

function placed(
  { day, part, posts: told, roles, rows }: SheetShift,
  state: RosterState,
  room: string,
  timeZone: string,
): readonly RosterImportShift[] {
  const parts = state.rules.parts.filter(({ name }) => name === part);
  return slotsOf({ room, parts }, [day], timeZone).map(({ from, to, name }) => {
    const isIt = (one: { readonly from: number; readonly to: number }) => one.from === from && one.to === to;
    const plan = state.plans.find(isIt);
    const before = (plan ?? state.published.find(isIt))?.posts ?? [];
    // A file of 值班员 alone says nothing of 带班领导: he stays.
    const left = before.filter(
      ({ role, person }) => !roles.includes(role) && !told.some((post) => post.person === person),
    );
    const posts = left.length === 0 ? told : inOrder([...told, ...left], state.rules.roles);
    return { from, to, name, day, posts, before, base: plan?.revision ?? 0, rows };
  });
}

function inOrder(posts: readonly Post[], roles: readonly DutyRole[]): readonly Post[] {
  const rank = ({ role }: Post) => roles.findIndex(({ name }) => name === role);
  return posts.toSorted((one, other) => rank(one) - rank(other));
}

function overTrouble({ rows, name, day }: RosterImportShift): SheetTrouble {
  return { row: rows[0] ?? 0, column: '日期', text: `${day} ${name}`, zh: '该班次已结束，不导入。' };
}

function cutTrouble({ rows, name, day }: RosterImportShift): SheetTrouble {
  return {
    row: rows[0] ?? 0,
    column: '日期',
    text: `${day} ${name}`,
    zh: '一次最多导入 400 个班次，请分几次导入。',
  };
}

/** The roles of the dictionary in its order, then those that only older shifts have. */
function rolesOf({ rules, shifts }: RosterView): readonly string[] {
  const used = shifts.flatMap(({ posts }) => posts.map(({ role }) => role));
  return [...new Set([...rules.roles.map(({ name }) => name), ...used])];
}

function rowOf(
  { day, name, from, to, posts, published }: RosterView['shifts'][number],
  { people }: RosterView,
  timeZone: string,
): RosterTableRow {
  const known = new Map(people.map((person) => [person.id, person]));
  const named = Map.groupBy(posts, ({ role }) => role);
  const clock = (at: number) => wallTextIn(timeZone, at).slice(11);
  return {
    ...{ day, part: name, hours: `${clock(from)}–${clock(to)}` },
    people: Object.fromEntries(
      [...named].map(([role, of]) => [role, of.map(({ person }) => known.get(person)?.name ?? person)]),
    ),
    isPublished: published !== null && JSON.stringify(published) === JSON.stringify(posts),
  };
}

const noHeading: Refusal = {
  code: 'roster-import-no-heading',
  zh: '前 10 行中没有找到表头。表头要有“日期”，并有“带班领导”“值班员”等岗位。',
  en: 'No heading within ten rows: it needs 日期 and a role such as 带班领导 or 值班员.',
};
