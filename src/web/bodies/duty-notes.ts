/** What the page sends about 本班须知: hostile until it has come through here. */
import { z } from 'zod';
import type { DutyNotes } from '../../duty/duty-notes.ts';

// What fits on the page is the rule of the notes; here stands only what nobody types.
const line = z.string().max(1_000);
const text = z.string().max(10_000);
const time = z.number().int().nullable();
const edit = z.strictObject({
  base: z.number().int().min(0),
  notes: z.strictObject({
    leaderContact: line,
    whereabouts: z
      .array(
        z.strictObject({
          name: line,
          title: line,
          state: z.enum(['present', 'away']),
          place: line,
          from: time,
          to: time,
          contact: line,
          acting: line,
        }),
      )
      .max(50),
    superiors: z.array(z.strictObject({ name: line, number: line })).max(50),
    phoneMinutes: z.number(),
    writtenMinutes: z.number(),
    reporting: text,
    other: text,
    wall: z.strictObject({
      texts: z.array(z.strictObject({ title: line, text })).max(50),
      phones: z.boolean(),
    }),
  }),
});

/** New notes over the version `base`; null: malformed. */
export function parseDutyNotesBody(
  body: unknown,
): { readonly base: number; readonly notes: DutyNotes } | null {
  return edit.safeParse(body).data ?? null;
}

const printed = z.strictObject({ version: z.number().int().min(0) });

/** The version that is about to be printed; null: malformed. */
export function parsePrintedNotesBody(body: unknown): { readonly version: number } | null {
  return printed.safeParse(body).data ?? null;
}
