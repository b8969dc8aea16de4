/**
 * One console of the bench on its own socket, with the page's protocol: hello, snapshot, deltas, a ping every ten seconds,
 * and after a cut the position it stands at. What a delta says is parsed once for all consoles of the process: three
 * hundred offices have three hundred processors for it, the bench has a part of one.
 */
import { WebSocket } from 'ws';
import { PROTOCOL } from '../../src/web/protocol/client-message.ts';
import type { ServerMessage } from '../../src/web/protocol/server-message.ts';
import { newOpId } from '../web/browser.ts';
import { callOf, exactNow } from './latency-clock.ts';

const PING_MS = 10_000;

export interface ConsolePage {
  readonly socket: WebSocket;
  /** When each call was on it first, and as ended; 0: not yet. */
  readonly first: Float64Array;
  readonly ended: Float64Array;
  deltas(): number;
  bytes(): number;
  position(): number;
  /** Resolves with the snapshot. */
  readonly ready: Promise<void>;
  /** Close code. */
  readonly closed: Promise<number>;
  close(): void;
}

interface Seen {
  readonly position: number;
  readonly calls: readonly (readonly [call: number, ended: boolean])[];
}

/** Opens one. `calls`: how many the replayer will tell. */
export function openConsole(base: string, cookie: string, calls: number): ConsolePage {
  const socket = new WebSocket(new URL('/live', base.replace(/^http/, 'ws')), {
    headers: { cookie },
    origin: base,
  });
  const ready = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<number>();
  const first = new Float64Array(calls);
  const ended = new Float64Array(calls);
  let deltas = 0;
  let bytes = 0;
  let position = 0;
  const ping = setInterval(() => socket.send(JSON.stringify({ type: 'ping', at: Date.now() })), PING_MS);
  socket.once('open', () => {
    const hello = { type: 'hello', protocol: PROTOCOL, client: newOpId(), position: null };
    socket.send(JSON.stringify(hello));
  });
  socket.on('message', (data) => {
    const at = exactNow();
    const frame = data as Buffer;
    bytes += frame.length;
    const head = frame.toString('latin1', 0, 30);
    if (head.startsWith('{"type":"snapshot"')) {
      position = positionIn(frame);
      ready.resolve();
    }
    if (!head.startsWith('{"type":"delta"')) return;
    deltas += 1;
    const told = seenIn(frame);
    if (told.position < position) throw new Error(`position ${told.position} after ${position}`);
    position = told.position;
    for (const [call, isOver] of told.calls) {
      if (first[call] === 0) first[call] = at;
      if (isOver && ended[call] === 0) ended[call] = at;
    }
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', (code) => {
    clearInterval(ping);
    ready.reject(new Error(`closed with ${code}`));
    closed.resolve(code);
  });
  // Heard of where it is waited for.
  ready.promise.catch(() => {});
  return {
    socket,
    first,
    ended,
    deltas: () => deltas,
    bytes: () => bytes,
    position: () => position,
    ready: ready.promise,
    closed: closed.promise,
    close: () => socket.terminate(),
  };
}

/** The last frames, by their text: the consoles of a room get the same bytes. */
const known = new Map<string, Seen>();
const MOST_KNOWN = 500;

function seenIn(frame: Buffer): Seen {
  const key = `${frame.length} ${frame.toString('latin1', 0, 80)}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const message = JSON.parse(frame.toString()) as Extract<ServerMessage, { type: 'delta' }>;
  const calls = message.changes.flatMap((change) => {
    if (change.entity !== 'call') return [];
    const call = callOf(change.view.caller.number);
    return call < 0 ? [] : [[call, change.view.phase === 'ended'] as const];
  });
  const seen = { position: message.position, calls };
  known.set(key, seen);
  const oldest = known.keys().next().value;
  if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  return seen;
}

/** Without taking a megabyte apart: the first of that name stands before anything a person wrote. */
function positionIn(frame: Buffer): number {
  const at = frame.indexOf('"position":');
  return Number(/^\d+/.exec(frame.toString('latin1', at + 11, at + 31))?.[0] ?? Number.NaN);
}
