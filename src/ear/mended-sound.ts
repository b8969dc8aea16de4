/**
 * The sound as it came, with lost packets mended. A lost packet is a run of equal samples (a player fills it with zeros) as
 * long as one to three packets of 10, 20 or 30 ms, where there was sound before; or one that repeats the packet before it
 * (`repeated-packets.ts`). It is filled with what sounded right before it, repeated at the lag that
 * continues it best. Without that a steady tone seems to stop and start, or leaps in its phase and is no line any more.
 */
import { createRepeatFinder, REPEAT_LAG } from './repeated-packets.ts';

/** The longest stretch that is mended; so far behind what came is what may be read. */
const LAG = REPEAT_LAG;
const KEPT = 1 << 16;
const PACKET = 80;
const LONGEST_LOSS = 480;
/** Runs are a whole number of packets; a sample of the sound itself may happen to equal the filling. */
const SLACK = 3;
const TEMPLATE = 120;
const SHORTEST_LAG = 40;
const LONGEST_LAG = 400;
/** Below this mean square (−62 dBFS) there is nothing to go on with. */
const NOTHING = 6e-7;

export interface MendedSound {
  /** Samples between −1 and 1. */
  take(samples: Float32Array | Int16Array): void;
  /** Samples that may be read: those far enough behind what came, and all of them after `finish`. */
  ready(): number;
  finish(): void;
  /** Samples `from` to `from + length` of the whole sound; what is older than eight seconds reads as silence. */
  copy(from: number, length: number, out: Float32Array): void;
}

export function createMendedSound(): MendedSound {
  let kept = new Float32Array(KEPT);
  let base = 0;
  let count = 0;
  let run = 0;
  let isFinished = false;
  /** The sample before this one as it came; what is kept of it may have been mended. */
  let before = 2;
  /** Where the last run of a packet or more ended. */
  let lastRun = -1;
  /** Of the pause that goes on: its value, and for how many samples it has been that, lost packets in it counted. */
  let still = 2;
  let stillFor = 0;
  const repeatWith = createRepeatFinder();

  const at = (n: number) => kept[n - base] ?? 0;

  function room(): void {
    if (count - base < KEPT) return;
    const next = new Float32Array(KEPT);
    next.set(kept.subarray(KEPT / 2));
    kept = next;
    base += KEPT / 2;
  }

  function endRun(): void {
    const packets = run / PACKET;
    const whole = Math.round(packets);
    // Hum of 50 Hz on the last step of G.711 is such runs one after the other: nothing is lost there.
    const isAfterRun = count - run === lastRun;
    const isLoss = whole >= 1 && run <= LONGEST_LOSS + SLACK && Math.abs(run - whole * PACKET) <= SLACK;
    // A pause on a line with an offset is one value, too, but for longer than any hum: zeros in it are a knock at either end.
    const isInPause = isAfterRun && stillFor > LONGEST_LOSS && before !== still;
    if (run >= PACKET - SLACK) lastRun = count;
    stillFor = isAfterRun && (before === still || (isLoss && isInPause)) ? stillFor + run : run;
    if (!(isLoss && isInPause)) still = before;
    if (isLoss && (!isAfterRun || isInPause)) mend(count - run, run);
  }

  function mend(from: number, length: number): void {
    if (from - base < LONGEST_LAG + TEMPLATE) return;
    let energy = 0;
    for (let n = from - TEMPLATE; n < from; n += 1) energy += at(n) * at(n);
    if (energy / TEMPLATE < NOTHING) return;
    let best = SHORTEST_LAG;
    let bestFit = -2;
    for (let lag = SHORTEST_LAG; lag <= LONGEST_LAG; lag += 1) {
      let product = 0;
      let other = 1e-12;
      for (let n = from - TEMPLATE; n < from; n += 1) {
        const earlier = at(n - lag);
        product += at(n) * earlier;
        other += earlier * earlier;
      }
      const fit = product / Math.sqrt(other * energy);
      if (fit > bestFit) [best, bestFit] = [lag, fit];
    }
    for (let n = from; n < from + length; n += 1) kept[n - base] = at(n - best);
  }

  return {
    take(samples) {
      const scale = samples instanceof Int16Array ? 1 / 32_768 : 1;
      for (const sample of samples) {
        room();
        const value = sample * scale;
        if (value === before) run += 1;
        else {
          endRun();
          run = 1;
        }
        before = value;
        kept[count - base] = value;
        count += 1;
        const repeat = repeatWith(value);
        if (repeat !== null) mend(repeat.from, repeat.length);
      }
    },
    ready: () => (isFinished ? count : Math.max(0, count - LAG)),
    finish() {
      isFinished = true;
    },
    copy(from, length, out) {
      for (let n = 0; n < length; n += 1) {
        const where = from + n;
        out[n] = where < count && where >= base ? at(where) : 0;
      }
    },
  };
}
