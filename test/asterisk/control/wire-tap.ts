import { createConnection, createServer, type Socket } from 'node:net';

/** A proxy in front of an AMI port which keeps what the client said and can misbehave. */
export interface WireTap {
  readonly port: number;
  /** Every byte the client has sent, over all connections. */
  said(): string;
  connections(): number;
  /** Sends bytes to the client as if the PBX had. */
  forge(bytes: string): void;
  /** Cuts the standing connections. */
  cut(): void;
  /** From now on nothing passes and nothing is closed. */
  freeze(): void;
  close(): Promise<void>;
}

/** Opens the proxy on loopback. */
export async function openWireTap(host: string, port = 5038): Promise<WireTap> {
  let said = '';
  let count = 0;
  let frozen = false;
  const inner = new Set<Socket>();
  const outer = new Set<Socket>();
  const server = createServer((client) => {
    count += 1;
    const pbx = createConnection({ host, port });
    inner.add(client);
    outer.add(pbx);
    client.on('data', (chunk) => {
      said += chunk.toString('utf8');
      if (!frozen) pbx.write(chunk);
    });
    pbx.on('data', (chunk) => {
      if (!frozen) client.write(chunk);
    });
    for (const socket of [client, pbx]) socket.on('error', () => socket.destroy());
    client.on('close', () => {
      inner.delete(client);
      pbx.destroy();
    });
    pbx.on('close', () => {
      outer.delete(pbx);
      client.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    said: () => said,
    connections: () => count,
    forge(bytes) {
      for (const client of inner) client.write(bytes);
    },
    cut() {
      for (const socket of [...inner, ...outer]) socket.destroy();
    },
    freeze() {
      frozen = true;
    },
    close() {
      for (const socket of [...inner, ...outer]) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
