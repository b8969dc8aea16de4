import type { ChannelEvent } from '../../calls/channel-event.ts';
import type { ListedChannel } from '../../calls/tracker-input.ts';
import { type Trouble, trouble } from '../trouble.ts';

/**
 * What this log-in's read classes let us see, judged by what arrives: AMI has no question for one's own read classes
 * (16.28 and 22.10).
 */
export interface SeenClasses {
  event(event: ChannelEvent): void;
  /** Newexten or VarSet of any kind: class `dialplan`. */
  dialplan(): void;
  /** `ageMs` is how long the log-in stands. */
  listed(channels: readonly ListedChannel[], ageMs: number): void;
  /** The log-in stands for a while: FullyBooted, class `system`, comes at once, or when a starting PBX is ready. */
  settled(): void;
  /** The PBX refused to list its channels. */
  cannotList(): void;
  limits(): readonly Trouble[];
}

/** A channel this much younger than the log-in must have been announced. */
const YOUNGER_MS = 2_000;

export function createSeenClasses(): SeenClasses {
  const found = new Map<string, Trouble>();
  let sawSystem = false;
  let sawDialplan = false;
  let sawCall = false;
  const find = (code: Parameters<typeof trouble>[0]) =>
    void (found.has(code) || found.set(code, trouble(code)));
  return {
    event(event) {
      if (event.type === 'FullyBooted') {
        sawSystem = true;
        found.delete('ami-no-system-events');
        return;
      }
      if (event.type === 'Shutdown' || event.type === 'Reload' || event.type === 'phone-reachable') return;
      if (!sawCall) {
        sawCall = true;
        found.delete('ami-no-call-events');
      }
      // A forged packet may have lost its time; a genuine one without it says that the PBX sends none.
      if (event.pbxAt === null && !event.tampered) find('ami-no-timestamps');
      // Dial announces itself by Newexten before DialBegin, on every PBX that sends the class.
      if (event.type === 'DialBegin' && !sawDialplan) find('ami-no-dialplan-events');
    },
    dialplan() {
      if (sawDialplan) return;
      sawDialplan = true;
      found.delete('ami-no-dialplan-events');
    },
    listed(channels, ageMs) {
      if (sawCall) return;
      if (channels.some(({ seconds }) => seconds * 1_000 < ageMs - YOUNGER_MS)) find('ami-no-call-events');
    },
    settled() {
      if (!sawSystem) find('ami-no-system-events');
    },
    cannotList: () => find('ami-cannot-list'),
    limits: () => [...found.values()],
  };
}
