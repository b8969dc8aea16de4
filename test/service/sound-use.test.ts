import { chmodSync, mkdirSync, mkdtempSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createRecordingLibrary } from '../../src/recordings/library.ts';
import { soundUse } from '../../src/service/sound-use.ts';

const root = mkdtempSync(join(tmpdir(), 'dutyline-use-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const NOW = Date.UTC(2026, 10, 24, 12);
const KEEP_NOTHING = { reserveBytes: 0, warnDays: 60 };

function put(folder: string, day: string, name: string, bytes: number): void {
  const path = join(folder, day, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.alloc(bytes));
}

it('counts every file, and says by the days before today how long the disk lasts', async () => {
  const folder = join(root, 'days');
  // Before the 30 days, in them, on a day with two, and today, which is not over.
  put(folder, '2026/10/01', 'a.wav', 90_000);
  put(folder, '2026/11/20', 'b.wav', 10_000);
  put(folder, '2026/11/23', 'c.wav', 20_000);
  put(folder, '2026/11/23', 'c.opus', 30_000);
  put(folder, '2026/11/24', 'd.wav', 70_000);
  const use = await soundUse(createRecordingLibrary(folder), NOW, KEEP_NOTHING);
  expect(use.usedBytes).toBe(220_000);
  const { bsize, bavail } = statfsSync(folder);
  expect(Math.abs((use.freeBytes ?? 0) - bavail * bsize)).toBeLessThan(1e9);
  expect(use.forecast.days).toBe(Math.floor((use.freeBytes ?? 0) / (60_000 / 30)));
});

it('warns as long before as the office wants, and is full when only the reserve is left', async () => {
  const folder = join(root, 'limits');
  put(folder, '2026/11/23', 'a.wav', 1);
  // Sparse: a day of so much sound that nothing else which is written to this disk meanwhile counts.
  truncateSync(join(folder, '2026/11/23', 'a.wav'), 1e12);
  const library = createRecordingLibrary(folder);
  const free = (await soundUse(library, NOW, KEEP_NOTHING)).freeBytes ?? 0;
  const levelAt = async (daysLeft: number, warnDays: number) => {
    const use = await soundUse(library, NOW, { reserveBytes: free - (daysLeft + 0.5) * 1e12, warnDays });
    expect(use.forecast.days).toBe(daysLeft);
    return use.forecast.level;
  };
  expect(await levelAt(40, 60)).toBe('warn');
  expect(await levelAt(40, 30)).toBe('ok');
  expect(await levelAt(10, 60)).toBe('alarm');
  const full = await soundUse(library, NOW, { reserveBytes: 2 * free, warnDays: 60 });
  expect(full.forecast).toMatchObject({ days: 0, level: 'alarm' });
});

it('says that it cannot be known when the disk does not say, and never that it is full', async () => {
  const absent = await soundUse(createRecordingLibrary(join(root, 'absent')), NOW, KEEP_NOTHING);
  expect(absent).toMatchObject({ usedBytes: 0, freeBytes: null });
  // A file where the folder should be stops root too, whom no mode stops.
  const file = join(root, 'file');
  writeFileSync(file, '');
  chmodSync(file, 0o400);
  const unreadable = await soundUse(createRecordingLibrary(file), NOW, KEEP_NOTHING);
  expect(unreadable).toMatchObject({ usedBytes: null, freeBytes: null });
  for (const { forecast } of [absent, unreadable]) {
    expect(forecast).toMatchObject({ days: null, level: 'warn' });
    expect(forecast.sentenceZh).toContain('无法得知');
    expect(forecast.sentenceZh).not.toContain('写满，只剩');
  }
});
