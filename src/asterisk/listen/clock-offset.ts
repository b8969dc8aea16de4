/**
 * How far the PBX's clock is from ours (D15): the median of what single events say, taken only from the first event after
 * a silence, since events of a flood wait in buffers and would make the PBX look slow.
 */
export interface ClockOffset {
  /** Takes one event: PBX time and our time, both integer ms UTC. */
  sample(pbxAt: number, receivedAt: number): void;
  /** PBX clock minus our clock in ms; null before the first sample. */
  median(): number | null;
}

const SAMPLES = 31;

export function createClockOffset(): ClockOffset {
  const samples: number[] = [];
  let median: number | null = null;
  return {
    sample(pbxAt, receivedAt) {
      samples.push(pbxAt - receivedAt);
      if (samples.length > SAMPLES) samples.shift();
      const sorted = [...samples].sort((a, b) => a - b);
      median = sorted[Math.floor(sorted.length / 2)] ?? null;
    },
    median: () => median,
  };
}
