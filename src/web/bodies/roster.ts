/** What the page sends about 值班表: hostile until it has come through here. */
import { z } from 'zod';
import type { PlannedShift } from '../../duty/roster-plan.ts';
import { REPORT_WAYS, type ReportWay } from '../../duty/roster-report.ts';
import { isDay, type RosterRules } from '../../duty/roster-rules.ts';
import { STANDINGS, type Standing } from '../../duty/standing.ts';
import type { ShiftEnds } from '../../duty/swap.ts';

// What a rule, a shift or a swap must be is said by src/duty; here stands only what nobody types.
const id = z.string().regex(/^[0-9A-Za-z_.-]{1,64}$/);
const text = z.string().max(500);
const kind = z.enum(['leader', 'officer', 'standby']);
/** Until the year 2100. */
const moment = z.number().int().min(0).max(4_102_444_800_000);
/** Made by the page: what is sent again after a lost answer is the same one. */
const opId = z.string().regex(/^[0-9A-Za-z-]{1,64}$/);
const day = z.string().max(10).refine(isDay);
const ends = z.strictObject({ from: moment, to: moment });
const minute = z.number().int().min(0).max(1_439);

const rules = z.strictObject({
  base: z.number().int().min(0),
  rules: z.strictObject({
    parts: z.array(z.strictObject({ name: text, from: minute, to: minute })).max(20),
    roles: z.array(z.strictObject({ name: text, kind })).max(50),
    holidays: z.array(z.strictObject({ name: text, from: text, to: text })).max(200),
    reportTo: text,
  }),
});
const standing = z.strictObject({ person: id, standing: z.enum(STANDINGS) });
const plan = z.strictObject({
  shifts: z
    .array(
      z.strictObject({
        from: moment,
        to: moment,
        name: z.string().max(40),
        base: z.number().int().min(0),
        posts: z.array(z.strictObject({ role: z.string().max(40), kind, person: id })).max(50),
      }),
    )
    .min(1)
    .max(400),
});
const days = z.strictObject({ from: day, to: day });
const publication = z.strictObject({ opId, from: day, to: day });
const report = z.strictObject({
  opId,
  from: day,
  to: day,
  reportedTo: text,
  way: z.enum(REPORT_WAYS),
  reportedAt: moment,
});
const swap = z.strictObject({ opId, shift: ends, taker: id, back: ends.nullable(), reason: text });
const answer = z.strictObject({ how: z.enum(['accepted', 'refused', 'withdrawn']), words: text });

export function parseRulesBody(body: unknown): { readonly base: number; readonly rules: RosterRules } | null {
  return rules.safeParse(body).data ?? null;
}

export function parseStandingBody(
  body: unknown,
): { readonly person: string; readonly standing: Standing } | null {
  return standing.safeParse(body).data ?? null;
}

/** Shifts with other posts, each over the revision `base`; no shift twice. Null: malformed. */
export function parsePlanBody(
  body: unknown,
): { readonly shifts: readonly (PlannedShift & { readonly base: number })[] } | null {
  const parsed = plan.safeParse(body).data;
  if (parsed === undefined) return null;
  const names = new Set(parsed.shifts.map(({ from, to }) => `${from}-${to}`));
  return names.size === parsed.shifts.length ? parsed : null;
}

/** Days, both included; null: malformed. */
export function parseDaysBody(body: unknown): { readonly from: string; readonly to: string } | null {
  return days.safeParse(body).data ?? null;
}

/** Days that count from now on. */
export function parsePublishBody(
  body: unknown,
): { readonly opId: string; readonly from: string; readonly to: string } | null {
  return publication.safeParse(body).data ?? null;
}

export interface ReportBody {
  readonly opId: string;
  readonly from: string;
  readonly to: string;
  readonly reportedTo: string;
  readonly way: ReportWay;
  readonly reportedAt: number;
}

export function parseReportBody(body: unknown): ReportBody | null {
  return report.safeParse(body).data ?? null;
}

export interface SwapBody {
  readonly opId: string;
  readonly shift: ShiftEnds;
  readonly taker: string;
  readonly back: ShiftEnds | null;
  readonly reason: string;
}

export function parseSwapBody(body: unknown): SwapBody | null {
  return swap.safeParse(body).data ?? null;
}

export function parseSwapAnswerBody(
  body: unknown,
): { readonly how: 'accepted' | 'refused' | 'withdrawn'; readonly words: string } | null {
  return answer.safeParse(body).data ?? null;
}

const MOST_DAYS = 62;

/** `from=2026-11-23&days=7`, at most 62 days; null: malformed. */
export function readRosterAsked(query: unknown): { readonly from: string; readonly days: number } | null {
  const asked = z.object({ from: day, days: z.string().regex(/^\d{1,2}$/) }).safeParse(query).data;
  const count = Number(asked?.days ?? 0);
  return asked === undefined || count < 1 || count > MOST_DAYS ? null : { from: asked.from, days: count };
}

/** `from=…&to=…`, the ends of a shift in ms UTC; null: malformed. */
export function readShiftAsked(query: unknown): ShiftEnds | null {
  const digits = z.string().regex(/^\d{1,13}$/);
  const asked = z.object({ from: digits, to: digits }).safeParse(query).data;
  return asked === undefined ? null : { from: Number(asked.from), to: Number(asked.to) };
}
