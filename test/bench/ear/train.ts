/**
 * Trains the small nets of `src/ear/program-model.ts` on the tuning set and writes `src/ear/program-weights.json`:
 * `npm run bench -- ear train [clips]`. The same seed, packages and Node give the same weights.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FEATURE_NAMES } from '../../../src/ear/features.ts';
import { createListener } from '../../../src/ear/listener.ts';
import { isAudible } from '../../../src/ear/program-course.ts';
import { KINDS, MOST, type Net, type Weights } from '../../../src/ear/program-model.ts';
import { gauss } from '../../ear/noise-maker.ts';
import { type Chance, seeded } from '../../support/seeded.ts';
import { type StoredClip, soundOf } from './clip-set.ts';

interface Example {
  readonly values: readonly number[];
  /** Place in KINDS. */
  readonly kind: number;
}

const HIDDEN = 24;
const NETS = 3;
const EPOCHS = 40;
const BATCH = 64;
const RATE = 0.004;
const DECAY = 1e-4;
/** Noise on the features while training, in spreads: what a real line does to them was not measured. */
const JITTER = 0.15;
/** Part of a window that must be speech or music for it to be an example of it; below the other one it is none. */
const ENOUGH = 0.35;
const HARDLY = 0.1;

/** Windows of the clips with what they hold, measured once and kept beside the clips. */
export function examplesOf(clips: readonly StoredClip[], folder: string, name: string): readonly Example[] {
  const file = join(folder, `${name}.examples.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as readonly Example[];
  const examples = clips.flatMap((clip) => {
    const listener = createListener();
    const sound = soundOf(clip);
    // In pieces, as it comes: windows are heard while their tones are still open.
    for (let from = 0; from < sound.length; from += 8_000) {
      listener.take(sound.subarray(from, from + 8_000), () => undefined);
      listener.parts();
    }
    listener.finish(() => undefined);
    return listener
      .parts()
      .windows.filter(isAudible)
      .flatMap(({ from, to, values }) => {
        const kind = kindBetween(clip, from, to);
        return kind === null ? [] : [{ values: values.map((value) => Math.round(value * 1e4) / 1e4), kind }];
      });
  });
  writeFileSync(file, JSON.stringify(examples));
  return examples;
}

function kindBetween({ fine }: StoredClip, from: number, to: number): number | null {
  const parts = [0, 0, 0, 0];
  for (const [begin, end, of] of fine) {
    const kind = Math.max(0, (KINDS as readonly string[]).indexOf(of));
    parts[kind] = (parts[kind] ?? 0) + Math.max(0, Math.min(to, end) - Math.max(from, begin)) / (to - from);
  }
  const [, speech = 0, music = 0, both = 0] = parts;
  const played = speech + music + both;
  if (played <= HARDLY) return 0;
  if (played < ENOUGH) return null;
  const most = Math.max(speech, music, both);
  return most < played * 0.7 ? (both > 0.3 * played ? 3 : null) : parts.indexOf(most, 1);
}

export function train(examples: readonly Example[], tell: (line: string) => void): Weights {
  const count = FEATURE_NAMES.length;
  const middle = Array.from({ length: count }, (_, at) =>
    mean(examples.map(({ values }) => values[at] ?? 0)),
  );
  const spread = Array.from({ length: count }, (_, at) =>
    Math.max(
      1e-3,
      Math.sqrt(mean(examples.map(({ values }) => ((values[at] ?? 0) - (middle[at] ?? 0)) ** 2))),
    ),
  );
  const inputs = examples.map(({ values }) =>
    Float64Array.from(values, (value, at) =>
      Math.max(-MOST, Math.min(MOST, (value - (middle[at] ?? 0)) / (spread[at] ?? 1))),
    ),
  );
  const kinds = examples.map(({ kind }) => kind);
  const counts = KINDS.map((_, kind) => kinds.filter((each) => each === kind).length);
  tell(`examples: ${KINDS.map((kind, at) => `${kind} ${counts[at]}`).join(', ')}`);
  const weights = counts.map((each) => Math.sqrt(examples.length / KINDS.length / Math.max(1, each)));
  const nets = Array.from({ length: NETS }, (_, net) =>
    trainNet(inputs, kinds, weights, seeded(`net ${net}`), tell),
  );
  return { middle: middle.map(short), spread: spread.map(short), nets };
}

/** Cross-entropy, by Adam (Kingma and Ba 2015) with a falling step and weight decay. */
function trainNet(
  inputs: readonly Float64Array[],
  kinds: readonly number[],
  classWeights: readonly number[],
  chance: Chance,
  tell: (line: string) => void,
): Net {
  const size = inputs[0]?.length ?? 0;
  const outs = KINDS.length;
  const row = size + 1;
  const total = HIDDEN * row + outs * (HIDDEN + 1);
  const base = HIDDEN * row;
  const w = Float64Array.from(
    { length: total },
    (_, n) => gauss(chance) * (n < base ? 1 / Math.sqrt(size) : 1 / Math.sqrt(HIDDEN)),
  );
  const [grad, first, second] = [new Float64Array(total), new Float64Array(total), new Float64Array(total)];
  const order = inputs.map((_, n) => n);
  const hidden = new Float64Array(HIDDEN);
  const back = new Float64Array(HIDDEN);
  const x = new Float64Array(size);
  const y = new Float64Array(outs);
  let step = 0;
  const steps = Math.ceil(inputs.length / BATCH) * EPOCHS;
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    for (let n = order.length - 1; n > 0; n -= 1) {
      const other = chance.below(n + 1);
      [order[n], order[other]] = [order[other] ?? 0, order[n] ?? 0];
    }
    let loss = 0;
    for (let from = 0; from < order.length; from += BATCH) {
      grad.fill(0);
      const batch = order.slice(from, from + BATCH);
      for (const which of batch) loss += one(which);
      step += 1;
      update(batch.length);
    }
    if (epoch % 10 === 9) tell(`epoch ${epoch + 1}: loss ${(loss / order.length).toFixed(4)}`);
  }
  return {
    hidden: Array.from({ length: HIDDEN }, (_, h) => Array.from(w.subarray(h * row, (h + 1) * row), short)),
    out: Array.from({ length: outs }, (_, o) =>
      Array.from(w.subarray(base + o * (HIDDEN + 1), base + (o + 1) * (HIDDEN + 1)), short),
    ),
  };

  function one(which: number): number {
    const input = inputs[which];
    const kind = kinds[which] ?? 0;
    if (input === undefined) return 0;
    for (let at = 0; at < size; at += 1)
      x[at] = (input[at] ?? 0) + JITTER * (chance.next() + chance.next() + chance.next() - 1.5) * 2;
    for (let h = 0; h < HIDDEN; h += 1) {
      let sum = w[h * row] ?? 0;
      for (let at = 0; at < size; at += 1) sum += (w[h * row + at + 1] ?? 0) * (x[at] ?? 0);
      hidden[h] = Math.tanh(sum);
    }
    let most = Number.NEGATIVE_INFINITY;
    for (let o = 0; o < outs; o += 1) {
      const at = base + o * (HIDDEN + 1);
      let sum = w[at] ?? 0;
      for (let h = 0; h < HIDDEN; h += 1) sum += (w[at + h + 1] ?? 0) * (hidden[h] ?? 0);
      y[o] = sum;
      if (sum > most) most = sum;
    }
    let whole = 0;
    for (let o = 0; o < outs; o += 1) {
      y[o] = Math.exp((y[o] ?? 0) - most);
      whole += y[o] ?? 0;
    }
    const weight = classWeights[kind] ?? 1;
    const loss = -Math.log((y[kind] ?? 0) / whole + 1e-12) * weight;
    back.fill(0);
    for (let o = 0; o < outs; o += 1) {
      const error = ((y[o] ?? 0) / whole - (o === kind ? 1 : 0)) * weight;
      const at = base + o * (HIDDEN + 1);
      grad[at] = (grad[at] ?? 0) + error;
      for (let h = 0; h < HIDDEN; h += 1) {
        grad[at + h + 1] = (grad[at + h + 1] ?? 0) + error * (hidden[h] ?? 0);
        back[h] = (back[h] ?? 0) + error * (w[at + h + 1] ?? 0);
      }
    }
    for (let h = 0; h < HIDDEN; h += 1) {
      const error = (back[h] ?? 0) * (1 - (hidden[h] ?? 0) ** 2);
      const at = h * row;
      grad[at] = (grad[at] ?? 0) + error;
      for (let n = 0; n < size; n += 1) grad[at + n + 1] = (grad[at + n + 1] ?? 0) + error * (x[n] ?? 0);
    }
    return loss;
  }

  function update(batch: number): void {
    const speed = RATE * (0.5 + 0.5 * Math.cos((Math.PI * step) / steps));
    const [one, two] = [1 - 0.9 ** step, 1 - 0.999 ** step];
    for (let n = 0; n < total; n += 1) {
      const g = (grad[n] ?? 0) / batch;
      first[n] = 0.9 * (first[n] ?? 0) + 0.1 * g;
      second[n] = 0.999 * (second[n] ?? 0) + 0.001 * g * g;
      const move = (first[n] ?? 0) / one / (Math.sqrt((second[n] ?? 0) / two) + 1e-8);
      w[n] = (w[n] ?? 0) - speed * (move + DECAY * 10 * (w[n] ?? 0));
    }
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function short(value: number): number {
  return Number(value.toPrecision(4));
}
