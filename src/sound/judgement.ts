/** What the samples of a recording say, and what that is worth as evidence. Written by the pipeline, read by everybody. */

/** Whose voice a channel of the sound carries. `mixed`: one channel with both (a mixed `pbx` file, 单声道). */
export type SoundSide = 'caller' | 'room' | 'mixed';

/** One side, measured on its samples. Levels in dBFS (0 = full scale sine peak); null: digital silence. */
export interface SideMeasure {
  readonly side: SoundSide;
  readonly levelDbfs: number | null;
  readonly peakDbfs: number | null;
  /** Seconds with speech or another sound above the floor. */
  readonly activeSeconds: number;
  readonly longestSilenceSeconds: number;
  readonly clippedSamples: number;
}

export interface SoundMeasure {
  readonly seconds: number;
  /** Hz of the original. */
  readonly sampleRate: number;
  /** One mixed side, or caller and room. */
  readonly sides: readonly SideMeasure[];
}

/**
 * Something that is wrong with a recording; none at all is 完整. Seconds are what is missing of the talk. A file that never
 * came has no judgement: its recording ends as `missing`; one that is lost later fails its check (`checkState`).
 */
export type SoundDefect =
  | { readonly kind: 'cut-at-start'; readonly seconds: number }
  | { readonly kind: 'cut-at-end'; readonly seconds: number }
  /** Shorter than the talk, and nobody can say where. */
  | { readonly kind: 'short'; readonly seconds: number }
  | { readonly kind: 'one-side-silent'; readonly side: 'caller' | 'room' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'clipped' }
  /** No sound in the file at all: a 44-byte file. */
  | { readonly kind: 'empty' }
  /** Bytes that no decoder takes for sound. */
  | { readonly kind: 'wrong-format' };

/** A file beside the original, or made from it. `file` is relative to the recordings folder. */
export interface MadeFile {
  readonly file: string;
  readonly bytes: number;
  /** Of the plain content, whether or not it is encrypted where it lies. */
  readonly sha256: string;
}

/** The outcome of the pipeline for one recording. */
export interface SoundJudgement {
  /** Null when nothing could be decoded. */
  readonly measure: SoundMeasure | null;
  readonly defects: readonly SoundDefect[];
  /** The copy the page plays (Opus in Ogg); null when there is no sound to play or no ffmpeg. */
  readonly playable: MadeFile | null;
  /** For the waveform: see `peaks.ts`; null as above. */
  readonly peaks: MadeFile | null;
}
