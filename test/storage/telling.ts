/** Calls as the tracker tells them, for tests of what becomes of its facts. */
import type { CallFact, FactStamp } from '../../src/calls/fact.ts';
import type { CallStepWork } from '../../src/storage/work.ts';
import { PBX } from './office.ts';

export const NOON = Date.UTC(2026, 10, 23, 4, 0, 0);

type Told = CallFact extends infer Fact
  ? Fact extends CallFact
    ? Omit<Fact, keyof FactStamp>
    : never
  : never;

/** Tells of one call: each `say` is one step with one fact, a second after the one before. */
export function telling(linkedid: string, from = NOON, pbx = PBX) {
  let at = from;
  const step = (facts: readonly CallFact[], more: Partial<CallStepWork> = {}): CallStepWork => ({
    type: 'call-step',
    pbx,
    facts,
    pbxFacts: [],
    texts: [],
    drafts: [],
    offsetMs: 0,
    ...more,
  });
  const say = (told: Told, uniqueid = linkedid, more: Partial<CallStepWork> = {}): CallStepWork => {
    at += 1_000;
    const factKey = [pbx, uniqueid, told.kind, at, linkedid].join(' ');
    const stamp: FactStamp = {
      pbx,
      uniqueid,
      linkedid,
      generation: 1,
      pbxAt: at,
      at,
      receivedAt: at,
      factKey,
    };
    return step([{ ...stamp, ...told } as CallFact], more);
  };
  const phone = `${linkedid}-1001`;
  return {
    step,
    say,
    at: () => at,
    arrives: (callerNumber: string | null = '09542035678', more: Partial<CallStepWork> = {}) =>
      say(
        {
          kind: 'call-arrived',
          direction: 'inbound',
          line: 'line-1',
          lineNumber: '0954-2030000',
          callerNumber,
          dialled: '2030000',
          channel: `PJSIP/telco-${linkedid}`,
          endpoint: 'PJSIP/telco',
          role: 'trunk',
          seen: 'live',
        },
        linkedid,
        { drafts: [{ linkedid, generation: 1 }], ...more },
      ),
    dials: () =>
      say(
        {
          kind: 'leg-dialled',
          channel: `PJSIP/1001-${linkedid}`,
          endpoint: 'PJSIP/1001',
          role: 'duty-phone',
          by: linkedid,
          number: '1001',
        },
        phone,
      ),
    rings: () => say({ kind: 'leg-rang', signal: 'ringing' }, phone),
    isAnswered: () => say({ kind: 'leg-answered', endpoint: 'PJSIP/1001' }, phone),
    closes: () => [
      say({ kind: 'leg-closed', cause: 16, techCause: null, seen: 'live' }, phone),
      say({ kind: 'leg-closed', cause: 16, techCause: null, seen: 'live' }),
    ],
    ends: () => say({ kind: 'call-ended' }),
  };
}

/** A whole answered call, step by step. */
export function answeredCall(linkedid: string, from = NOON, caller?: string | null): readonly CallStepWork[] {
  const call = telling(linkedid, from);
  return [call.arrives(caller), call.dials(), call.rings(), call.isAnswered(), ...call.closes(), call.ends()];
}

/** Our phone calls out by the trunk; `dialled` as the trunk was told. */
export function calledOut(
  linkedid: string,
  dialled: string,
  from: number,
  more: Partial<CallStepWork> = {},
  { pbx, line }: { readonly pbx: string; readonly line: string } = { pbx: PBX, line: 'line-1' },
): readonly CallStepWork[] {
  const call = telling(linkedid, from, pbx);
  const trunk = `${linkedid}-t`;
  return [
    call.say(
      {
        kind: 'call-arrived',
        direction: 'outbound',
        line,
        lineNumber: '0954-2030000',
        callerNumber: '1001',
        dialled: `9${dialled}`,
        channel: `PJSIP/1001-${linkedid}`,
        endpoint: 'PJSIP/1001',
        role: 'duty-phone',
        seen: 'live',
      },
      linkedid,
      more,
    ),
    call.say(
      {
        kind: 'leg-dialled',
        channel: `PJSIP/telco-${linkedid}`,
        endpoint: 'PJSIP/telco',
        role: 'trunk',
        by: linkedid,
        number: dialled,
      },
      trunk,
    ),
    call.say({ kind: 'leg-answered', endpoint: 'PJSIP/telco' }, trunk),
  ];
}
