/** 值班表 as it is made: rules, 身份, the plan, its publication, its report upward. Nothing is overwritten without a trace. */
import { type PlannedShift, type Post, refuseShift } from '../duty/roster-plan.ts';
import { isDay, readRosterRules } from '../duty/roster-rules.ts';
import type { ShiftEnds } from '../duty/swap.ts';
import { momentOf } from '../duty/time-zone.ts';
import type { Refusal } from '../records/command.ts';
import { refusals } from '../records/refusal.ts';
import type { Desk } from './desk.ts';
import { lockRoom } from './lock-room.ts';
import { DONE, type Outcome } from './outcome.ts';
import { keepChange, putPlan, putPublished, told } from './roster-put.ts';
import { isSamePosts, plansIn, publishedIn, rosterPeople, rulesOf, textOf } from './roster-rows.ts';
import type { RosterWork } from './roster-work.ts';
import { answerSwap, askSwap, lapseSwaps } from './write-swap.ts';

type WorkOf<Type extends RosterWork['type']> = Extract<RosterWork, { readonly type: Type }>;

export async function writeRoster(desk: Desk, work: RosterWork): Promise<Outcome> {
  if (!(await desk.office.roomExists(work.room))) return { ok: false, refusal: refusals.noSuchRoom };
  await lockRoom(desk, work.room);
  await lapseSwaps(desk, work.room, work.at);
  // Sent again after a lost answer.
  if (await isThere(desk, work)) return DONE;
  switch (work.type) {
    case 'roster-rules':
      return writeRules(desk, work);
    case 'roster-standing':
      return writeStanding(desk, work);
    case 'roster-plan':
      return writePlan(desk, work);
    case 'roster-publish':
      return publish(desk, work);
    case 'roster-report':
      return report(desk, work);
    case 'swap-ask':
      return askSwap(desk, work);
    case 'swap-answer':
      return answerSwap(desk, work);
  }
}

/** Whether what is added with this id was added before, whatever became of it. */
async function isThere({ db }: Desk, work: RosterWork): Promise<boolean> {
  const table = ADDED_TO[work.type as keyof typeof ADDED_TO];
  if (table === undefined || !('id' in work)) return false;
  const row = await db.selectFrom(table).select('id').where('id', '=', work.id).executeTakeFirst();
  return row !== undefined;
}

const ADDED_TO = {
  'roster-publish': 'roster_publications',
  'roster-report': 'roster_reports',
  'swap-ask': 'roster_swaps',
} as const;

async function writeRules(desk: Desk, work: WorkOf<'roster-rules'>): Promise<Outcome> {
  const read = readRosterRules(work.rules);
  if (!read.ok) return { ok: false, refusal: read.fault };
  const stands = await rulesOf(desk.db, work.room);
  const rules_json = JSON.stringify(read.rules);
  if (stands.version > 0 && JSON.stringify(stands.rules) === rules_json) return DONE;
  if (stands.version !== work.base) return { ok: false, refusal: ROSTER_MEANWHILE };
  const version = stands.version + 1;
  const { room, at, account, name } = work;
  await desk.db
    .insertInto('roster_rules')
    .values({ room, version, rules_json, at, by_account: account, by_name: name })
    .execute();
  told(desk, work, 'roster-rules-edited', { version });
  return DONE;
}

async function writeStanding(desk: Desk, work: WorkOf<'roster-standing'>): Promise<Outcome> {
  const person = (await rosterPeople(desk.db, work.room)).find(({ id }) => id === work.who);
  if (person === undefined) return { ok: false, refusal: noPerson };
  if (person.standing === work.standing) return DONE;
  await desk.db.updateTable('people').set({ standing: work.standing }).where('id', '=', work.who).execute();
  await keepChange(desk, work, null, 'standing', [
    JSON.stringify({ person: work.who, standing: person.standing }),
    JSON.stringify({ person: work.who, standing: work.standing }),
  ]);
  told(desk, work, 'roster-standing-set', { who: work.who, standing: work.standing });
  return DONE;
}

async function writePlan(desk: Desk, work: WorkOf<'roster-plan'>): Promise<Outcome> {
  const { room, at, shifts } = work;
  const [{ rules }, people] = await Promise.all([rulesOf(desk.db, room), rosterPeople(desk.db, room)]);
  const around = spanOf(shifts);
  const plans = await plansIn(desk.db, room, around);
  const published = await publishedIn(desk.db, room, around, rules.roles);
  // All of it is looked at before anything is written: a refused work leaves no trace.
  const changed: { readonly shift: PlannedShift; readonly before: readonly Post[]; readonly base: number }[] =
    [];
  for (const { base, ...shift } of shifts) {
    const plan = plans.find((one) => isSameShift(one, shift));
    const before = (plan ?? published.find((one) => isSameShift(one, shift)))?.posts ?? [];
    if (isSamePosts(before, shift.posts)) continue;
    if ((plan?.revision ?? 0) !== base) return { ok: false, refusal: ROSTER_MEANWHILE };
    const fault = refuseShift(shift, { before, roles: rules.roles, people, now: at });
    if (fault !== null) return { ok: false, refusal: fault };
    changed.push({ shift, before, base });
  }
  for (const { shift, before, base } of changed) {
    await putPlan(desk, room, shift, base + 1);
    await keepChange(desk, work, shift, work.how, [textOf(before), textOf(shift.posts)]);
  }
  if (changed.length > 0) told(desk, work, `roster-${work.how}`, { shifts: changed.length });
  return DONE;
}

