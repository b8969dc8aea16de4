/** A probe under test: what happens to it, in the order of the clock, and all that it said. */
import type { ChannelEvent } from '../../src/calls/channel-event.ts';
import type { ProbeArrival } from '../../src/diagnosis/arrival-check.ts';
import type { Hearing } from '../../src/diagnosis/hearing.ts';
import type { Conclusion, ProbeFact, ProbeOrder } from '../../src/diagnosis/probe.ts';
import type { ProbeEffect, ProbeInput } from '../../src/diagnosis/probe-input.ts';
import { askProbe, stepProbe } from '../../src/diagnosis/probe-step.ts';
import type { ProbeRun } from '../../src/diagnosis/probe-turn.ts';
import { probeChannelOf } from '../../src/lines/probe-channel.ts';

export const MAIN = '01935b1e-0000-7000-8000-000000000001';
export const OCCUPIER = '01935b1e-0000-7000-8000-000000000002';
export const RING_MS = 14_000;
const BEGUN = 1_795_450_000_000;

function order(more: Partial<ProbeOrder> = {}): ProbeOrder {
  return {
    id: MAIN,
    line: 'line-1',
    number: '0954-2035678',
    round: null,
    scope: 'always',
    pbx: 'office',
    trunk: 'PJSIP/telco2',
    ringMs: RING_MS,
    occupier: null,
    ...more,
  };
}

export const ARRIVAL: ProbeArrival = {
  linkedid: '1795450000.1',
  did: '09542035678',
  caller: '09542039000',
  diverted: null,
  phoneRang: true,
  takenUp: false,
  suspicions: [],
  over: false,
};

export const heard = (verdict: Hearing['verdict'], more: Partial<Hearing> = {}): Hearing => ({
  verdict,
  confidence: 1,
  segments: [],
  cadence: null,
  forwarded: false,
  stretch: null,
  ...more,
});

export interface ProbeLife {
  readonly facts: readonly ProbeFact[];
  readonly effects: readonly ProbeEffect[];
  readonly at: number;
  run(): ProbeRun;
  conclusion(): Conclusion | null;
  wait(ms: number): ProbeLife;
  give(input: Given): ProbeLife;
  /** An event of Asterisk on the main channel, or the other one. */
  created(id?: string): ProbeLife;
  dialled(): ProbeLife;
  /** 302. */
  moved(to: string): ProbeLife;
  /** The network gives the number at the other end. */
  connects(number: string): ProbeLife;
  rings(): ProbeLife;
  sounds(): ProbeLife;
  answers(): ProbeLife;
  gone(cause: number, sip?: string, id?: string): ProbeLife;
  arrives(more?: Partial<ProbeArrival>, end?: 'main' | 'occupier'): ProbeLife;
  hears(hearing: Hearing | null, soundSeconds?: number | null): ProbeLife;
  stopTime(ms: number): ProbeLife;
}

type Given =
  Exclude<ProbeInput, { type: 'asked' }> extends infer I
    ? I extends { readonly at: number }
      ? Omit<I, 'at'>
      : never
    : never;

/** Asked for, and begun unless told otherwise. */
export function aProbe(
  more: Partial<ProbeOrder> = {},
  begin: { readonly inSight: boolean } | null = { inSight: true },
): ProbeLife {
  const asked = askProbe({ type: 'asked', at: BEGUN, order: order(more), askedBy: 'a-1' });
  const facts: ProbeFact[] = [...asked.facts];
  const effects: ProbeEffect[] = [...asked.effects];
  let run = asked.run;
  let at = BEGUN;
  const event = (made: object): ProbeLife => {
    at += 10;
    return life.give({ type: 'event', event: { pbxAt: at, tampered: false, ...made } as ChannelEvent });
  };
  const ref = (id: string) => ({
    channel: 'PJSIP/telco2-00000001',
    uniqueid: probeChannelOf(id),
    linkedid: probeChannelOf(id),
  });
  const life: ProbeLife = {
    facts,
    effects,
    get at() {
      return at;
    },
    run: () => run,
    conclusion: () => run.probe.conclusion,
    wait(ms) {
      at += ms;
      return life;
    },
    give(input) {
      const stepped = stepProbe(run, { ...input, at } as Exclude<ProbeInput, { type: 'asked' }>);
      run = stepped.run;
      facts.push(...stepped.facts);
      effects.push(...stepped.effects);
      return life;
    },
    created: (id = MAIN) =>
      event({
        type: 'Newchannel',
        ...ref(id),
        state: 'Down',
        callerNumber: null,
        callerName: null,
        context: '',
        exten: '',
      }),
    dialled: () =>
      event({ type: 'DialBegin', from: null, to: ref(MAIN), dialString: `${run.probe.order.number}@telco2` }),
    moved: (to) => event({ type: 'DialEnd', from: null, to: ref(MAIN), dialStatus: 'CANCEL', forward: to }),
    connects: (number) =>
      event({ type: 'NewCallerid', ...ref(MAIN), callerNumber: number, callerName: null }),
    rings: () =>
      event({ type: 'DialState', from: null, to: ref(MAIN), dialStatus: 'RINGING', forward: null }),
    sounds: () =>
      event({ type: 'DialState', from: null, to: ref(MAIN), dialStatus: 'PROGRESS', forward: null }),
    answers: () =>
      event({
        type: 'DialEnd',
        from: null,
        to: ref(MAIN),
        dialStatus: 'ANSWER',
        forward: null,
        connectedNumber: null,
      }),
    gone: (cause, sip, id = MAIN) => event({ type: 'Hangup', ...ref(id), cause, techCause: sip ?? null }),
    arrives: (more = {}, end = 'main') =>
      life.give({ type: 'arrived', end, arrival: { ...ARRIVAL, ...more } }),
    hears: (hearing, soundSeconds = 10) => life.give({ type: 'heard', hearing, soundSeconds }),
    stopTime(ms) {
      at += ms;
      return life.give({ type: 'time-passed' });
    },
  };
  return begin === null ? life : life.give({ type: 'begin', ...begin });
}
