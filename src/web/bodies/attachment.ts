/** What the page says beside a file it uploads, and why it removes one: hostile until it has come through here. */
import { z } from 'zod';

const upload = z.object({
  name: z.string().min(1).max(300),
  /** Made by the page: the same upload a second time is the same attachment. */
  op: z.string().regex(/^[0-9A-Za-z_-]{16,64}$/),
});
const removal = z.strictObject({ reason: z.string().min(1).max(1_000) });

/** The query of an upload; null: malformed. */
export function parseUploadQuery(query: unknown): { readonly name: string; readonly op: string } | null {
  return upload.safeParse(query).data ?? null;
}

export function parseRemovalBody(body: unknown): { readonly reason: string } | null {
  return removal.safeParse(body).data ?? null;
}
