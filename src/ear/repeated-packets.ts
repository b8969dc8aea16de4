/**
 * Packets that a player repeated in place of lost ones, found in the sound as it came: sample for sample the packet before them
 * over again. What repeats itself every 20 ms by its nature (hum of 50 Hz, a tone of 450 Hz sharp, a pause) does so all the time: a
 * repeat of one to three packets that stands alone is no such thing.
 */

/** A player repeats the packet before a lost one by 20 ms, what telephones send at once (RFC 3551 §4.2). */
const PACKET = 160;
const MOST_PACKETS = 3;
/** A sample beside the repeat may happen to be the same, too. */
const SLACK = 3;
/** Beside it so many samples are looked at, 15 ms, and most of them must be other ones. */
const BESIDE = 120;
const KEPT = 1_024;

/** So far behind what came a repeat may begin when it is told. */
export const REPEAT_LAG = MOST_PACKETS * PACKET + SLACK + BESIDE;

export interface Repeat {
  /** Samples. */
  readonly from: number;
  readonly length: number;
}

/** Takes one sample after the other; gives back the repeat that has become certain with it. */
export function createRepeatFinder(): (value: number) => Repeat | null {
  const packet = new Float32Array(PACKET);
  const isSame = new Uint8Array(KEPT);
  let count = 0;
  /** For how long what comes is the packet before it over again, and for how long it has been one and the same value. */
  let again = 0;
  let still = 0;
  let before = 0;
  let waiting: Repeat | null = null;

  const isOther = (from: number) => {
    let same = 0;
    for (let n = from; n < from + BESIDE; n += 1) same += isSame[n % KEPT] ?? 0;
    return same * 2 < BESIDE;
  };

  return (value) => {
    const place = count % PACKET;
    const isAgain = value === packet[place];
    if (isAgain) again += 1;
    else {
      const repeat = { from: count - again, length: again };
      if (isWhole(again) && still < again && isOther(repeat.from - BESIDE)) waiting = repeat;
      again = 0;
    }
    still = value === before ? still + 1 : 1;
    before = value;
    packet[place] = value;
    isSame[count % KEPT] = isAgain ? 1 : 0;
    count += 1;
    if (waiting === null || count < waiting.from + waiting.length + BESIDE) return null;
    const told = isOther(waiting.from + waiting.length) ? waiting : null;
    waiting = null;
    return told;
  };
}

function isWhole(length: number): boolean {
  const packets = Math.round(length / PACKET);
  return packets >= 1 && packets <= MOST_PACKETS && Math.abs(length - packets * PACKET) <= SLACK;
}
