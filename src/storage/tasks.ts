/** 待办: what a person of the room has written down to be done, until somebody closes it. Kept for ever, closed ones too. */
import { HIDDEN, nameOfWritten } from '../duty/hand-written.ts';
import { readTask, type Task } from '../duty/task.ts';
import type { Refusal } from '../records/command.ts';
import { refusals } from '../records/refusal.ts';
import { among } from './among.ts';
import { type Desk, noteChange } from './desk.ts';
import { DONE, type Outcome } from './outcome.ts';
import type { ReadDeps } from './read.ts';
import { shutTexts } from './shut-reads.ts';

/** Its text is erasable (D11): the audit trail has ids and times only. */
export interface TaskTable {
  readonly id: string;
  readonly room: string;
  readonly text: string;
  readonly due_at: number | null;
  readonly written_at: number;
  readonly by_person: string | null;
  readonly by_name: string;
  readonly closed_at: number | null;
  readonly closed_by: string | null;
}

interface By {
  readonly room: string;
  readonly id: string;
  readonly account: string | null;
  readonly person: string | null;
  /** As shown. */
  readonly name: string;
  readonly at: number;
}

export type TaskWork =
  | (By & { readonly type: 'task-write'; readonly text: string; readonly dueAt: number | null })
  | (By & { readonly type: 'task-close' });

/** More than that is a plan, and no longer what one shift tells the next. */
const MOST_OPEN = 100;

export async function writeTask(desk: Desk, work: TaskWork): Promise<Outcome> {
  const { db } = desk;
  const { room, id, at, account, person, name } = work;
  if (!(await desk.office.roomExists(room))) return { ok: false, refusal: refusals.noSuchRoom };
  const stands = await db.selectFrom('tasks').selectAll().where('id', '=', id).executeTakeFirst();
  if (work.type === 'task-close') {
    if (stands === undefined || stands.room !== room) return { ok: false, refusal: unknown };
    // Two who close it at the same time mean the same.
    if (stands.closed_at !== null) return DONE;
    await db.updateTable('tasks').set({ closed_at: at, closed_by: name }).where('id', '=', id).execute();
  } else {
    if (stands !== undefined) return DONE;
    const read = readTask(work);
    if (!read.ok) return { ok: false, refusal: read.fault };
    const { open } = await db
      .selectFrom('tasks')
      .select((of) => of.fn.countAll<number>().as('open'))
      .where('room', '=', room)
      .where('closed_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (Number(open) >= MOST_OPEN) return { ok: false, refusal: tooMany };
    await db
      .insertInto('tasks')
      .values({
        ...{ id, room, text: read.text, due_at: read.dueAt, written_at: at },
        ...{ by_person: person, by_name: name, closed_at: null, closed_by: null },
      })
      .execute();
  }
  noteChange(desk, 'room', room, room);
  desk.audits.push({ at, account, person, kind: work.type, subject: id, payload: { room } });
  return DONE;
}

/** Those of the ids that there are, open or closed, as people may see them. */
export async function tasksAmong(
  { db, dialect }: Pick<ReadDeps, 'db' | 'dialect'>,
  ids: readonly string[],
): Promise<readonly Task[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('tasks')
    .selectAll()
    .where(among(dialect, 'id', ids))
    .execute();
  const nameOf = (id: string) => ({ kind: 'task', id }) as const;
  const shut = await shutTexts({ db, dialect }, ids.map(nameOf));
  return rows.map(({ id, room, text, due_at: dueAt, written_at: writtenAt, by_name: writtenBy }) => ({
    ...{ id, room, dueAt, writtenAt, writtenBy },
    text: nameOfWritten(nameOf(id)) in shut ? HIDDEN : text,
  }));
}

const unknown: Refusal = {
  code: 'task-unknown',
  zh: '找不到这条待办。请重新打开本页。',
  en: 'There is no such task.',
};
const tooMany: Refusal = {
  code: 'tasks-too-many',
  zh: '本室未办结的待办已有 100 条，请先办结一些。',
  en: 'A hundred tasks are open in this room; close some first.',
};
