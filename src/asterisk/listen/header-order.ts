/**
 * In which order Asterisk writes the headers of each event we read, and which of them hold text of a caller.
 *
 * Taken from captures of Asterisk 16.28 and 22.10 and, for parking and Originate, from `manager.c` and `res_parking`.
 * A number that reached Asterisk in a SIP URI is written without escaping, so a caller who sends `%0d%0a` writes whole
 * lines here. What a caller cannot do is write much: PJSIP cuts every such value at 79 characters (`CALLER_TEXT_LIMIT`),
 * and most events need more than that before their first caller-made header. `quarantine.ts` is built on this measure.
 *
 * A Local channel is named after the number it was made for (`Local/13900001111@internal-00000001;1`), and that number may be a
 * caller's too: a DID, or the Contact of somebody's 302 (16.28 and 22.10). `withLocalNames` is the order of such an event.
 *
 * Notation: `@Dest` the 14 headers of a channel snapshot with that prefix, `#Orig` the 7 headers of a bridge; `!` may hold
 * text of a caller, `?` may be missing, `*` may be missing or repeated, `~` names a channel.
 */

/** The longest text a caller can put in one header: PJSIP copies numbers and user parts into 80-byte buffers (16 and 22). */
export const CALLER_TEXT_LIMIT = 79;

export interface HeaderRule {
  readonly name: string;
  readonly fromCaller: boolean;
  /** Names a channel, which may be a Local one named after a caller's text. */
  readonly namesChannel: boolean;
  readonly presence: 'always' | 'sometimes' | 'repeated';
  /** Optional snapshots come whole or not at all: rules of one such block carry the same number, others 0. */
  readonly group: number;
}

/** The places (rule numbers) of one channel snapshot that say which channel it is. */
export interface ChannelBlock {
  readonly prefix: string;
  readonly channel: number;
  readonly uniqueid: number;
  readonly linkedid: number;
}

export interface HeaderOrder {
  readonly event: string;
  readonly rules: readonly HeaderRule[];
  readonly names: ReadonlySet<string>;
  readonly blocks: readonly ChannelBlock[];
  /** Number of the first rule that may hold text of a caller; `rules.length` when none does. */
  readonly firstFromCaller: number;
  /**
   * Whether this event begins with more than a caller can write, even where packets carry no Timestamp: then its beginning
   * alone proves that Asterisk wrote it. The others are believed only with a Timestamp, and not inside another packet.
   */
  readonly unforgeable: boolean;
}

const SNAPSHOT =
  'Channel~ ChannelState ChannelStateDesc CallerIDNum! CallerIDName! ConnectedLineNum! ConnectedLineName! ' +
  'Language AccountCode Context Exten! Priority Uniqueid Linkedid';

const BRIDGE =
  'BridgeUniqueid BridgeType BridgeTechnology BridgeCreator BridgeName BridgeNumChannels BridgeVideoSourceMode?';

const PARKING =
  '@Parkee @Retriever? ParkerDialString! Parkinglot ParkingSpace ParkingTimeout ParkingDuration';

const TABLE: Readonly<Record<string, string>> = {
  Newchannel: '@',
  Newstate: '@',
  NewConnectedLine: '@',
  NewCallerid: '@ CID-CallingPres',
  NewAccountCode: '@ OldAccountCode',
  Newexten: '@ Extension! Application AppData!',
  VarSet: '@ Variable Value!',
  Hangup: '@ Cause Cause-txt TechCause?',
  HangupRequest: '@ Cause? TechCause?',
  SoftHangupRequest: '@ Cause? TechCause?',
  Hold: '@ MusicClass?',
  Unhold: '@',
  MusicOnHoldStart: '@ Class',
  MusicOnHoldStop: '@',
  MixMonitorStart: '@',
  MixMonitorStop: '@',
  DialBegin: '@? @Dest DialString!',
  DialState: '@? @Dest DialStatus Forward!?',
  DialEnd: '@? @Dest Forward!? DialStatus',
  BridgeCreate: '#',
  BridgeDestroy: '#',
  BridgeEnter: '# @ SwapUniqueid?',
  BridgeLeave: '# @',
  LocalBridge: '@LocalOne @LocalTwo Context Exten! LocalOptimization',
  LocalOptimizationBegin: '@LocalOne @LocalTwo @Source DestUniqueId Id',
  LocalOptimizationEnd: '@LocalOne @LocalTwo Success Id',
  BlindTransfer: 'Result @Transferer @Transferee? #? IsExternal Context Extension!',
  AttendedTransfer:
    'Result @OrigTransferer #Orig? @SecondTransferer #Second? @Transferee? @TransferTarget? IsExternal DestType ' +
    'DestBridgeUniqueid? DestApp? DestTransfererChannel~?',
  ParkedCall: PARKING,
  UnParkedCall: PARKING,
  ParkedCallTimeOut: PARKING,
  ParkedCallGiveUp: PARKING,
  QueueCallerJoin: '@ Queue Position Count',
  QueueCallerLeave: '@ Queue Position Count',
  QueueCallerAbandon: '@ Queue Position OriginalPosition HoldTime',
  AgentCalled: '@ @Dest Queue Interface MemberName',
  AgentConnect: '@ @Dest Queue Interface MemberName HoldTime RingTime',
  AgentComplete: '@ @Dest Queue Interface MemberName HoldTime TalkTime Reason',
  CEL:
    'EventName AccountCode CallerIDnum! CallerIDname! CallerIDani! CallerIDrdnis! CallerIDdnid! Exten! Context Channel~ ' +
    'Application AppData! EventTime AMAFlags UniqueID LinkedID Userfield Peer~ PeerAccount Extra',
  // Context and Exten when it goes to the dialplan, Application and Data when it goes to an application (22.10).
  OriginateResponse:
    'ActionID? Response Channel Context? Exten!? Application? Data!? Reason Uniqueid CallerIDNum! CallerIDName!',
  ContactStatus: 'URI ContactStatus AOR EndpointName RoundtripUsec',
  PeerStatus: 'ChannelType Peer PeerStatus Cause? Address? Time?',
  DeviceStateChange: 'Device~ State',
  FullyBooted: 'Uptime LastReload Status',
  Shutdown: 'Shutdown Restart',
  Reload: 'Module Status',
};

