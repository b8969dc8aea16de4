/** A process that tells calls: `FIRST COUNT` on standard input is answered by a line with a length and so many bytes of AMI. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { callTraffic } from './call-traffic.ts';

for await (const order of createInterface({ input: process.stdin })) {
  const [firstCall = 0, count = 0] = order.split(' ').map(Number);
  const bytes = callTraffic(firstCall, count);
  process.stdout.write(`${bytes.length}\n`);
  if (!process.stdout.write(bytes)) await once(process.stdout, 'drain');
}
