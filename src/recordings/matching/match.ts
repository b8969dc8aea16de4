/**
 * PURE. Whose sound a file is, by rules in this order; every hit names its rule:
 *
 * 1. `live-name`: the PBX named the file while the call lived.
 * 2. `cdr`: a CDR row of one of the call's channels names it (`recordingfile`), all rows, not the first.
 * 3. `name-uniqueid`: its name, read from the right, holds the Uniqueid of one of the call's channels.
 * 4. `folder-day`: a Uniqueid stands elsewhere in its name, and its folder is of the call's day or of one beside it.
 *
 * Time and number (rule 5) never decide: `suggest.ts`. Uniqueids are compared whole. A file that two calls claim is
 * nobody's, whatever rules they claim it by: a caller can put another call's Uniqueid into a name.
 */
import { posix } from 'node:path';
import type { SoundTrail } from '../../calls/sound-trail.ts';
import { belowBase, type PbxFolder } from '../inside-base.ts';
import type { SoundName } from './file-name.ts';
import { type FoundFile, soundKey } from './found-file.ts';
import type { WallClock } from './wall-clock.ts';

export type MatchRule = 'live-name' | 'cdr' | 'name-uniqueid' | 'folder-day';

/** A row of the PBX's CDR, as far as it leads to sound. All of it is the PBX's text. */
export interface CdrSound {
  readonly linkedid: string;
  readonly uniqueid: string;
  /** FreePBX: the bare file name; MikoPBX: a full path. '' when there is none. */
  readonly recordingfile: string;
}

export interface NamedFound extends FoundFile {
  readonly name: SoundName;
}

export type Match =
  | { readonly kind: 'one'; readonly trail: SoundTrail; readonly rule: MatchRule }
  | { readonly kind: 'several'; readonly trails: readonly SoundTrail[] }
  /** A CDR row names it, of a call that is none of ours. */
  | { readonly kind: 'of-others' }
  | { readonly kind: 'none' };

export interface MatchGiven {
  readonly base: PbxFolder;
  readonly clock: WallClock;
  /** Calls of one PBX, those that were joined to another not by themselves. */
  readonly trails: readonly SoundTrail[];
  readonly cdr: readonly CdrSound[];
}

/** PBX clock and names go wrong by so much at most where a time must decide between two uses of one Uniqueid. */
const SLACK_MS = 2 * 60_000;

/** Makes the indexes once; each answer then costs the same whatever the number of calls. */
export function createMatcher(given: MatchGiven): (file: NamedFound) => Match {
  const { base, clock } = given;
  const byUniqueid = indexOf(given.trails, (trail) => trail.uniqueids);
  const byPath = indexOf(given.trails, (trail) =>
    trail.named.flatMap((path) => {
      const inside = belowBase(base, path);
      return inside === null ? [] : [soundKey(inside)];
    }),
  );
  const cdrNames = cdrIndex(given.cdr, byUniqueid);

  function claimsOf(file: NamedFound): readonly Claim[] {
    const { uniqueid, mentioned, besides } = file.name;
    const claims: Claim[] = [];
    const add = (rule: MatchRule, trails: readonly SoundTrail[] = []) => {
      for (const trail of trails) claims.push({ rule, trail });
    };
    add('live-name', byPath.get(soundKey(file.path)));
    add('cdr', ofOneFolder(file, cdrNames.get(cdrKey(file.path))?.trails ?? [], clock));
    if (uniqueid !== null) add('name-uniqueid', byUniqueid.get(uniqueid));
    for (const other of mentioned) {
      if (other === uniqueid) continue;
      add(
        'folder-day',
        byUniqueid.get(other)?.filter((trail) => isOfDay(file, trail, clock)),
      );
    }
    // A second call's Uniqueid beside a hit speaks against that hit, wherever it stands.
    if (claims.length > 0) for (const other of besides) add('folder-day', byUniqueid.get(other));
    return claims;
  }

  return (file) => {
    const claims = claimsOf(file);
    const trails = [...new Set(claims.map((claim) => claim.trail))];
    const chosen = trails.length < 2 ? trails : ofOneGeneration(file, trails, clock);
    const [trail] = chosen;
    if (chosen.length > 1) return { kind: 'several', trails: chosen };
    const claim = claims.find((each) => each.trail === trail);
    if (claim !== undefined) return { kind: 'one', ...claim };
    return cdrNames.get(cdrKey(file.path))?.ofOthers === true ? { kind: 'of-others' } : { kind: 'none' };
  };
}

