/**
 * The same way as `latency.ts`, with a real Asterisk at its beginning: a caller's SIP agent sends INVITE, a phone sends
 * 200 OK, and a page on its socket sees the call come and the talk begin. What Asterisk itself takes is in the figures.
 * Agents send no sound, so that two cores are enough; the service is a process of its own, as in an office.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { CallPhase, CallView } from '../../src/web/protocol/call-view.ts';
import type { ServerMessage } from '../../src/web/protocol/server-message.ts';
import { DID } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { startService } from '../bed/service.ts';
import { OFFICER } from '../bed/service-config.ts';
import { answerAfter } from '../bed/sip-behaviour.ts';
import type { SipCall } from '../bed/sip-call.ts';
import { header, userOf } from '../bed/sip-message.ts';
import { loggedIn } from '../web/browser.ts';
import { callOf, exactNow, numberOf } from './latency-clock.ts';
import { type Spread, spreadOf } from './spread.ts';

export interface RealLatencyFigures {
  readonly calls: number;
  readonly seconds: number;
  /** From the caller's INVITE to the call on the page. */
  readonly arrivalMs: Spread;
  /** From the phone's 200 OK to the talk on the page. */
  readonly answerMs: Spread;
}

const RING_MS = 300;
const TALK_MS = 1_000;

/** `npm run bench -- real-latency [calls per second] [seconds]`. */
export async function run([rate = '10', seconds = '30']: readonly string[]): Promise<void> {
  const figures = await benchRealLatency(Number(rate), Number(seconds));
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}

export async function benchRealLatency(callsPerSecond: number, seconds: number): Promise<RealLatencyFigures> {
  const office = await startOffice({ sound: false });
  try {
    const service = await startService({ office });
    try {
      await service.watching();
      return await measure(office, service.url, callsPerSecond, seconds);
    } finally {
      await service.dispose();
    }
  } finally {
    await office.stop();
  }
}

async function measure(
  office: Office,
  url: string,
  callsPerSecond: number,
  seconds: number,
): Promise<RealLatencyFigures> {
  const calls = callsPerSecond * seconds;
  const phone = office.phones['1001'];
  phone.behave(answerAfter(RING_MS));
  const page = await (await loggedIn(url, OFFICER.login)).open();
  await page.next('snapshot');
  const seen = watch(page.socket);
  const placed = await place(office, calls, callsPerSecond);
  await Promise.all(placed.map(({ call }) => call.reached('ended', 30_000)));
  await seen.untilAll('ended', calls);
  page.close();
  const answers = phone.calls().map((call) => {
    const number = userOf(header(call.invite, 'from'));
    return since(seen.at('talking', callOf(number)), call.times().answered);
  });
  if (answers.length !== calls) throw new Error(`${answers.length} of ${calls} calls came to the phone`);
  return {
    calls,
    seconds,
    arrivalMs: spreadOf(placed.map(({ sentAt }, call) => since(seen.first(call), sentAt))),
    answerMs: spreadOf(answers),
  };
}

async function place(office: Office, calls: number, callsPerSecond: number) {
  const begun = Date.now();
  const placed: { readonly call: SipCall; readonly sentAt: number }[] = [];
  for (let index = 0; index < calls; index += 1) {
    await delay(Math.max(0, begun + (index * 1_000) / callsPerSecond - Date.now()));
    const call = await office.telco.call(DID.direct, { number: numberOf(index) });
    placed.push({ call, sentAt: exactNow() });
    call.after(RING_MS + TALK_MS, () => call.hangUp());
  }
  return placed;
}

interface DeltaSource {
  on(event: 'message', listener: (data: unknown) => void): unknown;
}

/** When the page had each call for the first time, and in each phase. */
function watch(socket: DeltaSource) {
  const times = new Map<number, Map<CallPhase, number>>();
  let wake: () => void = () => {};
  socket.on('message', (data) => {
    const now = exactNow();
    const message = JSON.parse(String(data)) as ServerMessage;
    if (message.type !== 'delta') return;
    for (const change of message.changes) if (change.entity === 'call') note(change.view, now);
    wake();
  });

  function note({ caller, phase }: CallView, now: number): void {
    const call = callOf(caller.number);
    const phases = times.get(call) ?? new Map<CallPhase, number>();
    if (!phases.has(phase)) phases.set(phase, now);
    times.set(call, phases);
  }

  return {
    at: (phase: CallPhase, call: number) => times.get(call)?.get(phase),
    first: (call: number) => [...(times.get(call)?.values() ?? [])][0],
    async untilAll(phase: CallPhase, calls: number): Promise<void> {
      while ([...times.values()].filter((phases) => phases.has(phase)).length < calls) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

function since(later: number | undefined, earlier: number | null): number {
  if (later === undefined || earlier === null) throw new Error('a call was not shown');
  return later - earlier;
}
