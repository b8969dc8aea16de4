import type { MadeFile, SoundJudgement } from '../sound/judgement.ts';

/**
 * What the recording side reports about one sound file of a call. `recording` is its id (UUIDv7), made when the file was
 * asked for or found; reports about one id may repeat and may come in any order after `recording-known`.
 */
export type RecordingReport =
  /** A file exists or was asked for. The first report about an id; the call is found by PBX and Linkedid. */
  | {
      readonly type: 'recording-known';
      readonly recording: string;
      readonly pbx: string;
      readonly linkedid: string;
      /** Which call of that Linkedid; undefined: the newest. */
      readonly generation?: number;
      /** Channel the sound is taken from. */
      readonly uniqueid: string;
      /** Talk from the bridge on, or what was heard before an answer. */
      readonly part: 'talk' | 'before-answer';
      readonly mode: 'pbx' | 'ami' | 'snippet';
      /** Path on the PBX as the PBX names it; hostile until the recordings folder has judged it. */
      readonly pbxPath: string;
      /** The rule of the matcher that found it; undefined: the PBX named it while it recorded. */
      readonly foundBy?: string;
      readonly at: number;
    }
  /** The PBX took the order only now: it was asked again after it was known. */
  | { readonly type: 'recording-ordered'; readonly recording: string; readonly at: number }
  /** The light (D5): growth seen, not seen, or not to be checked from here. */
  | {
      readonly type: 'recording-growth';
      readonly recording: string;
      readonly state: 'recording' | 'no-growth' | 'cannot-check';
      readonly at: number;
    }
  /** The finished file was taken over. `file` is relative to the recordings folder. */
  | {
      readonly type: 'recording-attached';
      readonly recording: string;
      readonly file: string;
      readonly bytes: number;
      readonly seconds: number;
      readonly sha256: string;
      readonly repaired: boolean;
      /** The two sides that were kept beside it, each alone; facts of before they were told have none. */
      readonly sides?: readonly MadeFile[];
      readonly at: number;
    }
  /** Final without sound: a 44-byte file, a file that never came, a path outside the base. */
  | {
      readonly type: 'recording-failed';
      readonly recording: string;
      readonly state: 'no-sound' | 'missing' | 'refused-path';
      readonly at: number;
    }
  /** The pipeline has measured the sound and made its playable copy. Repeats say the same. */
  | {
      readonly type: 'recording-processed';
      readonly recording: string;
      readonly judgement: SoundJudgement;
      readonly at: number;
    }
  /** The second copy (录音备份) as it was found by its last check. */
  | {
      readonly type: 'recording-copied';
      readonly recording: string;
      readonly state: 'verified' | 'altered' | 'missing' | 'unreachable';
      readonly at: number;
    }
  /** The original as `verify` found it. */
  | {
      readonly type: 'recording-verified';
      readonly recording: string;
      readonly state: 'verified' | 'altered' | 'missing' | 'restored';
      readonly at: number;
    }
  /** The office's policy let it go: its files are deleted, what was known of them stays. */
  | { readonly type: 'recording-expired'; readonly recording: string; readonly at: number };
