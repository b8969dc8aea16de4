/** The kinds of beats, and the classes they make. */
import type { SoundClass } from './heard.ts';

/** 空号音 is kept apart from other tones: it has a verdict of its own. */
export type ToneKind =
  | 'standard'
  | 'busy'
  | 'congestion'
  | 'vacant'
  | 'dial'
  | 'waiting'
  | 'sit'
  | 'foreign'
  | 'other'
  /** Beats of many pitches: somebody plays. */
  | 'tune'
  /** Too little of it was heard. */
  | 'unclear';

export function classOf(kind: ToneKind): SoundClass | null {
  switch (kind) {
    case 'standard':
      return 'ringback_standard';
    case 'busy':
    case 'congestion':
    case 'sit':
      return kind;
    case 'foreign':
      return 'foreign_ringback';
    case 'vacant':
    case 'dial':
    case 'waiting':
    case 'other':
      return 'fax_or_other_tone';
    case 'tune':
      return 'music';
    case 'unclear':
      return null;
  }
}
