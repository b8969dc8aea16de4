/** Two streams of samples as one of two channels, each with its gain; the shorter one is silent to the end of the longer. */

/** Samples gathered before they go on: 2 s at 8 kHz. */
const STEP = 16_384;

/** Little-endian bytes, left and right in turn. `gainsDb` are those of left and right. */
export async function* interleaved(
  left: AsyncIterable<readonly Int16Array[]>,
  right: AsyncIterable<readonly Int16Array[]>,
  [leftDb = 0, rightDb = 0]: readonly number[],
): AsyncGenerator<Uint8Array> {
  const [lefts, rights] = [createReader(left), createReader(right)];
  const gains = [10 ** (leftDb / 20), 10 ** (rightDb / 20)] as const;
  for (;;) {
    const [a, b] = await Promise.all([lefts.read(STEP), rights.read(STEP)]);
    const length = Math.max(a.length, b.length);
    if (length === 0) return;
    const both = new Int16Array(length * 2);
    put(both, 0, a, gains[0]);
    put(both, 1, b, gains[1]);
    yield new Uint8Array(both.buffer);
  }
}

function put(both: Int16Array, channel: 0 | 1, samples: Int16Array, gain: number): void {
  if (gain === 1) {
    for (let at = 0; at < samples.length; at += 1) both[at * 2 + channel] = samples[at] ?? 0;
    return;
  }
  for (let at = 0; at < samples.length; at += 1) {
    const raised = (samples[at] ?? 0) * gain;
    both[at * 2 + channel] = Math.max(-32_768, Math.min(32_767, raised));
  }
}

interface Reader {
  /** So many samples; fewer only at the end. */
  read(count: number): Promise<Int16Array>;
}

function createReader(source: AsyncIterable<readonly Int16Array[]>): Reader {
  const chunks = source[Symbol.asyncIterator]();
  let rest: Int16Array = new Int16Array();
  return {
    async read(count) {
      const wanted = new Int16Array(count);
      let have = 0;
      while (have < count) {
        if (rest.length === 0) {
          const { value, done } = await chunks.next();
          if (done === true) break;
          rest = value[0] ?? new Int16Array();
          continue;
        }
        const part = rest.subarray(0, count - have);
        wanted.set(part, have);
        have += part.length;
        rest = rest.subarray(part.length);
      }
      return have === count ? wanted : wanted.subarray(0, have);
    },
  };
}
