/**
 * What a 公示屏 asks. Its token opens this one address and is read from a header here and nowhere else; the link carries it
 * behind `#`, which browsers send to nobody and no proxy logs. Asking changes nothing but when the screen was last seen.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { FIRST_NOTES } from '../duty/duty-notes.ts';
import { WALL_VERSION, type WallView, wallShifts } from '../duty/wall.ts';
import type { Intake } from '../intake.ts';
import type { Store } from '../storage/store.ts';
import type { WallLink } from '../storage/wall-links.ts';
import type { Log } from './log.ts';
import { TOO_MANY, WALL_LINK_UNKNOWN } from './refusals.ts';
import { refuse } from './send-sound.ts';
import { wallTokenDigest } from './wall-token.ts';
import { createWrongTokens } from './wrong-tokens.ts';

export interface WallShowDeps {
  readonly store: Pick<Store, 'wallLinkOf' | 'wallRoom' | 'dutyNotes' | 'roomRoster'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly addressOf: (request: FastifyRequest) => string;
  readonly timeZone: string;
  readonly demo: boolean;
  readonly clock: () => number;
  readonly log: Log;
}

/** Forty screens behind one address. */
const ASKED_A_MINUTE = 240;
const SEEN_EVERY_MS = 60_000;

export function addWallShow(app: FastifyInstance, deps: WallShowDeps): void {
  const { store, clock } = deps;
  const wrong = createWrongTokens(clock);
  // A browser that is also logged in, or locked, gets the same: whose session it carries is not looked at.
  const config = {
    whileLocked: true,
    byItself: true,
    rateLimit: { max: ASKED_A_MINUTE, timeWindow: 60_000 },
  } as const;

  app.get('/api/wall', { config }, async (request, reply) => {
    const digest = wallTokenDigest(request.headers.authorization);
    const link = digest === null ? undefined : await store.wallLinkOf(digest);
    const view = link === undefined ? null : await viewOf(link);
    if (link === undefined || view === null) {
      const address = deps.addressOf(request);
      const count = wrong.count(address);
      if (count === 1) await auditRefused(address);
      return wrong.isTooMany(count) ? refuse(reply, 429, TOO_MANY) : refuse(reply, 404, WALL_LINK_UNKNOWN);
    }
    noteSeen(link);
    return reply.send(view);
  });

  async function viewOf({ room }: WallLink): Promise<WallView | null> {
    const at = clock();
    const [about, [notes], roster] = await Promise.all([
      store.wallRoom(room),
      store.dutyNotes(room, 1),
      store.roomRoster(room),
    ]);
    if (about === undefined) return null;
    return {
      ...{ version: WALL_VERSION, at, timeZone: deps.timeZone, demo: deps.demo },
      ...{ unit: about.unit, room: about.name, lines: about.lines },
      ...wallShifts(roster, room, notes?.notes ?? FIRST_NOTES, at),
    };
  }

  /** A screen that cannot be written down is still shown what it asks. */
  function noteSeen({ id, seenAt }: WallLink): void {
    const at = clock();
    if (seenAt !== null && at - seenAt < SEEN_EVERY_MS) return;
    deps.intake
      .work({ type: 'wall-link-seen', id, at })
      .catch((error: unknown) => deps.log('warn', 'wall-not-noted', { error: String(error) }));
  }

  async function auditRefused(address: string): Promise<void> {
    await deps.intake.work({
      ...{ type: 'audit', at: clock(), account: null, person: null },
      ...{ kind: 'wall-refused', subject: null, payload: { address } },
    });
  }
}
