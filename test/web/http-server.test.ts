import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROTOCOL } from '../../src/web/protocol/client-message.ts';
import { loadCertificate } from '../../src/web/tls.ts';
import { loggedIn, newOpId, openPage } from './browser.ts';
import type { WebBed } from './web-bed.ts';
import { PASSWORD, startWebBed } from './web-bed.ts';

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  readonly fingerprint: string | null;
}

/** A request with any Host, scheme and address, the certificate taken as it is. */
function ask(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string; connectTo?: string } = {},
): Promise<Answer> {
  const target = new URL(url);
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(
      {
        host: options.connectTo ?? target.hostname,
        port: target.port,
        path: target.pathname,
        method: options.method ?? 'GET',
        headers: { host: target.host, ...options.headers },
        rejectUnauthorized: false,
        agent: false,
      },
      (response) => {
        let text = '';
        const socket = response.socket as TLSSocket;
        const fingerprint = socket.encrypted ? (socket.getPeerCertificate().fingerprint256 ?? null) : null;
        response.on('data', (chunk) => {
          text += String(chunk);
        });
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, fingerprint });
        });
      },
    );
    request.on('error', reject);
    request.end(options.body);
  });
}

describe('one port', () => {
  let folder: string;
  let bed: WebBed;
  let fingerprint: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dutyline-http-'));
    const certificate = await loadCertificate({ own: null, folder, names: ['duty.test'] }, Date.now());
    fingerprint = certificate.fingerprint;
    bed = await startWebBed({ certificate, host: null, trustProxy: ['127.0.0.9'] });
  });
  afterAll(async () => {
    await bed.close();
    await rm(folder, { recursive: true, force: true });
  });
  const at = (scheme: string, host: string): string => `${scheme}://${host}:${bed.web.port}`;
  const login = { method: 'POST', body: JSON.stringify({ login: 'zhang', password: PASSWORD }) };
  const json = { 'content-type': 'application/json' };

  it('serves HTTPS with the printed fingerprint, also under a mapped host name', async () => {
    for (const host of ['127.0.0.1', 'localhost', 'duty.test']) {
      const page = await ask(at('https', host), { connectTo: '127.0.0.1' });
      expect(page.status).toBe(200);
      expect(page.text).toContain('值班台');
      expect(page.fingerprint).toBe(fingerprint);
    }
  });

  it('serves plain HTTP on loopback, also under a mapped host name', async () => {
    for (const host of ['127.0.0.1', 'duty.test']) {
      expect((await ask(at('http', host), { connectTo: '127.0.0.1' })).status).toBe(200);
    }
  });

  it('gives a Secure cookie over HTTPS and one that plain HTTP keeps over HTTP', async () => {
    const secure = await ask(`${at('https', 'duty.test')}/api/login`, {
      ...login,
      headers: json,
      connectTo: '127.0.0.1',
    });
    expect(String(secure.headers['set-cookie'])).toMatch(
      /^__Host-dutyline=[\w-]{43};.* Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    const plain = await ask(`${at('http', 'duty.test')}/api/login`, {
      ...login,
      headers: json,
      connectTo: '127.0.0.1',
    });
    expect(String(plain.headers['set-cookie'])).toMatch(/^dutyline=/);
    expect(String(plain.headers['set-cookie'])).not.toContain('Secure');
    const [cookie = ''] = String(secure.headers['set-cookie']).split(';');
    const me = await ask(`${at('https', 'duty.test')}/api/me`, {
      headers: { cookie },
      connectTo: '127.0.0.1',
    });
    expect(me.status).toBe(200);
    const base = `https://127.0.0.1:${bed.web.port}`;
    const page = await openPage(base, cookie);
    page.send({ type: 'hello', protocol: PROTOCOL, client: newOpId(), position: null });
    expect((await page.next('snapshot')).insecure).toBe(false);
    page.close();
  });

  it('takes the words of a named proxy: outside, plain HTTP is sent to HTTPS and refused for anything but reading', async () => {
    const forwarded = { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'http' };
    const fromProxy = (path: string, options: Parameters<typeof ask>[1] = {}): Promise<Answer> =>
      new Promise((resolve, reject) => {
        const request = httpRequest(
          {
            host: '127.0.0.1',
            port: bed.web.port,
            localAddress: '127.0.0.9',
            path,
            method: options.method ?? 'GET',
            headers: { host: 'duty.test:8080', ...forwarded, ...options.headers },
            agent: false,
          },
          (response) => {
            let text = '';
            response.on('data', (chunk) => {
              text += String(chunk);
            });
            response.on('end', () =>
              resolve({
                status: response.statusCode ?? 0,
                headers: response.headers,
                text,
                fingerprint: null,
              }),
            );
          },
        );
        request.on('error', reject);
        request.end(options.body);
      });
    const page = await fromProxy('/records?x=1');
    expect([page.status, page.headers.location]).toEqual([307, 'https://duty.test:8080/records?x=1']);
    const twisted = await fromProxy('//evil.example/x');
    expect(twisted.headers.location).toBe('https://duty.test:8080/evil.example/x');
    const post = await fromProxy('/api/login', { ...login, headers: json });
    expect([post.status, post.text]).toEqual([403, expect.stringContaining('https-only')]);
    const over = await fromProxy('/', { headers: { 'x-forwarded-proto': 'https' } });
    expect(over.status).toBe(200);
  });

  it('does not take words of a proxy nobody named for loopback', async () => {
    const told = await ask(at('http', '127.0.0.1'), { headers: { 'x-forwarded-for': '127.0.0.1' } });
    expect(told.status).toBe(307);
  });

  it('carries a large body after the sorting of the first byte', async () => {
    const body = JSON.stringify({ login: 'x'.repeat(90), password: 'y'.repeat(15_000) });
    for (const scheme of ['http', 'https']) {
      const answer = await ask(`${at(scheme, '127.0.0.1')}/api/login`, {
        method: 'POST',
        headers: json,
        body,
      });
      expect(answer.status).toBe(400);
    }
  });

  it('takes first bytes one at a time and closes on garbage', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(bed.web.port, '127.0.0.1');
      let text = '';
      socket.on('data', (chunk) => {
        text += String(chunk);
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(text));
      const letters = 'GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n'.split('');
      const type = (): void => {
        const letter = letters.shift();
        if (letter !== undefined) socket.write(letter, () => setImmediate(type));
      };
      type();
    });
    expect(answer).toMatch(/^HTTP\/1\.1 200/);
    for (const garbage of ['\x16\x03\x01\xff\xff\x00', '\0\0\0\0\r\n\r\n', 'SSH-2.0-x\r\n']) {
      const closed = await new Promise<boolean>((resolve) => {
        const socket = connect(bed.web.port, '127.0.0.1', () => socket.end(Buffer.from(garbage, 'latin1')));
        socket.on('error', () => resolve(true));
        socket.on('close', () => resolve(true));
        socket.resume();
      });
      expect(closed).toBe(true);
    }
    expect((await ask(at('https', '127.0.0.1'))).status).toBe(200);
  });

  it('closes although sockets of both protocols are open', async () => {
    const browser = await loggedIn(`http://127.0.0.1:${bed.web.port}`, 'zhang');
    const page = await browser.open();
    await page.next('snapshot');
    const silent = connect(bed.web.port, '127.0.0.1');
    await new Promise((resolve) => silent.once('connect', resolve));
    const cut = new Promise((resolve) => silent.once('close', resolve));
    silent.on('error', () => silent.destroy());
    silent.resume();
    await bed.restart();
    await cut;
    await page.closed;
    expect((await ask(at('https', '127.0.0.1'))).status).toBe(200);
  });
});

