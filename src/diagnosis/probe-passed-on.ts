/** What the network itself says of a probe: that it passes the call on to another number. Pure. */
import type { ChannelEvent } from '../calls/channel-event.ts';
import { readNumber } from '../directory/number.ts';
import type { PassedOn } from './suspicion.ts';

/**
 * An event of the probe's own channel: a 302 (DialEnd with Forward), or the number at the other end, which the network gives
 * with the ringing or the answer (P-Asserted-Identity; NewCallerid on a channel of Originate, 16.28 and 22.10). Only a mobile
 * counts: fixed lines show the number of their group, or an extension. Null: it says nothing of the kind.
 *
 * @param dialled the number that was called
 */
export function passedOnBy(event: ChannelEvent, dialled: string): PassedOn | null {
  if (event.tampered) return null;
  if (event.type === 'DialEnd')
    return event.forward === null || event.forward === '' ? null : { sign: '302', number: event.forward };
  if (event.type !== 'NewCallerid' || event.callerNumber === null) return null;
  const connected = readNumber(event.callerNumber, '');
  const isOther = connected.kind === 'mobile' && connected.matchKey !== readNumber(dialled, '').matchKey;
  return isOther ? { sign: 'connected', number: event.callerNumber } : null;
}

/**
 * What the channel says of itself while it rings: of a 181 no event tells, but its count of redirections is no longer 0.
 *
 * @param count `REDIRECTING(count)`, as Getvar answers it
 */
export function passedOnByCount(count: string): PassedOn | null {
  return /^[1-9][0-9]?$/.test(count) ? { sign: '181', number: null } : null;
}
