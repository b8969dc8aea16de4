import type { IncomingMessage } from 'node:http';
import { createServer, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeenFrom } from '../../src/web/seen-from.ts';
import { createSeenFrom, isSameOrigin } from '../../src/web/seen-from.ts';

let trusted: readonly string[] = [];
const server = createServer((incoming: IncomingMessage, response) => {
  response.end(JSON.stringify(createSeenFrom(trusted)(incoming)));
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

function seen(headers: Record<string, string>, proxies: readonly string[] = []): Promise<SeenFrom> {
  trusted = proxies;
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', headers: { host: 'duty.example:8080', ...headers } }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += String(chunk);
      });
      response.on('end', () => resolve(JSON.parse(text) as SeenFrom));
    })
      .on('error', reject)
      .end();
  });
}

describe('where a request comes from', () => {
  it('is the peer when there is no proxy', async () => {
    expect(await seen({})).toEqual({
      address: '127.0.0.1',
      protocol: 'http',
      host: 'duty.example:8080',
      loopback: true,
      byAddress: false,
    });
    expect(await seen({ host: '127.0.0.1:8080' })).toMatchObject({ byAddress: true });
    expect(await seen({ host: '[::1]:8080' })).toMatchObject({ byAddress: true });
    expect(await seen({ host: 'localhost' })).toMatchObject({ byAddress: true });
    expect(await seen({ host: '127.0.0.1.evil.example' })).toMatchObject({ byAddress: false });
  });

  it('does not believe headers of a proxy nobody named, and takes its loopback away', async () => {
    const headers = {
      'x-forwarded-for': '10.0.0.5',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'a.example',
    };
    expect(await seen(headers)).toMatchObject({
      address: '127.0.0.1',
      protocol: 'http',
      host: 'duty.example:8080',
      loopback: false,
    });
  });

  it('believes a named proxy, for the hop next to it', async () => {
    const headers = {
      'x-forwarded-for': '127.0.0.1, 203.0.113.9, 10.1.2.3',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'zhiban.example',
    };
    expect(await seen(headers, ['127.0.0.1', '10.0.0.0/8'])).toEqual({
      address: '203.0.113.9',
      protocol: 'https',
      host: 'zhiban.example',
      loopback: false,
      byAddress: false,
    });
  });

  it.each(['', 'unknown', '_hidden', '999.1.1.1', "'; drop"])(
    'survives X-Forwarded-For %j',
    async (value) => {
      expect((await seen({ 'x-forwarded-for': value }, ['127.0.0.1'])).address).toBe('127.0.0.1');
    },
  );

  it('refuses a proxy that is no address', () => {
    expect(() => createSeenFrom(['proxy.example'])).toThrow('proxy.example');
  });
});

describe('origin', () => {
  const at = (host: string, protocol: 'http' | 'https' = 'http'): SeenFrom => ({
    address: '10.0.0.5',
    host,
    protocol,
    loopback: false,
    byAddress: true,
  });
  it.each([
    ['http://10.1.2.3:8080', at('10.1.2.3:8080'), true],
    ['https://zhiban.example', at('zhiban.example', 'https'), true],
    ['https://zhiban.example', at('zhiban.example:443', 'https'), true],
    ['http://ZHIBAN.example', at('zhiban.example'), true],
    ['http://10.1.2.3:8081', at('10.1.2.3:8080'), false],
    ['http://10.1.2.3', at('10.1.2.3:8080'), false],
    ['https://10.1.2.3:8080', at('10.1.2.3:8080'), false],
    ['http://10.1.2.3:8080.evil.example', at('10.1.2.3:8080'), false],
    ['http://evil.example', at('10.1.2.3:8080'), false],
    ['null', at('10.1.2.3:8080'), false],
    ['file://', at('10.1.2.3:8080'), false],
    ['', at(''), false],
    [undefined, at('10.1.2.3:8080'), false],
  ])('%j to %j: %s', (origin, from, same) => {
    expect(isSameOrigin(origin, from)).toBe(same);
  });
});
