import type { ChannelEvent, ChannelRef } from '../../calls/channel-event.ts';
import type { AmiPacket } from './ami-packet.ts';
import { callerText, channelRef, pbxTime, text, wholeNumber } from './event-fields.ts';

/** What became of a packet: an event of ours, one we know and do not need, or one nobody told us of. */
export type Decoded =
  | { readonly kind: 'event'; readonly event: ChannelEvent }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'unknown'; readonly name: string }
  /** Known by name, but without what makes it one (a channel, a Uniqueid). */
  | { readonly kind: 'incomplete'; readonly name: string };

interface Stamp {
  readonly pbxAt: number | null;
  readonly tampered: boolean;
}

type Reader = (packet: AmiPacket, stamp: Stamp) => ChannelEvent | null | 'ignored';

/** VarSet is half of all traffic; these names are all that the tracker asks for. */
const VARIABLES: ReadonlySet<string> = new Set(['MIXMONITOR_FILENAME', 'DIALSTATUS', 'FROM_DID']);

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    'Newchannel',
    ofChannel((packet, stamp, ref) => ({
      type: 'Newchannel',
      ...stamp,
      ...ref,
      state: text(packet, 'ChannelStateDesc'),
      callerNumber: callerText(packet, 'CallerIDNum'),
      callerName: callerText(packet, 'CallerIDName'),
      context: text(packet, 'Context'),
      exten: text(packet, 'Exten'),
    })),
  ],
  [
    'Newstate',
    ofChannel((packet, stamp, ref) => ({
      type: 'Newstate',
      ...stamp,
      ...ref,
      state: text(packet, 'ChannelStateDesc'),
    })),
  ],
  [
    'Newexten',
    ofChannel((packet, stamp, ref) => ({
      type: 'Newexten',
      ...stamp,
      ...ref,
      context: text(packet, 'Context'),
      exten: text(packet, 'Exten'),
      application: text(packet, 'Application'),
      appData: text(packet, 'AppData'),
    })),
  ],
  [
    'NewCallerid',
    ofChannel((packet, stamp, ref) => ({
      type: 'NewCallerid',
      ...stamp,
      ...ref,
      callerNumber: callerText(packet, 'CallerIDNum'),
      callerName: callerText(packet, 'CallerIDName'),
    })),
  ],
  [
    'NewConnectedLine',
    ofChannel((packet, stamp, ref) => ({
      type: 'NewConnectedLine',
      ...stamp,
      ...ref,
      connectedNumber: callerText(packet, 'ConnectedLineNum'),
    })),
  ],
  [
    'DialBegin',
    ofDial((packet, stamp, from, to) => ({
      type: 'DialBegin',
      ...stamp,
      from,
      to,
      dialString: text(packet, 'DialString'),
    })),
  ],
  [
    'DialState',
    ofDial((packet, stamp, from, to) => ({
      type: 'DialState',
      ...stamp,
      from,
      to,
      dialStatus: text(packet, 'DialStatus'),
      forward: callerText(packet, 'Forward'),
    })),
  ],
  [
    'DialEnd',
    ofDial((packet, stamp, from, to) => ({
      type: 'DialEnd',
      ...stamp,
      from,
      to,
      dialStatus: text(packet, 'DialStatus'),
      forward: callerText(packet, 'Forward'),
      connectedNumber: callerText(packet, 'DestCallerIDNum'),
    })),
  ],
  [
    'BridgeEnter',
    ofChannel((packet, stamp, ref) => ({
      type: 'BridgeEnter',
      ...stamp,
      ...ref,
      bridge: text(packet, 'BridgeUniqueid'),
      bridgeType: text(packet, 'BridgeType'),
      channelsInBridge: wholeNumber(packet, 'BridgeNumChannels') ?? 0,
      swapUniqueid: callerText(packet, 'SwapUniqueid'),
    })),
  ],
  [
    'BridgeLeave',
    ofChannel((packet, stamp, ref) => ({
      type: 'BridgeLeave',
      ...stamp,
      ...ref,
      bridge: text(packet, 'BridgeUniqueid'),
    })),
  ],
  [
    'Hangup',
    ofChannel((packet, stamp, ref) => ({
      type: 'Hangup',
      ...stamp,
      ...ref,
      cause: wholeNumber(packet, 'Cause') ?? 0,
      techCause: callerText(packet, 'TechCause'),
    })),
  ],
  ['HangupRequest', hangUpAsked('HangupRequest')],
  ['SoftHangupRequest', hangUpAsked('SoftHangupRequest')],
  ['Hold', ofChannel((_packet, stamp, ref) => ({ type: 'Hold', ...stamp, ...ref }))],
  ['Unhold', ofChannel((_packet, stamp, ref) => ({ type: 'Unhold', ...stamp, ...ref }))],
  ['MusicOnHoldStart', music('MusicOnHoldStart')],
  ['MusicOnHoldStop', music('MusicOnHoldStop')],
  ['LocalBridge', localPair('LocalBridge')],
  ['LocalOptimizationBegin', localPair('LocalOptimizationBegin')],
  ['LocalOptimizationEnd', localPair('LocalOptimizationEnd')],
  [
    'BlindTransfer',
    (packet, stamp) => {
      const transferer = channelRef(packet, 'Transferer');
      return (
        transferer && {
          type: 'BlindTransfer',
          ...stamp,
          transferer,
          transferee: channelRef(packet, 'Transferee'),
          context: text(packet, 'Context'),
          exten: text(packet, 'Extension'),
          success: packet.get('Result') === 'Success',
        }
      );
    },
  ],
  [
    'AttendedTransfer',
    (packet, stamp) => {
      const original = channelRef(packet, 'OrigTransferer');
      const second = channelRef(packet, 'SecondTransferer');
      if (!original || !second) return null;
      return {
        type: 'AttendedTransfer',
        ...stamp,
        original,
        second,
        transferee: channelRef(packet, 'Transferee'),
        target: channelRef(packet, 'TransferTarget'),
        success: packet.get('Result') === 'Success',
      };
    },
  ],
  ['ParkedCall', parking('ParkedCall')],
  ['UnParkedCall', parking('UnParkedCall')],
  ['ParkedCallTimeOut', parking('ParkedCallTimeOut')],
  ['ParkedCallGiveUp', parking('ParkedCallGiveUp')],
  ['QueueCallerJoin', queueCaller('QueueCallerJoin')],
  ['QueueCallerAbandon', queueCaller('QueueCallerAbandon')],
  ['QueueCallerLeave', queueCaller('QueueCallerLeave')],
  [
    'VarSet',
    (packet, stamp) => {
      const variable = text(packet, 'Variable').replace(/^_+/, '');
      if (!VARIABLES.has(variable)) return 'ignored';
      const ref = channelRef(packet, '');
      // Without a channel it is a global variable: true of no call.
      return ref === null
        ? 'ignored'
        : { type: 'VarSet', ...stamp, ...ref, variable, value: text(packet, 'Value') };
    },
  ],
  ['MixMonitorStart', ofChannel((_packet, stamp, ref) => ({ type: 'MixMonitorStart', ...stamp, ...ref }))],
  ['MixMonitorStop', ofChannel((_packet, stamp, ref) => ({ type: 'MixMonitorStop', ...stamp, ...ref }))],
  [
    'CEL',
    (packet, stamp) => {
      // CEL alone writes UniqueID and LinkedID with a capital D (16.28 and 22.10).
      const [channel, uniqueid, linkedid] = [
        packet.get('Channel'),
        packet.get('UniqueID'),
        packet.get('LinkedID'),
      ];
      if (!channel || !uniqueid || !linkedid) return null;
      const eventName = text(packet, 'EventName');
      const rdnis = callerText(packet, 'CallerIDrdnis');
      return { type: 'CEL', ...stamp, channel, uniqueid, linkedid, eventName, rdnis };
    },
  ],
  [
    'OriginateResponse',
    (packet, stamp) => ({
      type: 'OriginateResponse',
      ...stamp,
      uniqueid: text(packet, 'Uniqueid'),
      reason: wholeNumber(packet, 'Reason') ?? 0,
    }),
  ],
  ['FullyBooted', (_packet, stamp) => ({ type: 'FullyBooted', ...stamp })],
  ['Shutdown', (_packet, stamp) => ({ type: 'Shutdown', ...stamp })],
  ['Reload', (_packet, stamp) => ({ type: 'Reload', ...stamp })],
  [
    'ContactStatus',
    (packet, stamp) => {
      const status = text(packet, 'ContactStatus');
      if (!/^(Reachable|NonQualified|Unreachable|Removed)$/.test(status)) return 'ignored';
      const endpoint = `PJSIP/${text(packet, 'EndpointName')}`;
      const reachable = status === 'Reachable' || status === 'NonQualified';
      return { type: 'phone-reachable', ...stamp, endpoint, reachable };
    },
  ],
  [
    'PeerStatus',
    (packet, stamp) => {
      const status = text(packet, 'PeerStatus');
      const reachable = status === 'Reachable' || status === 'Registered';
      return { type: 'phone-reachable', ...stamp, endpoint: text(packet, 'Peer'), reachable };
    },
  ],
  [
    'DeviceStateChange',
    (packet, stamp) => {
      const endpoint = text(packet, 'Device');
      const state = text(packet, 'State');
      if (!endpoint.includes('/') || endpoint.startsWith('Local/') || state === 'UNKNOWN') return 'ignored';
      const reachable = state !== 'UNAVAILABLE' && state !== 'INVALID';
      return { type: 'phone-reachable', ...stamp, endpoint, reachable };
    },
  ],
]);

