/**
 * Everything the tracker of one PBX can be told: what Asterisk says of its own accord (`channel-event.ts`), what it answers
 * when it is asked, whether we hear it at all, and the time.
 */
import type { CallerText, ChannelEvent, ChannelRef } from './channel-event.ts';
import type { ExpectedProbe } from './probe-arrival.ts';

/** One row of CoreShowChannels: adds or confirms a channel, never revives one whose Hangup was read (D2). */
export interface ListedChannel extends ChannelRef {
  readonly state: string;
  readonly callerNumber: CallerText;
  readonly callerName: CallerText;
  readonly context: string;
  readonly exten: string;
  readonly application: string;
  readonly appData: string;
  readonly bridge: string | null;
  /** Age of the channel in whole seconds as the PBX says. */
  readonly seconds: number;
}

/** Times are integer ms UTC of our own clock; the shell stamps them. */
export type TrackerInput =
  | { readonly type: 'event'; readonly receivedAt: number; readonly event: ChannelEvent }
  /** The whole answer of one CoreShowChannels. `first` after a (re)connect; a channel missing in two lists ≥ 2 s apart has ended. */
  | {
      readonly type: 'channels-listed';
      readonly receivedAt: number;
      readonly channels: readonly ListedChannel[];
      readonly first: boolean;
    }
  /** The listen session is back. Counters of CoreStatus: null where the PBX has none (16). */
  | {
      readonly type: 'link-up';
      readonly at: number;
      readonly processedCalls: number | null;
      readonly pbxStartedAt: number | null;
    }
  /** `at` is the last moment at which the PBX was in sight. */
  | { readonly type: 'link-down'; readonly at: number; readonly reason: string }
  /** Getvar answers about a channel: REDIRECTING(from-num), CALLERID(rdnis), MIXMONITOR_FILENAME … */
  | {
      readonly type: 'variable-read';
      readonly at: number;
      readonly uniqueid: string;
      readonly variable: string;
      readonly value: string;
    }
  /** A call of our own is about to come in on a line: said before it is placed (`probe-arrival.ts`). */
  | { readonly type: 'probe-expected'; readonly at: number; readonly probe: ExpectedProbe }
  /** Its outgoing end is gone. */
  | { readonly type: 'probe-over'; readonly at: number; readonly probe: string }
  /** Once a second. */
  | { readonly type: 'time-passed'; readonly at: number };
