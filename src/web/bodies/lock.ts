/** What a locked page sends: hostile until it has come through here. */
import { z } from 'zod';
import { LOCK_NOTE_LIMIT } from '../../storage/lock-notes.ts';

const id = z.string().regex(/^[0-9A-Za-z._:-]{1,64}$/);
const note = z.strictObject({
  /** Becomes the id of a form or a note. */
  note: z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
  call: id.nullable(),
  moment: z.int().min(0).max(8.64e15),
  text: z.string().max(LOCK_NOTE_LIMIT * 2),
  version: z.int().min(1).max(1_000_000_000),
});
const unlock = z.union([
  z.strictObject({ password: z.string().min(1).max(512) }),
  z.strictObject({ person: id, pin: z.string().min(1).max(16) }),
]);

export type LockNoteBody = z.infer<typeof note>;
export type UnlockBody = z.infer<typeof unlock>;

/** 先记: null when malformed. */
export function parseLockNoteBody(body: unknown): LockNoteBody | null {
  return note.safeParse(body).data ?? null;
}

/** By the own password, or by somebody's PIN; null when malformed. */
export function parseUnlockBody(body: unknown): UnlockBody | null {
  return unlock.safeParse(body).data ?? null;
}
