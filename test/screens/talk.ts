/** Speech-like sound of two people who take turns, each side alone and both together. */
import { conversation } from '../../src/demo/sound.ts';
import { wavHeader } from '../recordings/wav-file.ts';

const RATE = 8_000;
/** As the demonstration's two voices take turns. */
const TURN_SECONDS = 2.6;

/** A stretch of a talk that was recorded: seconds after the answer, and how long. */
export interface TalkPart {
  readonly from: number;
  readonly seconds: number;
  /** Its file went away between the recorder and the pipeline. */
  readonly lost?: true;
}

/** Samples at 8 kHz. */
export function talkSides({
  from,
  seconds,
}: TalkPart): Readonly<Record<'caller' | 'room' | 'both', Int16Array>> {
  const bytes = conversation(from * RATE, (from + seconds) * RATE);
  const both = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
  const speaks = (index: number) => Math.floor((from + index / RATE) / TURN_SECONDS) % 2;
  return {
    both,
    room: both.map((sample, index) => (speaks(index) === 0 ? sample : 0)),
    caller: both.map((sample, index) => (speaks(index) === 1 ? sample : 0)),
  };
}

export function wavFile(samples: Int16Array): Buffer {
  const body = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  return Buffer.concat([wavHeader({ length: 44 + body.length, rate: RATE }), body]);
}
