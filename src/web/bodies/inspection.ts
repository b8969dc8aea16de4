/** What the page sends about 值班工作检查 and 迎检: hostile until it has come through here. */
import { z } from 'zod';
import { ITEM_VERDICTS, type ItemSaid } from '../../duty/inspection.ts';
import { ITEM_CODES, type ItemCode } from '../../duty/inspection-items.ts';
import { LONGEST_READY_MS, READY_PARTS, type ReadyPart } from '../../duty/readiness-view.ts';
import type { ShiftEnds } from '../../duty/swap.ts';

// What an inspection must be is said by src/duty; here stands only what nobody types.
const id = z.string().regex(/^[0-9A-Za-z_.-]{1,64}$/);
const text = z.string().max(10_000);
/** Until the year 2100. */
const moment = z.number().int().min(0).max(4_102_444_800_000);
const item = z.enum(ITEM_CODES);

const open = z.strictObject({
  id,
  unit: id,
  rooms: z.array(id).max(50),
  from: moment,
  to: moment,
  inspectedAt: moment,
  inspectors: text,
});
const answer = z.strictObject({
  item,
  base: z.number().int().min(0),
  situation: text,
  verdict: z.enum(ITEM_VERDICTS).nullable(),
  mendBy: z.string().max(20).nullable(),
});
const signature = z.strictObject({ as: z.enum(['inspector', 'inspected']) });
const mended = z.strictObject({ item, how: z.enum(['reported', 'mended']), text });

export type InspectionBody = z.infer<typeof open>;

export function parseInspectionBody(body: unknown): InspectionBody | null {
  return open.safeParse(body).data ?? null;
}

export function parseAnswerBody(
  body: unknown,
): (ItemSaid & { readonly item: ItemCode; readonly base: number }) | null {
  return answer.safeParse(body).data ?? null;
}

export function parseSignatureBody(body: unknown): { readonly as: 'inspector' | 'inspected' } | null {
  return signature.safeParse(body).data ?? null;
}

export function parseMendedBody(
  body: unknown,
): { readonly item: ItemCode; readonly how: 'reported' | 'mended'; readonly text: string } | null {
  return mended.safeParse(body).data ?? null;
}

const digits = z.string().regex(/^\d{1,13}$/);
const format = z.enum(['html', 'docx', 'xlsx']).default('html');

export interface InspectionPaperAsked {
  readonly inspection: string;
  readonly format: 'html' | 'docx' | 'xlsx';
  /** 附页: what the system knows. */
  readonly annex: boolean;
}

/** `inspection=…&format=html|docx|xlsx&annex=yes`; null: malformed. */
export function readInspectionPaperAsked(query: unknown): InspectionPaperAsked | null {
  const asked = z
    .strictObject({ inspection: id, format, annex: z.literal('yes').optional() })
    .safeParse(query).data;
  if (asked === undefined) return null;
  return { inspection: asked.inspection, format: asked.format, annex: asked.annex !== undefined };
}

/** `from=…&to=…` in ms UTC, at most 32 days; null: malformed. */
export function readStretchAsked(query: unknown): ShiftEnds | null {
  const asked = z.strictObject({ from: digits, to: digits }).safeParse(query).data;
  return asked === undefined ? null : stretch(asked);
}

/** The same with `room`, `part` and `format=html|docx`. */
export function readReadyPaperAsked(query: unknown): {
  readonly room: string;
  readonly span: ShiftEnds;
  readonly part: ReadyPart;
  readonly format: 'html' | 'docx';
} | null {
  const asked = z
    .strictObject({
      ...{ room: id, from: digits, to: digits, part: z.enum(READY_PARTS) },
      format: z.enum(['html', 'docx']).default('html'),
    })
    .safeParse(query).data;
  const span = asked === undefined ? null : stretch(asked);
  return asked === undefined || span === null
    ? null
    : { room: asked.room, span, part: asked.part, format: asked.format };
}

function stretch(asked: { readonly from: string; readonly to: string }): ShiftEnds | null {
  const [from, to] = [Number(asked.from), Number(asked.to)];
  return from < to && to - from <= LONGEST_READY_MS ? { from, to } : null;
}
