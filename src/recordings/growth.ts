/**
 * PURE. When the light of a recording may be green (D5).
 *
 * Asterisk answers Success to MixMonitor also for a path it cannot write; and it writes in steps of 32,768 bytes, so
 * that a healthy 8 kHz file stands still for 2.05 s. Hence: the file must be there soon after it was asked for, and once
 * sound is expected it must grow within one step and a second. Before growth was seen the light is never green.
 */
type Light = 'starting' | 'recording' | 'no-growth' | 'cannot-check';

export interface GrowthRule {
  /** 16,000 for `.wav` of 8 kHz. */
  readonly bytesPerSecond: number;
  /** A file on a share may show up later. */
  readonly onShare: boolean;
}

/** What is known of one growing file; times are integer ms of one clock. */
export interface GrowthWatch {
  readonly askedAt: number;
  /** Since when sound must flow into it: the bridge. Null: not yet, and a file that stands still says nothing. */
  readonly soundSince: number | null;
  readonly bytes: number | null;
  readonly grewAt: number | null;
  readonly light: Light;
}

/** One look at the file: its length, null when it is not there, 'unreadable' when nobody can say. */
export type Look = number | null | 'unreadable';

const STEP_BYTES = 32_768;
const LONGEST_HEADER = 512;

/** Begins to watch a file that was asked for at this time. */
export function watchFrom(askedAt: number): GrowthWatch {
  return { askedAt, soundSince: null, bytes: null, grewAt: null, light: 'starting' };
}

/** Sound flows into the file from now on. */
export function expectSound(watch: GrowthWatch, at: number): GrowthWatch {
  return watch.soundSince === null ? { ...watch, soundSince: at } : watch;
}

/** Takes one look into account; `light` of the answer is what to show. */
export function look(watch: GrowthWatch, seen: Look, at: number, rule: GrowthRule): GrowthWatch {
  if (seen === 'unreadable') return { ...watch, light: 'cannot-check' };
  // The header alone (44 bytes, 60 in wav49) is no sound.
  const grew = seen !== null && watch.bytes !== null && seen > watch.bytes && seen > LONGEST_HEADER;
  // A file first seen with sound in it has grown before we looked.
  const hadSound = seen !== null && watch.bytes === null && seen > STEP_BYTES;
  const next = { ...watch, bytes: seen, grewAt: grew || hadSound ? at : watch.grewAt };
  return { ...next, light: lightOf(next, at, rule) };
}

function lightOf(watch: GrowthWatch, at: number, rule: GrowthRule): Light {
  if (watch.bytes === null)
    return at - watch.askedAt > (rule.onShare ? 2_000 : 1_000) ? 'no-growth' : 'starting';
  const patience = (STEP_BYTES / rule.bytesPerSecond) * 1_000 + 1_000;
  if (watch.grewAt !== null && at - watch.grewAt <= patience) return 'recording';
  const since = Math.max(watch.soundSince ?? Number.POSITIVE_INFINITY, watch.grewAt ?? 0);
  if (at - since > patience) return 'no-growth';
  return watch.light === 'recording' ? 'recording' : 'starting';
}

/** How fast a file of this name grows, by what its ending means to Asterisk; unknown endings as 8 kHz PCM. */
export function bytesPerSecondOf(path: string): number {
  const ending = path.slice(path.lastIndexOf('.') + 1);
  if (ending === 'WAV' || ending === 'wav49' || ending === 'gsm') return 1_625;
  if (ending === 'wav16' || ending === 'sln16') return 32_000;
  return ['alaw', 'al', 'ulaw', 'ul', 'pcm', 'mu', 'g722'].includes(ending) ? 8_000 : 16_000;
}