interface Claim {
  readonly rule: MatchRule;
  readonly trail: SoundTrail;
}

function indexOf(
  trails: readonly SoundTrail[],
  keysOf: (trail: SoundTrail) => readonly string[],
): ReadonlyMap<string, readonly SoundTrail[]> {
  const index = new Map<string, SoundTrail[]>();
  for (const trail of trails) {
    for (const key of new Set(keysOf(trail))) {
      const found = index.get(key);
      if (found === undefined) index.set(key, [trail]);
      else found.push(trail);
    }
  }
  return index;
}

interface CdrName {
  readonly trails: SoundTrail[];
  ofOthers: boolean;
}

/** Bare names, because FreePBX writes no more into its CDR. */
function cdrIndex(
  rows: readonly CdrSound[],
  byUniqueid: ReadonlyMap<string, readonly SoundTrail[]>,
): ReadonlyMap<string, CdrName> {
  const index = new Map<string, CdrName>();
  for (const row of rows) {
    if (row.recordingfile === '') continue;
    const key = cdrKey(row.recordingfile);
    const entry = index.get(key) ?? { trails: [], ofOthers: false };
    index.set(key, entry);
    const owners = [row.linkedid, row.uniqueid].flatMap((id) => byUniqueid.get(id) ?? []);
    for (const owner of owners) if (!entry.trails.includes(owner)) entry.trails.push(owner);
    if (owners.length === 0) entry.ofOthers = true;
  }
  return index;
}

function cdrKey(path: string): string {
  return soundKey(posix.basename(path));
}

/** A bare name may stand in the folders of several days: the CDR means the one of the call. */
function ofOneFolder(
  file: NamedFound,
  trails: readonly SoundTrail[],
  clock: WallClock,
): readonly SoundTrail[] {
  return dayOfFolder(file.path) === null ? trails : trails.filter((trail) => isOfDay(file, trail, clock));
}

/** One Linkedid used twice (the PBX's clock was set back): the time in the name, else of the file, says which call. */
function ofOneGeneration(
  file: NamedFound,
  trails: readonly SoundTrail[],
  clock: WallClock,
): readonly SoundTrail[] {
  if (new Set(trails.map((trail) => trail.linkedid)).size > 1) return trails;
  const { wall } = file.name;
  const moments = wall === null ? [file.mtimeMs] : clock.momentsOf(wall);
  const fitting = trails.filter((trail) =>
    moments.some(
      (at) =>
        at >= trail.startedAt - SLACK_MS && at <= (trail.endedAt ?? Number.POSITIVE_INFINITY) + SLACK_MS,
    ),
  );
  return fitting.length === 1 ? fitting : trails;
}

/** The folder, else the name, else the file itself is of a day of the call, or of the day before or after. */
function isOfDay(file: NamedFound, trail: SoundTrail, clock: WallClock): boolean {
  const { wall } = file.name;
  const day =
    dayOfFolder(file.path) ?? (wall === null ? clock.dayOf(file.mtimeMs) : Math.floor(wall / 86_400_000));
  return day >= clock.dayOf(trail.startedAt) - 1 && day <= clock.dayOf(trail.endedAt ?? trail.startedAt) + 1;
}

/** The day a dated folder stands for, as `WallClock.dayOf` counts; null when no folder of the path is dated. */
function dayOfFolder(path: string): number | null {
  const folder = posix.dirname(path);
  const found = /(?:^|\/)(\d{4})[/-]?(\d{2})[/-]?(\d{2})(?=\/|$)/.exec(folder);
  if (found === null) return null;
  const [year = 0, month = 0, day = 0] = found.slice(1).map(Number);
  const at = Date.UTC(year, month - 1, day);
  return new Date(at).getUTCDate() === day ? at / 86_400_000 : null;
}
