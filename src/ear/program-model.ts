/**
 * Noise, speech, music or both, from the features of two seconds: a small net (one hidden layer), trained by
 * `test/bench/ear/train.ts`, which writes `program-weights.json`.
 */
import weights from './program-weights.json' with { type: 'json' };

export const KINDS = ['noise', 'speech', 'music', 'mixed_music_speech'] as const;

/** Likelihoods in the order of KINDS; together 1. */
export type Likelihoods = readonly [number, number, number, number];

/** One net: `hidden` rows of one bias and a weight for each feature, `out` rows of one bias and a weight for each hidden unit. */
export interface Net {
  readonly hidden: readonly (readonly number[])[];
  readonly out: readonly (readonly number[])[];
}

/** What training gives: where the features lie and how far they spread, and the nets for features scaled so. */
export interface Weights {
  readonly middle: readonly number[];
  readonly spread: readonly number[];
  readonly nets: readonly Net[];
}

const WEIGHTS: Weights = weights;

/** The mean of several nets, which were trained alike from other beginnings. */
export function likelihoodsOf(values: readonly number[]): Likelihoods {
  const scaled = values.map((value, at) => {
    const one = (value - (WEIGHTS.middle[at] ?? 0)) / (WEIGHTS.spread[at] ?? 1);
    return Math.max(-MOST, Math.min(MOST, one));
  });
  const sum = [0, 0, 0, 0];
  for (const net of WEIGHTS.nets)
    softmax(outputs(net, scaled)).forEach((part, at) => {
      sum[at] = (sum[at] ?? 0) + part / WEIGHTS.nets.length;
    });
  return [sum[0] ?? 0, sum[1] ?? 0, sum[2] ?? 0, sum[3] ?? 0];
}

/** What lies farther out than four spreads was not seen in training: it counts as four. */
export const MOST = 4;

function outputs({ hidden, out }: Net, input: readonly number[]): readonly number[] {
  const inner = hidden.map((row) => Math.tanh(weighed(row, input)));
  return out.map((row) => weighed(row, inner));
}

function weighed(row: readonly number[], input: readonly number[]): number {
  let sum = row[0] ?? 0;
  for (let at = 0; at < input.length; at += 1) sum += (row[at + 1] ?? 0) * (input[at] ?? 0);
  return sum;
}

function softmax(values: readonly number[]): readonly number[] {
  const most = Math.max(...values);
  const parts = values.map((value) => Math.exp(value - most));
  const sum = parts.reduce((all, part) => all + part, 0);
  return parts.map((part) => part / sum);
}
