/**
 * PURE. Both ways: the files of one PBX against its calls, and the calls against the files. Says what is to be attached
 * and by which rule, which calls have no sound that should have some, which files are nobody's (无主录音), and leaves alone
 * what may still grow.
 */
import { isSoundDue, type WhyMissing, whyMissing } from '../../calls/sound-due.ts';
import type { SoundTrail } from '../../calls/sound-trail.ts';
import type { PbxFolder } from '../inside-base.ts';
import type { SoundName } from './file-name.ts';
import { createFileWindow } from './file-window.ts';
import { type FoundFile, isEmptySound } from './found-file.ts';
import { isKnown, type KnownSound, knownKeys } from './known-sound.ts';
import { type CdrSound, createMatcher, type MatchRule } from './match.ts';
import { createOfOthers } from './of-others.ts';
import { isSettled, SETTLING, type SettlingRule, type SizeSample } from './settled.ts';
import { createSuggester, type Suggestion } from './suggest.ts';
import { withoutTwins } from './twins.ts';
import type { WallClock } from './wall-clock.ts';

export interface LookedAtFile extends FoundFile {
  /** Every look there was, oldest first; the last one says what `bytes` and `mtimeMs` say. */
  readonly samples: readonly SizeSample[];
}

export interface ReconcileGiven {
  readonly base: PbxFolder;
  readonly clock: WallClock;
  readonly areaCode: string;
  /** Calls of the window and of a day on either side. */
  readonly trails: readonly SoundTrail[];
  readonly known: readonly KnownSound[];
  readonly cdr: readonly CdrSound[];
  /** Numbers of all duty lines of the PBX: DIDs, published numbers, extensions. Undefined: every file may be ours. */
  readonly ownNumbers?: readonly string[] | undefined;
  /** All files that were seen; those of another time than the window are left alone. */
  readonly files: readonly LookedAtFile[];
  /** How a stand-alone recorder names its files; null: by the PBX's own names. */
  readonly readName?: ((path: string) => SoundName | null) | undefined;
  /** Integer ms UTC, `to` not included. */
  readonly from: number;
  readonly to: number;
  /** Our clock, ms UTC. */
  readonly now: number;
  readonly settling?: SettlingRule;
  /** A call without sound is called so only so long after its end. */
  readonly missingAfterMs?: number;
}

/** A file that is to be taken over. */
export interface Attachment {
  readonly trail: SoundTrail;
  readonly file: FoundFile;
  readonly rule: MatchRule;
  /** The recording that was given up under this very path, if there is one. */
  readonly recording: string | null;
  /** The channel in its name, else the call's own. */
  readonly uniqueid: string;
  readonly part: 'talk' | 'before-answer';
  readonly mode: 'pbx' | 'ami' | 'snippet';
}

export interface MissingSound {
  readonly trail: SoundTrail;
  readonly why: WhyMissing;
}

export interface StrayFile {
  readonly file: FoundFile;
  readonly suggestions: readonly Suggestion[];
}

export interface AmbiguousFile {
  readonly file: FoundFile;
  /** Ids of the calls that claim it. */
  readonly calls: readonly string[];
}

export interface Reconciliation {
  readonly attachments: readonly Attachment[];
  readonly missing: readonly MissingSound[];
  readonly strays: readonly StrayFile[];
  readonly ambiguous: readonly AmbiguousFile[];
  /** Paths of files that need nobody's attention: known, attached, empty, of others, not kept, twins. */
  readonly explained: ReadonlySet<string>;
  /** Calls that are over and have a file that may still grow. */
  readonly growing: ReadonlySet<string>;
  readonly counts: FileCounts;
}

/** Each file is counted once. */
export interface FileCounts {
  /** Known to the store already. */
  known: number;
  attached: number;
  stray: number;
  ambiguous: number;
  /** May still grow, or its call still lives: looked at again the next time. */
  waiting: number;
  /** Not one sample of sound. */
  empty: number;
  /** Of a call that is none of ours, as the CDR or the phone in the name says. */
  ofOthers: number;
  /** Of a line that is not to be recorded. */
  notKept: number;
  /** The same sound as another file, in another format. */
  twin: number;
  outsideWindow: number;
}

const MISSING_AFTER_MS = 10 * 60_000;

