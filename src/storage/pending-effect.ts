/** Work that must survive a crash: written with the facts, done at least once, then struck out by `effect-done`. */
export type PendingEffect =
  /** The call has ended: look whether all its sound is there. */
  | {
      readonly id: string;
      readonly kind: 'attach-recordings';
      readonly call: string;
      readonly pbx: string;
      readonly linkedid: string;
      readonly generation: number;
    }
  /** The original is ours: measure it and make the playable copy. */
  | { readonly id: string; readonly kind: 'process-recording'; readonly recording: string }
  /** All files of the recording stand: write the second copy. */
  | { readonly id: string; readonly kind: 'copy-recording'; readonly recording: string }
  /** An attachment is kept: write the second copy. */
  | { readonly id: string; readonly kind: 'copy-attachment'; readonly attachment: string }
  /** The sound of a probe is kept: write the second copy. */
  | { readonly id: string; readonly kind: 'copy-probe-sound'; readonly probe: string }
  /** Removed, or destroyed with its record: its file goes, in every place. */
  | { readonly id: string; readonly kind: 'erase-attachment'; readonly attachment: string }
  /** 涉密误录处置: every file of the call's recordings goes, in every place. */
  | { readonly id: string; readonly kind: 'erase-recordings'; readonly call: string }
  /** The PBX is in sight again: recover the calls that lived meanwhile from its history. */
  | {
      readonly id: string;
      readonly kind: 'recover-gap';
      readonly gap: string;
      readonly pbx: string;
      readonly from: number;
      readonly to: number;
    };

export type EffectKind = PendingEffect['kind'];

/** An effect in a worker's hand. */
export interface ClaimedEffect {
  readonly effect: PendingEffect;
  readonly lease: string;
  /** Attempts that failed before. */
  readonly attempts: number;
  /** How often, since it was last put off, a worker ended without a word while it had this. */
  readonly interrupted: number;
}
