/** 锁屏待接: all that a page behind a locked screen is told. No record, no list, no name but those of the strip. */
import type { KeyMap } from '../../keys/own-keys.ts';
import type { CallerView, CallPhase } from './call-view.ts';
import type { PersonView } from './room-view.ts';

export interface LockView {
  /** Who was here: the person at the seat, else the account. */
  readonly name: string;
  readonly seat: { readonly name: string; readonly room: string } | null;
  /** His id; null: the account belongs to nobody. */
  readonly person: string | null;
  /** F2 leads to 先记后登, or what he has chosen for it. */
  readonly keys: KeyMap;
  /** Who may unlock by PIN, and has one. */
  readonly people: readonly PersonView[];
  readonly line: 'up' | 'connecting' | 'down';
  /** Calls that live now, newest first: what the strip shows of them. */
  readonly calls: readonly LockedCallView[];
}

export interface LockedCallView {
  readonly id: string;
  readonly direction: 'inbound' | 'outbound' | 'internal';
  readonly phase: CallPhase;
  /** Begin of what is timed: the talk, else the ringing (our clock, ms UTC). */
  readonly since: number;
  readonly caller: CallerView;
  readonly dialled: string;
  /** The telephone of this seat is in it. */
  readonly here: boolean;
  readonly tampered: boolean;
}

/** Where something that was written before the log-in has gone, now that it is signed. */
export interface SignedNote {
  readonly as: 'content' | 'notes' | 'by-hand';
  readonly record: string | null;
  readonly call: string | null;
}
