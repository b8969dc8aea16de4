import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecordingLibrary, type RecordingLibrary } from '../../src/recordings/library.ts';
import { findFfmpeg } from '../../src/recordings/transcode.ts';
import { KEYS, sha256Of } from '../recordings/vault/sounds.ts';
import { type Browser, createBrowser, loggedIn } from './browser.ts';
import { type KeptTalk, keepTalk, RATE, sweep, wavOf } from './kept-talk.ts';
import { unzip } from './unzip.ts';
import { callArrives, soundOf, startWebBed, type WebBed } from './web-bed.ts';

const SECONDS = 6;
const THREE_DAYS = 3 * 24 * 3_600_000;
const MIXED = sweep(SECONDS, 500);
const CALLER = sweep(SECONDS, 700);
const ROOM = sweep(SECONDS, 1_100);

let bed: WebBed;
let base: string;
let library: RecordingLibrary;
/** Happens while a file is being opened. */
let meanwhile: (() => Promise<unknown>) | null = null;
let zhang: Browser;
let supervisor: Browser;
let talk: KeptTalk;
const talkedAt = Date.now();
beforeAll(async () => {
  bed = await startWebBed({ exportsPerMinute: 1_000 }, ({ recordings }) => {
    library = createRecordingLibrary(recordings, KEYS);
    const open: RecordingLibrary['open'] = async (file) => {
      await meanwhile?.();
      return library.open(file);
    };
    return { library: { ...library, open } };
  });
  base = `http://127.0.0.1:${bed.web.port}`;
  zhang = await loggedIn(base, 'zhang');
  supervisor = await loggedIn(base, 'supervisor');
  talk = await kept(talkedAt);
});
afterAll(() => bed.close());

async function kept(at = Date.now(), ending = 'wav', original: Uint8Array = wavOf(MIXED)): Promise<KeptTalk> {
  const sides = { caller: wavOf(CALLER), room: wavOf(ROOM) };
  const sound = { ending, original, sides: ending === 'wav' ? sides : null };
  return keepTalk(bed, library, await callArrives(bed, 'county', at), sound);
}

function ask(
  browser: Browser,
  recording: string,
  body: unknown = { from: 1.5, to: 4, reason: null },
  origin = base,
): Promise<Response> {
  return browser.fetch(`/api/recordings/${recording}/clip`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify(body),
  });
}

async function exported(response: Response): Promise<ReadonlyMap<string, Buffer>> {
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return unzip(Buffer.from(await response.arrayBuffer()));
}

async function refused(response: Response): Promise<string> {
  return `${response.status} ${((await response.json()) as { code: string }).code}`;
}

async function exportsOf(recording: string): Promise<readonly Record<string, unknown>[]> {
  const rows = await bed.store.auditOf(recording);
  return rows
    .filter(({ kind }) => kind === 'recording-exported')
    .map(({ payloadJson, account }) => ({ account, ...(JSON.parse(payloadJson ?? '{}') as object) }));
}

/** The samples behind the header of 44 bytes, as they lie there. */
function samplesOf(wav: Buffer | undefined): Int16Array {
  if (wav === undefined) throw new Error('the file is not in the archive');
  return new Int16Array(Uint8Array.from(wav.subarray(44)).buffer);
}