/** Events of Asterisk 16 and 22 that we know and do not need: not worth a line in the count of unknown ones. */
const UNNEEDED: ReadonlySet<string> = new Set(
  `AGIExecEnd AGIExecStart AgentCalled AgentComplete AgentConnect AgentDump AgentRingNoAnswer BridgeCreate BridgeDestroy
   BridgeInfoChannel BridgeInfoComplete BridgeListItem BridgeMerge BridgeVideoSourceUpdate Cdr ChanSpyStart ChanSpyStop
   ChannelTalkingStart ChannelTalkingStop ChallengeSent ChallengeResponseFailed CoreShowChannel CoreShowChannelsComplete
   DTMFBegin DTMFEnd ExtensionStatus FailedACL Flash InvalidAccountID InvalidPassword InvalidTransport Load MessageWaiting
   MixMonitorMute NewAccountCode ParkedCallSwap Pickup PresenceStateChange QueueMemberAdded QueueMemberPause
   QueueMemberPenalty QueueMemberRemoved QueueMemberRinginuse QueueMemberStatus RTCPReceived RTCPSent Registry Rename
   RequestBadFormat RequestNotAllowed RequestNotSupported SessionLimit SessionTimeout SuccessfulAuth TestEvent
   UnexpectedAddress Unload UserEvent`.split(/\s+/),
);

