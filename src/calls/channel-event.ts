/**
 * The vocabulary in: what Asterisk tells us about channels, as `asterisk/listen/decode.ts` hands it over.
 * Tags are AMI's own event names. Everything here is what Asterisk 16.28 and 22.10 really send; text a caller
 * can influence (numbers, names, extensions, values) is hostile and arrives here already cut and decoded, never trusted.
 */

/** Which channel an event is about. `linkedid` is the one carried by this event: it changes on transfers. */
export interface ChannelRef {
  readonly channel: string;
  readonly uniqueid: string;
  readonly linkedid: string;
}

interface Stamped {
  /** PBX time, integer milliseconds UTC; null when `timestampevents` is off. */
  readonly pbxAt: number | null;
  /** True when the packet was put together again round text forged by a caller (D2b): its caller texts are unreadable. */
  readonly tampered: boolean;
}

/** A caller's number or name: null when Asterisk says `<unknown>` or nothing; `unreadable` texts come as U+FFFD. */
export type CallerText = string | null;

export interface Newchannel extends Stamped, ChannelRef {
  readonly type: 'Newchannel';
  /** Asterisk's ChannelStateDesc: 'Down', 'Ring', 'Ringing', 'Up' … */
  readonly state: string;
  readonly callerNumber: CallerText;
  readonly callerName: CallerText;
  readonly context: string;
  /** First extension: the DID on an inbound trunk channel, the dialled digits on a calling phone, 's' on a called one. */
  readonly exten: string;
}

export interface Newstate extends Stamped, ChannelRef {
  readonly type: 'Newstate';
  readonly state: string;
}

/** Class dialplan. Only `application` and `appData`: the tracker asks for music, announcements, Dial options, MixMonitor, VoiceMail. */
export interface Newexten extends Stamped, ChannelRef {
  readonly type: 'Newexten';
  readonly context: string;
  readonly exten: string;
  readonly application: string;
  readonly appData: string;
}

export interface NewCallerid extends Stamped, ChannelRef {
  readonly type: 'NewCallerid';
  readonly callerNumber: CallerText;
  readonly callerName: CallerText;
}

export interface NewConnectedLine extends Stamped, ChannelRef {
  readonly type: 'NewConnectedLine';
  readonly connectedNumber: CallerText;
}

/** `from` is null when Asterisk originated the call itself (no calling channel). */
export interface DialBegin extends Stamped {
  readonly type: 'DialBegin';
  readonly from: ChannelRef | null;
  readonly to: ChannelRef;
  /** As Dial was told: `1001`, `1001/sip:1001@…`, `13900001111@telco`, `PJSIP/1001` (queue), `13900001111@internal/n` (Local). */
  readonly dialString: string;
}

export interface DialState extends Stamped {
  readonly type: 'DialState';
  readonly from: ChannelRef | null;
  readonly to: ChannelRef;
  /** 'RINGING', 'PROGRESS', 'PROCEEDING' … */
  readonly dialStatus: string;
  readonly forward: string | null;
}

export interface DialEnd extends Stamped {
  readonly type: 'DialEnd';
  readonly from: ChannelRef | null;
  readonly to: ChannelRef;
  /** 'ANSWER', 'BUSY', 'NOANSWER', 'CANCEL', 'CONGESTION', 'CHANUNAVAIL' … */
  readonly dialStatus: string;
  /** Where a 302 sent the call; the header exists only on this event. */
  readonly forward: string | null;
  readonly connectedNumber: CallerText;
}

export interface BridgeEnter extends Stamped, ChannelRef {
  readonly type: 'BridgeEnter';
  readonly bridge: string;
  /** 'basic', 'parking', 'stasis', 'base', 'multimix' … */
  readonly bridgeType: string;
  readonly channelsInBridge: number;
  /** Local optimisation: this channel takes the place of the channel with that Uniqueid. */
  readonly swapUniqueid: string | null;
}

export interface BridgeLeave extends Stamped, ChannelRef {
  readonly type: 'BridgeLeave';
  readonly bridge: string;
}

