import type { ChannelEvent } from '../../calls/channel-event.ts';
import type { ListedChannel } from '../../calls/tracker-input.ts';
import { type Trouble, trouble } from '../trouble.ts';
import type { AmiPacket } from './ami-packet.ts';

/**
 * What this log-in's read classes let us see, judged by what arrives: AMI has no question for one's own read classes
 * (16.28 and 22.10).
 *
 * The worst is a log-in without `read=call`: nothing is wrong but that calls are not told. Three things show it, each by
 * itself: the PBX counts a call (`CoreProcessedCalls`, 22), lists a channel that began after the log-in, or tells a step of the
 * dialplan on such a channel, and has told nothing of class `call`.
 */
export interface SeenClasses {
  /** Every event packet, also of those that nobody reads. */
  packet(packet: AmiPacket): void;
  event(event: ChannelEvent): void;
  listed(channels: readonly ListedChannel[]): void;
  /**
   * CoreProcessedCalls as it stands, null where the PBX does not count (16): at log-in, then every few seconds until
   * `hearsCalls`. What was suspected the time before and has not been explained by an event is found.
   */
  counted(processedCalls: number | null): void;
  /** The log-in stands for a while: FullyBooted, class `system`, comes at once, or when a starting PBX is ready. */
  settled(): void;
  /** The PBX refused to list its channels. */
  cannotList(): void;
  /** Whether anything of class `call` has come: from then on there is no doubt. */
  hearsCalls(): boolean;
  /** The gravest first. */
  limits(): readonly Trouble[];
}

export function createSeenClasses(): SeenClasses {
  const found = new Map<string, Trouble>();
  let sawSystem = false;
  let sawDialplan = false;
  let sawCall = false;
  /** An event of class `call` should have come; it may still be on the way. */
  let suspected = false;
  let countedAtLogIn: number | null = null;
  /** Uniqueids of the channels that stood at log-in; null before the first list. */
  let older: ReadonlySet<string> | null = null;
  const find = (code: Parameters<typeof trouble>[0]) =>
    void (found.has(code) || found.set(code, trouble(code)));
  const isYounger = (uniqueid: string) => older !== null && !older.has(uniqueid);

  function sawDialplanOf(packet: AmiPacket): void {
    sawDialplan = true;
    found.delete('ami-no-dialplan-events');
    const isOfChannel = packet.get('Channel') !== 'none';
    if (isOfChannel) suspected ||= isYounger(packet.get('Uniqueid') ?? '');
  }

  return {
    packet(packet) {
      if (sawCall && sawDialplan) return;
      if (packet.name === 'VarSet' || packet.name === 'Newexten') sawDialplanOf(packet);
      else if (!sawCall && packet.get('Privilege')?.split(',')[0] === 'call') {
        sawCall = true;
        found.delete('ami-no-call-events');
      }
    },
    event(event) {
      if (event.type === 'FullyBooted') {
        sawSystem = true;
        found.delete('ami-no-system-events');
        return;
      }
      if (event.type === 'Shutdown' || event.type === 'Reload' || event.type === 'phone-reachable') return;
      // A forged packet may have lost its time; a genuine one without it says that the PBX sends none.
      if (event.pbxAt === null && !event.tampered) find('ami-no-timestamps');
      // Dial announces itself by Newexten before DialBegin, on every PBX that sends the class.
      if (event.type === 'DialBegin' && !sawDialplan) find('ami-no-dialplan-events');
    },
    listed(channels) {
      older ??= new Set(channels.map(({ uniqueid }) => uniqueid));
      suspected ||= channels.some(({ uniqueid }) => isYounger(uniqueid));
    },
    counted(processedCalls) {
      if (sawCall) return;
      if (suspected) find('ami-no-call-events');
      countedAtLogIn ??= processedCalls;
      suspected ||= processedCalls !== null && countedAtLogIn !== null && processedCalls > countedAtLogIn;
    },
    settled() {
      if (!sawSystem) find('ami-no-system-events');
    },
    cannotList: () => find('ami-cannot-list'),
    hearsCalls: () => sawCall,
    limits: () =>
      [...found.values()].toSorted(
        (one, other) =>
          Number(other.code === 'ami-no-call-events') - Number(one.code === 'ami-no-call-events'),
      ),
  };
}
