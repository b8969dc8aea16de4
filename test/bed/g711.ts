/** A-law, both ways, and the sounds the agents play. One second of 8 kHz per buffer, repeated by the sender. */

/** A 16 bit sample → A-law byte. */
function toALaw(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0;
  let magnitude = Math.min(32_767, Math.abs(sample)) >> 4;
  let exponent = 0;
  if (magnitude >= 16) {
    exponent = 1;
    while (magnitude >= 32) {
      magnitude >>= 1;
      exponent++;
    }
  }
  return (sign | (exponent << 4) | (magnitude & 0x0f)) ^ 0x55;
}

/** An A-law byte → 16 bit sample. */
export function fromALaw(byte: number): number {
  const value = byte ^ 0x55;
  const exponent = (value >> 4) & 0x07;
  const mantissa = value & 0x0f;
  const magnitude = exponent === 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 0x108) << (exponent - 1);
  return (value & 0x80) === 0 ? -magnitude : magnitude;
}

/** Seconds of A-law silence. */
export function silence(seconds: number): Buffer {
  return Buffer.alloc(Math.round(seconds * 8000), toALaw(0));
}

/** Seconds of a sine tone at a peak of `level` (16 bit). */
export function tone(hertz: number, seconds: number, level = 8000): Buffer {
  return sound(seconds, (t) => level * Math.sin(2 * Math.PI * hertz * t));
}

/** Seconds that a detector takes for speech: syllables of a voiced buzz, 4 a second, with short pauses. */
export function speechLike(seconds: number, level = 6000): Buffer {
  return sound(seconds, (t) => {
    const syllable = Math.max(0, Math.sin(2 * Math.PI * 4 * t)) * (t % 1.3 < 1.1 ? 1 : 0);
    const pitch = 120 + 25 * Math.sin(2 * Math.PI * 0.7 * t);
    const buzz = [1, 2, 3, 5, 8, 13].reduce((sum, n) => sum + Math.sin(2 * Math.PI * pitch * n * t) / n, 0);
    return level * syllable * buzz * 0.5;
  });
}

/** Seconds of a chord that changes every 0.4 s. */
export function musicLike(seconds: number, level = 5000): Buffer {
  const notes = [262, 330, 392, 523, 440, 349, 294, 494];
  return sound(seconds, (t) => {
    const root = notes[Math.floor(t / 0.4) % notes.length] ?? 262;
    return (
      (level *
        (Math.sin(2 * Math.PI * root * t) +
          Math.sin(2 * Math.PI * root * 1.5 * t) +
          Math.sin(2 * Math.PI * root * 2 * t))) /
      3
    );
  });
}

function sound(seconds: number, at: (t: number) => number): Buffer {
  const out = Buffer.alloc(Math.round(seconds * 8000));
  for (let index = 0; index < out.length; index++) out[index] = toALaw(Math.round(at(index / 8000)));
  return out;
}
