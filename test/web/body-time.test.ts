import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pdf } from '../documents/attachment-files.ts';
import { loggedIn, newOpId } from './browser.ts';
import { callArrives, startWebBed, type WebBed } from './web-bed.ts';

/** In place of half a minute. */
const BODY_MS = 1_000;
const PIECE = Buffer.alloc(20_000, '% 情况 ');
const PIECES = 30;

let bed: WebBed;
let record: string;
let cookie: string;
beforeAll(async () => {
  bed = await startWebBed({ bodyMs: BODY_MS, attachments: { mostBytes: 2_000_000, mostOfRecord: 20 } });
  await callArrives(bed);
  record = (await bed.store.snapshot('r-county', Date.now())).records[0]?.id ?? '';
  ({ cookie } = await loggedIn(`http://127.0.0.1:${bed.web.port}`, 'zhang'));
});
afterAll(() => bed.close());

/** A request whose body of `bytes` is still to be written; `answer` is all that came when the connection ends. */
async function begin(
  path: string,
  type: string,
  bytes: number,
): Promise<{ wire: Socket; answer: Promise<string> }> {
  const host = `127.0.0.1:${bed.web.port}`;
  const wire = connect(bed.web.port, '127.0.0.1');
  await once(wire, 'connect');
  const said: Buffer[] = [];
  wire.on('data', (piece) => said.push(piece));
  // Cut while it writes, a client may learn it by a reset.
  wire.on('error', () => wire.destroy());
  const answer = once(wire, 'close').then(() => Buffer.concat(said).toString());
  wire.write(
    [
      `POST ${path} HTTP/1.1`,
      `host: ${host}`,
      `origin: http://${host}`,
      `cookie: ${cookie}`,
      'connection: close',
      `content-type: ${type}`,
      `content-length: ${bytes}`,
      '\r\n',
    ].join('\r\n'),
  );
  return { wire, answer };
}

const upload = (bytes: number) =>
  begin(`/api/records/${record}/attachments?name=a.pdf&op=${newOpId()}`, 'application/octet-stream', bytes);

async function write(wire: Socket, pieces: number): Promise<void> {
  for (let piece = 0; piece < pieces && !wire.destroyed; piece += 1) {
    wire.write(PIECE);
    await new Promise((resolve) => setTimeout(resolve, BODY_MS / 10));
  }
}

it('takes a file for as long as it comes, though no other body may take so long', async () => {
  const [head, tail] = [pdf().subarray(0, 9), pdf()];
  const { wire, answer } = await upload(head.length + PIECES * PIECE.length + tail.length);
  wire.write(head);
  await write(wire, PIECES);
  wire.write(tail);
  expect(await answer).toContain('HTTP/1.1 201');
});

it('ends a file that comes no more; nothing of it is kept, and another one has its place', async () => {
  const before = (await bed.store.recordView(record))?.attachments.length;
  const stuck = await Promise.all(Array.from({ length: 4 }, () => upload(1_000_000)));
  for (const { wire } of stuck) wire.write(PIECE);
  for (const { answer } of stuck) expect(await answer).toContain('HTTP/1.1 408');
  expect((await bed.store.recordView(record))?.attachments.length).toBe(before);
  const { wire, answer } = await upload(pdf().length);
  wire.write(pdf());
  expect(await answer).toContain('HTTP/1.1 201');
});

it('ends a file of which too little comes', async () => {
  const { wire, answer } = await upload(1_000_000);
  const dripping = setInterval(() => wire.write('%'), BODY_MS / 10);
  expect(await answer).toContain('HTTP/1.1 408');
  clearInterval(dripping);
});

it('ends any other body that is not there in time, though it comes', async () => {
  const { wire, answer } = await begin('/api/login', 'application/json', 16_000);
  const dripping = setInterval(() => wire.write(' '.repeat(10)), BODY_MS / 10);
  expect(await answer).toContain('HTTP/1.1 408');
  clearInterval(dripping);
});
