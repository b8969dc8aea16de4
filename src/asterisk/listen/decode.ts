import type { ChannelEvent } from '../../calls/channel-event.ts';
import type { ListedChannel } from '../../calls/tracker-input.ts';
import type { AmiPacket } from './ami-packet.ts';
import { attendedTransfer, blindTransfer, localPair, parked } from './decode-movement.ts';
import {
  channelOf,
  nameOf,
  numberOf,
  pbxTime,
  textOf,
  textOrNull,
  unescaped,
  wholeNumber,
} from './decode-text.ts';
import { type Base, type Decoder, dialled, ofChannel } from './decoder.ts';
import { phoneReachable } from './phone-reachable.ts';

/** What a packet is to the tracker. `unreadable`: an event we use, in which a header that it cannot do without is missing. */
export type Decoded =
  | { readonly kind: 'event'; readonly event: ChannelEvent }
  | { readonly kind: 'unused' }
  | { readonly kind: 'unreadable'; readonly name: string };

/** Variables that say something about a call; all others (half of all events) are not decoded. */
const VARIABLES: ReadonlySet<string> = new Set(['MIXMONITOR_FILENAME', 'FROM_DID', 'DIALSTATUS']);

const UNUSED: Decoded = { kind: 'unused' };

/**
 * Decodes one event into the tracker's words.
 *
 * @param packet an event as the parser hands it on
 * @returns the event; `unused` for events the tracker does not know; `unreadable` to be counted
 */
export function decode(packet: AmiPacket): Decoded {
  const decoder = packet.kind === 'event' ? DECODERS.get(packet.name) : undefined;
  // Half of all events are VarSets of no interest: they are told by their name alone.
  if (decoder === undefined || (packet.name === 'VarSet' && !VARIABLES.has(variableOf(packet))))
    return UNUSED;
  const event = decoder(packet, { pbxAt: pbxTime(packet), tampered: packet.tampered !== null });
  if (event === 'unused') return UNUSED;
  return event === null ? { kind: 'unreadable', name: packet.name } : { kind: 'event', event };
}

/**
 * Decodes one row of the answer to CoreShowChannels.
 *
 * @param packet an event `CoreShowChannel`
 * @returns the channel, null when it does not say which
 */
export function decodeListedChannel(packet: AmiPacket): ListedChannel | null {
  const ref = channelOf(packet, '');
  if (ref === null) return null;
  return {
    ...ref,
    state: textOf(packet, 'ChannelStateDesc'),
    callerNumber: numberOf(packet, 'CallerIDNum'),
    callerName: nameOf(packet, 'CallerIDName'),
    context: textOf(packet, 'Context'),
    exten: textOf(packet, 'Exten'),
    application: textOf(packet, 'Application'),
    appData: textOf(packet, 'ApplicationData'),
    bridge: textOrNull(packet, 'BridgeId'),
    seconds: secondsOf(packet.get('Duration') ?? ''),
  };
}

/** `01:02:03` as seconds. */
function secondsOf(duration: string): number {
  const parts = /^(\d+):(\d\d):(\d\d)$/.exec(duration);
  return parts === null ? 0 : Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3]);
}

function queueCaller(type: 'QueueCallerJoin' | 'QueueCallerAbandon' | 'QueueCallerLeave'): Decoder {
  return ofChannel((packet, of) => ({ type, ...of, queue: textOf(packet, 'Queue') }));
}

function hangupRequest(type: 'HangupRequest' | 'SoftHangupRequest'): Decoder {
  return ofChannel((packet, of) => ({ type, ...of, cause: wholeNumber(packet, 'Cause') }));
}

function musicOnHold(type: 'MusicOnHoldStart' | 'MusicOnHoldStop'): Decoder {
  return ofChannel((packet, of) => ({ type, ...of, musicClass: textOf(packet, 'Class') }));
}

/** Inherited variables are set under a name with underscores: FreePBX sets __FROM_DID. */
function variableOf(packet: AmiPacket): string {
  const name = packet.get('Variable') ?? '';
  return name.startsWith('_') ? name.replace(/^_+/, '') : name;
}

function varSet(packet: AmiPacket, base: Base): ChannelEvent | 'unused' | null {
  const ref = channelOf(packet, '');
  // Without a channel it is a global variable, true of no call.
  if (ref === null) return 'unused';
  return {
    type: 'VarSet',
    ...base,
    ...ref,
    variable: variableOf(packet),
    value: unescaped(textOf(packet, 'Value')),
  };
}

function cel(packet: AmiPacket, base: Base): ChannelEvent | 'unused' | null {
  const [channel, uniqueid, linkedid] = [
    textOf(packet, 'Channel'),
    textOf(packet, 'UniqueID'),
    textOf(packet, 'LinkedID'),
  ];
  if (uniqueid === '' || linkedid === '') return null;
  // A forger may have left the channel in doubt, and CEL tells of channels whose Hangup was before: no loss to the call.
  if (channel === '') return 'unused';
  const rdnis = numberOf(packet, 'CallerIDrdnis');
  return { type: 'CEL', ...base, channel, uniqueid, linkedid, eventName: textOf(packet, 'EventName'), rdnis };
}

