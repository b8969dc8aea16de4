/** Bodies of the page's requests about sound: hostile until they have come through here. */
import { z } from 'zod';
import type { HeardRange } from '../accounts/listening.ts';

const reason = z.strictObject({ reason: z.string().max(1_000).nullable() });
const seconds = z.number().min(0).max(1_000_000);
const heard = z.strictObject({ seconds: z.array(z.tuple([seconds, seconds])).max(500) });
const clip = z.strictObject({ from: seconds, to: seconds, reason: z.string().max(1_000).nullable() });
const text = z.string().min(1).max(1_000);
const destroy = z.strictObject({
  reason: text,
  login: z.string().min(1).max(100),
  password: z.string().min(1).max(200),
  totp: z.string().max(10).nullable(),
});
const attach = z.strictObject({ call: z.string().regex(/^[0-9A-Za-z-]{1,64}$/) });
const shut = z.strictObject({ reason: text });

/** Why somebody listens; null body: malformed. */
export function parseReasonBody(body: unknown): { readonly reason: string | null } | null {
  return reason.safeParse(body).data ?? null;
}

/** Which seconds were heard. */
export function parseHeardBody(body: unknown): { readonly seconds: readonly HeardRange[] } | null {
  return heard.safeParse(body).data ?? null;
}

export interface ClipBody {
  /** Seconds of the recording. */
  readonly from: number;
  readonly to: number;
  readonly reason: string | null;
}

/** A stretch to be exported. */
export function parseClipBody(body: unknown): ClipBody | null {
  return clip.safeParse(body).data ?? null;
}

export function parseShutBody(body: unknown): { readonly reason: string } | null {
  return shut.safeParse(body).data ?? null;
}

/** The call a stray file belongs to. */
export function parseAttachBody(body: unknown): { readonly call: string } | null {
  return attach.safeParse(body).data ?? null;
}

export interface DestroyBody {
  readonly reason: string;
  /** The second person's account. */
  readonly login: string;
  readonly password: string;
  readonly totp: string | null;
}

export function parseDestroyBody(body: unknown): DestroyBody | null {
  return destroy.safeParse(body).data ?? null;
}
