/**
 * Opens sound for replay and says whether it is what was kept (校验一致 / 校验不一致). An hour of sound takes a second to read
 * through, so the answer is remembered as long as the file stays as it was: same inode, length and times. The time of the
 * inode is among them because whoever alters a file can set back its time of writing, but not that one.
 */
import type { Digest, OpenedSound, SoundFolder } from './sound-folder.ts';
import { isAlteration, type SoundTrouble, troubleOf } from './sound-trouble.ts';

export type DigestCheck =
  | { readonly state: 'verified' }
  | { readonly state: 'altered' }
  | { readonly state: 'missing' }
  | { readonly state: 'unreadable'; readonly trouble: SoundTrouble };

export type CheckedSound =
  | {
      readonly state: 'open';
      readonly sound: OpenedSound;
      /** What is known at once; null while the file is being read through. */
      readonly known: DigestCheck | null;
      /** The answer when it is there. Never rejects for disk, mount or seal. */
      readonly check: Promise<DigestCheck>;
    }
  /** Sealed, and the seal does not open: it need not be read through to be known for altered. */
  | { readonly state: 'altered' }
  | { readonly state: 'missing' }
  | { readonly state: 'unreadable'; readonly trouble: SoundTrouble };

export interface CheckedOpening {
  /** Opens `file` (relative, as reported) and compares it with the digest that was kept of it (hex). */
  open(file: string, sha256: string): Promise<CheckedSound>;
}

interface Remembered {
  readonly stamp: string;
  readonly sha256: string;
  readonly answer: Answer;
  readonly check: Promise<DigestCheck>;
}

interface Answer {
  known: DigestCheck | null;
}

const REMEMBERED = 2_000;

export function createCheckedOpening(folder: Pick<SoundFolder, 'open' | 'digest'>): CheckedOpening {
  const remembered = new Map<string, Remembered>();

  function rememberedOf(file: string, sha256: string, stamp: string): Remembered {
    const before = remembered.get(file);
    if (before?.stamp === stamp && before.sha256 === sha256) return before;
    const answer: Answer = { known: null };
    const made: Remembered = { stamp, sha256, answer, check: checkOf(file, sha256, answer) };
    remembered.delete(file);
    remembered.set(file, made);
    const oldest = remembered.keys().next().value;
    if (remembered.size > REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    return made;
  }

  async function checkOf(file: string, sha256: string, answer: Answer): Promise<DigestCheck> {
    const check = checkDigest(await folder.digest(file), sha256);
    if (check.state === 'verified' || check.state === 'altered') answer.known = check;
    // What could not be read this time may be readable next time.
    else if (remembered.get(file)?.answer === answer) remembered.delete(file);
    return check;
  }

  return {
    async open(file, sha256) {
      try {
        const sound = await folder.open(file);
        if (sound === null) return { state: 'missing' };
        const { answer, check } = rememberedOf(file, sha256, sound.stamp);
        return { state: 'open', sound, known: answer.known, check };
      } catch (failure) {
        const trouble = troubleOf(failure);
        return isAlteration(trouble) ? { state: 'altered' } : { state: 'unreadable', trouble };
      }
    },
  };
}

/** Whether a digest that was read is the one that was kept; a seal that does not open is an altered file. */
export function checkDigest(found: Digest, sha256: string): DigestCheck {
  if (found.state === 'missing') return found;
  if (found.state === 'read') return { state: found.sha256 === sha256 ? 'verified' : 'altered' };
  return isAlteration(found.trouble) ? { state: 'altered' } : found;
}
