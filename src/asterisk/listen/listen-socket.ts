/** The way of a listen session to its PBX: a socket by TLS or plain TCP, or why there is none. */
import { connect, type Socket } from 'node:net';
import { connectTls, type TlsTrust } from '../tls-connection.ts';
import { type Answer, failed } from '../trouble.ts';

export interface ListenAccess {
  readonly host: string;
  readonly port: number;
  /** Null: plain TCP. */
  readonly tls: TlsTrust | null;
  readonly username: string;
  readonly secret: string;
}

/** Connects. Never rejects. `withinMs` is for plain TCP: TLS has its own time. */
export async function openListenSocket(access: ListenAccess, withinMs: number): Promise<Answer<Socket>> {
  try {
    const { host, port, tls } = access;
    const socket = tls ? await connectTls(host, port, tls) : await connectPlain(host, port, withinMs);
    return { ok: true, value: socket };
  } catch (failure) {
    const message = failure instanceof Error ? failure.message : '';
    return failed(access.tls && !isNetwork(failure) ? 'ami-tls-failed' : 'ami-unreachable', message);
  }
}

function connectPlain(host: string, port: number, withinMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const late = setTimeout(() => fail(new Error('ETIMEDOUT')), withinMs);
    const fail = (failure: Error) => {
      clearTimeout(late);
      socket.destroy();
      reject(failure);
    };
    socket.once('error', fail);
    socket.once('connect', () => {
      clearTimeout(late);
      socket.removeListener('error', fail);
      resolve(socket);
    });
  });
}

function isNetwork(failure: unknown): boolean {
  const code = failure instanceof Error && 'code' in failure ? String(failure.code) : '';
  return /^E(CONNREFUSED|HOST|NET|TIMEDOUT|NOTFOUND|AI_AGAIN|ADDR)/.test(code);
}
