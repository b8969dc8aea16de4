import { createServer, type Server } from 'node:net';
import { expect, it } from 'vitest';
import { answerSentence } from '../../src/ui/alert-answer.ts';
import type { AlertBody } from '../../src/web/protocol/alert-view.ts';
import { createWebhook } from '../../src/web/webhook.ts';

const UNKNOWN = /请把代码告诉系统管理员/;
const body: AlertBody = {
  id: '1',
  kind: 'line-unwatched',
  pbx: 'main',
  since: 0,
  at: 0,
  zh: '一',
  en: 'one',
};

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function met(webhook: string): Promise<string> {
  const hook = createWebhook({ webhook, signingKey: null });
  return (await hook.deliver(body, new AbortController().signal)) ?? '';
}

it('what a webhook really meets is said in words, with what to do', async () => {
  const closing = createServer((socket) => socket.destroy());
  const talking = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.resume().end('SSH-2.0-none\r\n');
  });
  for (const server of [closing, talking])
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const [closingPort, talkingPort] = [portOf(closing), portOf(talking)];
  const cases = [
    // A port that fetch refuses by the standard; Node says no more of it than TypeError.
    ['http://127.0.0.1:6000/', /地址不能用/],
    [`http://127.0.0.1:${closingPort}/`, /中途断开/],
    [`http://127.0.0.1:${talkingPort}/`, /不是网页协议/],
    [`https://127.0.0.1:${talkingPort}/`, /加密方式谈不拢/],
  ] as const;
  for (const [address, said] of cases) {
    const answer = await met(address);
    expect(answer, address).not.toBe('TypeError');
    expect(answerSentence('webhook', answer), `${address}: ${answer}`).toMatch(said);
  }
  await new Promise((resolve) => closing.close(resolve));
  const refused = await met(`http://127.0.0.1:${closingPort}/`);
  expect(answerSentence('webhook', refused), refused).toMatch(/拒绝连接.*端口/);
  await new Promise((resolve) => talking.close(resolve));
});

it.each([
  ['status 500', /接收程序自己出错/],
  ['status 302', /最终地址/],
  ['status 403', /密钥/],
  ['status 404', /没有这个地址/],
  ['ENOTFOUND', /主机名/],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', /证书/],
  ['EAUTH 535', /账号或口令/],
  ['EENVELOPE 550', /from 和 to/],
  ['TimeoutError', /没有按时回答/],
] as const)('%s', (answer, said) => {
  expect(answerSentence('mail', answer)).toMatch(said);
  expect(answerSentence('mail', answer)).not.toMatch(UNKNOWN);
});

it('what nobody knows is for the administrator, never a name of an object', () => {
  for (const answer of ['constructor', 'failed', ''])
    expect(answerSentence('webhook', answer)).toMatch(UNKNOWN);
});