/** One row of the answer to CoreShowChannels: no Privilege, no Timestamp, but our own ActionID, which nobody can guess. */
const LISTED_CHANNEL = `Event ActionID ${SNAPSHOT} ChanVariable!* Application ApplicationData! Duration BridgeId`;

/** The order of every event we read, by event name. */
export const HEADER_ORDERS: ReadonlyMap<string, HeaderOrder> = new Map([
  ...Object.entries(TABLE).map(
    ([event, headers]) => [event, orderOf(event, `Event Privilege Timestamp? ${headers}`)] as const,
  ),
  ['CoreShowChannel', orderOf('CoreShowChannel', LISTED_CHANNEL)] as const,
]);

/**
 * The order of an event in which some names of channels hold text of a caller too.
 *
 * @param order the order of the event
 * @param isFromCaller which of the headers that name a channel
 * @returns the order; `unforgeable` is said of the event as it usually is
 */
export function withLocalNames(order: HeaderOrder, isFromCaller: (name: string) => boolean): HeaderOrder {
  const rules = order.rules.map((rule) =>
    rule.namesChannel && isFromCaller(rule.name) ? { ...rule, fromCaller: true } : rule,
  );
  return { ...order, rules, firstFromCaller: firstFromCallerOf(rules) };
}

function firstFromCallerOf(rules: readonly HeaderRule[]): number {
  const found = rules.findIndex((rule) => rule.fromCaller);
  return found < 0 ? rules.length : found;
}

function orderOf(event: string, headers: string): HeaderOrder {
  const rules = headers.split(' ').flatMap((token, place) => rulesOf(token, place));
  const firstFromCaller = firstFromCallerOf(rules);
  const blocks = blocksOf(rules);
  const beginning = rules.slice(0, firstFromCaller + 1).filter((rule) => rule.presence === 'always');
  return {
    event,
    rules,
    names: new Set(rules.map((rule) => rule.name)),
    blocks,
    firstFromCaller,
    unforgeable: blocks.length > 0 && charactersToWrite(event, beginning) > CALLER_TEXT_LIMIT,
  };
}

/** What it takes to write these headers: the blank line before them, and for each its name and line end, values empty. */
function charactersToWrite(event: string, rules: readonly HeaderRule[]): number {
  const names = rules.reduce((sum, rule) => sum + rule.name.length + ': \r\n'.length, 0);
  return '\r\n\r\n'.length + event.length + names - '\r\n'.length;
}

function rulesOf(token: string, place: number): readonly HeaderRule[] {
  const optional = token.endsWith('?');
  const prefix = token.replace(/^[@#]|\?$/g, '');
  if (token.startsWith('@')) {
    const names = `${SNAPSHOT} ChanVariable!*`.split(' ').map((name) => prefix + name);
    return names.flatMap((name) => ruleOf(name, optional ? place : 0));
  }
  if (token.startsWith('#')) {
    const names = BRIDGE.split(' ').map((name) => prefix + name);
    return names.flatMap((name) => ruleOf(name, optional ? place : 0));
  }
  return [ruleOf(token, 0)];
}

function ruleOf(token: string, group: number): HeaderRule {
  const presence = token.endsWith('*') ? 'repeated' : token.endsWith('?') ? 'sometimes' : 'always';
  return {
    name: token.replace(/[!?*~]+$/, ''),
    fromCaller: token.includes('!'),
    namesChannel: token.includes('~'),
    presence,
    group,
  };
}

function blocksOf(rules: readonly HeaderRule[]): readonly ChannelBlock[] {
  const placeOf = (name: string) => rules.findIndex((rule) => rule.name === name);
  return rules
    .filter((rule) => rule.name.endsWith('ChannelStateDesc'))
    .map((rule) => rule.name.slice(0, -'ChannelStateDesc'.length))
    .map((prefix) => ({
      prefix,
      channel: placeOf(`${prefix}Channel`),
      uniqueid: placeOf(`${prefix}Uniqueid`),
      linkedid: placeOf(`${prefix}Linkedid`),
    }));
}
