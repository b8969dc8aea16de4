/** What 系统 → 公示屏 sends: hostile until it has come through here. */
import { z } from 'zod';

const INVISIBLE = /(?!\s)[\p{Cc}\p{Cf}]/gu;

const make = z.strictObject({
  room: z.string().min(1).max(64),
  name: z
    .string()
    .max(200)
    .transform((name) => name.toWellFormed().replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim())
    .pipe(z.string().min(1).max(40)),
});
const revoke = z.strictObject({ id: z.string().min(1).max(64) });

/** Of which room and what the screen is called; null: malformed. */
export function parseWallBody(body: unknown): z.infer<typeof make> | null {
  return make.safeParse(body).data ?? null;
}

/** Which link goes; null: malformed. */
export function parseWallRevokeBody(body: unknown): z.infer<typeof revoke> | null {
  return revoke.safeParse(body).data ?? null;
}
