/** PURE. Which channels stand, as the packets told so far have it: what CoreShowChannels answers with. */
import { headerValue, type Packet, packetOf } from './packet.ts';

export interface StandingChannel {
  readonly uniqueid: string;
  readonly channel: string;
  /** Headers as Newchannel gave them, state and caller as they are now. */
  readonly snapshot: Packet;
  readonly bridge: string;
  readonly application: string;
  readonly appData: string;
  /** Integer ms UTC. */
  readonly since: number;
}

export type StandingChannels = ReadonlyMap<string, StandingChannel>;

/** The headers of a channel's snapshot, in the order in which every channel event of Asterisk 22 has them. */
const SNAPSHOT = [
  'Channel',
  'ChannelState',
  'ChannelStateDesc',
  'CallerIDNum',
  'CallerIDName',
  'ConnectedLineNum',
  'ConnectedLineName',
  'Language',
  'AccountCode',
  'Context',
  'Exten',
  'Priority',
  'Uniqueid',
  'Linkedid',
];

/** The channels after one more packet was told at this time. */
export function afterPacket(standing: StandingChannels, packet: Packet, at: number): StandingChannels {
  const event = headerValue(packet, 'Event');
  const uniqueid = headerValue(packet, 'Uniqueid');
  const next = new Map(standing);
  if (event === 'Newchannel') {
    const snapshot = snapshotOf(packet);
    const channel = headerValue(packet, 'Channel');
    next.set(uniqueid, { uniqueid, channel, snapshot, bridge: '', application: '', appData: '', since: at });
    return next;
  }
  const known = standing.get(uniqueid);
  if (known === undefined) return standing;
  if (event === 'Hangup') next.delete(uniqueid);
  else next.set(uniqueid, changed(known, event, packet));
  return next;
}

/** The rows and the end of a CoreShowChannels answer, without the ActionID. */
export function channelRows(standing: StandingChannels, now: number): readonly Packet[] {
  const rows = [...standing.values()].map((each) => [
    ...packetOf(['Event', 'CoreShowChannel']),
    ...each.snapshot,
    ...packetOf(
      ['Application', each.application],
      ['ApplicationData', each.appData],
      ['Duration', clockTime(now - each.since)],
      ['BridgeId', each.bridge],
    ),
  ]);
  return [
    ...rows,
    packetOf(
      ['Event', 'CoreShowChannelsComplete'],
      ['EventList', 'Complete'],
      ['ListItems', String(rows.length)],
    ),
  ];
}

/** An event about a standing channel, as Asterisk would make it. */
export function channelEvent(
  channel: StandingChannel,
  event: { readonly name: string; readonly class: 'call' | 'dialplan'; readonly at: number },
  ...more: readonly (readonly [string, string])[]
): Packet {
  const stamp = (event.at / 1_000).toFixed(6);
  return [
    ...packetOf(['Event', event.name], ['Privilege', `${event.class},all`], ['Timestamp', stamp]),
    ...channel.snapshot,
    ...packetOf(...more),
  ];
}

function changed(known: StandingChannel, event: string, packet: Packet): StandingChannel {
  const snapshot = snapshotOf(packet).length === SNAPSHOT.length ? snapshotOf(packet) : known.snapshot;
  if (event === 'BridgeEnter') return { ...known, snapshot, bridge: headerValue(packet, 'BridgeUniqueid') };
  if (event === 'BridgeLeave') return { ...known, snapshot, bridge: '' };
  if (event !== 'Newexten') return { ...known, snapshot };
  return {
    ...known,
    snapshot,
    application: headerValue(packet, 'Application'),
    appData: headerValue(packet, 'AppData'),
  };
}

function snapshotOf(packet: Packet): Packet {
  return SNAPSHOT.flatMap((name) => packet.find((header) => header.name === name) ?? []);
}

function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
