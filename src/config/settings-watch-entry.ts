/** `watch.settings` and `watch.codes` of `dutyline.yaml`: when settings are audited, and which codes set forwarding. */
import { FORWARDING_CODES, type ForwardingCode } from '../diagnosis/forwarding-code.ts';
import type { ServiceFile } from './service-schema.ts';

export interface SettingsWatchConfig {
  readonly everyMs: number;
  /** Times of day, `07:50`. */
  readonly at: readonly string[];
  readonly codes: readonly ForwardingCode[];
}

/** Before the shifts that begin at eight, with time left to mend what is found. */
const BEFORE_SHIFTS = ['07:50', '19:50'];
const EVERY_MINUTES = 60;

export function resolveSettingsWatch(given: ServiceFile['watch']): SettingsWatchConfig {
  return {
    everyMs: (given?.settings?.every ?? EVERY_MINUTES) * 60_000,
    at: given?.settings?.at ?? BEFORE_SHIFTS,
    codes: given?.codes ?? FORWARDING_CODES,
  };
}
