/**
 * 听取: who hears which seconds of which recording, and why. A listening is opened before the first byte where a reason is
 * owed, told by the page as it plays, and lives no longer than the session.
 */
import { randomUUID } from 'node:crypto';
import { type HeardRange, joinedRanges, mustSayWhy, readReason } from '../accounts/listening.ts';
import type { Intake } from '../intake.ts';
import type { Refusal } from '../records/command.ts';
import type { RecordingRow } from '../storage/store/recordings.ts';
import type { Store } from '../storage/store.ts';
import { NOT_FOUND, REASON_NEEDED } from './refusals.ts';
import type { Visitor } from './sessions.ts';

export interface ListeningDeps {
  readonly store: Pick<Store, 'callView' | 'shiftSince'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly clock: () => number;
}

export interface Listening {
  /** The id under which the page tells what was heard, or why it may not begin. */
  open(visitor: Visitor, row: RecordingRow, reason: string | null): Promise<Opened>;
  /** Null when bytes may leave; the reason of an open listening, if any, goes into the audit entry. */
  refusalFor(visitor: Visitor, row: RecordingRow): Promise<Refusal | null>;
  reasonOf(visitor: Visitor, row: RecordingRow): string | null;
  /** Whether this visitor must say why before this sound reaches him in any form. */
  owesReason(visitor: Visitor, row: RecordingRow): Promise<boolean>;
  /** Seconds heard since the last telling. */
  heard(visitor: Visitor, listen: string, ranges: readonly HeardRange[]): Promise<Refusal | null>;
}

export type Opened =
  | { readonly ok: true; readonly listen: string }
  | { readonly ok: false; readonly refusal: Refusal };

interface OpenListening {
  readonly id: string;
  readonly session: string;
  readonly recording: string;
  readonly reason: string | null;
}

const MOST_OPEN = 5_000;

export function createListening({ store, intake, clock }: ListeningDeps): Listening {
  const byKey = new Map<string, OpenListening>();
  const byId = new Map<string, OpenListening>();

  async function owesReason(visitor: Visitor, row: RecordingRow): Promise<boolean> {
    const call = row.call === null ? undefined : await store.callView(row.call);
    const at = clock();
    return mustSayWhy({
      role: visitor.account.role,
      callStartedAt: call?.startedAt ?? row.knownAt,
      shiftSince: row.room === null ? null : await store.shiftSince(row.room, at),
      at,
    });
  }

  function remember(one: OpenListening): void {
    byKey.set(keyOf(one.session, one.recording), one);
    byId.set(one.id, one);
    const oldest = byId.values().next().value;
    if (byId.size <= MOST_OPEN || oldest === undefined) return;
    byId.delete(oldest.id);
    const key = keyOf(oldest.session, oldest.recording);
    if (byKey.get(key) === oldest) byKey.delete(key);
  }

  return {
    owesReason,
    async open(visitor, row, text) {
      const reason = text === null ? null : readReason(text);
      if (reason === null && (await owesReason(visitor, row))) return { ok: false, refusal: REASON_NEEDED };
      const id = randomUUID();
      remember({ id, session: visitor.session.id, recording: row.id, reason });
      return { ok: true, listen: id };
    },
    async refusalFor(visitor, row) {
      if (byKey.has(keyOf(visitor.session.id, row.id))) return null;
      return (await owesReason(visitor, row)) ? REASON_NEEDED : null;
    },
    reasonOf: (visitor, row) => byKey.get(keyOf(visitor.session.id, row.id))?.reason ?? null,
    async heard(visitor, listen, ranges) {
      const one = byId.get(listen);
      if (one === undefined || one.session !== visitor.session.id) return NOT_FOUND;
      const seconds = joinedRanges(ranges);
      if (seconds.length === 0) return null;
      const written = await intake.work({
        type: 'audit',
        at: clock(),
        account: visitor.account.id,
        person: visitor.account.person,
        kind: 'recording-heard',
        subject: one.recording,
        payload: { seconds: JSON.stringify(seconds), reason: one.reason },
      });
      return written.ok ? null : written.refusal;
    },
  };
}

function keyOf(session: string, recording: string): string {
  return `${session} ${recording}`;
}
