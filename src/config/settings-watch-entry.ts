/** `watch.settings` and `watch.codes` of `dutyline.yaml`: when settings are audited, and which codes set forwarding. */
import { FORWARDING_CODES, type ForwardingCode } from '../diagnosis/forwarding-code.ts';
import type { ServiceFile } from './service-schema.ts';

export interface SettingsWatchConfig {
  readonly everyMs: number;
  /** Times of day, `07:50`. */
  readonly at: readonly string[];
  /** A code asks for a number, plays an announcement, and only then writes AstDB. */
  readonly afterCodeMs: number;
  readonly codes: readonly ForwardingCode[];
}

/** Before the shifts that begin at eight, with time left to mend what is found. */
const BEFORE_SHIFTS = ['07:50', '19:50'];
const EVERY_MINUTES = 60;
const AFTER_CODE_SECONDS = 20;

export function resolveSettingsWatch(given: ServiceFile['watch']): SettingsWatchConfig {
  return {
    everyMs: (given?.settings?.every ?? EVERY_MINUTES) * 60_000,
    at: given?.settings?.at ?? BEFORE_SHIFTS,
    afterCodeMs: (given?.settings?.afterCode ?? AFTER_CODE_SECONDS) * 1_000,
    codes: given?.codes ?? FORWARDING_CODES,
  };
}
