import { once } from 'node:events';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { whenLate } from '../../src/asterisk/when-late.ts';

/** Answers everything at once, in a thread of its own: what happens to ours is nothing to it. */
const ANSWERING = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer((socket) => socket.pipe(socket));
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

async function askAndPause(pauseMs: number, withinMs: number, isAnswered: boolean): Promise<string> {
  const other = new Worker(ANSWERING, { eval: true });
  const [port] = (await once(other, 'message')) as [number];
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const said = new Promise<string>((resolve) => {
    const stop = whenLate(withinMs, () => resolve('late'));
    socket.once('data', () => {
      stop();
      resolve('answered');
    });
  });
  if (isAnswered) socket.write('?');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
  const what = await said;
  socket.destroy();
  await other.terminate();
  return what;
}

it('an answer that came while this process was paused is no late one', async () => {
  expect(await askAndPause(300, 50, true)).toBe('answered');
});

it('none is, paused or not', async () => {
  expect(await askAndPause(100, 50, false)).toBe('late');
  expect(await askAndPause(0, 50, false)).toBe('late');
});
