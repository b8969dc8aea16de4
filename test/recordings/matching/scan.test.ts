import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ScanOptions, scanRecordings } from '../../../src/recordings/matching/scan.ts';
import { createScanMemory } from '../../../src/recordings/matching/scan-memory.ts';

let outer: string;
let folder: string;
/** Our clock: an hour on, so that nothing is young by itself. */
const now = () => Date.now() + 3_600_000;

beforeEach(() => {
  outer = mkdtempSync(join(tmpdir(), 'dutyline-scan-'));
  folder = join(outer, 'monitor');
  mkdirSync(join(folder, '2026/11/23'), { recursive: true });
  mkdirSync(join(folder, '2026/11/24'), { recursive: true });
  mkdirSync(join(outer, 'elsewhere'));
  writeFileSync(join(outer, 'elsewhere/secret.wav'), 'secret');
  writeFileSync(join(folder, '2026/11/23/a.wav'), 'sound');
  writeFileSync(join(folder, '2026/11/24/b.WAV'), 'sounds');
  writeFileSync(join(folder, 'c.gsm'), 'x');
});
afterEach(() => rmSync(outer, { recursive: true, force: true }));

async function scan(options: Partial<ScanOptions> = {}, base = folder) {
  const walk = scanRecordings(base, { now, ...options });
  const paths: string[] = [];
  const bytes: number[] = [];
  for await (const file of walk.files()) {
    paths.push(file.path);
    bytes.push(file.bytes);
  }
  return { paths, bytes, counts: walk.counts(), trouble: walk.trouble() };
}

describe('a walk of the recordings', () => {
  it('gives every file of sound with its length, in the same order each time', async () => {
    const first = await scan();
    expect(first.paths).toEqual(['c.gsm', '2026/11/23/a.wav', '2026/11/24/b.WAV']);
    expect(first.bytes).toEqual([1, 5, 6]);
    expect(await scan()).toEqual(first);
  });

  it('follows no link, and gives out nothing that is no file of sound', async () => {
    symlinkSync(join(outer, 'elsewhere'), join(folder, 'link'));
    symlinkSync(join(outer, 'elsewhere/secret.wav'), join(folder, 'secret.wav'));
    symlinkSync(join(folder, '2026'), join(folder, 'today'));
    symlinkSync('/nowhere', join(folder, 'dangling.wav'));
    execFileSync('sh', ['-c', 'mkfifo "$0"', join(folder, 'pipe.wav')]);
    mkdirSync(join(folder, 'folder.wav'));
    writeFileSync(join(folder, 'notes.txt'), 'x');
    const { paths, counts } = await scan();
    expect(paths).toEqual(['c.gsm', '2026/11/23/a.wav', '2026/11/24/b.WAV']);
    expect(counts).toMatchObject({ links: 4, others: 2 });
  });

  it('walks a base that is a link itself', async () => {
    symlinkSync(folder, join(outer, 'mounted'));
    expect((await scan({}, join(outer, 'mounted'))).paths).toHaveLength(3);
  });

  it('counts names that cannot be asked for again and gives out the rest', async () => {
    writeFileSync(join(folder, 'a\nb.wav'), 'x');
    writeFileSync(join(folder, 'a\x1b[31m.wav'), 'x');
    writeFileSync(
      Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe]), Buffer.from('.wav')]),
      'x',
    );
    writeFileSync(join(folder, '值班 "x"; rm -rf $(y)\\-20261123-174527-1795427127.0.wav'), 'x');
    const { paths, counts } = await scan();
    expect(counts.badNames).toBe(3);
    expect(paths).toContain('值班 "x"; rm -rf $(y)\\-20261123-174527-1795427127.0.wav');
  });

  it('stops at a depth, at a number of files, at a long path, and says so', async () => {
    mkdirSync(join(folder, 'd/'.repeat(12)), { recursive: true });
    writeFileSync(join(folder, 'd/'.repeat(12), 'deep.wav'), 'x');
    expect((await scan()).counts).toMatchObject({ tooDeep: 1, truncated: false });
    expect(await scan({ mostFiles: 2 })).toMatchObject({ paths: { length: 2 }, counts: { truncated: true } });
    for (let index = 0; index < 20; index += 1) writeFileSync(join(folder, `e${index}.wav`), 'x');
    expect((await scan({ mostInFolder: 5 })).counts.truncated).toBe(true);
    const long = join(folder, 'l'.repeat(250), 'l'.repeat(250), 'l'.repeat(250), 'l'.repeat(250));
    mkdirSync(long, { recursive: true });
    writeFileSync(join(long, `${'l'.repeat(200)}.wav`), 'x');
    expect((await scan()).counts.badNames).toBe(1);
  });

  it('says when the base is away, and counts folders that cannot be read', async () => {
    expect(await scan({}, join(outer, 'not-mounted'))).toMatchObject({ paths: [], trouble: 'ENOENT' });
    expect(await scan({}, join(folder, 'c.gsm'))).toMatchObject({ paths: [], trouble: 'ENOTDIR' });
  });

  it('enters only what it is to enter', async () => {
    expect((await scan({ enter: (inner) => !inner.startsWith('2026/11/24') })).paths).not.toContain(
      '2026/11/24/b.WAV',
    );
    expect((await scan({ exclude: [join(folder, '2026')] })).paths).toEqual(['c.gsm']);
  });

  it('remembers: a second walk reads no folder again, and yet sees what came, went and grew', async () => {
    const memory = createScanMemory();
    const first = await scan({ memory });
    expect(first.counts.remembered).toBe(0);
    const second = await scan({ memory });
    expect(second.paths).toEqual(first.paths);
    expect(second.counts).toMatchObject({ folders: 5, remembered: 5 });

    writeFileSync(join(folder, '2026/11/24/new.wav'), 'x');
    rmSync(join(folder, '2026/11/23/a.wav'));
    rmSync(join(folder, 'c.gsm'));
    const third = await scan({ memory });
    expect(third.paths).toEqual(['2026/11/24/b.WAV', '2026/11/24/new.wav']);
    expect(third.counts).toMatchObject({ folders: 5, remembered: 2 });
  });

  it('looks again at a young file of a remembered folder, and trusts no folder that was changed just now', async () => {
    const memory = createScanMemory();
    const young = () => Date.now() + 60_000;
    await scan({ memory, now: young });
    appendFileSync(join(folder, '2026/11/23/a.wav'), 'more');
    expect((await scan({ memory, now: young })).bytes).toEqual([1, 9, 6]);
    const racy = createScanMemory();
    await scan({ memory: racy, now: Date.now });
    expect(racy.folders.size).toBe(0);
    // The time of a folder set back, as by a copy: another time is another state.
    utimesSync(join(folder, '2026/11/23'), 1, 1);
    expect((await scan({ memory, now: young })).counts.remembered).toBe(4);
  });
});
