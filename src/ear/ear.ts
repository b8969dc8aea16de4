/**
 * The ear: 8 kHz sound of an unanswered call in, what the caller heard out, while it comes. How it works, and where its
 * numbers come from: `docs/ringback.md`.
 */
import { RATE } from './grid.ts';
import type { Heard, SoundClass } from './heard.ts';
import { judge } from './judge.ts';
import { createListener } from './listener.ts';

export interface Ear {
  /** 8 kHz, one channel; floats between −1 and 1 or 16-bit samples; any number at a time. */
  take(samples: Float32Array | Int16Array): void;
  /** What was heard so far. */
  heard(): Heard;
  /** What was heard in all; the ear takes nothing more afterwards. */
  finish(): Heard;
}

/** More at once would let it decide later than it could have. */
const AT_ONCE = RATE / 8;

export function createEar(): Ear {
  const listener = createListener();
  let taken = 0;
  let last: SoundClass | null = null;
  let decidedAt: number | null = null;

  function decide(): void {
    const { class: of } = judge(listener.parts());
    if (of === last) return;
    last = of;
    decidedAt = of === null ? null : taken / RATE;
  }

  return {
    take(samples) {
      for (let from = 0; from < samples.length; from += AT_ONCE) {
        const some = samples.subarray(from, from + AT_ONCE);
        taken += some.length;
        listener.take(some, decide);
      }
    },
    heard: () => ({ ...judge(listener.parts()), decidedAt }),
    finish() {
      listener.finish(decide);
      decide();
      return { ...judge(listener.parts()), decidedAt };
    },
  };
}
