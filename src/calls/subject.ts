/** Which channel an event is about. */
import type { ChannelEvent } from './channel-event.ts';

/** Uniqueid of the channel an event is about (the dialled one of a dial); null for events about the PBX. */
export function subjectOf(event: ChannelEvent): string | null {
  switch (event.type) {
    case 'DialBegin':
    case 'DialState':
    case 'DialEnd':
      return event.to.uniqueid;
    case 'LocalBridge':
    case 'LocalOptimizationBegin':
    case 'LocalOptimizationEnd':
      return event.one.uniqueid;
    case 'BlindTransfer':
      return event.transferer.uniqueid;
    case 'AttendedTransfer':
      return event.original.uniqueid;
    case 'ParkedCall':
    case 'UnParkedCall':
    case 'ParkedCallTimeOut':
    case 'ParkedCallGiveUp':
      return event.parkee.uniqueid;
    case 'FullyBooted':
    case 'Shutdown':
    case 'Reload':
    case 'phone-reachable':
      return null;
    default:
      return event.uniqueid;
  }
}
