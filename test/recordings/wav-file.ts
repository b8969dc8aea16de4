/** Made-up WAV headers for the tests; unsaid sizes are truthful for `length`. */
export interface WavShape {
  /** Of the whole file, header included. */
  readonly length: number;
  readonly tag?: number;
  readonly bits?: number;
  readonly rate?: number;
  readonly channels?: number;
  readonly rateBytes?: number;
  readonly block?: number;
  readonly fmtSize?: number;
  readonly fact?: boolean;
  /** Bytes in a LIST chunk before the sound. */
  readonly list?: number | undefined;
  readonly riffSize?: number;
  readonly dataSize?: number;
}

/** All bytes before the sound. */
export function wavHeader(shape: WavShape): Uint8Array<ArrayBuffer> {
  const { tag = 1, bits = 16, rate = 8_000, channels = 1, fmtSize = 16 } = shape;
  const block = shape.block ?? (bits / 8) * channels;
  const parts: number[] = [];
  const word = (value: number, bytes: number) => {
    for (let shift = 0; shift < bytes; shift += 1) parts.push(Math.floor(value / 2 ** (8 * shift)) % 256);
  };
  const name = (value: string) => parts.push(...new TextEncoder().encode(value));
  name('RIFF');
  word(shape.riffSize ?? shape.length - 8, 4);
  name('WAVEfmt ');
  word(fmtSize, 4);
  word(tag, 2);
  word(channels, 2);
  word(rate, 4);
  word(shape.rateBytes ?? rate * block, 4);
  word(block, 2);
  word(bits, 2);
  for (let extra = 16; extra < fmtSize; extra += 1) parts.push(0);
  if (shape.fact) {
    name('fact');
    word(4, 4);
    word(0, 4);
  }
  if (shape.list !== undefined) {
    name('LIST');
    word(shape.list, 4);
    for (let at = 0; at < shape.list + (shape.list % 2); at += 1) parts.push(120);
  }
  name('data');
  word(shape.dataSize ?? Math.max(0, shape.length - parts.length - 4), 4);
  return Uint8Array.from(parts);
}

/** A whole file: header and that many bytes of a quiet saw-tooth. */
export function wavFile(soundBytes: number, shape: Partial<WavShape> = {}): Uint8Array<ArrayBuffer> {
  const header = wavHeader({ length: 44 + soundBytes, ...shape });
  const file = new Uint8Array(header.length + soundBytes);
  file.set(header);
  for (let at = header.length; at < file.length; at += 1) file[at] = at % 7;
  return file;
}
