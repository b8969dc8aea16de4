/** 公示屏 as rows: one link for each screen. Its token is told once and kept nowhere; here stands its digest. */
import type { Refusal } from '../records/command.ts';
import type { Desk } from './desk.ts';
import { DONE, type Outcome } from './outcome.ts';
import type { ReadDeps } from './read.ts';

export interface WallLinkTable {
  readonly id: string;
  readonly room: string;
  /** Of the screen: 一楼大厅. */
  readonly name: string;
  /** SHA-256 of the token, hexadecimal. */
  readonly token_digest: string;
  readonly made_at: number;
  readonly made_by: string | null;
  readonly revoked_at: number | null;
  /** When the screen last asked, to the minute; null: never. */
  readonly seen_at: number | null;
}

/** Times are integer ms UTC. */
export type WallLinkWork =
  | {
      readonly type: 'wall-link-make';
      readonly id: string;
      readonly room: string;
      readonly name: string;
      readonly tokenDigest: string;
      readonly account: string | null;
      readonly at: number;
    }
  | {
      readonly type: 'wall-link-revoke';
      readonly id: string;
      readonly account: string | null;
      readonly at: number;
    }
  | { readonly type: 'wall-link-seen'; readonly id: string; readonly at: number };

export interface WallLink {
  readonly id: string;
  readonly room: string;
  readonly name: string;
  readonly madeAt: number;
  readonly seenAt: number | null;
}

/** What a wall shows of a room beside its roster. */
export interface WallRoom {
  readonly name: string;
  readonly unit: string;
  /** 值班电话, as they are published. */
  readonly lines: readonly string[];
}

const MOST_OF_A_ROOM = 20;

/** Makes, revokes, or notes that a screen was there. Refuses a room that is not there and links without end. */
export async function writeWallLink(desk: Desk, work: WallLinkWork): Promise<Outcome> {
  switch (work.type) {
    case 'wall-link-make':
      return make(desk, work);
    case 'wall-link-revoke':
      return revoke(desk, work);
    case 'wall-link-seen':
      await desk.db.updateTable('wall_links').set({ seen_at: work.at }).where('id', '=', work.id).execute();
      return DONE;
  }
}

async function make(
  desk: Desk,
  work: Extract<WallLinkWork, { readonly type: 'wall-link-make' }>,
): Promise<Outcome> {
  const { id, room, name, tokenDigest, account, at } = work;
  if (!(await desk.office.roomExists(room))) return { ok: false, refusal: NO_ROOM };
  const standing = await desk.db
    .selectFrom('wall_links')
    .select('id')
    .where('room', '=', room)
    .where('revoked_at', 'is', null)
    .execute();
  if (standing.length >= MOST_OF_A_ROOM) return { ok: false, refusal: TOO_MANY_LINKS };
  await desk.db
    .insertInto('wall_links')
    .values({
      ...{ id, room, name, token_digest: tokenDigest },
      ...{ made_at: at, made_by: account, revoked_at: null, seen_at: null },
    })
    .execute();
  desk.audits.push({
    ...{ at, account, person: null, kind: 'wall-link-made', subject: id, payload: { room, name } },
  });
  return DONE;
}

async function revoke(
  desk: Desk,
  { id, account, at }: Extract<WallLinkWork, { readonly type: 'wall-link-revoke' }>,
): Promise<Outcome> {
  const link = await desk.db
    .selectFrom('wall_links')
    .select(['room', 'name', 'revoked_at'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (link === undefined) return { ok: false, refusal: NO_LINK };
  if (link.revoked_at !== null) return DONE;
  await desk.db.updateTable('wall_links').set({ revoked_at: at }).where('id', '=', id).execute();
  const { room, name } = link;
  desk.audits.push({
    ...{ at, account, person: null, kind: 'wall-link-revoked', subject: id, payload: { room, name } },
  });
  return DONE;
}

/** The link of a token that was not revoked. */
export async function wallLinkOf({ db }: ReadDeps, tokenDigest: string): Promise<WallLink | undefined> {
  const row = await db
    .selectFrom('wall_links')
    .selectAll()
    .where('token_digest', '=', tokenDigest)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return row === undefined ? undefined : linkOf(row);
}

/** Those that were not revoked, the oldest first. */
export async function wallLinks({ db }: ReadDeps): Promise<readonly WallLink[]> {
  const rows = await db
    .selectFrom('wall_links')
    .selectAll()
    .where('revoked_at', 'is', null)
    .orderBy('made_at')
    .orderBy('id')
    .execute();
  return rows.map(linkOf);
}

export async function wallRoom({ db }: ReadDeps, id: string): Promise<WallRoom | undefined> {
  const room = await db
    .selectFrom('rooms')
    .leftJoin('units', 'units.id', 'rooms.unit')
    .select(['rooms.name', 'rooms.unit', 'units.name as unit_name'])
    .where('rooms.id', '=', id)
    .executeTakeFirst();
  if (room === undefined) return undefined;
  const lines = await db.selectFrom('lines').select('number').where('room', '=', id).orderBy('id').execute();
  return {
    name: room.name,
    unit: room.unit_name ?? room.unit,
    lines: [...new Set(lines.map(({ number }) => number))],
  };
}

function linkOf({ id, room, name, made_at, seen_at }: WallLinkTable): WallLink {
  return { id, room, name, madeAt: made_at, seenAt: seen_at };
}

const NO_ROOM: Refusal = {
  code: 'wall-no-room',
  zh: '找不到该值班室，没有生成链接。',
  en: 'There is no such duty room.',
};
const NO_LINK: Refusal = {
  code: 'wall-no-link',
  zh: '找不到该公示屏，可能已由他人停用。',
  en: 'There is no such screen.',
};
const TOO_MANY_LINKS: Refusal = {
  code: 'wall-too-many-links',
  zh: `一个值班室最多 ${MOST_OF_A_ROOM} 个公示屏，请先停用不再使用的。`,
  en: 'A room has at most 20 screens; revoke one that is not used any more.',
};