describe('a clip', () => {
  it('holds the very samples of the original, sealed as it lies, and both sides apart', async () => {
    const response = await ask(zhang, talk.recording);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/zip',
      'cache-control': 'no-store',
      'content-disposition': `attachment; filename="clip-${talk.recording}-1-4.zip"`,
    });
    const files = await exported(response);
    expect([...files.keys()]).toEqual(['clip.wav', 'sides.wav', 'cover.html', 'SHA256SUMS']);
    expect(response.headers.get('x-clip-sha256')).toBe(sha256Of(files.get('clip.wav') ?? Buffer.alloc(0)));
    const [from, to] = [1.5 * RATE, 4 * RATE];
    expect(samplesOf(files.get('clip.wav'))).toEqual(MIXED.slice(from, to));
    const both = samplesOf(files.get('sides.wav'));
    expect(both.filter((_, at) => at % 2 === 0)).toEqual(CALLER.slice(from, to));
    expect(both.filter((_, at) => at % 2 === 1)).toEqual(ROOM.slice(from, to));
  });

  it('says on its cover what it is cut from, by whom, and both digests', async () => {
    const files = await exported(await ask(zhang, talk.recording));
    const digests = ['clip.wav', 'sides.wav'].map((name) => [
      sha256Of(files.get(name) ?? Buffer.alloc(0)),
      name,
    ]);
    expect(files.get('SHA256SUMS')?.toString()).toBe(
      digests.map(([digest, name]) => `${digest}  ${name}\n`).join(''),
    );
    const cover = files.get('cover.html')?.toString() ?? '';
    const row = await bed.store.recording(talk.recording);
    for (const said of [
      '不是完整录音',
      talk.recording,
      row?.call ?? 'no call',
      sha256Of(talk.original),
      ...digests.map(([digest]) => digest ?? ''),
      '校验一致',
      '0954-2031234',
      '0954-2035670',
      '区政府值班室',
      '第 1.5 秒 至 4 秒',
      'Asia/Shanghai，UTC+08:00',
      '张三（值班员），账号 zhang',
      '本班通话，未要求填写',
    ])
      expect(cover).toContain(said);
    const day = new Date(talkedAt + 8 * 3_600_000).toISOString().slice(0, 10);
    expect(cover).toContain(`${day} `);
  });

  it('is an audit fact each time, with stretch and digests', async () => {
    const fresh = await kept();
    const [first] = [await exported(await ask(zhang, fresh.recording)), await ask(zhang, fresh.recording)];
    const found = await exportsOf(fresh.recording);
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({ account: 'a-zhang', from: 1.5, to: 4, reason: null });
    expect(found[0]?.sha256).toContain(sha256Of(first.get('clip.wav') ?? Buffer.alloc(0)));
    expect((await bed.store.verifyAudit()).ok).toBe(true);
  });

  it('ends where the sound ends', async () => {
    const files = await exported(await ask(zhang, talk.recording, { from: 5, to: 60, reason: null }));
    expect(samplesOf(files.get('clip.wav'))).toEqual(MIXED.slice(5 * RATE));
    expect(await refused(await ask(zhang, talk.recording, { from: 6, to: 60, reason: null }))).toBe(
      '409 clip-empty',
    );
  });

  it('is cut from formats that ffmpeg reads as well, and ffmpeg ends with it', async () => {
    const ffmpeg = findFfmpeg(process.env) ?? '';
    const mp3 = execFileSync(ffmpeg, ['-v', 'error', '-i', 'pipe:', '-f', 'mp3', 'pipe:'], {
      input: wavOf(MIXED),
    });
    const other = await kept(Date.now(), 'mp3', mp3);
    const files = await exported(await ask(zhang, other.recording, { from: 0.25, to: 1, reason: null }));
    expect([...files.keys()]).toEqual(['clip.wav', 'cover.html', 'SHA256SUMS']);
    expect(samplesOf(files.get('clip.wav'))).toHaveLength(0.75 * RATE);
    await expect.poll(() => childrenOf(process.pid), { timeout: 5_000 }).not.toContain('ffmpeg');
  });

  it('keeps two channels of one file as they are', async () => {
    const stereo = Int16Array.from({ length: RATE * 4 }, (_, at) =>
      at % 2 === 0 ? at % 5_000 : -at % 7_000,
    );
    const both = await kept(Date.now(), 'WAV', wavOf(stereo, 2));
    const files = await exported(await ask(zhang, both.recording, { from: 0.5, to: 1, reason: null }));
    expect(files.get('clip.wav')?.readUInt16LE(22)).toBe(2);
    expect(samplesOf(files.get('clip.wav'))).toEqual(stereo.slice(RATE, RATE * 2));
  });
});

/** Names of the programs this process has started and that still run. */
function childrenOf(pid: number): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [, command = '', parent] =
          /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
        return Number(parent) === pid ? [command] : [];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
}

describe('who exports', () => {
  it('is who may hear, and says why where the call is not of the own shift', async () => {
    const old = await kept(Date.now() - THREE_DAYS);
    for (const [browser, recording, login] of [
      [zhang, old.recording, 'a-zhang'],
      [supervisor, talk.recording, 'a-supervisor'],
    ] as const) {
      // A reason to listen is none to take a copy away.
      await browser.fetch(`/api/recordings/${recording}/listen`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: base },
        body: JSON.stringify({ reason: '督查抽听' }),
      });
      for (const reason of [null, ' \u200b '])
        expect(await refused(await ask(browser, recording, { from: 0, to: 1, reason }))).toBe(
          '403 export-reason-needed',
        );
      const body = { from: 0, to: 1, reason: '信访复核 <b>' };
      const files = await exported(await ask(browser, recording, body));
      const cover = files.get('cover.html')?.toString() ?? '';
      expect(cover).toContain('信访复核 &#60;b&#62;');
      expect(cover).toContain(
        login === 'a-zhang' ? '张三（值班员），账号 zhang' : '账号 supervisor，账号 supervisor',
      );
      expect((await exportsOf(recording)).at(-1)).toMatchObject({ account: login, reason: '信访复核 <b>' });
    }
  });

  it('is nobody else: no log-in, no ended session, no administrator, no other unit, no other site', async () => {
    expect(await refused(await ask(createBrowser(base), talk.recording))).toBe('401 not-logged-in');
    for (const login of ['admin', 'auditor', 'city'])
      expect(await refused(await ask(await loggedIn(base, login), talk.recording))).toBe('404 not-found');
    expect(await refused(await ask(zhang, talk.recording, undefined, 'http://evil'))).toBe(
      '403 foreign-origin',
    );
    const before = await loggedIn(base, 'li');
    expect((await ask(before, talk.recording)).status).toBe(200);
    const { cookie } = before;
    await before.fetch('/api/logout', { method: 'POST', headers: { origin: base } });
    before.cookie = cookie;
    expect(await refused(await ask(before, talk.recording))).toBe('401 not-logged-in');
  });

  it('asks for a stretch that is one, of at most 15 minutes', async () => {
    for (const body of [
      {},
      { from: 1, to: 1, reason: null },
      { from: 2, to: 1, reason: null },
      { from: -1, to: 1, reason: null },
      { from: '0', to: 1, reason: null },
      { from: 0, to: 1e12, reason: null },
      { from: 0, to: 1 },
      { from: 0, to: 1, reason: null, file: '/etc/passwd' },
    ])
      expect(await refused(await ask(zhang, talk.recording, body))).toBe('400 bad-request');
    expect(await refused(await ask(zhang, talk.recording, { from: 0, to: 901, reason: null }))).toBe(
      '400 clip-too-long',
    );
    for (const id of ['0199c7a1-7b1e-7c4e-9d55-0a1b2c3d4e5f', '..%2f..%2fetc%2fpasswd', "' or 1=1"])
      expect(await refused(await ask(zhang, id))).toBe('404 not-found');
  });
});

