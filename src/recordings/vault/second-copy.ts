/**
 * The second copy of our sound (录音备份) in another folder: another disk, or a share. Each file has its name and digest there
 * too and is sealed anew. What a copy is worth is what can be read back from it, so nothing here is believed by its name or
 * length. The page cache may answer for the disk soon after a writing (Node has no posix_fadvise): the checks of the
 * following nights are the ones that read the disk.
 */
import { checkDigest } from './checked-open.ts';
import { type CopyPlace, lookAtCopyPlace } from './copy-place.ts';
import type { SealingKeys } from './sealing-key.ts';
import { type Shredded, shredRecording } from './shred.ts';
import { createSoundFolder, type SoundFolder, type StoredSound } from './sound-folder.ts';
import { soundsOf } from './sound-inventory.ts';
import type { SoundTrouble } from './sound-trouble.ts';
import { sourceUnreadable, type Transfer, transfer } from './transfer.ts';

/** The digests (hex) that were kept of the files of one recording, by file. */
export type KnownDigests = ReadonlyMap<string, string>;

type Unreachable = { readonly state: 'unreachable'; readonly trouble: SoundTrouble };

export type CopyOutcome =
  | { readonly state: 'verified'; readonly files: number; readonly isSameDisk: boolean }
  /** Our own file is not what was kept, or gone: what the copy has of it was left as it is. */
  | { readonly state: 'source-altered' | 'source-missing'; readonly file: string }
  | { readonly state: 'source-trouble'; readonly file: string; readonly trouble: SoundTrouble }
  | Unreachable;

export type CopyCheck =
  | { readonly state: 'verified'; readonly files: number }
  | { readonly state: 'altered' | 'missing'; readonly file: string }
  | Unreachable;

export type Restoring =
  /** The library's own file is the right one: untouched. */
  | { readonly state: 'intact' }
  /** `aside`: where the altered file now lies, null when there was none. */
  | { readonly state: 'restored'; readonly sound: StoredSound; readonly aside: string | null }
  | { readonly state: 'copy-altered' | 'copy-missing' }
  | { readonly state: 'library-trouble'; readonly trouble: SoundTrouble }
  | Unreachable;

export interface SecondCopy {
  /** Whether the folder is there and ours. Sets an empty one up. */
  place(): Promise<CopyPlace>;
  /** Copies all files of a recording that the library has; a second call finds the first one's work. */
  copy(recording: string, known: KnownDigests): Promise<CopyOutcome>;
  /** Reads the copies of these files again. Files of no known digest are not asked about. */
  verify(known: KnownDigests): Promise<CopyCheck>;
  /** Brings one file back into the library when the library's own is altered or gone. */
  restore(file: string, sha256: string): Promise<Restoring>;
  /** Destroys what the copy has of a recording; a copy that cannot be reached says so. */
  shred(recording: string): Promise<{ readonly state: 'done'; readonly shredded: Shredded } | Unreachable>;
}

export interface SecondCopyDeps {
  readonly library: SoundFolder;
  readonly folder: string;
  readonly keys: SealingKeys;
  /** Integer ms UTC. */
  readonly now: () => number;
}

/** None of its functions rejects for disk, mount or seal. A share should be mounted `soft`: a hard one waits for ever. */
export function createSecondCopy({ library, folder, keys, now }: SecondCopyDeps): SecondCopy {
  const copies = createSoundFolder(folder, keys);
  const place = () => lookAtCopyPlace(library.root, folder);

  async function copyFile(file: string, sha256: string | undefined): Promise<Transfer> {
    const source = sha256 === undefined ? await library.digest(file) : null;
    if (source?.state === 'missing') return { state: 'source-missing' };
    if (source?.state === 'unreadable') return sourceUnreadable(source.trouble);
    const wanted = source?.sha256 ?? sha256 ?? '';
    const found = await copies.digest(file);
    if (found.state === 'read' && found.sha256 === wanted)
      return { state: 'done', sound: { file, bytes: found.bytes, sha256: wanted } };
    return transfer(library, copies, { file, sha256: wanted });
  }

  return {
    place,
    async copy(recording, known) {
      const before = await place();
      if (before.state !== 'ready') return before;
      const here = await soundsOf(library.root, recording);
      if (here.state !== 'listed') return { state: 'source-trouble', file: recording, trouble: here.trouble };
      const files = [...new Set([...known.keys(), ...here.files])];
      const outcomes: CopyOutcome[] = [];
      for (const file of files) {
        const copied = await copyFile(file, known.get(file));
        if (copied.state === 'target-trouble') return { state: 'unreachable', trouble: copied.trouble };
        if (copied.state === 'source-trouble')
          outcomes.push({ state: copied.state, file, trouble: copied.trouble });
        else if (copied.state !== 'done') outcomes.push({ state: copied.state, file });
      }
      // The mount may have gone in between; then the files went to where no copy is.
      const after = await place();
      if (after.state !== 'ready') return after;
      return outcomes[0] ?? { state: 'verified', files: files.length, isSameDisk: after.isSameDisk };
    },
    async verify(known) {
      const there = await place();
      if (there.state !== 'ready') return there;
      const faults: CopyCheck[] = [];
      for (const [file, sha256] of known) {
        const check = checkDigest(await copies.digest(file), sha256);
        if (check.state === 'unreadable') return { state: 'unreachable', trouble: check.trouble };
        if (check.state !== 'verified') faults.push({ state: check.state, file });
      }
      const after = await place();
      if (after.state !== 'ready') return after;
      const worst = faults.find((fault) => fault.state === 'altered') ?? faults[0];
      return worst ?? { state: 'verified', files: known.size };
    },
    async restore(file, sha256) {
      const there = await place();
      if (there.state !== 'ready') return there;
      const here = checkDigest(await library.digest(file), sha256);
      if (here.state === 'verified') return { state: 'intact' };
      if (here.state === 'unreadable') return { state: 'library-trouble', trouble: here.trouble };
      let aside: string | null = null;
      const back = await transfer(copies, library, {
        file,
        sha256,
        async beforeNaming() {
          if (here.state === 'altered') aside = await library.putAside(file, now());
        },
      });
      if (back.state === 'done') return { state: 'restored', sound: back.sound, aside };
      if (back.state === 'target-trouble') return { state: 'library-trouble', trouble: back.trouble };
      if (back.state === 'source-trouble') return { state: 'unreachable', trouble: back.trouble };
      return { state: back.state === 'source-altered' ? 'copy-altered' : 'copy-missing' };
    },
    async shred(recording) {
      const there = await place();
      return there.state === 'ready' ? shredRecording(folder, recording) : there;
    },
  };
}