function originateResponse(packet: AmiPacket, base: Base): ChannelEvent | null {
  const reason = wholeNumber(packet, 'Reason');
  return reason === null
    ? null
    : { type: 'OriginateResponse', ...base, uniqueid: textOf(packet, 'Uniqueid'), reason };
}

const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  [
    'Newchannel',
    ofChannel((packet, of) => ({
      type: 'Newchannel',
      ...of,
      state: textOf(packet, 'ChannelStateDesc'),
      callerNumber: numberOf(packet, 'CallerIDNum'),
      callerName: nameOf(packet, 'CallerIDName'),
      context: textOf(packet, 'Context'),
      exten: textOf(packet, 'Exten'),
    })),
  ],
  [
    'Newstate',
    ofChannel((packet, of) => ({ type: 'Newstate', ...of, state: textOf(packet, 'ChannelStateDesc') })),
  ],
  [
    'Newexten',
    ofChannel((packet, of) => ({
      type: 'Newexten',
      ...of,
      context: textOf(packet, 'Context'),
      exten: textOf(packet, 'Exten'),
      application: textOf(packet, 'Application'),
      appData: textOf(packet, 'AppData'),
    })),
  ],
  [
    'NewCallerid',
    ofChannel((packet, of) => ({
      type: 'NewCallerid',
      ...of,
      callerNumber: numberOf(packet, 'CallerIDNum'),
      callerName: nameOf(packet, 'CallerIDName'),
    })),
  ],
  [
    'NewConnectedLine',
    ofChannel((packet, of) => ({
      type: 'NewConnectedLine',
      ...of,
      connectedNumber: numberOf(packet, 'ConnectedLineNum'),
    })),
  ],
  [
    'DialBegin',
    dialled((packet, of) => ({ type: 'DialBegin', ...of, dialString: textOf(packet, 'DialString') })),
  ],
  [
    'DialState',
    dialled((packet, of) => ({
      type: 'DialState',
      ...of,
      dialStatus: textOf(packet, 'DialStatus'),
      forward: textOrNull(packet, 'Forward'),
    })),
  ],
  [
    'DialEnd',
    dialled((packet, of) => ({
      type: 'DialEnd',
      ...of,
      dialStatus: textOf(packet, 'DialStatus'),
      forward: textOrNull(packet, 'Forward'),
      connectedNumber: numberOf(packet, 'DestCallerIDNum'),
    })),
  ],
  [
    'BridgeEnter',
    ofChannel((packet, of) => ({
      type: 'BridgeEnter',
      ...of,
      bridge: textOf(packet, 'BridgeUniqueid'),
      bridgeType: textOf(packet, 'BridgeType'),
      channelsInBridge: wholeNumber(packet, 'BridgeNumChannels') ?? 0,
      swapUniqueid: textOrNull(packet, 'SwapUniqueid'),
    })),
  ],
  [
    'BridgeLeave',
    ofChannel((packet, of) => ({ type: 'BridgeLeave', ...of, bridge: textOf(packet, 'BridgeUniqueid') })),
  ],
  [
    'Hangup',
    ofChannel((packet, of) => ({
      type: 'Hangup',
      ...of,
      cause: wholeNumber(packet, 'Cause') ?? 0,
      techCause: textOrNull(packet, 'TechCause'),
    })),
  ],
  ['HangupRequest', hangupRequest('HangupRequest')],
  ['SoftHangupRequest', hangupRequest('SoftHangupRequest')],
  ['Hold', ofChannel((_, of) => ({ type: 'Hold', ...of }))],
  ['Unhold', ofChannel((_, of) => ({ type: 'Unhold', ...of }))],
  ['MusicOnHoldStart', musicOnHold('MusicOnHoldStart')],
  ['MusicOnHoldStop', musicOnHold('MusicOnHoldStop')],
  ['LocalBridge', localPair('LocalBridge')],
  ['LocalOptimizationBegin', localPair('LocalOptimizationBegin')],
  ['LocalOptimizationEnd', localPair('LocalOptimizationEnd')],
  ['BlindTransfer', blindTransfer],
  ['AttendedTransfer', attendedTransfer],
  ['ParkedCall', parked('ParkedCall')],
  ['UnParkedCall', parked('UnParkedCall')],
  ['ParkedCallTimeOut', parked('ParkedCallTimeOut')],
  ['ParkedCallGiveUp', parked('ParkedCallGiveUp')],
  ['QueueCallerJoin', queueCaller('QueueCallerJoin')],
  ['QueueCallerAbandon', queueCaller('QueueCallerAbandon')],
  ['QueueCallerLeave', queueCaller('QueueCallerLeave')],
  ['VarSet', varSet],
  ['MixMonitorStart', ofChannel((_, of) => ({ type: 'MixMonitorStart', ...of }))],
  ['MixMonitorStop', ofChannel((_, of) => ({ type: 'MixMonitorStop', ...of }))],
  ['CEL', cel],
  ['OriginateResponse', originateResponse],
  ['FullyBooted', (_, base) => ({ type: 'FullyBooted', ...base })],
  ['Shutdown', (_, base) => ({ type: 'Shutdown', ...base })],
  ['Reload', (_, base) => ({ type: 'Reload', ...base })],
  ['ContactStatus', phoneReachable],
  ['PeerStatus', phoneReachable],
  ['DeviceStateChange', phoneReachable],
]);
