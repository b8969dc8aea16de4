/**
 * Reconciling the sound of the PBXs with their calls, both ways: every night and on demand. Walks the folders, asks the
 * store, lets `recordings/matching` decide, takes over what was found, and writes down what is nobody's.
 */
import { setImmediate } from 'node:timers/promises';
import { isSoundDue, type WhyMissing } from '../calls/sound-due.ts';
import type { SoundTrail } from '../calls/sound-trail.ts';
import { createFileWindow, type FileWindow } from '../recordings/matching/file-window.ts';
import { onPbx } from '../recordings/matching/found-file.ts';
import type { MatchRule } from '../recordings/matching/match.ts';
import {
  type FileCounts,
  type LookedAtFile,
  type Reconciliation,
  reconcileSound,
} from '../recordings/matching/reconcile.ts';
import type { ScanCounts } from '../recordings/matching/scan-memory.ts';
import {
  type TakeOver,
  type TakeOverDeps,
  takeOverFound,
  takeOverKnown,
  UNFINISHED,
} from '../recordings/matching/take-over.ts';
import { createWallClock } from '../recordings/matching/wall-clock.ts';
import type { KnownSoundRow } from '../storage/store/recordings.ts';
import type { Store } from '../storage/store.ts';
import { keepStrays } from './keep-strays.ts';
import { lookTwice, type ReconciledPbx } from './reconciled-pbx.ts';

export interface ReconcileRequest extends TakeOverDeps {
  readonly store: Pick<Store, 'soundTrails' | 'knownSound' | 'strayPaths' | 'write' | 'probesPlaced'>;
  readonly pbxs: readonly ReconciledPbx[];
  /** Own area code: `0954`. */
  readonly areaCode: string;
  /** Integer ms UTC, `to` not included. */
  readonly from: number;
  readonly to: number;
  readonly progress?: (progress: ReconcileProgress) => void;
}

export interface ReconcileProgress {
  readonly pbx: string;
  readonly stage: 'looking' | 'matching' | 'taking-over';
  readonly done: number;
  /** Null while it is not known. */
  readonly total: number | null;
}

export interface ReconcileReport {
  readonly from: number;
  readonly to: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly pbxs: readonly PbxReconciliation[];
}

export type PbxReconciliation =
  /** The folder itself could not be looked into (`ENOENT`: not mounted): nothing is said of any call. */
  | { readonly pbx: string; readonly state: 'cannot-look'; readonly trouble: string }
  | {
      readonly pbx: string;
      /** 'incomplete': some folders could not be read, or there was too much; `looked` says what. */
      readonly state: 'done' | 'incomplete';
      readonly looked: ScanCounts;
      readonly counts: FileCounts;
      readonly taken: readonly TakenOver[];
      readonly missing: readonly MissingCall[];
      /** Files of nobody now in the list, and of those the ones that several calls claim. */
      readonly strays: number;
      readonly ambiguous: readonly { readonly path: string; readonly calls: readonly string[] }[];
    };

export interface TakenOver {
  readonly call: string;
  readonly recording: string;
  readonly rule: MatchRule;
  /** As the PBX names it: hostile. */
  readonly path: string;
  readonly state: TakeOver;
}

