/** Which seconds of a recording were heard here, and telling the service of it: for the audit trail. */
import type { HeardRange } from '../accounts/listening.ts';
import type { Refusal } from '../records/command.ts';
import { words } from './words.ts';

export interface HeardSeconds {
  /** The playing position now, seconds; a jump begins another stretch. */
  at(seconds: number): void;
  /** It stopped or jumped. */
  pause(): void;
  /** What was heard since the last taking. */
  take(): readonly HeardRange[];
}

/** Positions come about four times a second; a gap of more than this is a jump (at 3× speed 0.75 s pass between two). */
const LONGEST_STEP = 1.5;

export function createHeardSeconds(): HeardSeconds {
  let open: { from: number; to: number } | null = null;
  let done: HeardRange[] = [];
  const close = (): void => {
    if (open !== null && open.to > open.from) done.push([open.from, open.to]);
    open = null;
  };
  return {
    at(seconds) {
      if (open !== null && seconds >= open.to && seconds - open.to <= LONGEST_STEP) {
        open.to = seconds;
        return;
      }
      close();
      open = { from: seconds, to: seconds };
    },
    pause: close,
    take() {
      close();
      const taken = done;
      done = [];
      return taken;
    },
  };
}

export type ListenAnswer =
  | { readonly kind: 'may'; readonly listen: string }
  | { readonly kind: 'say-why' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Opens a listening. `reason` null where none was asked for yet. */
export async function openListening(recording: string, reason: string | null): Promise<ListenAnswer> {
  const answer = await send(`/api/recordings/${encodeURIComponent(recording)}/listen`, { reason });
  if (answer === null) return { kind: 'refused', refusal: unreachable };
  if (answer.ok) return { kind: 'may', listen: ((await answer.json()) as { listen: string }).listen };
  const refusal = (await answer.json().catch(() => unreachable)) as Refusal;
  return refusal.code === 'listen-reason-needed' ? { kind: 'say-why' } : { kind: 'refused', refusal };
}

/** 校验, as the service found it just now; null: it could not be asked, or could not read the file. */
export type Checked = 'verified' | 'altered' | 'missing' | null;

/** Has the files read through and compared with their digests. A change is told to every page besides. */
export async function askForCheck(recording: string): Promise<Checked> {
  try {
    const path = `/api/recordings/${encodeURIComponent(recording)}/check`;
    const answer = await fetch(path, { cache: 'no-store' });
    const { check } = (answer.ok ? await answer.json() : {}) as { readonly check?: string };
    return check === 'verified' || check === 'altered' || check === 'missing' ? check : null;
  } catch {
    // The player says by itself that nothing can be reached.
    return null;
  }
}

/** Tells what was heard; outlives the page that sends it. A telling that is lost says less, never something wrong. */
export function tellHeard(listen: string, seconds: readonly HeardRange[]): void {
  if (seconds.length > 0) void send(`/api/listens/${encodeURIComponent(listen)}`, { seconds });
}

async function send(path: string, body: unknown): Promise<Response | null> {
  try {
    return await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      keepalive: true,
    });
  } catch {
    return null;
  }
}

const unreachable: Refusal = { code: 'unreachable', zh: words.why.failed, en: 'server unreachable' };
