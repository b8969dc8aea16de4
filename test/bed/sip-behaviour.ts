import type { Behaviour } from './sip-agent.ts';

/** Rings (180) and answers after so many ms. */
export function answerAfter(ms: number): Behaviour {
  return (call) => {
    call.ring();
    call.after(ms, () => call.answer());
  };
}

/** Rings, answers, and hangs up itself so many ms after the answer. */
export function answerThenHangUp(ringMs: number, talkMs: number): Behaviour {
  return (call) => {
    answerAfter(ringMs)(call);
    call.after(ringMs + talkMs, () => call.hangUp());
  };
}

/** Rings until the caller or the PBX gives up. */
export const ringForEver: Behaviour = (call) => call.ring();

/** Refuses, after ringing `ringMs` ms when given. */
export function refuse(status: number, reason: string, ringMs = 0): Behaviour {
  return (call) => {
    if (ringMs === 0) return call.reject(status, reason);
    call.ring();
    call.after(ringMs, () => call.reject(status, reason));
  };
}

export const busy = refuse(486, 'Busy Here');
export const decline = refuse(603, 'Decline', 300);

/** 302 to another number. */
export function redirectTo(number: string): Behaviour {
  return (call) => call.redirect(number);
}

/** 183 with this sound for so many ms, then the refusal: the announcement of a switched-off mobile. */
export function announceThenRefuse(sound: Buffer, ms: number, status: number, reason: string): Behaviour {
  return (call) => {
    call.earlySound(sound);
    call.after(ms, () => call.reject(status, reason));
  };
}