describe('plain HTTP by an explicit key', () => {
  it('works from other machines and is told to the page, to be shown red', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dutyline-http-'));
    const certificate = await loadCertificate({ own: null, folder, names: [] }, Date.now());
    const bed = await startWebBed({ certificate, allowPlainHttp: true, trustProxy: ['127.0.0.1'] });
    const base = `http://127.0.0.1:${bed.web.port}`;
    const insecure = async (proxied: Record<string, string>): Promise<boolean> => {
      const page = await (await loggedIn(base, 'zhang', proxied)).open();
      const snapshot = await page.next('snapshot');
      page.close();
      return snapshot.insecure;
    };
    expect(await insecure({ 'x-forwarded-for': '203.0.113.7' })).toBe(true);
    expect(await insecure({})).toBe(false);
    await bed.close();
    await rm(folder, { recursive: true, force: true });
  });
});

describe('the page', () => {
  let bed: WebBed;
  let base: string;
  beforeAll(async () => {
    bed = await startWebBed();
    base = `http://127.0.0.1:${bed.web.port}`;
  });
  afterAll(() => bed.close());

  it('lets nothing inline run, nobody frame it, and says nothing about HTTPS for ever', async () => {
    const response = await fetch(base);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('upgrade-insecure-requests');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    });
    expect(response.headers.get('strict-transport-security')).toBeNull();
    expect(response.headers.get('x-powered-by')).toBeNull();
  });

  it('is kept by browsers where its name holds a digest, and answers bookmarks inside it', async () => {
    const asset = await fetch(`${base}/assets/main-abc123.js`);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const inside = await fetch(`${base}/records/17`, { headers: { accept: 'text/html' } });
    expect([inside.status, await inside.text()]).toEqual([200, expect.stringContaining('值班台')]);
  });

  it.each([
    '/assets/missing.js',
    '/api/nothing',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/test.sqlite',
    '/.env',
    '/%00',
    '/assets/..%5c..%5cx',
  ])('has nothing at %s', async (path) => {
    const answer = await ask(`${base}${path}`);
    expect([400, 403, 404]).toContain(answer.status);
    expect(answer.text).toMatch(/"code":"(not-found|bad-request)"/);
  });
});

