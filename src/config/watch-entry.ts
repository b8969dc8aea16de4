/** The section `watch` of `dutyline.yaml`: when settings are audited, which codes set forwarding, what is approved for a line. */
import { FORWARDING_CODES, type ForwardingCode } from '../diagnosis/forwarding-code.ts';
import type { Reader } from './reader.ts';
import type { ServiceFile } from './service-schema.ts';

export interface WatchConfig {
  readonly settings: { readonly everyMs: number; readonly at: readonly string[] };
  readonly codes: readonly ForwardingCode[];
  readonly lines: readonly { readonly id: string; readonly approvedSounds: readonly string[] }[];
}

/** Before the shifts that begin at eight, with time left to mend what is found. */
const BEFORE_SHIFTS = ['07:50', '19:50'];
const EVERY_MINUTES = 60;

export function resolveWatch(given: ServiceFile['watch'], { refuse }: Pick<Reader, 'refuse'>): WatchConfig {
  const lines = given?.lines ?? [];
  lines.forEach(({ id }, at) => {
    if (lines.findIndex((other) => other.id === id) < at)
      refuse(['watch', 'lines', at, 'id'], `"${id}" is used twice`);
  });
  return {
    settings: {
      everyMs: (given?.settings?.every ?? EVERY_MINUTES) * 60_000,
      at: given?.settings?.at ?? BEFORE_SHIFTS,
    },
    codes: given?.codes ?? FORWARDING_CODES,
    lines: lines.map(({ id, approvedSounds }) => ({ id, approvedSounds: approvedSounds ?? [] })),
  };
}
