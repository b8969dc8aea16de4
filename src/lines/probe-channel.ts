/** How channels of our own calls (拨测) are told from everybody else's: by the Uniqueid we give them. */

/** No PBX makes such a Uniqueid by itself: its own end in `seconds.counter`. */
export const PROBE_PREFIX = 'dutyline-probe-';

const CHANNEL_ID = /^dutyline-probe-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Uniqueid of the channel of a probe; `probe` is its UUID. */
export function probeChannelOf(probe: string): string {
  return `${PROBE_PREFIX}${probe}`;
}

export function isProbeChannel(uniqueid: string): boolean {
  return CHANNEL_ID.test(uniqueid);
}
