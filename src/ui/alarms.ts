/**
 * Which sounds are due now. Pure: called twice a second with the state and what it remembered. The handset already rings, so
 * the page rings once and then only insists; while this seat talks, only what cannot wait is heard, softly.
 */

import { phaseOf } from '../duty/incident-clock.ts';
import type { CallView } from '../web/protocol/call-view.ts';
import type { LinkView, RoomClock } from '../web/protocol/room-view.ts';
import { callbackLevels } from './callbacks.ts';
import { toldRecordings } from './told-recordings.ts';

/** `clock`: a 时限 warns or is over. */
export type Sound = 'ring' | 'missed' | 'down' | 'clock';

export interface Due {
  readonly sound: Sound;
  /** Share of the set volume. */
  readonly loudness: number;
}

/** What was heard so far. */
export interface Heard {
  /** By call id: when it was first seen ringing and when its ring last sounded, ms. */
  readonly rings: ReadonlyMap<string, { readonly since: number; readonly last: number }>;
  readonly downAt: number | null;
  /** 待回拨 by call id: the level that was heard last. */
  readonly callbacks: ReadonlyMap<string, number>;
  /** 时限 by incident, clock and alarm: when it sounded last, ms. */
  readonly clocks: ReadonlyMap<string, number>;
}

export const NOTHING_HEARD: Heard = {
  rings: new Map(),
  downAt: null,
  callbacks: new Map(),
  clocks: new Map(),
};

const INSIST_AFTER_MS = 15_000;
const INSIST_EVERY_MS = 4_000;
const DOWN_EVERY_MS = 30_000;
const OVERDUE_EVERY_MS = 60_000;
const WHILE_TALKING = 0.2;

export function dueSounds(
  heard: Heard,
  seen: {
    readonly calls: readonly CallView[];
    readonly links: readonly LinkView[];
    readonly seatPhone: string | null;
    readonly downAcknowledged: boolean;
    readonly clocks: readonly RoomClock[];
    /** By the server's clock, which the limits run by; `now` only measures. */
    readonly serverNow: number;
    readonly now: number;
  },
): { readonly heard: Heard; readonly due: readonly Due[] } {
  const { now } = seen;
  const talking = seen.calls.some((call) => talksHere(call, seen.seatPhone));
  const due: Due[] = [];
  const rings = new Map<string, { since: number; last: number }>();
  for (const call of seen.calls) {
    if (!ringsHere(call)) continue;
    const before = heard.rings.get(call.id);
    const insist =
      before !== undefined && now - before.since >= INSIST_AFTER_MS && now - before.last >= INSIST_EVERY_MS;
    const sounds = (before === undefined || insist) && !talking;
    if (sounds) due.push({ sound: 'ring', loudness: 1 });
    rings.set(call.id, { since: before?.since ?? now, last: sounds ? now : (before?.last ?? now) });
  }
  for (const id of heard.rings.keys()) {
    const call = seen.calls.find((candidate) => candidate.id === id);
    const unheard = call?.phase === 'ended' && call.outcome !== 'answered';
    if (unheard && !talking) due.push({ sound: 'missed', loudness: 1 });
  }
  const callbacks = new Map<string, number>();
  for (const [id, level] of callbackLevels(seen.calls)) {
    const before = heard.callbacks.get(id) ?? 0;
    // What rises during a talk is heard after it.
    if (level > before && !talking) due.push({ sound: 'missed', loudness: 1 });
    callbacks.set(id, talking ? before : level);
  }
  const down = isDown(seen.calls, seen.links) && !seen.downAcknowledged;
  const again = heard.downAt === null || now - heard.downAt >= DOWN_EVERY_MS;
  if (down && again) due.push({ sound: 'down', loudness: talking ? WHILE_TALKING : 1 });
  const downAt = down ? (again ? now : heard.downAt) : null;
  const clocks = dueClocks(heard.clocks, seen, talking);
  if (clocks.loudness !== null) due.push({ sound: 'clock', loudness: clocks.loudness });
  return { heard: { rings, downAt, callbacks, clocks: clocks.heard }, due };
}

/** A warning sounds once, what is over each minute until somebody says that he heard it; while this seat talks only the latter. */
function dueClocks(
  before: Heard['clocks'],
  { clocks, now, serverNow }: Pick<Parameters<typeof dueSounds>[1], 'clocks' | 'now' | 'serverNow'>,
  talking: boolean,
): { readonly heard: Heard['clocks']; readonly loudness: number | null } {
  const heard = new Map<string, number>();
  let loudness: number | null = null;
  for (const { incident, clock, dueAt, heard: acknowledged } of clocks) {
    const phase = phaseOf({ dueAt, doneAt: null }, serverNow);
    if (phase === 'running') continue;
    const alarm = phase === 'over' ? 'over' : 'near';
    if (acknowledged.includes(alarm)) continue;
    const key = `${incident} ${clock} ${alarm}`;
    const last = before.get(key);
    const isDue = last === undefined || (alarm === 'over' && now - last >= OVERDUE_EVERY_MS);
    if (isDue && talking && alarm === 'near') continue;
    if (isDue) loudness = talking ? WHILE_TALKING : 1;
    heard.set(key, isDue ? now : last);
  }
  return { heard, loudness };
}

/** A line or a recording needs a person: the link to a PBX is down, or sound that should grow does not. */
export function isDown(calls: readonly CallView[], links: readonly LinkView[]): boolean {
  return (
    links.some((link) => link.state === 'down') ||
    calls.some(
      (call) =>
        call.phase !== 'ended' && toldRecordings(call).some((recording) => recording.state === 'no-growth'),
    )
  );
}

/** This seat's own phone talks in the call. */
export function talksHere(call: CallView, seatPhone: string | null): boolean {
  if (seatPhone === null || (call.phase !== 'talking' && call.phase !== 'held')) return false;
  return call.answeredBy === seatPhone || call.phones.includes(seatPhone);
}

/** A call in which somebody already spoke does not ring again while its last legs go. */
function ringsHere(call: CallView): boolean {
  if (call.direction !== 'inbound' || call.answeredAt !== null) return false;
  return call.phase === 'arriving' || call.phase === 'ringing';
}
