import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Linux gives out 32768 and up by itself, to whoever listens on 0 or connects (`ip_local_port_range`). */
const OWN = { from: 12_000, to: 30_000 };

/**
 * A port nobody listens on, for a server that is started a while later, or stopped and started again: no other test is given
 * it meanwhile.
 */
export async function freePort(address = '127.0.0.1'): Promise<number> {
  for (;;) {
    const port = randomInt(OWN.from, OWN.to);
    if (await isFree(port, address)) return port;
  }
}

function isFree(port: number, address: string): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, address, () => server.close(() => resolve(true)));
  });
}
