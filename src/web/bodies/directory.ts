/** What the page sends about the telephone book: hostile until it has come through here. */
import { z } from 'zod';
import type { Contact } from '../../directory/contact.ts';

// The rule of the directory says what is too long; here stands only what nobody types.
const text = z.string().max(500).nullable();
const contact = z.strictObject({
  id: z.string().regex(/^[0-9A-Za-z-]{1,64}$/),
  number: z.string().max(500),
  unit: text,
  person: text,
  title: text,
  class: z.enum(['superior', 'subordinate', 'public']).nullable(),
});
const puts = z.array(z.strictObject({ contact, was: contact.nullable() }));
const removes = z.array(contact);
const manyAtOnce = z.strictObject({ puts: puts.min(1).max(6_000), removes: removes.max(6_000) });
const change = z.strictObject({ puts: puts.max(1), removes: removes.max(50) });

export interface DirectoryBody {
  readonly puts: readonly { readonly contact: Contact; readonly was: Contact | null }[];
  readonly removes: readonly Contact[];
}

/** One entry added, changed, deleted or merged with others; null: malformed. */
export function parseDirectoryBody(body: unknown): DirectoryBody | null {
  const parsed = change.safeParse(body).data;
  return parsed === undefined || parsed.puts.length + parsed.removes.length === 0 ? null : parsed;
}

/** The confirmed rows of an imported file; null: malformed. */
export function parseImportBody(body: unknown): DirectoryBody | null {
  return manyAtOnce.safeParse(body).data ?? null;
}
