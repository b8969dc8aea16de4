/** A link that is cut, told outwards by the service itself as an office starts it, with nothing but its configuration. */
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AlertBody } from '../../src/web/protocol/alert-view.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';
import { type FlakyProxy, startFlakyProxy } from '../kills/flaky-proxy.ts';

/** The shortest the configuration allows. */
const AFTER_S = 5;

let office: Office;
let wire: FlakyProxy;
let receiver: Server;
let service: ServiceProcess;
const told: AlertBody[] = [];
beforeAll(async () => {
  office = await startOffice({ sound: false });
  wire = await startFlakyProxy({ host: office.ami.host, port: office.ami.port });
  receiver = createServer((request, response) => {
    let text = '';
    request.on('data', (bytes) => {
      text += String(bytes);
    });
    request.on('end', () => {
      told.push(JSON.parse(text) as AlertBody);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const address = receiver.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  service = await startService({
    office,
    ami: wire,
    sections: { alerts: { webhook: `http://127.0.0.1:${port}/alert`, after: AFTER_S } },
  });
  await service.watching();
});
afterAll(async () => {
  await service?.dispose();
  receiver?.close();
  await wire?.close();
  await office?.stop();
});

it('the webhook hears of a cut link when it has lasted, and of its end', async () => {
  const cutAt = Date.now();
  wire.refuse();
  wire.reset();
  await expect.poll(() => told.length, { timeout: 20_000, interval: 50 }).toBe(1);
  const [lost] = told;
  expect(lost).toMatchObject({ kind: 'line-unwatched', pbx: 'main' });
  expect(Math.abs((lost?.since ?? 0) - cutAt)).toBeLessThan(1_000);
  expect((lost?.at ?? 0) - (lost?.since ?? 0)).toBeGreaterThanOrEqual(AFTER_S * 1_000);
  expect((lost?.at ?? 0) - (lost?.since ?? 0)).toBeLessThan(AFTER_S * 1_000 + 2_000);

  wire.heal();
  await expect.poll(() => told.length, { timeout: 20_000, interval: 50 }).toBe(2);
  expect(told[1]).toMatchObject({ kind: 'line-watched-again', pbx: 'main', since: lost?.since });
});
