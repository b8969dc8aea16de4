/** What the page sends about 值班日志: hostile until it has come through here. */
import { z } from 'zod';

// What a line must be is said by src/storage/write-shift-log.ts; here stands only what nobody types.
const text = z.string().max(2_000);
/** Until the year 2100. */
const moment = z.number().int().min(0).max(4_102_444_800_000);
/** An id of ours, or what a drafted line tells of and its id. */
const line = z.string().regex(/^([a-z]{1,20}:)?[0-9A-Za-z-]{1,64}$/);
/** Made by the page: what is sent again after a lost answer is the same one. Never that of a drafted line. */
const opId = z.string().regex(/^[0-9A-Za-z-]{1,64}$/);

const added = z.strictObject({
  opId,
  from: moment,
  part: z.enum(['event', 'remark']),
  happenedAt: moment.nullable(),
  text,
});
const edited = z.strictObject({ from: moment, line, happenedAt: moment.nullable(), text });
const ticked = z.strictObject({ from: moment, line, ticked: z.boolean() });
const reopened = z.strictObject({ from: moment, reason: text });
const sealed = z.strictObject({ from: moment });

export type AddedBody = z.infer<typeof added>;

/** A line by hand; `happenedAt` (ms UTC) null for a remark. Null: malformed. */
export function parseAddedBody(body: unknown): AddedBody | null {
  const parsed = added.safeParse(body).data ?? null;
  // Only what happened has a time of its own.
  return parsed === null || (parsed.part === 'event') !== (parsed.happenedAt !== null) ? null : parsed;
}

export type EditedBody = z.infer<typeof edited>;

export function parseEditedBody(body: unknown): EditedBody | null {
  return edited.safeParse(body).data ?? null;
}

export type TickedBody = z.infer<typeof ticked>;

export function parseTickedBody(body: unknown): TickedBody | null {
  return ticked.safeParse(body).data ?? null;
}

export type ReopenedBody = z.infer<typeof reopened>;

export function parseReopenedBody(body: unknown): ReopenedBody | null {
  return reopened.safeParse(body).data ?? null;
}

export function parseSealedBody(body: unknown): { readonly from: number } | null {
  return sealed.safeParse(body).data ?? null;
}

/** A moment in an address, ms UTC; null: it is none. */
export function readMoment(typed: unknown): number | null {
  return typeof typed === 'string' && /^\d{1,13}$/.test(typed) ? Number(typed) : null;
}

/** `before=…`, ms UTC; `undefined` where it is malformed, null where nothing is asked. */
export function readBefore(query: unknown): number | null | undefined {
  const { before } = (query ?? {}) as { readonly before?: unknown };
  return before === undefined ? null : (readMoment(before) ?? undefined);
}