describe('/health', () => {
  it('is 200 while every line is watched, and hides reasons and counts from strangers', async () => {
    const bed = await startWebBed({ trustProxy: ['127.0.0.9'] });
    const base = `http://127.0.0.1:${bed.web.port}`;
    const local = await ask(`${base}/health`);
    expect(local.status).toBe(200);
    expect(JSON.parse(local.text)).toMatchObject({
      ok: true,
      database: 'ok',
      recordings: 'ok',
      unwatchedSince: null,
    });
    expect(JSON.parse(local.text)).toHaveProperty('detail.intake.waiting');
    for (const headers of [{ host: 'evil.example' }, { 'x-forwarded-for': '203.0.113.7' }]) {
      const stranger = await ask(`${base}/health`, { headers: headers as Record<string, string> });
      expect(JSON.parse(stranger.text)).not.toHaveProperty('detail');
    }
    const [link] = bed.links.all();
    if (link === undefined) throw new Error('no link');
    const reason = { code: 'ami-refused', zh: '密码不对', en: 'wrong password for listen@10.0.0.9' };
    const since = Date.now() - 5_000;
    bed.links.set({ ...link, state: 'down', since, reason });
    bed.links.set({ ...link, state: 'connecting', since: Date.now(), reason });
    const down = await ask(`${base}/health`, { headers: { host: 'evil.example' } });
    expect(down.status).toBe(503);
    expect(JSON.parse(down.text)).toMatchObject({
      ok: false,
      unwatchedSince: since,
      links: [{ state: 'connecting' }],
    });
    expect(down.text).not.toContain('10.0.0.9');
    const officer = await loggedIn(base, 'zhang');
    expect(await (await officer.fetch('/health')).json()).toHaveProperty(
      'detail.links.0.reason.zh',
      '密码不对',
    );
    await bed.close();
  });

  it('is 503 when the recordings folder cannot be written', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dutyline-full-'));
    const blocked = join(folder, 'recordings');
    // A file where the folder should be stops root too, whom no mode stops.
    await writeFile(blocked, '');
    await chmod(blocked, 0o400);
    const bed = await startWebBed({ recordingsFolder: blocked });
    const answer = await ask(`http://127.0.0.1:${bed.web.port}/health`);
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.text)).toMatchObject({ ok: false, database: 'ok', recordings: 'failing' });
    await bed.close();
    await rm(folder, { recursive: true, force: true });
  });
});
