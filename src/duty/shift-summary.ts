/** 本班情况: what came to a room since its shift began, as counts. */
export interface ShiftSummary {
  /** 来电 and 去电, without probes. */
  readonly inbound: number;
  readonly outbound: number;
  /** 来电 that nobody answered, and those of them that were dealt with since. */
  readonly missed: number;
  readonly missedClosed: number;
  /** Forms opened in this shift that have their number. */
  readonly registered: number;
}
