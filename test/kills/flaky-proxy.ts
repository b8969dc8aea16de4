import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A wire between service and PBX that can be cut in the ways wires are cut. */
export interface FlakyProxy {
  readonly host: string;
  readonly port: number;
  /** RST to both ends of every connection. */
  reset(): void;
  /** FIN to both ends. */
  finish(): void;
  /** Bytes vanish in both directions; nobody is told. */
  swallow(): void;
  /** Refuses new connections until `heal`. */
  refuse(): void;
  heal(): void;
  close(): Promise<void>;
}

interface Wire {
  readonly near: Socket;
  readonly far: Socket;
  swallowed: boolean;
}

/** Listens on a free loopback port and passes everything on to `target`. */
export async function startFlakyProxy(target: { host: string; port: number }): Promise<FlakyProxy> {
  const wires = new Set<Wire>();
  let refusing = false;
  const server: Server = createServer({ noDelay: true }, (near) => {
    if (refusing) return void near.resetAndDestroy();
    const far = connect({ host: target.host, port: target.port, noDelay: true });
    const wire: Wire = { near, far, swallowed: false };
    wires.add(wire);
    pass(wire, near, far);
    pass(wire, far, near);
  });

  function pass(wire: Wire, from: Socket, to: Socket): void {
    from.on('data', (bytes) => {
      if (!wire.swallowed) to.write(bytes);
    });
    // A cut wire has no error of its own worth telling: the other side learns it by its end.
    from.on('error', () => from.destroy());
    from.on('end', () => {
      if (!wire.swallowed) to.end();
    });
    from.on('close', () => {
      wires.delete(wire);
      if (!wire.swallowed) to.destroy();
    });
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');

  return {
    host: '127.0.0.1',
    port: address.port,
    reset() {
      for (const { near, far } of wires) {
        near.resetAndDestroy();
        far.resetAndDestroy();
      }
    },
    finish() {
      for (const { near, far } of wires) {
        near.end();
        far.end();
      }
    },
    swallow() {
      for (const wire of wires) wire.swallowed = true;
    },
    refuse() {
      refusing = true;
    },
    heal() {
      refusing = false;
    },
    async close() {
      for (const { near, far } of wires) {
        near.destroy();
        far.destroy();
      }
      server.close();
      await once(server, 'close');
    },
  };
}
