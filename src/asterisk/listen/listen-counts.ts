/** What a listen session has read, over all its connections. */
import type { ParserCounts } from './packet-parser.ts';

export interface ListenCounts extends ParserCounts {
  /** Events we use that lacked what makes them one. */
  readonly unreadable: number;
}

export const NO_COUNTS: ParserCounts = {
  bytes: 0,
  events: 0,
  responses: 0,
  oversized: 0,
  tampered: 0,
  forged: 0,
  broken: 0,
};

export function sumOf(a: ParserCounts, b: ParserCounts): ParserCounts {
  return {
    bytes: a.bytes + b.bytes,
    events: a.events + b.events,
    responses: a.responses + b.responses,
    oversized: a.oversized + b.oversized,
    tampered: a.tampered + b.tampered,
    forged: a.forged + b.forged,
    broken: a.broken + b.broken,
  };
}