async function publish(desk: Desk, work: WorkOf<'roster-publish'>): Promise<Outcome> {
  const { room, at } = work;
  const span = daysSpan(work, desk.rules.timeZone);
  if (span === null) return { ok: false, refusal: badDays };
  const [{ rules }, people] = await Promise.all([rulesOf(desk.db, room), rosterPeople(desk.db, room)]);
  const before = await publishedIn(desk.db, room, span, rules.roles);
  const changed = (await plansIn(desk.db, room, span)).filter((plan) => {
    const stands = before.find((one) => isSameShift(one, plan));
    return plan.from >= span.from && plan.to > at && !isSamePosts(stands?.posts ?? [], plan.posts);
  });
  if (changed.length === 0) return { ok: false, refusal: nothingNew };
  for (const plan of changed) {
    // Somebody's 身份 may have changed since it was planned.
    const fault = refuseShift(plan, { before: plan.posts, roles: rules.roles, people, now: at });
    if (fault !== null) return { ok: false, refusal: fault };
  }
  for (const plan of changed) {
    const stands = before.find((one) => isSameShift(one, plan))?.posts ?? [];
    await putPublished(desk, room, plan);
    await keepChange(desk, work, plan, 'published', [textOf(stands), textOf(plan.posts)]);
  }
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const now = await publishedIn(desk.db, room, span, rules.roles);
  const shifts = now.map((shift) => ({
    ...shift,
    posts: shift.posts.map((post) => ({ ...post, name: names.get(post.person) ?? post.person })),
  }));
  const { id, from, to, account, name } = work;
  await desk.db
    .insertInto('roster_publications')
    .values({
      ...{ id, room, at },
      ...{ from_day: from, to_day: to, shifts_json: JSON.stringify(shifts), changed: changed.length },
      ...{ by_account: account, by_name: name },
    })
    .execute();
  told(desk, work, 'roster-published', { from, to, changed: changed.length });
  return DONE;
}

async function report(desk: Desk, work: WorkOf<'roster-report'>): Promise<Outcome> {
  const { id, room, from, to, reportedTo, way, reportedAt, at, account, name } = work;
  const span = daysSpan(work, desk.rules.timeZone);
  if (span === null) return { ok: false, refusal: badDays };
  const target = reportedTo.trim();
  if (target === '' || [...target].length > 60) return { ok: false, refusal: noTarget };
  if (reportedAt > at) return { ok: false, refusal: tooEarly };
  const { rules } = await rulesOf(desk.db, room);
  if ((await publishedIn(desk.db, room, span, rules.roles)).length === 0)
    return { ok: false, refusal: notPublished };
  await desk.db
    .insertInto('roster_reports')
    .values({
      ...{ id, room, from_day: from, to_day: to, reported_to: target, way, reported_at: reportedAt, at },
      ...{ by_account: account, by_name: name },
    })
    .execute();
  told(desk, work, 'roster-reported', { from, to, way });
  return DONE;
}

const LONGEST_DAYS = 100;

/** From the midnight before the first day to the one after the last; null: no such days, or too many. */
function daysSpan(days: { readonly from: string; readonly to: string }, timeZone: string): ShiftEnds | null {
  if (!isDay(days.from) || !isDay(days.to)) return null;
  const [first, last] = [days.from, days.to].map((day) => Date.parse(`${day}T00:00:00Z`));
  if (first === undefined || last === undefined || last < first) return null;
  if ((last - first) / 86_400_000 >= LONGEST_DAYS) return null;
  return { from: momentOf(timeZone, first), to: momentOf(timeZone, last + 86_400_000) };
}

function spanOf(shifts: readonly ShiftEnds[]): ShiftEnds {
  return {
    from: Math.min(...shifts.map(({ from }) => from)),
    to: Math.max(...shifts.map(({ to }) => to)),
  };
}

function isSameShift(one: ShiftEnds, other: ShiftEnds): boolean {
  return one.from === other.from && one.to === other.to;
}

const ROSTER_MEANWHILE: Refusal = {
  code: 'roster-changed-meanwhile',
  zh: '值班表刚被他人修改，没有保存。请看新内容，再改一次。',
  en: 'Somebody else changed the roster meanwhile. Look at it and change it again.',
};
const noPerson: Refusal = {
  code: 'roster-no-such-person',
  zh: '本值班室没有此人，可能刚被修改。请重新打开本页。',
  en: 'There is no such person in this room.',
};
const badDays: Refusal = {
  code: 'roster-days',
  zh: '日期请写成 2026-10-01，止不早于起，最多 100 天。',
  en: 'Write days as 2026-10-01, the last not before the first, 100 at most.',
};
const nothingNew: Refusal = {
  code: 'roster-nothing-new',
  zh: '这些日子没有尚未发布的改动。',
  en: 'Nothing of these days waits to be published.',
};
const noTarget: Refusal = {
  code: 'roster-report-target',
  zh: '请写明报送给哪个单位，最多 60 字。',
  en: 'Say whom it was reported to, in 60 characters.',
};
const tooEarly: Refusal = {
  code: 'roster-report-future',
  zh: '报送时间不能晚于现在。',
  en: 'It cannot have been reported later than now.',
};
const notPublished: Refusal = {
  code: 'roster-report-unpublished',
  zh: '这些日子的值班表还没有发布。请先发布，再登记报送。',
  en: 'Nothing was published for these days yet.',
};
