import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CallView } from '../../src/web/protocol/call-view.ts';
import type { ServerMessage } from '../../src/web/protocol/server-message.ts';
import type { Browser, Page } from './browser.ts';
import { loggedIn, newOpId } from './browser.ts';
import type { WebBed } from './web-bed.ts';
import { callArrives, startWebBed } from './web-bed.ts';

let bed: WebBed;
let zhang: Browser;
beforeAll(async () => {
  bed = await startWebBed();
  zhang = await loggedIn(`http://127.0.0.1:${bed.web.port}`, 'zhang');
});
afterAll(() => bed.close());

function callsOf(messages: readonly ServerMessage[]): readonly CallView[] {
  return messages.flatMap((message) => {
    if (message.type === 'snapshot') return message.calls;
    if (message.type !== 'delta') return [];
    return message.changes.flatMap((change) => (change.entity === 'call' ? [change.view] : []));
  });
}

function lastPosition(page: Page): number {
  const positions = page.all.flatMap((message) =>
    message.type === 'snapshot' || message.type === 'delta' ? [message.position] : [],
  );
  return Math.max(...positions);
}

/** Everything that reached the page, up to the answer to a ping. */
async function settled(page: Page): Promise<void> {
  page.send({ type: 'ping', at: 1 });
  await page.next('pong');
}

const CUTS = 6;
/** As many in each stretch between two cuts: a stream that ran by itself could be over before the last cut. */
const CALLS_A_CUT = 9;
const CALLS = CUTS * (CALLS_A_CUT + 1);

async function someCalls(): Promise<void> {
  for (let call = 0; call < CALLS_A_CUT; call += 1) await callArrives(bed);
}

it('misses nothing and gets nothing twice when its socket is cut in the middle of a stream', async () => {
  const client = newOpId();
  const seen: string[] = [];
  let page = await zhang.open({ client });
  const first = await page.next('snapshot');
  const before = first.calls.length;
  let position = first.position;
  let lost = 0;
  for (let cut = 0; cut < CUTS; cut += 1) {
    const stream = someCalls();
    await page.next('delta', ({ position: at }) => at > position);
    page.close();
    await page.closed;
    // Nobody is there to hear of this one.
    await callArrives(bed);
    const arrived = callsOf(page.all.filter((message) => message.type === 'delta'));
    seen.push(...arrived.map((call) => call.id));
    position = lastPosition(page);
    page = await zhang.open({ client, position });
    const resumed = await page.next('delta', ({ changes }) =>
      changes.some((change) => change.entity === 'link'),
    );
    expect(resumed.position).toBeGreaterThanOrEqual(position);
    expect(page.all.some((message) => message.type === 'snapshot')).toBe(false);
    lost += resumed.changes.filter((change) => change.entity === 'call').length;
    await stream;
  }
  await bed.store.lastPosition();
  while (lastPosition(page) < (await bed.store.lastPosition())) await page.next('delta');
  await settled(page);
  seen.push(...callsOf(page.all).map((call) => call.id));
  const today = (await bed.store.snapshot('r-county', Date.now())).calls.map((call) => call.id);
  expect(today).toHaveLength(before + CALLS);
  expect(new Set(seen)).toEqual(new Set(today.slice(0, CALLS)));
  // Opening a draft is the same commit as the arrival, so each call changes once, and may be told once only.
  expect(seen).toHaveLength(CALLS);
  expect(lost).toBeGreaterThanOrEqual(CUTS);
  page.close();
});

it('gives a snapshot to who was in another room, is unknown, or names a position that never was', async () => {
  const supervisor = await loggedIn(zhang.base, 'supervisor');
  const client = newOpId();
  const page = await supervisor.open({ client, room: 'r-city' });
  const { position } = await page.next('snapshot');
  page.close();
  for (const hello of [
    { client, position, room: 'r-county-2' },
    { client: newOpId(), position },
    { client, position: 1_000_000_000, room: 'r-county-2' },
  ]) {
    const back = await supervisor.open(hello);
    await back.next('snapshot');
    expect(back.all.map((message) => message.type)).toEqual(['snapshot']);
    back.close();
  }
});

it('keeps what was acknowledged and repeats what was not when the server is stopped in mid-sentence', async () => {
  const client = newOpId();
  const page = await zhang.open({ client });
  const { records } = await page.next('snapshot');
  const record = records[0]?.id ?? '';
  const patches = Array.from({ length: 40 }, (_, index) => ({
    type: 'patch' as const,
    opId: newOpId(),
    record,
    field: 'content' as const,
    base: 0,
    value: '正在记录的一句话'.slice(0, 1 + (index % 8)) + index,
  }));
  for (const patch of patches) page.send(patch);
  await page.next('accepted');
  await bed.restart();
  await page.closed;
  const acknowledged = new Set(
    page.all.flatMap((message) => (message.type === 'accepted' ? [message.opId] : [])),
  );
  expect(acknowledged.size).toBeGreaterThan(0);
  const again = await zhang.open({ client, position: lastPosition(page) });
  await again.next('snapshot');
  for (const patch of patches) again.send(patch);
  const versions = new Set<number | null>();
  for (const patch of patches) {
    const answer = await again.next('accepted', ({ opId }) => opId === patch.opId);
    versions.add(answer.version);
  }
  expect(versions.size).toBe(40);
  expect((await bed.store.recordView(record))?.fields.content).toMatchObject({
    value: patches.at(-1)?.value,
    version: 40,
  });
  again.close();
});
