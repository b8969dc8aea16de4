/** What the page 系统 sends: hostile until it has come through here. */
import { z } from 'zod';
import { ROLES } from '../../accounts/access.ts';
import type { RemovedPart } from '../../storage/remove-office-part.ts';
import type { OfficePart } from '../../storage/write-office-part.ts';

// What a unit, a room, a line, a seat or a person must be is the rule of office.yaml (config/office-schema.ts), which the service applies;
// here stands only what nobody types.
const name = z.string().min(1).max(64);
const text = z.string().max(200);
const list = z.array(text).max(50);
const unit = z.strictObject({ id: name, name: text, parent: name.nullable() });
const room = z.strictObject({ id: name, unit: name, name: text, formTitle: text });
const line = z.strictObject({
  id: name,
  room: name,
  pbx: name,
  number: text,
  dids: list,
  trunks: list,
  phones: list,
  recording: z.enum(['pbx', 'ami', 'snippet', 'none']),
});
const seat = z.strictObject({ id: name, room: name, name: text, phone: text.nullable() });
const person = z.strictObject({
  id: name,
  room: name,
  name: text,
  title: text.nullable(),
  phone: text.nullable(),
});
const part = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('unit'), put: unit, was: unit.nullable() }),
  z.strictObject({ kind: z.literal('room'), put: room, was: room.nullable() }),
  z.strictObject({ kind: z.literal('line'), put: line, was: line.nullable() }),
  z.strictObject({ kind: z.literal('seat'), put: seat, was: seat.nullable() }),
  z.strictObject({ kind: z.literal('person'), put: person, was: person.nullable() }),
]);
const removal = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('unit'), was: unit }),
  z.strictObject({ kind: z.literal('room'), was: room }),
]);
const account = z.strictObject({
  login: z.string().max(100),
  name: z.string().trim().min(1).max(40),
  role: z.enum(ROLES),
  unit: name,
  person: name.nullable(),
});
const trial = z.strictObject({ watch: z.boolean() });

/** A unit, room, line, seat or person; null: malformed. */
export function parsePartBody(body: unknown): OfficePart | null {
  const parsed = part.safeParse(body).data;
  // Another entry's `was` would let one be put in place of it.
  return parsed === undefined || (parsed.was !== null && parsed.was.id !== parsed.put.id) ? null : parsed;
}

/** A unit or room that is to go; null: malformed. */
export function parseRemovalBody(body: unknown): RemovedPart | null {
  return removal.safeParse(body).data ?? null;
}

export type AccountBody = z.infer<typeof account>;

/** A new account; null: malformed. */
export function parseAccountBody(body: unknown): AccountBody | null {
  return account.safeParse(body).data ?? null;
}

/** Whether arriving calls are to be shown; null: malformed. */
export function parseTrialBody(body: unknown): { readonly watch: boolean } | null {
  return trial.safeParse(body).data ?? null;
}
