/** What a probe can be told, and what it asks for. Times are integer ms UTC by our own clock. */
import type { ChannelEvent } from '../calls/channel-event.ts';
import type { ProbeArrival } from './arrival-check.ts';
import type { Hearing } from './hearing.ts';
import type { ProbeEnd, ProbeOrder } from './probe.ts';
import type { PassedOn } from './suspicion.ts';

export type ProbeInput =
  | {
      readonly type: 'asked';
      readonly at: number;
      readonly order: ProbeOrder;
      readonly askedBy: string | null;
    }
  /** It is its turn. `inSight`: our own PBX is listened to, so that an arrival will be seen. */
  | { readonly type: 'begin'; readonly at: number; readonly inSight: boolean }
  /** The PBX did not take the order. */
  | { readonly type: 'not-placed'; readonly at: number; readonly end: ProbeEnd }
  | { readonly type: 'event'; readonly at: number; readonly event: ChannelEvent }
  | { readonly type: 'arrived'; readonly at: number; readonly end: ProbeEnd; readonly arrival: ProbeArrival }
  /**
   * A real call came in on the line; nobody sees our PBX any more; a person stops it; the service found it standing
   * when it started.
   */
  | { readonly type: 'crossed' | 'out-of-sight' | 'stop' | 'interrupted'; readonly at: number }
  | {
      readonly type: 'heard';
      readonly at: number;
      readonly hearing: Hearing | null;
      readonly soundSeconds: number | null;
    }
  /** The channel was asked, and the network has said so. */
  | { readonly type: 'passed-on'; readonly at: number; readonly passedOn: PassedOn }
  | { readonly type: 'time-passed'; readonly at: number };

export type ProbeEffect =
  | { readonly do: 'place'; readonly end: ProbeEnd }
  /** Record the main channel: it exists now. */
  | { readonly do: 'monitor' }
  | { readonly do: 'hang-up'; readonly end: ProbeEnd }
  /** The outgoing channel of this end is gone. */
  | { readonly do: 'say-over'; readonly end: ProbeEnd }
  /** Ask the main channel whether the network passes the call on: no event tells of a 181. */
  | { readonly do: 'ask-passed-on' }
  /** Fetch the sound and listen to it. */
  | { readonly do: 'listen' };
