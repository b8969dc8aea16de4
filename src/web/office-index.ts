/**
 * Which unit a room belongs to and which units lie below one: asked at every message, changed once a month. Read from
 * the store again when a room was changed here, and after a short time because the CLI may have imported another office.
 */
import { unitsBelow } from '../accounts/access.ts';
import type { Office } from '../duty/office.ts';
import type { Store } from '../storage/store.ts';

const KEEP_MS = 10_000;

export interface OfficeIndex {
  unitOfRoom(room: string): Promise<string | null>;
  /** '' for a room that is not there. */
  nameOfRoom(room: string): Promise<string>;
  /** Those with a duty line first: a room that was just made has nobody in it yet. */
  roomsOf(units: readonly string[]): Promise<readonly string[]>;
  unitsBelow(unit: string): Promise<readonly string[]>;
  forget(): void;
}

export function createOfficeIndex(store: Pick<Store, 'office'>, clock: () => number): OfficeIndex {
  let kept: { readonly until: number; readonly office: Promise<Office> } | null = null;

  function office(): Promise<Office> {
    const now = clock();
    if (kept !== null && kept.until > now) return kept.office;
    const read = store.office();
    kept = { until: now + KEEP_MS, office: read };
    // A failed read must not be answered for ten seconds.
    read.catch(() => {
      kept = null;
    });
    return read;
  }

  return {
    unitOfRoom: async (room) => (await office()).rooms.find((one) => one.id === room)?.unit ?? null,
    nameOfRoom: async (room) => (await office()).rooms.find((one) => one.id === room)?.name ?? '',
    roomsOf: async (units) => {
      const { rooms, lines } = await office();
      const ids = rooms.filter((room) => units.includes(room.unit)).map((room) => room.id);
      const hasLine = (id: string) => lines.some(({ room }) => room === id);
      return [...ids.filter(hasLine), ...ids.filter((id) => !hasLine(id))];
    },
    unitsBelow: async (unit) =>
      unitsBelow(unit, new Map((await office()).units.map((one) => [one.id, one.parent]))),
    forget: () => {
      kept = null;
    },
  };
}
