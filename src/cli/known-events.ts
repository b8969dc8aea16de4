/**
 * Events of Asterisk 16.28 and 22.10 that say nothing about a call, by name: known, so not counted as unknown. One that is
 * in neither this list nor the decoder is new to us and worth a look.
 */
import { HEADER_ORDERS } from '../asterisk/listen/header-order.ts';

const UNNEEDED: ReadonlySet<string> = new Set(
  `AGIExecEnd AGIExecStart AgentCalled AgentComplete AgentConnect AgentDump AgentLogin AgentLogoff AgentRingNoAnswer
   AgentsComplete AuthDetail BridgeCreate BridgeDestroy BridgeInfoChannel BridgeInfoComplete BridgeListComplete
   BridgeListItem BridgeMerge BridgeVideoSourceUpdate Cdr ChallengeResponseFailed ChallengeSent ChanSpyStart ChanSpyStop
   ChannelTalkingStart ChannelTalkingStop ConfbridgeEnd ConfbridgeJoin ConfbridgeLeave ConfbridgeStart ConfbridgeTalking
   ContactStatusDetail CoreShowChannel CoreShowChannelMapComplete CoreShowChannelsComplete DBGetComplete DBGetResponse
   DBGetTreeResponse DTMFBegin DTMFEnd DeviceStateChange DeviceStateListComplete DialplanComplete EndpointDetail
   EndpointDetailComplete EndpointList EndpointListComplete ExtensionStatus ExtensionStateListComplete FailedACL FAXStatus
   Flash InvalidAccountID InvalidPassword InvalidTransport ListDialplan ListComplete Load LoadAverageLimit MemoryLimit
   MessageWaiting MiniVoiceMail MixMonitorMute NewAccountCode NewConnectedLine ParkedCallSwap PeerStatus PeerEntry
   PeerlistComplete Pickup PresenceStateChange PresenceStatus QueueCallerLeave QueueEntry QueueMember QueueMemberAdded
   QueueMemberPause QueueMemberPenalty QueueMemberRemoved QueueMemberRinginuse QueueMemberStatus QueueParams
   QueueStatusComplete QueueSummary QueueSummaryComplete RTCPReceived RTCPSent ReceiveFAX RegistrationsComplete Registry
   Rename RequestBadFormat RequestNotAllowed RequestNotSupported SendFAX SessionLimit SessionTimeout ShowDialPlanComplete
   SpanAlarm SpanAlarmClear Status StatusComplete SuccessfulAuth TestEvent UnexpectedAddress Unload UserEvent
   VoicemailPasswordChange VoicemailUserEntry VoicemailUserEntryComplete Alarm AlarmClear AorDetail AorList
   AorListComplete AsyncAGIEnd AsyncAGIExec AsyncAGIStart`.split(/\s+/),
);

/** Is an event that the decoder does not use at least known to us? */
export function isKnownEvent(name: string): boolean {
  return HEADER_ORDERS.has(name) || UNNEEDED.has(name);
}
