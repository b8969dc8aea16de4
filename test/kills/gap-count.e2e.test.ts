/** Calls placed while nobody listens: the gap says how many there were, where the PBX counts (22), and that nobody knows (16). */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';
import { type FlakyProxy, startFlakyProxy } from './flaky-proxy.ts';
import { type KeptGap, keptCalls, keptGaps } from './kept-calls.ts';

describe.each([
  { version: 22, counted: (calls: number) => calls },
  { version: 16, counted: () => null },
] as const)('a gap beside Asterisk $version', ({ version, counted }) => {
  let office: Office;
  let proxy: FlakyProxy;
  let service: ServiceProcess;
  beforeAll(async () => {
    office = await startOffice({ version, sound: false });
    proxy = await startFlakyProxy({ host: office.ami.host, port: office.ami.port });
    service = await startService({ office, ami: { host: proxy.host, port: proxy.port } });
    await service.watching();
  });
  afterAll(async () => {
    await service.dispose();
    await proxy.close();
    await office.stop();
  });

  async function placeAndEnd(calls: number): Promise<void> {
    for (let count = 0; count < calls; count++) {
      const call = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
      await call.reached('answered');
      call.hangUp();
      await call.reached('ended');
    }
  }

  async function closedGap(before: number): Promise<KeptGap | undefined> {
    await vi.waitUntil(() => keptGaps(service.database).filter(({ to }) => to !== null).length > before, {
      timeout: 20_000,
      interval: 100,
    });
    return keptGaps(service.database).at(-1);
  }

  const keptNow = () => keptCalls(service.database).filter(({ ended }) => ended).length;

  it.each([
    ['of the link', 3],
    ['of the link, without a call', 0],
    ['of the service', 2],
  ] as const)('counts the calls of an outage %s: %i', async (what, calls) => {
    const [kept, gaps] = [keptNow(), keptGaps(service.database).length];
    // One more that was seen, and must not be counted among the missed.
    await placeAndEnd(1);
    await vi.waitUntil(() => keptNow() === kept + 1, { timeout: 20_000, interval: 100 });
    if (what === 'of the service') {
      await service.stop();
      await placeAndEnd(calls);
      await service.start();
    } else {
      proxy.refuse();
      proxy.reset();
      await service.unwatched();
      await placeAndEnd(calls);
      proxy.heal();
    }
    await service.watching();
    expect(await closedGap(gaps)).toMatchObject({ missed: counted(calls) });
    expect(keptNow()).toBe(kept + 1);
  });
});
