/** The only user of uuid. */
import { v7 } from 'uuid';
import { randomPart } from './random.ts';

/** Of the id before, in this thread. */
let lastMs = Number.NEGATIVE_INFINITY;
let lastTurn = 0;

/**
 * A UUIDv7: unguessable enough for a URL, and in the order of its making, so that indexes grow at one end and what is sorted by
 * time and id stands as it came, within one millisecond too (RFC 9562, 6.2, method 1: a counter that begins at random).
 */
export function newId(): string {
  const random = randomPart(16);
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    // 31 bits of 32: two thousand million more have room in the same millisecond, or while a clock that was set back catches up.
    lastTurn = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1;
  } else lastTurn += 1;
  return v7({ random, msecs: lastMs, seq: lastTurn });
}