export interface MissingCall {
  readonly call: string;
  readonly room: string | null;
  readonly line: string | null;
  readonly mode: SoundTrail['mode'];
  readonly linkedid: string;
  /** By our clock, integer ms UTC. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly talkSeconds: number;
  readonly why: WhyMissing;
}

const A_DAY = 86_400_000;
const PIECE = 2_000;

/**
 * Reconciles the calls and files of a window of time, one PBX after the other; one whose folder is away does not stop the
 * rest. Rejects when the store fails or the service stops; it may be repeated from the beginning then.
 */
export async function reconcile(request: ReconcileRequest): Promise<ReconcileReport> {
  const startedAt = request.now();
  const pbxs: PbxReconciliation[] = [];
  for (const pbx of request.pbxs) pbxs.push(await reconcilePbx(pbx, request));
  return { from: request.from, to: request.to, startedAt, endedAt: request.now(), pbxs };
}

async function reconcilePbx(pbx: ReconciledPbx, request: ReconcileRequest): Promise<PbxReconciliation> {
  const { store, from, to, now, areaCode } = request;
  const tell = (stage: ReconcileProgress['stage'], done: number, total: number | null) =>
    request.progress?.({ pbx: pbx.id, stage, done, total });
  const looked = await lookTwice(pbx, {
    now,
    wait: request.wait,
    tell: (done) => tell('looking', done, null),
  });
  if (looked.trouble !== null) return { pbx: pbx.id, state: 'cannot-look', trouble: looked.trouble };

  tell('matching', 0, looked.files.length);
  const [trails, known, cdr, probes] = await Promise.all([
    store.soundTrails(pbx.id, from - A_DAY, to + A_DAY),
    knownAfterRetry(pbx, request),
    pbx.cdr?.(from - A_DAY, to + A_DAY) ?? [],
    store.probesPlaced(from - A_DAY, to + A_DAY),
  ]);
  const clock = createWallClock(pbx.timeZone);
  const { place, readName, ownNumbers } = pbx;
  const window = createFileWindow({ clock, readName, from, to });
  // What the PBX recorded of our own probes (拨测) is nobody's sound, and no file that looks for its call.
  const probed = new Set(
    probes.flatMap(({ arrival, occupied }) => [arrival?.linkedid ?? [], occupied?.linkedid ?? []].flat()),
  );
  const { files, outside } = await filesOf(window, looked.files, probed);
  const given = {
    base: place,
    clock,
    areaCode,
    trails,
    known,
    cdr,
    files,
    readName,
    ownNumbers,
    from,
    to,
    now: now(),
  };
  const found = reconcileSound(given);

  const taken: TakenOver[] = [];
  for (const attachment of found.attachments) {
    const { recording, state } = await takeOverFound(attachment, place, request);
    const path = onPbx(place, attachment.file.path);
    taken.push({ call: attachment.trail.call, recording, rule: attachment.rule, path, state });
    tell('taking-over', taken.length, found.attachments.length);
  }
  await keepStrays(pbx, request, found, looked);
  return {
    pbx: pbx.id,
    state: looked.complete ? 'done' : 'incomplete',
    looked: looked.counts,
    counts: { ...found.counts, outsideWindow: outside },
    taken,
    missing: missingAfter(found, taken),
    strays: found.strays.length + found.ambiguous.length,
    ambiguous: found.ambiguous.map(({ file, calls }) => ({ path: onPbx(place, file.path), calls })),
  };
}

/** In pieces: a folder of many years has a million files, and living calls must not wait until all their names are read. */
async function filesOf(window: FileWindow, files: readonly LookedAtFile[], probed: ReadonlySet<string>) {
  const inside: LookedAtFile[] = [];
  for (let from = 0; from < files.length; from += PIECE) {
    const piece = files.slice(from, from + PIECE);
    const isMeant = (file: LookedAtFile) => {
      const name = window.read(file.path);
      return !probed.has(name.uniqueid ?? '') && window.isInWindow(file, name);
    };
    inside.push(...piece.filter(isMeant));
    await setImmediate();
  }
  return { files: inside, outside: files.length - inside.length };
}

/** What is known, after what was left half done has been taken over: the folder was away, or the service was killed. */
async function knownAfterRetry(
  pbx: ReconciledPbx,
  request: ReconcileRequest,
): Promise<readonly KnownSoundRow[]> {
  const since = request.from - 2 * A_DAY;
  const known = await request.store.knownSound(pbx.id, since);
  const left = known.filter(({ foundBy, state }) => foundBy !== null && UNFINISHED.includes(state));
  for (const { recording, linkedid, pbxPath, part, mode } of left) {
    await takeOverKnown({ recording, pbx: pbx.id, linkedid, pbxPath, part, mode }, pbx.place, request);
  }
  return left.length === 0 ? known : request.store.knownSound(pbx.id, since);
}

/** Files that were found and yet came to nothing leave their call without sound. */
function missingAfter(found: Reconciliation, taken: readonly TakenOver[]): readonly MissingCall[] {
  const has = new Set(taken.filter((each) => each.state === 'attached').map((each) => each.call));
  const failed = new Map<string, MissingCall>();
  for (const [at, attachment] of found.attachments.entries()) {
    const state = taken[at]?.state;
    const { trail } = attachment;
    if (attachment.part !== 'talk' || state === undefined || has.has(trail.call) || !isSoundDue(trail))
      continue;
    failed.set(trail.call, missingCall(trail, WHY[state]));
  }
  return [...found.missing.map(({ trail, why }) => missingCall(trail, why)), ...failed.values()];
}

const WHY: Readonly<Record<TakeOver, WhyMissing>> = {
  attached: 'unfinished',
  'no-sound': 'empty',
  missing: 'vanished',
  'refused-path': 'path-refused',
  'cannot-check': 'unfinished',
  'not-reported': 'unfinished',
};

function missingCall(trail: SoundTrail, why: WhyMissing): MissingCall {
  const { call, room, line, mode, linkedid, talkSeconds, offsetMs } = trail;
  return {
    call,
    room,
    line,
    mode,
    linkedid,
    startedAt: trail.startedAt - offsetMs,
    endedAt: (trail.endedAt ?? trail.startedAt) - offsetMs,
    talkSeconds,
    why,
  };
}