/** Works out everything; changes and reads nothing. */
export function reconcileSound(given: ReconcileGiven): Reconciliation {
  const settling = given.settling ?? SETTLING;
  const match = createMatcher(given);
  const suggest = createSuggester(given);
  const { read, isInWindow } = createFileWindow(given);
  const isOfOthers = createOfOthers(given.ownNumbers ?? [], given.areaCode);
  const known = knownKeys(given.known, given.base);
  const counts = noFiles();
  const attachments: Attachment[] = [];
  const strays: StrayFile[] = [];
  const ambiguous: AmbiguousFile[] = [];
  const emptyOf = new Set<SoundTrail>();
  const growing = new Set<string>();

  const judge = (file: LookedAtFile): keyof FileCounts => {
    const name = read(file.path);
    if (!isInWindow(file, name)) return 'outsideWindow';
    if (isKnown(known, file)) return 'known';
    if (name.shape === 'ami-side') return 'twin';
    const found = match({ ...file, name });
    if (found.kind === 'of-others' || (found.kind === 'none' && isOfOthers(name))) return 'ofOthers';
    if (found.kind === 'one') {
      const { trail, rule } = found;
      if (trail.mode === 'none') return 'notKept';
      const since = quietSince(trail);
      if (since === null) return 'waiting';
      if (!isSettled(file.samples, since, settling)) {
        growing.add(trail.call);
        return 'waiting';
      }
      if (isEmptySound(file)) {
        emptyOf.add(trail);
        return 'empty';
      }
      const recording = known.givenUp.get(file.path) ?? null;
      attachments.push({ ...attachmentOf(trail, rule, file, name), recording });
      return 'attached';
    }
    if (!isSettled(file.samples, 0, settling)) return 'waiting';
    if (isEmptySound(file)) return 'empty';
    if (found.kind === 'several') {
      ambiguous.push({ file: seen(file), calls: found.trails.map((trail) => trail.call) });
      return 'ambiguous';
    }
    strays.push({ file: seen(file), suggestions: suggest({ ...file, name }) });
    return 'stray';
  };

  const { kept, twins } = withoutTwins(given.files);
  counts.twin = twins.length;
  const explained = new Set(twins.map((file) => file.path));
  for (const file of kept) {
    const verdict = judge(file);
    counts[verdict] += 1;
    if (!NEEDS_A_LOOK.includes(verdict)) explained.add(file.path);
  }
  const gets = new Set(attachments.filter(({ part }) => part === 'talk').map(({ trail }) => trail.call));
  const missing = missingOf(given, gets, emptyOf);
  return { attachments, missing, strays, ambiguous, explained, growing, counts };
}

const NEEDS_A_LOOK: readonly (keyof FileCounts)[] = ['stray', 'ambiguous', 'waiting', 'outsideWindow'];

function attachmentOf(
  trail: SoundTrail,
  rule: MatchRule,
  file: FoundFile,
  name: SoundName,
): Omit<Attachment, 'recording'> {
  const own =
    name.uniqueid !== null && trail.uniqueids.includes(name.uniqueid) ? name.uniqueid : trail.linkedid;
  const mode = name.shape === 'ami' ? 'ami' : trail.mode === 'snippet' ? 'snippet' : 'pbx';
  // A dialplan that is not ours may call anything `-before`.
  const part = mode === 'pbx' ? 'talk' : name.part;
  return { trail, rule, file: seen(file), uniqueid: own, part, mode };
}

function seen({ path, bytes, mtimeMs }: FoundFile): FoundFile {
  return { path, bytes, mtimeMs };
}

/** By our clock: from when on a file of this call must have stood still. Null while the call lives. */
function quietSince(trail: SoundTrail): number | null {
  if (trail.endedAt === null) return null;
  return Math.max(trail.endedAt, trail.lastTransferAt ?? 0) - trail.offsetMs;
}

function missingOf(
  given: ReconcileGiven,
  gets: ReadonlySet<string>,
  emptyOf: ReadonlySet<SoundTrail>,
): readonly MissingSound[] {
  const after = given.missingAfterMs ?? MISSING_AFTER_MS;
  const byCall = Map.groupBy(
    given.known.filter((each) => each.part === 'talk'),
    (each) => each.call,
  );
  return given.trails.flatMap((trail): readonly MissingSound[] => {
    const ended = (trail.endedAt ?? Number.POSITIVE_INFINITY) - trail.offsetMs;
    if (!isSoundDue(trail) || ended < given.from || ended >= given.to || given.now - ended < after) return [];
    const why = whyMissing(
      (byCall.get(trail.call) ?? []).map((each) => each.state),
      emptyOf.has(trail),
    );
    return why === null || gets.has(trail.call) ? [] : [{ trail, why }];
  });
}

function noFiles(): FileCounts {
  return {
    known: 0,
    attached: 0,
    stray: 0,
    ambiguous: 0,
    waiting: 0,
    empty: 0,
    ofOthers: 0,
    notKept: 0,
    twin: 0,
    outsideWindow: 0,
  };
}