/** @returns what an event packet means; responses and banners are the session's own business */
export function decode(packet: AmiPacket): Decoded {
  const reader = READERS.get(packet.name);
  if (reader === undefined) {
    return UNNEEDED.has(packet.name) ? IGNORED : { kind: 'unknown', name: packet.name };
  }
  const event = reader(packet, { pbxAt: pbxTime(packet), tampered: packet.tampered !== null });
  if (event === 'ignored') return IGNORED;
  return event === null ? { kind: 'incomplete', name: packet.name } : { kind: 'event', event };
}

const IGNORED: Decoded = { kind: 'ignored' };

function ofChannel(read: (packet: AmiPacket, stamp: Stamp, ref: ChannelRef) => ChannelEvent): Reader {
  return (packet, stamp) => {
    const ref = channelRef(packet, '');
    return ref && read(packet, stamp, ref);
  };
}

function ofDial(
  read: (packet: AmiPacket, stamp: Stamp, from: ChannelRef | null, to: ChannelRef) => ChannelEvent,
): Reader {
  return (packet, stamp) => {
    const to = channelRef(packet, 'Dest');
    return to && read(packet, stamp, channelRef(packet, ''), to);
  };
}

function hangUpAsked(type: 'HangupRequest' | 'SoftHangupRequest'): Reader {
  return ofChannel((packet, stamp, ref) => ({ type, ...stamp, ...ref, cause: wholeNumber(packet, 'Cause') }));
}

function music(type: 'MusicOnHoldStart' | 'MusicOnHoldStop'): Reader {
  return ofChannel((packet, stamp, ref) => ({ type, ...stamp, ...ref, musicClass: text(packet, 'Class') }));
}

function localPair(type: 'LocalBridge' | 'LocalOptimizationBegin' | 'LocalOptimizationEnd'): Reader {
  return (packet, stamp) => {
    const one = channelRef(packet, 'LocalOne');
    const two = channelRef(packet, 'LocalTwo');
    return one && two && { type, ...stamp, one, two };
  };
}

function parking(type: 'ParkedCall' | 'UnParkedCall' | 'ParkedCallTimeOut' | 'ParkedCallGiveUp'): Reader {
  return (packet, stamp) => {
    const parkee = channelRef(packet, 'Parkee');
    const retriever = channelRef(packet, 'Retriever');
    return parkee && { type, ...stamp, parkee, retriever, space: text(packet, 'ParkingSpace') };
  };
}

function queueCaller(type: 'QueueCallerJoin' | 'QueueCallerAbandon' | 'QueueCallerLeave'): Reader {
  return ofChannel((packet, stamp, ref) => ({ type, ...stamp, ...ref, queue: text(packet, 'Queue') }));
}
