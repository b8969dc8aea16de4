/**
 * The job of `attach-recordings`: a call has ended, or a person has given it a file. What the PBX named while it lived is
 * taken over by the recorder; here is looked for what nobody named, by rules 1 to 4, for this call alone.
 */
import type { SoundTrail } from '../calls/sound-trail.ts';
import type { CdrSound } from '../recordings/matching/match.ts';
import { type Attachment, type FileCounts, reconcileSound } from '../recordings/matching/reconcile.ts';
import { SETTLING, type SettlingRule } from '../recordings/matching/settled.ts';
import {
  type TakeOver,
  type TakeOverDeps,
  takeOverFound,
  takeOverKnown,
  UNFINISHED,
} from '../recordings/matching/take-over.ts';
import { createWallClock, type WallClock } from '../recordings/matching/wall-clock.ts';
import type { Store } from '../storage/store.ts';
import { type Looked, lookTwice, type ReconciledPbx } from './reconciled-pbx.ts';

export interface CallSoundRequest extends TakeOverDeps {
  readonly store: Pick<Store, 'soundTrail' | 'soundTrails' | 'knownSound' | 'recordingsOfCall'>;
  readonly pbxs: readonly ReconciledPbx[];
  readonly areaCode: string;
  /** Id of the call in the store. */
  readonly call: string;
  readonly settling?: SettlingRule;
}

export type CallSound =
  /** No such call, its PBX's files are not to be reached from here, or its line is not recorded. */
  | { readonly state: 'nothing-to-do' }
  /** The folder is away, or the call lives: to be tried again. */
  | { readonly state: 'try-again'; readonly why: string }
  | {
      readonly state: 'done';
      readonly taken: readonly { readonly recording: string; readonly state: TakeOver }[];
    };

const AN_HOUR = 3_600_000;
const A_DAY = 24 * AN_HOUR;

/** Waits out the quiet time after the call, then attaches what is its. Rejects when the store fails or the service stops. */
export async function attachSoundOfCall(request: CallSoundRequest): Promise<CallSound> {
  const { store, now } = request;
  const trail = await store.soundTrail(request.call);
  const pbx = request.pbxs.find((each) => each.id === trail?.pbx);
  if (trail === undefined || pbx === undefined) return { state: 'nothing-to-do' };
  const given = await takeGivenByHand(trail, pbx, request);
  if (given.some(({ state }) => state === 'cannot-check')) return { state: 'try-again', why: 'cannot-check' };
  if (trail.mode === 'none' || trail.mode === 'ami') {
    // Mode `ami`: we named every file ourselves. What a kill lost between order and name, the night finds.
    return given.length > 0 ? { state: 'done', taken: given } : { state: 'nothing-to-do' };
  }
  if (trail.endedAt === null) return { state: 'try-again', why: 'call-lives' };

  const settling = request.settling ?? SETTLING;
  const quiet =
    Math.max(trail.endedAt, trail.lastTransferAt ?? 0) - trail.offsetMs + settling.quietMs - now();
  if (quiet > 0) await request.wait(Math.min(quiet, settling.quietMs));
  const clock = createWallClock(pbx.timeZone);
  const enter = foldersAround(trail, clock);
  const looked = await lookTwice(pbx, { now, wait: request.wait, enter, settling });
  if (looked.trouble !== null) return { state: 'try-again', why: looked.trouble };
  const found = await attachmentsOf(trail, pbx, looked, { request, clock, settling });
  const taken = [...given];
  for (const attachment of found.attachments) taken.push(await takeOverFound(attachment, pbx.place, request));
  if (found.waiting) return { state: 'try-again', why: 'growing' };
  return { state: 'done', taken };
}

/** A file a person attached is known, and nobody but this job takes it. */
async function takeGivenByHand(trail: SoundTrail, pbx: ReconciledPbx, request: CallSoundRequest) {
  const taken: { readonly recording: string; readonly state: TakeOver }[] = [];
  for (const row of await request.store.recordingsOfCall(trail.call)) {
    if (row.foundBy === null || !UNFINISHED.includes(row.state)) continue;
    const known = { ...row, recording: row.id };
    taken.push({ recording: row.id, state: await takeOverKnown(known, pbx.place, request) });
  }
  return taken;
}

interface Around {
  readonly request: CallSoundRequest;
  readonly clock: WallClock;
  readonly settling: SettlingRule;
}

/** Verdicts on a file that the PBX's CDR may still change. Reading a CDR is dear: it may be all that a PBX ever wrote. */
const UNDECIDED: readonly (keyof FileCounts)[] = ['attached', 'stray', 'ambiguous', 'ofOthers', 'waiting'];

/**
 * Decided among the calls of that time: a file that another of them claims too is nobody's. They and the CDR are read only
 * when there is something to decide, which after most calls there is not: the PBX named the file.
 */
async function attachmentsOf(
  trail: SoundTrail,
  pbx: ReconciledPbx,
  looked: Looked,
  { request, clock, settling }: Around,
): Promise<{ readonly attachments: readonly Attachment[]; readonly waiting: boolean }> {
  const { store, areaCode, now } = request;
  const from = trail.startedAt - 2 * A_DAY;
  const to = (trail.endedAt ?? now()) + 2 * A_DAY;
  const { place, readName, ownNumbers } = pbx;
  const known = await store.knownSound(pbx.id, from);
  const among = (trails: readonly SoundTrail[], cdr: readonly CdrSound[]) => {
    const files = looked.files;
    const given = { base: place, clock, areaCode, trails, known, cdr, files, readName, ownNumbers };
    return reconcileSound({ ...given, from, to, now: now(), settling });
  };
  const { counts } = among([trail], []);
  if (UNDECIDED.every((verdict) => counts[verdict] === 0)) return { attachments: [], waiting: false };
  const cdr = (await pbx.cdr?.(from, to)) ?? [];
  const alone = among([trail], cdr);
  if (alone.attachments.length === 0) return { attachments: [], waiting: alone.growing.has(trail.call) };
  const beside = await store.soundTrails(
    pbx.id,
    trail.startedAt - trail.offsetMs - AN_HOUR,
    (trail.endedAt ?? now()) - trail.offsetMs + AN_HOUR,
  );
  const { attachments, growing } = among(beside, cdr);
  return {
    attachments: attachments.filter((each) => each.trail.call === trail.call),
    waiting: growing.has(trail.call),
  };
}

/** Of the dated folders only those of the call's days and the days beside them; all that are not dated. */
export function foldersAround(
  trail: Pick<SoundTrail, 'startedAt' | 'endedAt'>,
  clock: WallClock,
): (folder: string) => boolean {
  const days = new Set<string>();
  const last = clock.dayOf(trail.endedAt ?? trail.startedAt) + 1;
  for (let day = clock.dayOf(trail.startedAt) - 1; day <= last; day += 1) {
    days.add(new Date(day * A_DAY).toISOString().slice(0, 10).replaceAll('-', ''));
  }
  return (folder) => {
    const dated = /^(\d{4})(?:[/-]?(\d{2})(?:[/-]?(\d{2}))?)?(?=\/|$)/.exec(folder);
    if (dated === null) return true;
    const begin = dated.slice(1).join('');
    return [...days].some((day) => day.startsWith(begin));
  };
}