describe('sound that must not leave', () => {
  it('is not exported once its call is isolated or destroyed, and nothing was kept of earlier exports', async () => {
    const shut = await kept();
    const call = (await bed.store.recording(shut.recording))?.call ?? '';
    const lying = () => readdirSync(bed.folder, { recursive: true }).map(String).sort(byText);
    const before = lying();
    expect((await ask(zhang, shut.recording)).status).toBe(200);
    expect(lying()).toEqual(before);
    const about = { subject: call, reason: '误谈涉密事项', at: Date.now() } as const;
    const leader = { account: 'a-leader', person: null };
    await bed.intake.work({ ...about, type: 'isolate', by: leader });
    expect(await refused(await ask(zhang, shut.recording))).toBe('409 recording-shut');
    const other = { account: 'a-supervisor', person: null };
    await bed.intake.work({ ...about, type: 'destroy', by: [leader, other] });
    expect(await refused(await ask(zhang, shut.recording))).toBe('409 recording-shut');
    expect(await exportsOf(shut.recording)).toHaveLength(1);
  });

  it('does not leave when somebody isolates its call while it is being cut', async () => {
    const { recording } = await kept();
    const subject = (await bed.store.recording(recording))?.call ?? '';
    const by = { account: 'a-leader', person: null };
    meanwhile = () =>
      bed.intake.work({ type: 'isolate', subject, by, reason: '误谈涉密事项', at: Date.now() });
    expect(await refused(await ask(zhang, recording))).toBe('409 recording-shut');
    meanwhile = null;
    expect(await exportsOf(recording)).toEqual([]);
  });

  it('is not exported when one of its sides was altered, and without its sides when one is gone', async () => {
    const altered = await kept();
    await library.keepStream(altered.recording, 'room.wav', Readable.from([wavOf(sweep(SECONDS, 501))]));
    expect(await refused(await ask(zhang, altered.recording))).toBe('409 recording-changed');
    expect((await bed.store.recording(altered.recording))?.checkState).toBe('altered');
    const lost = await kept();
    await library.remove(lost.files.original.file.replace(/wav$/, 'room.wav'));
    const files = await exported(await ask(zhang, lost.recording));
    expect([...files.keys()]).not.toContain('sides.wav');
  });

  it('is not exported when its file is no longer what was kept, or no sound', async () => {
    const altered = await kept();
    await library.keepStream(altered.recording, 'wav', Readable.from([wavOf(sweep(SECONDS, 501))]));
    expect(await refused(await ask(zhang, altered.recording))).toBe('409 recording-changed');
    const gone = await kept();
    await library.remove(gone.files.original.file);
    expect(await refused(await ask(zhang, gone.recording))).toBe('410 recording-gone');
    const flipped = await kept();
    const path = join(bed.recordings, flipped.files.original.file);
    const bytes = readFileSync(path);
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(await refused(await ask(zhang, flipped.recording))).toBe('409 recording-changed');
    const noise = await soundOf(bed, await callArrives(bed), 1_000);
    expect(await refused(await ask(zhang, noise))).toBe('409 clip-empty');
    for (const { recording } of [altered, gone, flipped]) expect(await exportsOf(recording)).toEqual([]);
    expect((await bed.store.recording(altered.recording))?.checkState).toBe('altered');
    expect((await bed.store.recording(gone.recording))?.checkState).toBe('missing');
  });
});

function byText(one: string, other: string): number {
  return one < other ? -1 : 1;
}
