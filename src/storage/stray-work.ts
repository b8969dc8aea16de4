/** What is written about files that belong to no call (无主录音). */

export type StrayWork =
  /** One look at a PBX's folder: what is there now without a call, and what of before is not. */
  | {
      readonly type: 'strays-seen';
      readonly pbx: string;
      readonly seen: readonly SeenStray[];
      /** Ids of strays that are not there any more, or have found their call. */
      readonly gone: readonly string[];
      /** Integer ms UTC. */
      readonly at: number;
    }
  /** A person says whose it is: it becomes a recording of that call, and is taken over like any other. */
  | {
      readonly type: 'stray-attach';
      readonly stray: string;
      readonly call: string;
      readonly person: string;
      readonly account: string;
      readonly at: number;
    }
  /** A person says that it is nobody's. */
  | {
      readonly type: 'stray-ignore';
      readonly stray: string;
      readonly reason: string;
      readonly person: string;
      readonly account: string;
      readonly at: number;
    };

export interface SeenStray {
  /** UUIDv7; the id the recording gets when the file is attached. A path that is known keeps the id it has. */
  readonly id: string;
  /** As the PBX names it: hostile. */
  readonly path: string;
  readonly bytes: number;
  readonly modifiedAt: number;
  readonly suggestions: readonly StraySuggestion[];
}

/** A call the file may belong to; a person decides. */
export interface StraySuggestion {
  readonly call: string;
  readonly why: 'uniqueid-in-name' | 'time-and-number' | 'time';
  readonly number: string | null;
  readonly apartMs: number;
}
