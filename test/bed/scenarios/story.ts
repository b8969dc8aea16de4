import type { CallSummary } from '../../../src/calls/call-summary.ts';
import type { AsteriskMajor } from '../asterisk-prefix.ts';
import type { Office } from '../office.ts';
import type { DialplanName } from '../office-config.ts';
import type { SipCall } from '../sip-call.ts';

/** One thing that can happen on a duty line, placed with real agents on a real PBX. */
export interface Story {
  readonly name: string;
  readonly dialplan: 'plain' | 'freepbx';
  /** Placed on 16 as well as on 22. FreePBX stories always are: each version has its own dialplan. */
  readonly core: boolean;
  /** Only where this version behaves in its own way. */
  readonly only?: AsteriskMajor;
  /** Acts it out and tells what really happened: one entry for each call that `explain` has to print, oldest first. */
  play(office: Office): Promise<readonly CallTruth[]>;
}

/** What `explain` must say about one call. Wall times of the agents, ms, are true to ±100 ms. */
export interface CallTruth {
  readonly expect: Expected;
  readonly times: {
    /** The caller's INVITE. */
    readonly invite: number;
    /** The first person's phone (or outside telephone) that rang. */
    readonly ringing: number | null;
    /** The first person's answer. */
    readonly answered: number | null;
    /** The caller's leg was over. */
    readonly ended: number | null;
  };
}

export type Expected = Omit<
  CallSummary,
  | 'linkedId'
  | 'line'
  | 'startedAt'
  | 'ringingAt'
  | 'answeredAt'
  | 'endedAt'
  | 'ringSeconds'
  | 'talkSeconds'
  | 'recordings'
> & {
  /** How many files the PBX named. */
  readonly recordings: number;
};

/** What stands beside a capture. */
export interface StoryTruth {
  readonly name: string;
  readonly version: AsteriskMajor;
  readonly dialplan: DialplanName;
  /** The arguments of `explain` under which the truth holds. */
  readonly setup: typeof SETUP;
  readonly calls: readonly CallTruth[];
}

/** The office as `explain` is told it: 1004 is a phone of somebody else, 0954203999x and …0404 are not ours. */
export const SETUP = {
  line: '09542030001',
  dids: Array.from({ length: 30 }, (_, index) => `095420300${String(index + 1).padStart(2, '0')}`),
  phones: ['PJSIP/1001', 'PJSIP/1002', 'PJSIP/1003', 'PJSIP/1009'],
  trunks: ['PJSIP/telco', 'PJSIP/telco2', 'PJSIP/carrier'],
} as const;

/** A human pause. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** What is true of an inbound call unless the story says otherwise. */
export function inbound(dialled: string, special: Partial<Expected>): Expected {
  return {
    direction: 'inbound',
    caller: { number: '09548887777', name: null },
    dialled,
    outcome: 'answered',
    answeredBy: null,
    hungUpBy: 'caller',
    transfers: [],
    leftPremises: false,
    leftTo: null,
    diverted: false,
    preAnswerAudio: 'none',
    tampered: false,
    complete: true,
    recordings: 0,
    ...special,
  };
}

/** What is true of a call placed by a duty phone unless the story says otherwise. */
export function fromPhone(phone: string, dialled: string, special: Partial<Expected>): Expected {
  return {
    ...inbound(dialled, {}),
    direction: 'outbound',
    caller: { number: phone, name: phone },
    ...special,
  };
}

/** The times of a call: the caller's own leg, and the first of those he reached. */
export function timesOf(caller: SipCall, reached: readonly SipCall[]): CallTruth['times'] {
  const earliest = (values: readonly (number | null)[]) => {
    const known = values.filter((value) => value !== null);
    return known.length === 0 ? null : Math.min(...known);
  };
  return {
    invite: caller.times().invite,
    ringing: earliest(reached.map((call) => call.times().ringing)),
    answered: earliest(reached.map((call) => call.times().answered)),
    ended: caller.times().ended,
  };
}
