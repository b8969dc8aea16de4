/**
 * Who speaks in a recording, told by tones: each party of the bed says one of its own, and Goertzel finds it again. Windows
 * of 20 ms, the length of a packet; all tones are multiples of 50 Hz, so that none leaks into another's window.
 */

/** The tone of each party, Hz: above what the music and the speech of the bed hold. */
export const HERTZ = {
  caller: 1200,
  secondCaller: 1350,
  '1001': 1500,
  '1002': 1650,
  '1003': 1800,
  mobile: 1950,
  '1004': 2100,
} as const;

export type Party = keyof typeof HERTZ;

const WINDOW_MS = 20;
/** Half of what the agents say at (`tone`): a window that is half full counts. */
const LEAST_PEAK = 4_000;

/** Peak of one tone in these samples (16 bit units), by Goertzel. `rate` in Hz. */
export function peakOf(samples: Int16Array, rate: number, hertz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hertz) / rate);
  let before = 0;
  let last = 0;
  for (const sample of samples) [before, last] = [last, sample + coefficient * last - before];
  const power = before * before + last * last - coefficient * before * last;
  return samples.length === 0 ? 0 : (2 * Math.sqrt(Math.max(0, power))) / samples.length;
}

/** Who speaks in each window of 20 ms, in order; a rest shorter than a window is left out. */
export type Heard = readonly (readonly Party[])[];

/** Listens to mono samples of `rate` Hz. */
export function listenTo(samples: Int16Array, rate: number): Heard {
  const size = Math.round((rate * WINDOW_MS) / 1_000);
  const parties = Object.keys(HERTZ) as Party[];
  return Array.from({ length: Math.floor(samples.length / size) }, (_, window) => {
    const part = samples.subarray(window * size, (window + 1) * size);
    return parties.filter((party) => peakOf(part, rate, HERTZ[party]) >= LEAST_PEAK);
  });
}

/** Seconds in which this party is heard. */
export function secondsOf(heard: Heard, party: Party): number {
  return seconds(heard.filter((window) => window.includes(party)).length);
}

/** Seconds in which somebody in the room speaks and the party outside does not. */
export function secondsRoomAlone(caller: Heard, room: Heard, outside: Party): number {
  const windows = room.filter(
    (parties, window) => parties.length > 0 && caller[window]?.includes(outside) === false,
  );
  return seconds(windows.length);
}

/** Everybody heard, in the order of their first word. */
export function inOrder(heard: Heard): readonly Party[] {
  return [...new Set(heard.flat())];
}

function seconds(windows: number): number {
  return (windows * WINDOW_MS) / 1_000;
}
