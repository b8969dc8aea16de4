/** 待办 that a person of the room wrote himself: handed over from shift to shift until somebody closes it. Pure. */

export interface Task {
  readonly id: string;
  readonly room: string;
  /** `HIDDEN` where it was shut away. */
  readonly text: string;
  /** Integer ms UTC; null: no time was set. */
  readonly dueAt: number | null;
  readonly writtenAt: number;
  /** As shown. */
  readonly writtenBy: string;
}

export interface TaskFault {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

const LONGEST_TEXT = 200;
/** Larger than any date people write. */
const LATEST = 4_102_444_800_000;

/** Brings what was typed to the form it is kept in, or says why it cannot be kept. */
export function readTask(typed: {
  readonly text: string;
  readonly dueAt: number | null;
}):
  | { readonly ok: true; readonly text: string; readonly dueAt: number | null }
  | { readonly ok: false; readonly fault: TaskFault } {
  const text = typed.text.toWellFormed().replace(/\s+/gu, ' ').replace(INVISIBLE, '').trim();
  if (text === '') return { ok: false, fault: empty };
  if ([...text].length > LONGEST_TEXT) return { ok: false, fault: tooLong };
  const { dueAt } = typed;
  if (dueAt !== null && !(Number.isInteger(dueAt) && dueAt > 0 && dueAt < LATEST))
    return { ok: false, fault: badTime };
  return { ok: true, text, dueAt };
}

const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;

const empty: TaskFault = {
  code: 'task-empty',
  zh: '请写明待办事项。',
  en: 'Say what is to be done.',
};
const tooLong: TaskFault = {
  code: 'task-too-long',
  zh: '待办事项最多 200 字。',
  en: 'A task has 200 characters at most.',
};
const badTime: TaskFault = {
  code: 'task-time',
  zh: '待办时限不是有效的时间。',
  en: 'The due time is no time.',
};
