import { createServer } from 'node:net';

/** A /24 of 127.0.0.0/8 which nobody else on this machine uses while we hold it. */
export interface Loopback {
  /** The address with this last number (1–253). */
  address(last: number): string;
  /** Gives the block back. */
  release(): Promise<void>;
}

/**
 * Reserves a block of loopback addresses: every Asterisk and every SIP agent of one test gets its own address,
 * so that all keep their usual ports and several test workers never meet. Linux answers on all of 127/8.
 * The reservation is a listening socket on the last address, which the kernel frees even if the test is killed.
 */
export async function reserveLoopback(): Promise<Loopback> {
  for (;;) {
    const block = `127.${random(20, 250)}.${random(0, 255)}`;
    const guard = createServer();
    const held = await new Promise<boolean>((resolve) => {
      guard.once('error', () => resolve(false));
      guard.listen(5999, `${block}.254`, () => resolve(true));
    });
    if (!held) continue;
    guard.unref();
    return {
      address: (last) => `${block}.${last}`,
      release: () => new Promise((resolve) => guard.close(() => resolve())),
    };
  }
}

function random(from: number, to: number): number {
  return from + Math.floor(Math.random() * (to - from + 1));
}
