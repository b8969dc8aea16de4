/** A poor line between a browser and the service: slow, silent at times, cut in the middle. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';

export interface SlowWire {
  readonly port: number;
  /** Bytes a second from the browser on; null: as fast as they come. */
  limit(bytesPerSecond: number | null): void;
  /** Takes nothing more and tells nobody, until `heal`. */
  silence(): void;
  /** RST to both ends of every connection, and to every new one, until `heal`. */
  cut(): void;
  heal(): void;
  close(): Promise<void>;
}

/** Listens on a free loopback port for `target`. */
export async function startSlowWire(target: number): Promise<SlowWire> {
  const ends = new Set<Socket>();
  let perSecond: number | null = null;
  let healed: Promise<void> | null = null;
  let heal = (): void => undefined;
  let isCut = false;

  const server = createServer({ noDelay: true }, (near) => {
    if (isCut) return void near.resetAndDestroy();
    const far = connect({ port: target, host: '127.0.0.1', noDelay: true });
    for (const end of [near, far]) {
      ends.add(end);
      // A cut wire has no error of its own worth telling.
      end.on('error', () => end.destroy());
      end.on('close', () => ends.delete(end));
    }
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const)
      carry(from, to, from === near).catch(() => to.destroy());
  });

  /** Reads no more than goes on: what waits, waits with who sends it. What ends in silence is not heard of either. */
  async function carry(from: Socket, to: Socket, isLimited: boolean): Promise<void> {
    try {
      for await (const bytes of from) {
        if (healed !== null) await healed;
        if (to.destroyed) return;
        const piece = bytes as Buffer;
        if (!to.write(piece)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
        if (isLimited && perSecond !== null) await after((piece.length * 1_000) / perSecond);
      }
    } finally {
      if (healed !== null) await healed;
      to.end();
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the wire has no port');
  return {
    port: address.port,
    limit: (bytesPerSecond) => {
      perSecond = bytesPerSecond;
    },
    silence: () => {
      healed = new Promise((resolve) => {
        heal = resolve;
      });
    },
    cut: () => {
      isCut = true;
      for (const end of ends) end.resetAndDestroy();
    },
    heal: () => {
      isCut = false;
      healed = null;
      heal();
    },
    close: async () => {
      heal();
      for (const end of ends) end.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
