/** What 设置 sends about the own account: hostile until it has come through here. */
import { z } from 'zod';
import { FREE_ACTIONS, type FreeAction } from '../../keys/action.ts';
import { isSound, type KeyMap, MOST_KEYS } from '../../keys/own-keys.ts';

const secret = z.string().min(1).max(512);
const newPassword = z.strictObject({ password: secret, next: secret });
const newPin = z.strictObject({ password: secret, pin: z.string().max(16) });
const withPassword = z.strictObject({ password: secret });
const code = z.strictObject({ code: z.string().max(16) });
const withCode = z.strictObject({ password: secret, code: z.string().max(16) });
const keys = z.strictObject({
  keys: z.partialRecord(
    z.enum(FREE_ACTIONS.map(({ name }) => name) as [FreeAction, ...FreeAction[]]),
    z.array(z.string().min(1).max(24)).min(1).max(MOST_KEYS),
  ),
});

/** `password` is the one that holds now. */
export function parseNewPassword(body: unknown): z.infer<typeof newPassword> | null {
  return newPassword.safeParse(body).data ?? null;
}

export function parseNewPin(body: unknown): z.infer<typeof newPin> | null {
  return newPin.safeParse(body).data ?? null;
}

export function parsePassword(body: unknown): z.infer<typeof withPassword> | null {
  return withPassword.safeParse(body).data ?? null;
}

export function parseCode(body: unknown): z.infer<typeof code> | null {
  return code.safeParse(body).data ?? null;
}

export function parsePasswordAndCode(body: unknown): z.infer<typeof withCode> | null {
  return withCode.safeParse(body).data ?? null;
}

/** The keys of one's own; the page has refused before what is none. */
export function parseOwnKeys(body: unknown): KeyMap | null {
  const parsed = keys.safeParse(body).data;
  // Unknown to the types: an entry that is left out is not an entry that is undefined.
  const own = parsed?.keys as KeyMap | undefined;
  return own !== undefined && isSound(own) ? own : null;
}
