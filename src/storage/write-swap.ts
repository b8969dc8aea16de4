/** 换班 as it is asked and answered; accepted, it changes what is published and what is planned at once. */
import type { PlannedShift } from '../duty/roster-plan.ts';
import { handedPosts, lapsesAt, refuseSwap, type ShiftEnds, swapped } from '../duty/swap.ts';
import type { Refusal } from '../records/command.ts';
import { type Desk, noteChange } from './desk.ts';
import { DONE, type Outcome } from './outcome.ts';
import { keepChange, putPlan, putPublished, told } from './roster-put.ts';
import { plansIn, publishedIn, rosterPeople, rulesOf, swapOf, textOf } from './roster-rows.ts';
import type { RosterWork } from './roster-work.ts';

type AskWork = Extract<RosterWork, { readonly type: 'swap-ask' }>;
type AnswerWork = Extract<RosterWork, { readonly type: 'swap-answer' }>;

const LONGEST_WORDS = 200;

export async function askSwap(desk: Desk, work: AskWork): Promise<Outcome> {
  const { id, room, shift, giver, taker, back, at } = work;
  const reason = work.reason.trim();
  if (reason === '' || [...reason].length > LONGEST_WORDS) return { ok: false, refusal: noReason };
  const [published, people] = await stateFor(desk, room, [shift, ...(back === null ? [] : [back])]);
  const fault = refuseSwap({ shift, giver, taker, back }, published, people, at);
  if (fault !== null) return { ok: false, refusal: fault };
  const open = await desk.db
    .selectFrom('roster_swaps')
    .select('id')
    .where('room', '=', room)
    .where('from_at', '=', shift.from)
    .where('to_at', '=', shift.to)
    .where('giver', '=', giver)
    .where('state', '=', 'asked')
    .executeTakeFirst();
  if (open !== undefined) return { ok: false, refusal: askedAlready };
  await desk.db
    .insertInto('roster_swaps')
    .values({
      ...{ id, room, from_at: shift.from, to_at: shift.to, giver, taker, reason, state: 'asked' },
      ...{ back_from: back?.from ?? null, back_to: back?.to ?? null },
      ...{ asked_at: at, asked_by: work.name, answered_at: null, answered_by: null, answer: null },
    })
    .execute();
  told(desk, work, 'swap-asked', { swap: id, giver, taker });
  return DONE;
}

/** What nobody has answered by now (`at`, ms UTC) and what can be answered no longer is said to be so, in the audit trail too. */
export async function lapseSwaps(desk: Desk, room: string, at: number): Promise<void> {
  const rows = await desk.db
    .selectFrom('roster_swaps')
    .selectAll()
    .where('room', '=', room)
    .where('state', '=', 'asked')
    .where((swap) => swap.or([swap('from_at', '<=', at), swap('back_from', '<=', at)]))
    .execute();
  for (const { id, giver, taker, ...row } of rows) {
    const lapsedAt = lapsesAt(swapOf({ id, giver, taker, ...row }));
    await desk.db
      .updateTable('roster_swaps')
      .set({ state: 'lapsed', answered_at: lapsedAt })
      .where('id', '=', id)
      .execute();
    const payload = { swap: id, giver, taker, lapsedAt };
    desk.audits.push({ at, account: null, person: null, kind: 'swap-lapsed', subject: room, payload });
  }
  if (rows.length > 0) noteChange(desk, 'room', room, room);
}