export interface Hangup extends Stamped, ChannelRef {
  readonly type: 'Hangup';
  readonly cause: number;
  /** SIP status (22 only), e.g. 486; null when absent. */
  readonly techCause: string | null;
}

export interface HangupRequest extends Stamped, ChannelRef {
  readonly type: 'HangupRequest' | 'SoftHangupRequest';
  readonly cause: number | null;
}

export interface HoldChange extends Stamped, ChannelRef {
  readonly type: 'Hold' | 'Unhold';
}

export interface MusicOnHold extends Stamped, ChannelRef {
  readonly type: 'MusicOnHoldStart' | 'MusicOnHoldStop';
  readonly musicClass: string;
}

/** The two halves of a Local channel pair, `;1` and `;2`. */
export interface LocalPair extends Stamped {
  readonly type: 'LocalBridge' | 'LocalOptimizationBegin' | 'LocalOptimizationEnd';
  readonly one: ChannelRef;
  readonly two: ChannelRef;
}

export interface BlindTransfer extends Stamped {
  readonly type: 'BlindTransfer';
  readonly transferer: ChannelRef;
  readonly transferee: ChannelRef | null;
  readonly context: string;
  readonly exten: string;
  readonly success: boolean;
  /** `IsExternal`: true for a phone's own transfer (REFER), also to an internal target; false for one by DTMF keys. */
  readonly external: boolean;
}

export interface AttendedTransfer extends Stamped {
  readonly type: 'AttendedTransfer';
  readonly original: ChannelRef;
  readonly second: ChannelRef;
  readonly transferee: ChannelRef | null;
  readonly target: ChannelRef | null;
  readonly success: boolean;
}

export interface ParkedCall extends Stamped {
  readonly type: 'ParkedCall' | 'UnParkedCall' | 'ParkedCallTimeOut' | 'ParkedCallGiveUp';
  readonly parkee: ChannelRef;
  readonly retriever: ChannelRef | null;
  readonly space: string;
}

export interface QueueCaller extends Stamped, ChannelRef {
  readonly type: 'QueueCallerJoin' | 'QueueCallerAbandon' | 'QueueCallerLeave';
  readonly queue: string;
}

/** Class dialplan. Decoded only for the names the tracker uses: MIXMONITOR_FILENAME, FROM_DID, DIALSTATUS, and few more. */
export interface VarSet extends Stamped, ChannelRef {
  readonly type: 'VarSet';
  readonly variable: string;
  readonly value: string;
}

export interface MixMonitorMark extends Stamped, ChannelRef {
  readonly type: 'MixMonitorStart' | 'MixMonitorStop';
}

/** CEL on AMI (cel.conf [manager]); the only event that carries the number a call was diverted from. */
export interface Cel extends Stamped, ChannelRef {
  readonly type: 'CEL';
  readonly eventName: string;
  readonly rdnis: string | null;
}

export interface OriginateResponse extends Stamped {
  readonly type: 'OriginateResponse';
  readonly uniqueid: string;
  readonly reason: number;
}

/** PBX-wide signs: `Shutdown` on a clean stop, `FullyBooted` after a start. */
export interface PbxMark extends Stamped {
  readonly type: 'FullyBooted' | 'Shutdown' | 'Reload';
}

/** Registration of a phone, for the line state on screen: PJSIP ContactStatus, PeerStatus and DeviceStateChange. */
export interface PhoneReachable extends Stamped {
  readonly type: 'phone-reachable';
  readonly endpoint: string;
  readonly reachable: boolean;
}

export type ChannelEvent =
  | Newchannel
  | Newstate
  | Newexten
  | NewCallerid
  | NewConnectedLine
  | DialBegin
  | DialState
  | DialEnd
  | BridgeEnter
  | BridgeLeave
  | Hangup
  | HangupRequest
  | HoldChange
  | MusicOnHold
  | LocalPair
  | BlindTransfer
  | AttendedTransfer
  | ParkedCall
  | QueueCaller
  | VarSet
  | MixMonitorMark
  | Cel
  | OriginateResponse
  | PbxMark
  | PhoneReachable;
