/** What the page sends about a 交接班: hostile until it has come through here. */
import { z } from 'zod';
import type { Device } from '../../duty/hand-over.ts';

const id = z.string().regex(/^[0-9A-Za-z-]{1,64}$/);
const matter = z.strictObject({
  id,
  matter: z.strictObject({
    kind: z.enum(['draft', 'callback', 'clock', 'finding', 'missing-sound', 'emergency-undecided', 'task']),
    id,
  }),
  handed: z.boolean(),
  reason: z.string().max(1_000).nullable(),
});
const device = z.strictObject({
  id,
  device: z.enum(['telephone', 'recording', 'computer', 'printer', 'fax']),
  works: z.boolean(),
});
const signature = z.strictObject({
  id,
  as: z.enum(['giver', 'taker']),
  person: z.string().min(1).max(64),
  pin: z.string().max(20),
  // 接班人: the version of 本班须知 that he has read.
  notes: z.number().int().min(0).max(1_000_000).nullable().optional(),
});
const task = z.strictObject({
  id,
  text: z.string().max(1_000),
  dueAt: z.number().int().min(0).nullable(),
});
const end = z.strictObject({ id, how: z.enum(['without-missing', 'stay']) });

export type MatterBody = z.infer<typeof matter>;

/** What becomes of one matter; null: malformed. */
export function parseMatterBody(body: unknown): MatterBody | null {
  return matter.safeParse(body).data ?? null;
}

export function parseDeviceBody(
  body: unknown,
): { readonly id: string; readonly device: Device; readonly works: boolean } | null {
  return device.safeParse(body).data ?? null;
}

export type SignatureBody = z.infer<typeof signature>;

export function parseSignatureBody(body: unknown): SignatureBody | null {
  return signature.safeParse(body).data ?? null;
}

export function parseEndBody(
  body: unknown,
): { readonly id: string; readonly how: 'without-missing' | 'stay' } | null {
  return end.safeParse(body).data ?? null;
}

/** A new 待办; its id is made by the page, so that a repeat is the same one. */
export function parseTaskBody(
  body: unknown,
): { readonly id: string; readonly text: string; readonly dueAt: number | null } | null {
  return task.safeParse(body).data ?? null;
}