export async function answerSwap(desk: Desk, work: AnswerWork): Promise<Outcome> {
  const { id, room, how, at, person, name } = work;
  const row = await desk.db
    .selectFrom('roster_swaps')
    .selectAll()
    .where('id', '=', id)
    .where('room', '=', room)
    .executeTakeFirst();
  if (row === undefined) return { ok: false, refusal: unknown };
  const swap = swapOf(row);
  if (swap.state === how) return DONE;
  if (swap.state === 'lapsed') return { ok: false, refusal: lapsed };
  if (swap.state !== 'asked') return { ok: false, refusal: answered };
  // Only who is asked says yes or no, only who asks takes it back: by the person at the seat, whose PIN was asked.
  if (person !== (how === 'withdrawn' ? swap.giver : swap.taker)) return { ok: false, refusal: notYours };
  const words = work.words.trim();
  if ([...words].length > LONGEST_WORDS) return { ok: false, refusal: noReason };
  if (how === 'accepted') {
    const ends = [swap.shift, ...(swap.back === null ? [] : [swap.back])];
    const [published, people] = await stateFor(desk, room, ends);
    const fault = refuseSwap(swap, published, people, at);
    if (fault !== null) return { ok: false, refusal: fault };
    const after = swapped(published, swap);
    for (const one of ends) await carryOver(desk, work, find(published, one), find(after, one), swap);
  }
  await desk.db
    .updateTable('roster_swaps')
    .set({ state: how, answered_at: at, answered_by: name, answer: words })
    .where('id', '=', id)
    .execute();
  told(desk, work, `swap-${how}`, { swap: id, giver: swap.giver, taker: swap.taker });
  return DONE;
}

/** Into what is published, and into a plan that lies over it, so that publishing it again does not undo the swap. */
async function carryOver(
  desk: Desk,
  work: AnswerWork,
  before: PlannedShift | undefined,
  after: PlannedShift | undefined,
  { shift, giver, taker }: { readonly shift: ShiftEnds; readonly giver: string; readonly taker: string },
): Promise<void> {
  if (before === undefined || after === undefined) return;
  const plan = (await plansIn(desk.db, work.room, after)).find((one) => isSame(one, after));
  await putPublished(desk, work.room, after);
  await keepChange(desk, work, after, 'swapped', [textOf(before.posts), textOf(after.posts)]);
  if (plan === undefined) return;
  const [from, to] = isSame(shift, after) ? [giver, taker] : [taker, giver];
  if (!plan.posts.some((post) => post.person === from)) return;
  // Whoever comes in his place and was planned for something else there has his post now: nobody stands twice.
  const others = plan.posts.filter((post) => post.person !== to);
  await putPlan(desk, work.room, { ...plan, posts: handedPosts(others, from, to) }, plan.revision + 1);
}

/** What is published around these shifts, a day to both sides: whoever swaps must not be on two of them. */
async function stateFor(desk: Desk, room: string, ends: readonly ShiftEnds[]) {
  const { rules } = await rulesOf(desk.db, room);
  const day = 86_400_000;
  const span = {
    from: Math.min(...ends.map(({ from }) => from)) - day,
    to: Math.max(...ends.map(({ to }) => to)) + day,
  };
  return [await publishedIn(desk.db, room, span, rules.roles), await rosterPeople(desk.db, room)] as const;
}

function find(shifts: readonly PlannedShift[], ends: ShiftEnds): PlannedShift | undefined {
  return shifts.find((shift) => isSame(shift, ends));
}

function isSame(one: ShiftEnds, other: ShiftEnds): boolean {
  return one.from === other.from && one.to === other.to;
}

const noReason: Refusal = {
  code: 'swap-reason',
  zh: '请写明换班原因，最多 200 字。',
  en: 'Say why, in 200 characters.',
};
const askedAlready: Refusal = {
  code: 'swap-asked-already',
  zh: '这个班次已经提出换班，正等对方答复。可以先撤回。',
  en: 'A swap of this shift waits for an answer already; it can be withdrawn.',
};
const unknown: Refusal = { code: 'swap-unknown', zh: '找不到这次换班。', en: 'There is no such swap.' };
const answered: Refusal = {
  code: 'swap-answered',
  zh: '这次换班已有答复，不能再改。',
  en: 'The swap was answered already.',
};
const lapsed: Refusal = {
  code: 'swap-lapsed',
  zh: '班次开始时还没有答复，这次换班已过期。临时顶班请由带班领导修改值班表后发布。',
  en: 'Nobody had answered when the shift began: the swap has lapsed.',
};
const notYours: Refusal = {
  code: 'swap-not-yours',
  zh: '换班只能由对方本人同意或不同意，由提出人撤回。请先用“换人”登记本人。',
  en: 'Only who is asked answers it, and only who asks withdraws it.',
};
