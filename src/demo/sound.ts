/** PURE. Sound for the demonstration, 8 kHz, made by arithmetic: two voices that take turns, and a tune. */

export const SAMPLE_RATE = 8_000;
/** Bytes a second of 16-bit mono. */
const BYTES_PER_SECOND = SAMPLE_RATE * 2;

/**
 * Speech-like: nobody can understand it, everybody hears that two people talk. Little-endian 16-bit samples, from one
 * sample to another (not included).
 */
export function conversation(from: number, to: number): Uint8Array {
  return samples(from, to, (at) => {
    const turn = Math.floor(at / 2.6);
    const within = at - turn * 2.6;
    if (within > 2.3) return 0;
    const second = turn % 2 === 1;
    const pitch = (second ? 205 : 118) * (1 + 0.08 * Math.sin(at * 3.1 + turn));
    const syllable = Math.max(0, Math.sin(2 * Math.PI * (second ? 4.3 : 3.7) * within)) ** 0.6;
    const vowel = 500 + 250 * Math.sin(at * 5.3 + turn * 2);
    let value = 0;
    for (let harmonic = 1; harmonic <= 9; harmonic += 1) {
      const frequency = pitch * harmonic;
      const weight =
        1 / (1 + ((frequency - vowel) / 220) ** 2) + 0.6 / (1 + ((frequency - 1_700) / 300) ** 2);
      value += weight * Math.sin(2 * Math.PI * frequency * at);
    }
    return 0.22 * syllable * value;
  });
}

/** A simple tune: what a caller hears who is played colour ringback (彩铃). From one sample to another. */
export function tune(from: number, to: number): Uint8Array {
  const notes = [523, 587, 659, 784, 880, 784, 659, 587];
  return samples(from, to, (at) => {
    const step = Math.floor(at / 0.32);
    const fading = Math.exp(-4 * (at - step * 0.32));
    const note = notes[step % notes.length] ?? 0;
    return 0.35 * fading * (Math.sin(2 * Math.PI * note * at) + 0.4 * Math.sin(4 * Math.PI * note * at));
  });
}

function samples(from: number, to: number, level: (at: number) => number): Uint8Array {
  const bytes = new Uint8Array(Math.max(0, to - from) * 2);
  const view = new DataView(bytes.buffer);
  for (let index = from; index < to; index += 1) {
    const value = Math.max(-1, Math.min(1, level(index / SAMPLE_RATE)));
    view.setInt16((index - from) * 2, Math.round(value * 32_000), true);
  }
  return bytes;
}

/** The 44 bytes MixMonitor begins a file with; both sizes stay 0 until it is closed. */
export function wavHead(dataBytes: number): Uint8Array {
  const head = new Uint8Array(44);
  const view = new DataView(head.buffer);
  head.set(new TextEncoder().encode('RIFF'), 0);
  head.set(new TextEncoder().encode('WAVEfmt '), 8);
  head.set(new TextEncoder().encode('data'), 36);
  view.setUint32(4, dataBytes === 0 ? 0 : 36 + dataBytes, true);
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, SAMPLE_RATE, true);
  view.setUint32(28, BYTES_PER_SECOND, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  view.setUint32(40, dataBytes, true);
  return head;
}
