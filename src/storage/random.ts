import { randomFillSync } from 'node:crypto';

const POOL = 4_096;
const pool = Buffer.alloc(POOL);
let used = POOL;

/** Random bytes of the operating system, fetched many at a time: one system call for each id cost more than the id. */
export function randomPart(length: number): Uint8Array {
  if (used + length > POOL) {
    randomFillSync(pool);
    used = 0;
  }
  used += length;
  return Uint8Array.prototype.slice.call(pool, used - length, used);
}
