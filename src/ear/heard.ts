/** What the ear says of a sound: the vocabulary that everything else about it uses. */

/** Classes of what a caller hears before an answer; the names that the bench and the command use. */
export const SOUND_CLASSES = [
  'ringback_standard',
  'music',
  'speech',
  'mixed_music_speech',
  'busy',
  'congestion',
  'sit',
  'silence',
  'noise',
  'fax_or_other_tone',
  'foreign_ringback',
] as const;

export type SoundClass = (typeof SOUND_CLASSES)[number];

/** What a person put something in place of the ringback with. */
export type ProgramClass = 'music' | 'speech' | 'mixed_music_speech';

/** What is played so long, seconds, is found wherever it stands: `misconfig` of the bench. */
export const PROGRAM_SECONDS = 1.5;

export type Verdict = '标准回铃音' | '彩铃' | '语音提示' | '无法判定' | '忙' | '空号';

export interface Stretch {
  /** Seconds of the sound. */
  readonly from: number;
  readonly to: number;
  readonly class: SoundClass;
}

export type SoundEvent =
  | { readonly t: number; readonly type: 'switch'; readonly frm: SoundClass; readonly to: SoundClass }
  /** The cadence began anew: another exchange rings another telephone. `gap` is the pause before it, seconds. */
  | { readonly t: number; readonly type: 'restart'; readonly gap: number }
  /** The ringback goes on at another frequency. */
  | { readonly t: number; readonly type: 'tone_change'; readonly fromHz: number; readonly toHz: number }
  | { readonly t: number; readonly type: 'level_change'; readonly db: number };

/** The beats of the tone, measured. */
export interface Cadence {
  readonly hz: number;
  /** Another line of the same tone (440 + 480 Hz); null: a single tone. */
  readonly partnerHz: number | null;
  /** Medians over whole beats and pauses, seconds; null: none was heard whole. */
  readonly on: number | null;
  readonly off: number | null;
  /** Level while it sounds. */
  readonly dbm0: number;
  /** Beats heard, whole or not. */
  readonly count: number;
}

/** A beat of a tone, for the drawing beside the waveform. */
export interface Beat {
  readonly from: number;
  readonly to: number;
  readonly hz: number;
  readonly partnerHz: number | null;
  readonly dbm0: number;
}

/** One rule with what was measured for it. */
export interface RuleMeasure {
  readonly rule:
    | 'frequency'
    | 'on'
    | 'off'
    | 'level'
    | 'purity'
    | 'program-seconds'
    | 'program-likelihood'
    | 'beats';
  readonly value: number | null;
  /** What a standard ringback has; null: open on that side. */
  readonly low: number | null;
  readonly high: number | null;
  readonly holds: boolean;
}

export interface Heard {
  /** Seconds listened to. */
  readonly seconds: number;
  /** Of the largest part of it; null: nothing can be said yet. */
  readonly class: SoundClass | null;
  readonly verdict: Verdict;
  /** 0 to 1. */
  readonly confidence: number;
  readonly stretches: readonly Stretch[];
  readonly events: readonly SoundEvent[];
  /** The sound itself shows that the call went on to another telephone. */
  readonly forwarded: boolean;
  /** Seconds listened to when the class was first said that it still has. */
  readonly decidedAt: number | null;
  readonly cadence: Cadence | null;
  readonly beats: readonly Beat[];
  readonly measures: readonly RuleMeasure[];
}

export function isProgram(of: SoundClass): of is ProgramClass {
  return of === 'music' || of === 'speech' || of === 'mixed_music_speech';
}
