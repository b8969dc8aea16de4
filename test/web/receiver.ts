/** What an office runs behind its webhook: a real HTTP server on loopback that remembers what it was sent. */
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import type { AlertBody } from '../../src/web/protocol/alert-view.ts';

interface Got {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: AlertBody;
}

export interface Receiver {
  readonly address: string;
  /** Status codes of the next answers; 204 afterwards, 0 takes the request and never answers. */
  readonly answers: number[];
  /** Resolves when so many have come in all. */
  arrivals(count: number): Promise<readonly Got[]>;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const got: Got[] = [];
  const answers: number[] = [];
  let wake: () => void = () => {};
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += String(chunk);
    });
    request.on('end', () => {
      got.push({ headers: request.headers, text, body: JSON.parse(text) as AlertBody });
      const status = answers.shift() ?? 204;
      if (status !== 0) response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end();
      wake();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    address: `http://127.0.0.1:${port}/hook?key=secret`,
    answers,
    async arrivals(count) {
      while (got.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return got;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
