import { openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecordingLibrary, type RecordingLibrary } from '../../src/recordings/library.ts';
import { KEYS, readAll, sha256Of } from '../recordings/vault/sounds.ts';
import { type Browser, loggedIn } from './browser.ts';
import { type KeptTalk, keepTalk, RATE, sweep, wavOf } from './kept-talk.ts';
import { callArrives, startWebBed, type WebBed } from './web-bed.ts';

/** Longer than several chunks of a sealed file (64 KiB), original and copy alike. */
const SECONDS = 60;
const CHUNK = 65_536;

let bed: WebBed;
let library: RecordingLibrary;
let zhang: Browser;
let talk: KeptTalk;
let plain: Readonly<Record<'copy' | 'original', Buffer>>;
beforeAll(async () => {
  bed = await startWebBed({}, ({ recordings }) => {
    library = createRecordingLibrary(recordings, KEYS);
    return { library };
  });
  zhang = await loggedIn(`http://127.0.0.1:${bed.web.port}`, 'zhang');
  talk = await keepTalk(bed, library, await callArrives(bed), {
    ending: 'wav',
    original: wavOf(sweep(SECONDS, 300)),
    sides: { caller: wavOf(sweep(SECONDS, 500)), room: wavOf(sweep(SECONDS, 900)) },
  });
  const copy = await readAll(library, talk.files.playable);
  if (copy === null) throw new Error('there is no playable copy');
  plain = { copy, original: Buffer.from(talk.original) };
});
afterAll(() => bed.close());

const pathOf = (kind: 'copy' | 'original') =>
  `/api/recordings/${talk.recording}${kind === 'original' ? '/original' : ''}`;

describe('sealed sound', () => {
  it('lies unreadable on the disk, original, legs and copy', () => {
    for (const file of [talk.files.original.file, talk.files.playable]) {
      const lying = readFileSync(join(bed.recordings, file));
      for (const mark of ['RIFF', 'OggS', 'OpusHead']) expect(lying.includes(mark)).toBe(false);
    }
    const start = Buffer.alloc(4);
    const side = talk.files.original.file.replace(/wav$/, 'caller.wav');
    readSync(openSync(join(bed.recordings, side), 'r'), start);
    expect(start.toString('latin1')).not.toBe('RIFF');
  });

  it.each(['copy', 'original'] as const)('comes whole: %s', async (kind) => {
    const response = await zhang.fetch(pathOf(kind));
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': kind === 'copy' ? 'audio/ogg' : 'audio/wav',
      'content-length': String(plain[kind].length),
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
      etag: `"${sha256Of(plain[kind])}"`,
    });
    expect(sha256Of(new Uint8Array(await response.arrayBuffer()))).toBe(sha256Of(plain[kind]));
  });

  it.each(
    (['copy', 'original'] as const).flatMap((kind) =>
      [
        [0, 0],
        [0, null],
        [44, 1_043],
        [CHUNK - 1, CHUNK],
        [CHUNK, CHUNK],
        [CHUNK - 7, 3 * CHUNK + 7],
        [100_000, null],
        [200_000, 9_999_999],
      ].map(([from, to]) => [kind, from ?? 0, to ?? null] as const),
    ),
  )('comes by range: %s from %d to %s', async (kind, from, to) => {
    const whole = plain[kind];
    const end = Math.min(to ?? whole.length - 1, whole.length - 1);
    const response = await zhang.fetch(pathOf(kind), { headers: { range: `bytes=${from}-${to ?? ''}` } });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${from}-${end}/${whole.length}`);
    const part = Buffer.from(await response.arrayBuffer());
    expect(part.equals(whole.subarray(from, end + 1))).toBe(true);
  });

  it.each(['copy', 'original'] as const)(
    'comes by its last bytes, and never beyond its end: %s',
    async (kind) => {
      const whole = plain[kind];
      const tail = await zhang.fetch(pathOf(kind), { headers: { range: 'bytes=-10' } });
      expect(Buffer.from(await tail.arrayBuffer()).equals(whole.subarray(-10))).toBe(true);
      const beyond = await zhang.fetch(pathOf(kind), { headers: { range: `bytes=${whole.length}-` } });
      expect(beyond.status).toBe(416);
      expect(beyond.headers.get('content-range')).toBe(`bytes */${whole.length}`);
      const head = await zhang.fetch(pathOf(kind), {
        method: 'HEAD',
        headers: { range: 'bytes=70000-70099' },
      });
      expect([head.status, head.headers.get('content-length')]).toEqual([206, '100']);
    },
  );

  it('is the copy that plays, of the length of the talk', async () => {
    const ogg = Buffer.from(await (await zhang.fetch(pathOf('copy'))).arrayBuffer());
    expect(ogg.toString('latin1', 0, 4)).toBe('OggS');
    // The granule position of the last page: samples at 48 kHz.
    const last = ogg.lastIndexOf('OggS');
    const seconds = Number(ogg.readBigInt64LE(last + 6)) / 48_000;
    expect(Math.abs(seconds - SECONDS)).toBeLessThan(0.1);
    expect(plain.original.length).toBe(44 + SECONDS * RATE * 2);
  });
});
