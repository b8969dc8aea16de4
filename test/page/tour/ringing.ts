/** Calls that stand as long as a stop of the tour needs them. */
import { DID, OUTSIDE } from '../../bed/numbers.ts';
import { ringForEver } from '../../bed/sip-behaviour.ts';
import type { SipCall } from '../../bed/sip-call.ts';
import type { Tour } from './tour.ts';

const CALLERS = [OUTSIDE.caller, OUTSIDE.mobile, OUTSIDE.secondCaller, OUTSIDE.otherMobile];
const standing = new Set<SipCall>();

/** So many callers at seat one, who ring until they are hung up; the PBX itself gives up after twenty seconds. */
export async function ring(tour: Tour, callers = 1, from = 0): Promise<readonly SipCall[]> {
  tour.office.phones['1001'].behave(ringForEver);
  const calls: SipCall[] = [];
  for (let caller = from; caller < from + callers; caller += 1) {
    const number = CALLERS[caller % CALLERS.length] ?? OUTSIDE.caller;
    const call = await tour.office.telco.call(DID.direct, { number });
    calls.push(call);
    standing.add(call);
  }
  return calls;
}

/** A caller who is answered at once and talks until he is hung up. */
export async function talk(tour: Tour, number: string = OUTSIDE.caller): Promise<SipCall> {
  tour.office.phones['1001'].behave((call) => {
    call.ring();
    call.after(300, () => call.answer());
  });
  const call = await tour.office.telco.call(DID.direct, { number });
  standing.add(call);
  await call.reached('answered');
  return call;
}

/** Everybody hangs up. */
export async function quiet(): Promise<void> {
  for (const call of standing) {
    call.hangUp();
    await call.reached('ended');
  }
  standing.clear();
}
