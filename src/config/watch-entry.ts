/** `watch` of `dutyline.yaml`: what is allowed on each duty line, and when an answer is late. */
import { RING_LIMITS, type WatchRules } from '../diagnosis/watch-rules.ts';
import type { Reader } from './reader.ts';
import type { ServiceFile } from './service-schema.ts';

/** Seconds in the file, ms here. Lines are named by their ids, which the database owns: an id nobody has does no harm. */
export function resolveWatch(
  given: ServiceFile['watch'],
  areaCode: string,
  { refuse }: Pick<Reader, 'refuse'>,
): WatchRules {
  const goodMs = given?.ring?.good === undefined ? RING_LIMITS.goodMs : given.ring.good * 1_000;
  const lateMs = given?.ring?.late === undefined ? RING_LIMITS.lateMs : given.ring.late * 1_000;
  if (lateMs < goodMs)
    refuse(['watch', 'ring', 'late'], 'must not be less than watch.ring.good (11 when left out)');
  const lines = Object.entries(given?.lines ?? {}).map(
    ([line, { approvedTargets = [], approvedPhones = [], approvedSounds = [] }]) =>
      [line, { approvedTargets, approvedPhones, approvedSounds }] as const,
  );
  return { areaCode, goodMs, lateMs, lines: Object.fromEntries(lines) };
}
