import { rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from './browser.ts';
import { createBrowser, loggedIn } from './browser.ts';
import type { WebBed } from './web-bed.ts';
import { callArrives, soundOf, startWebBed } from './web-bed.ts';

const SIZE = 100_000;
let bed: WebBed;
let zhang: Browser;
let recording: string;
beforeAll(async () => {
  bed = await startWebBed();
  zhang = await loggedIn(`http://127.0.0.1:${bed.web.port}`, 'zhang');
  recording = await soundOf(bed, await callArrives(bed), SIZE);
});
afterAll(() => bed.close());

function get(range: string | null, init: RequestInit = {}, id = recording): Promise<Response> {
  return zhang.fetch(`/api/recordings/${id}`, { ...init, headers: range === null ? {} : { range } });
}

function byteAt(index: number): number {
  return index % 251;
}

async function auditEntries(): Promise<number> {
  const verdict = await bed.store.verifyAudit();
  if (!verdict.ok) throw new Error('the audit chain is broken');
  return verdict.entries;
}

describe('sound', () => {
  it('comes whole, with its kind, size and digest, and stays in no cache', async () => {
    const response = await get(null);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'audio/wav',
      'content-length': String(SIZE),
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(bytes).toHaveLength(SIZE);
    const row = await bed.store.recording(recording);
    expect(response.headers.get('etag')).toBe(`"${row?.sha256}"`);
  });

  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=0-', 0, SIZE - 1],
    ['bytes=44-1043', 44, 1_043],
    ['bytes=99999-', SIZE - 1, SIZE - 1],
    ['bytes=-10', SIZE - 10, SIZE - 1],
    ['bytes=500-9999999', 500, SIZE - 1],
  ])('comes by the range %s', async (range, start, end) => {
    const response = await get(range);
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/${SIZE}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(bytes).toHaveLength(end - start + 1);
    expect(bytes[0]).toBe(byteAt(start));
    expect(bytes.at(-1)).toBe(byteAt(end));
  });

  it.each(['bytes=100000-', 'bytes=5-4', 'bytes=0-1,4-5', 'bytes=-0', 'bytes=x-'])(
    'refuses the range %s',
    async (range) => {
      const response = await get(range);
      expect(response.status).toBe(416);
      expect(response.headers.get('content-range')).toBe(`bytes */${SIZE}`);
      expect(await response.json()).toMatchObject({ code: 'bad-range' });
    },
  );

  it('answers HEAD with the headers alone', async () => {
    const response = await get('bytes=0-99', { method: 'HEAD' });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-length')).toBe('100');
    expect(await response.text()).toBe('');
  });

  it('gives a part only of the very file the player began with', async () => {
    const etag = (await get(null, { method: 'HEAD' })).headers.get('etag') ?? '';
    const same = await zhang.fetch(`/api/recordings/${recording}`, {
      headers: { range: 'bytes=0-9', 'if-range': etag },
    });
    expect(same.status).toBe(206);
    const other = await zhang.fetch(`/api/recordings/${recording}`, {
      headers: { range: 'bytes=0-9', 'if-range': '"x"' },
    });
    expect(other.status).toBe(200);
    await Promise.all([same.arrayBuffer(), other.arrayBuffer()]);
  });

  it('survives a player that breaks off', async () => {
    const big = await soundOf(bed, await callArrives(bed), 8_000_000);
    const stop = new AbortController();
    const response = await zhang.fetch(`/api/recordings/${big}`, { signal: stop.signal });
    await response.body?.getReader().read();
    stop.abort();
    expect((await get('bytes=0-0')).status).toBe(206);
  });
});

describe('who may hear', () => {
  it('is an audit fact once for each replay, not for each range', async () => {
    const browser = await loggedIn(zhang.base, 'li');
    const other = await soundOf(bed, await callArrives(bed), 1_000);
    const before = await auditEntries();
    for (const range of ['bytes=0-1', 'bytes=500-', 'bytes=0-']) {
      expect((await browser.fetch(`/api/recordings/${other}`, { headers: { range } })).status).toBe(206);
    }
    expect((await browser.fetch(`/api/recordings/${recording}`)).status).toBe(200);
    expect((await auditEntries()) - before).toBe(2);
  });

  it('is nobody without log-in, and no administrator or auditor', async () => {
    expect((await createBrowser(zhang.base).fetch(`/api/recordings/${recording}`)).status).toBe(401);
    for (const login of ['admin', 'auditor', 'city']) {
      const browser = await loggedIn(zhang.base, login);
      const before = await auditEntries();
      expect((await browser.fetch(`/api/recordings/${recording}`)).status).toBe(404);
      expect((await auditEntries()) - before).toBe(1);
    }
  });

  it('gets one answer for what is not there and what is not his', async () => {
    const foreign = await soundOf(bed, await callArrives(bed, 'city'), 100);
    const answers = await Promise.all(
      [
        foreign,
        '0199c7a1-7b1e-7c4e-9d55-0a1b2c3d4e5f',
        '..%2f..%2fetc%2fpasswd',
        '%00',
        'x'.repeat(90),
        "' or 1=1",
      ].map(async (id) => {
        const response = await get(null, {}, id);
        return `${response.status} ${await response.text()}`;
      }),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^404 .*"not-found"/);
  });
});

describe('a file that is not what was stored', () => {
  it('is not played: gone, cut, or not there yet', async () => {
    const linkedid = await callArrives(bed);
    const gone = await soundOf(bed, linkedid, 100);
    await rm(join(bed.recordings, (await bed.store.recording(gone))?.file ?? ''));
    const cut = await soundOf(bed, linkedid, 100);
    await truncate(join(bed.recordings, (await bed.store.recording(cut))?.file ?? ''), 50);
    const early = '0199c7a1-7b1e-7c4e-9d55-0a1b2c3d4e61';
    await bed.intake.work({
      type: 'recording-report',
      report: {
        type: 'recording-known',
        recording: early,
        pbx: 'main',
        linkedid,
        uniqueid: linkedid,
        part: 'talk',
        mode: 'ami',
        pbxPath: '/x.wav',
        at: Date.now(),
      },
    });
    const codes = await Promise.all(
      [gone, cut, early].map(async (id) => {
        const response = await get(null, {}, id);
        return `${response.status} ${((await response.json()) as { code: string }).code}`;
      }),
    );
    expect(codes).toEqual(['410 recording-gone', '409 recording-changed', '409 recording-not-ready']);
  });
});
