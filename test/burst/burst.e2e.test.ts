/** Must show 2: a hundred real calls, ten a second, eight seconds each, sound both ways. */
import { readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DID } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';
import type { SipCall } from '../bed/sip-call.ts';
import { keptCalls, keptRecordings } from '../kills/kept-calls.ts';

const CALLS = 100;
const APART_MS = 100;
const TALK_MS = 8_000;
const TAKES = 3;

let office: Office;
let service: ServiceProcess;
beforeAll(async () => {
  office = await startOffice();
  service = await startService({ office, recording: 'ami' });
  await service.watching();
});
afterAll(async () => {
  await service.dispose();
  await office.stop();
});

it('keeps a burst of 100 calls as 100 calls, 100 drafts and 100 recordings', {
  timeout: 300_000,
}, async () => {
  for (const phone of Object.values(office.phones)) {
    phone.behave((call) => {
      call.ring();
      call.after(100, () => call.answer());
    });
  }
  // Late sound may be tried again, by another burst; a call, a draft or a recording that is not there may not.
  let late = await burst(1);
  for (let take = 2; take <= TAKES && late.length > 0; take++) late = await burst(take);
  expect(late).toEqual([]);
});

/** Places a burst and insists that all of it is kept, of every burst so far. Answers the recordings longer or shorter than their talk. */
async function burst(take: number): Promise<readonly string[]> {
  const placed: SipCall[] = [];
  const begun = Date.now();
  for (let index = 0; index < CALLS; index++) {
    await delay(Math.max(0, begun + index * APART_MS - Date.now()));
    const number = `0951${take}${String(index).padStart(6, '0')}`;
    const call = await office.telco.call(DID.direct, { number });
    call.after(TALK_MS, () => call.hangUp());
    placed.push(call);
  }
  await Promise.all(placed.map((call) => call.reached('ended', 60_000)));

  expect(placed.filter((call) => call.times().answered === null)).toHaveLength(0);
  const heard = placed.map((call) => call.sound().received);
  expect(Math.min(...heard)).toBeGreaterThan(0);

  const all = take * CALLS;
  const deadline = Date.now() + 60_000;
  const talksNow = () => keptRecordings(service.database).filter(({ part }) => part === 'talk');
  const settled = () => talksNow().filter(({ state }) => state === 'attached').length;
  while (settled() < all && Date.now() < deadline) await delay(200);
  const calls = keptCalls(service.database);
  expect(calls).toHaveLength(all);
  expect(new Set(calls.map(({ mark }) => mark)).size).toBe(all);
  expect(calls.every(({ ended }) => ended)).toBe(true);
  expect(calls.map(({ drafts }) => drafts)).toEqual(calls.map(() => 1));

  const talks = talksNow();
  expect(talks.filter(({ state }) => state === 'attached')).toHaveLength(all);
  expect(talks).toHaveLength(all);
  const files = readdirSync(service.recordings, { recursive: true }).filter((name) =>
    String(name).endsWith('.wav'),
  );
  expect(files.length).toBeGreaterThanOrEqual(all);
  // Each recording is as long as its caller's own talk, give or take how late a busy machine bridges and hangs up.
  const numbers = new Map(calls.map(({ id, mark }) => [id, mark]));
  return talks.flatMap(({ call, seconds }) => {
    const mark = numbers.get(call ?? '') ?? '';
    if (!mark.startsWith(`0951${take}`)) return [];
    const times = placed[Number(mark.slice(5))]?.times();
    const talked = ((times?.ended ?? 0) - (times?.answered ?? 0)) / 1_000;
    return Math.abs((seconds ?? 0) - talked) < 0.6 ? [] : [`${mark}: ${seconds} s of ${talked} s`];
  });
}
