/** What the page 考核 asks: hostile until it has come through here. */
import { z } from 'zod';
import { FIGURES } from '../../duty/assessment/figure.ts';
import { WAYS } from '../../duty/assessment/table.ts';
import { isDay } from '../../duty/roster-rules.ts';

const day = z.string().refine(isDay);
const MOST_DAYS = 366;
const span = z
  .object({ from: day, to: day, room: z.string().min(1).max(64).optional() })
  .refine(({ from, to }) => days(from, to) >= 1 && days(from, to) <= MOST_DAYS);
const counted = z.object({
  figure: z.enum(FIGURES),
  way: z.enum(WAYS),
  key: z.string().min(1).max(64).optional(),
});
const table = z.object({ way: z.enum(WAYS) });
const printed = z.strictObject({ from: day, to: day, way: z.enum(WAYS) });

/** Days, both included; `room` absent: all that may be seen. */
export interface SpanAsked {
  readonly from: string;
  readonly to: string;
  readonly room?: string | undefined;
}

/** Null: malformed, or more than a year. */
export function readSpanAsked(query: unknown): SpanAsked | null {
  return span.safeParse(query).data ?? null;
}

/** Which figure of which row; null: malformed. */
export function readCountedAsked(query: unknown): z.infer<typeof counted> | null {
  return counted.safeParse(query).data ?? null;
}

export function readWayAsked(query: unknown): z.infer<typeof table> | null {
  return table.safeParse(query).data ?? null;
}

export function parseAssessmentPrinted(body: unknown): z.infer<typeof printed> | null {
  return printed.safeParse(body).data ?? null;
}

function days(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
}
