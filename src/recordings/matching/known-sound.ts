/** PURE. Which files the store knows already, whatever their ending is by now. */
import { GIVEN_UP } from '../../calls/sound-due.ts';
import { belowBase, type PbxFolder } from '../inside-base.ts';
import { type FoundFile, isEmptySound, soundKey } from './found-file.ts';

/** A recording the store has: finished, under way, or given up. */
export interface KnownSound {
  readonly recording: string;
  readonly call: string | null;
  /** As the PBX named it: hostile. */
  readonly pbxPath: string;
  readonly state: string;
  readonly part: 'talk' | 'before-answer';
}

export interface KnownKeys {
  /** Same sound in any format: taken, or on its way. */
  readonly taken: ReadonlySet<string>;
  /** Given up: the very same file is not looked at again unless it has grown into sound. */
  readonly empty: ReadonlySet<string>;
  /** Recordings that were given up, by their path. */
  readonly givenUp: ReadonlyMap<string, string>;
}

/** The indexes of what is known. */
export function knownKeys(known: readonly KnownSound[], base: PbxFolder): KnownKeys {
  const taken = new Set<string>();
  const empty = new Set<string>();
  const givenUp = new Map<string, string>();
  for (const { recording, pbxPath, state } of known) {
    const inside = belowBase(base, pbxPath);
    if (inside === null) continue;
    if (!GIVEN_UP.includes(state)) taken.add(soundKey(inside));
    else givenUp.set(inside, recording);
    if (state === 'no-sound') empty.add(inside);
  }
  return { taken, empty, givenUp };
}

/** Whether nothing is to be done with a file. */
export function isKnown(known: KnownKeys, file: FoundFile): boolean {
  return known.taken.has(soundKey(file.path)) || (known.empty.has(file.path) && isEmptySound(file));
}
