import type { ChannelEvent } from '../../calls/channel-event.ts';
import type { AmiPacket } from './ami-packet.ts';
import { textOf } from './decode-text.ts';

/**
 * Registration of a phone, from three events that overlap: ContactStatus and PeerStatus (class system) and
 * DeviceStateChange (class call), which alone tells it when the account may not read class system.
 *
 * @param packet one of the three
 * @param base time and mark of the event
 * @returns the event; `unused` when it says nothing about a phone; null when it does not say which
 */
export function phoneReachable(
  packet: AmiPacket,
  base: { readonly pbxAt: number | null; readonly tampered: boolean },
): ChannelEvent | 'unused' | null {
  const endpoint = endpointOf(packet);
  if (endpoint === '') return null;
  const reachable = REACHABLE.get(statusOf(packet));
  if (reachable === undefined || !isPhone(endpoint)) return 'unused';
  return { type: 'phone-reachable', ...base, endpoint, reachable };
}

/** States that tell; NonQualified is a registered contact without qualify, which Asterisk 16 and 22 send on registration. */
const REACHABLE: ReadonlyMap<string, boolean> = new Map([
  ['ContactStatus Created', true],
  ['ContactStatus Reachable', true],
  ['ContactStatus NonQualified', true],
  ['ContactStatus Updated', true],
  ['ContactStatus Unreachable', false],
  ['ContactStatus Removed', false],
  ['PeerStatus Registered', true],
  ['PeerStatus Reachable', true],
  ['PeerStatus Unregistered', false],
  ['PeerStatus Unreachable', false],
  ['DeviceStateChange UNAVAILABLE', false],
  ['DeviceStateChange NOT_INUSE', true],
  ['DeviceStateChange INUSE', true],
  ['DeviceStateChange BUSY', true],
  ['DeviceStateChange RINGING', true],
  ['DeviceStateChange RINGINUSE', true],
  ['DeviceStateChange ONHOLD', true],
]);

function endpointOf(packet: AmiPacket): string {
  if (packet.name === 'DeviceStateChange') return textOf(packet, 'Device');
  if (packet.name === 'PeerStatus') return textOf(packet, 'Peer');
  const endpoint = textOf(packet, 'EndpointName') || textOf(packet, 'AOR');
  return endpoint === '' ? '' : `PJSIP/${endpoint}`;
}

function statusOf(packet: AmiPacket): string {
  const header = packet.name === 'DeviceStateChange' ? 'State' : packet.name;
  return `${packet.name} ${textOf(packet, header)}`;
}

/** Local channels, queues and hints made by the dialplan have device states too. */
function isPhone(endpoint: string): boolean {
  return /^(PJSIP|SIP|IAX2|DAHDI|SCCP|Skinny|MGCP|UniStim)\//.test(endpoint);
}
