/**
 * From the hang-up to the recording that plays: real calls on Asterisk 22, recorded by AMI with both sides apart, the service
 * a process of its own. The clock runs from the caller's BYE until the judgement with the playable copy is durable in the
 * database, which is the moment a page is told of it.
 */
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { speechLike } from '../bed/g711.ts';
import { DID } from '../bed/numbers.ts';
import { startOffice } from '../bed/office.ts';
import { startService } from '../bed/service.ts';
import type { SipCall } from '../bed/sip-call.ts';
import { exactNow } from './latency-clock.ts';
import { type Spread, spreadOf } from './spread.ts';

export interface HangUpFigures {
  readonly calls: number;
  readonly talkSeconds: number;
  readonly playableMs: Spread;
}

/** Calls hang up so far apart that each one is alone with the service. */
const APART_MS = 2_500;
const LONGEST_MS = 60_000;
const LOOK_MS = 10;

/** Talks of `seconds` side by side, hung up one after the other. Throws when one does not become playable. */
export async function benchHangUp(calls: number, seconds: number): Promise<HangUpFigures> {
  const office = await startOffice();
  try {
    const service = await startService({ office, recording: 'ami' });
    try {
      await service.watching();
      const placed: SipCall[] = [];
      for (let at = 0; at < calls; at += 1) {
        const number = numberOf(at);
        const call = await office.telco.call(DID.direct, { number, voice: speechLike(13) });
        await call.reached('answered');
        placed.push(call);
        if (at < calls - 1) await delay(APART_MS);
      }
      const times: number[] = [];
      for (const [at, call] of placed.entries()) {
        const answered = call.times().answered ?? 0;
        await delay(Math.max(0, answered + seconds * 1_000 - Date.now()));
        const began = exactNow();
        call.hangUp();
        times.push((await playableAt(service.database, numberOf(at))) - began);
      }
      return { calls, talkSeconds: seconds, playableMs: spreadOf(times) };
    } finally {
      await service.dispose();
    }
  } finally {
    await office.stop();
  }
}

function numberOf(call: number): string {
  return `0951${String(call).padStart(7, '0')}`;
}

/** When the talk of this caller was seen to be playable, with both its sides. */
async function playableAt(database: string, caller: string): Promise<number> {
  const connection = new Database(database, { readonly: true });
  try {
    const ask = connection.prepare<[string], { readonly judgement: string | null }>(
      `select judgement_json as judgement from recordings join calls on calls.id = call_id
       where part = 'talk' and caller_number = ?`,
    );
    for (const began = exactNow(); exactNow() - began < LONGEST_MS; await delay(LOOK_MS)) {
      const text = ask.get(caller)?.judgement ?? null;
      if (text === null) continue;
      const at = exactNow();
      const judgement = JSON.parse(text) as {
        readonly playable: unknown;
        readonly measure: { readonly sides: readonly unknown[] } | null;
      };
      if (judgement.playable === null || judgement.measure?.sides.length !== 2)
        throw new Error(`the call of ${caller} does not play: ${text}`);
      return at;
    }
    throw new Error(`the call of ${caller} did not become playable`);
  } finally {
    connection.close();
  }
}
