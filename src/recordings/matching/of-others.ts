/**
 * PURE. A PBX that records every phone leaves files of colleagues whose calls are none of ours: nobody's business in a list
 * that officers look through. FreePBX says in the name which phone it recorded.
 */
import { readNumber } from '../../directory/number.ts';
import type { SoundName } from './file-name.ts';

/** Kinds whose name holds the recorded phone; of a queue, a ring group or a conference it holds theirs. */
const OF_A_PHONE = ['external', 'internal', 'exten', 'out'];

/**
 * Whether the name says that the file is of other phones. `own` are the numbers of all duty lines of the PBX: DIDs,
 * published numbers, extensions of their phones; empty: nobody told, and no file is taken to be of others.
 */
export function createOfOthers(own: readonly string[], areaCode: string): (name: SoundName) => boolean {
  const keys = new Set(own.flatMap((number) => [number, readNumber(number, areaCode).matchKey ?? number]));
  return ({ shape, kind, numbers }) => {
    if (keys.size === 0 || shape !== 'freepbx' || kind === null || !OF_A_PHONE.includes(kind)) return false;
    return (
      numbers.length > 0 &&
      !numbers.some((number) => keys.has(number) || keys.has(readNumber(number, areaCode).matchKey ?? number))
    );
  };
}
