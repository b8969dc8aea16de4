/** What the page sends about 拨测: hostile until it has come through here. */
import { z } from 'zod';
import type { Scope } from '../../diagnosis/suspicion.ts';

const id = z.string().regex(/^[0-9A-Za-z_-]{1,64}$/);

const one = z.strictObject({
  scope: z.enum(['always', 'no-answer', 'busy']),
  /** 已征得值班室同意. */
  consent: z.boolean(),
});

const round = z.strictObject({
  /** Every line of these units. */
  units: z.array(id).max(500),
  /** Entries of the directory. */
  contacts: z.array(id).max(500),
});

export interface ProbeBody {
  readonly scope: Scope;
  readonly consent: boolean;
}

/** Null: malformed. */
export function parseProbeBody(body: unknown): ProbeBody | null {
  return one.safeParse(body).data ?? null;
}

export interface RoundBody {
  readonly units: readonly string[];
  readonly contacts: readonly string[];
}

/** Null: malformed. */
export function parseRoundBody(body: unknown): RoundBody | null {
  return round.safeParse(body).data ?? null;
}
