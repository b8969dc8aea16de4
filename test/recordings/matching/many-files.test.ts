import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reconcileSound } from '../../../src/recordings/matching/reconcile.ts';
import { createScanMemory } from '../../../src/recordings/matching/scan-memory.ts';
import { SETTLING } from '../../../src/recordings/matching/settled.ts';
import { createWallClock } from '../../../src/recordings/matching/wall-clock.ts';
import { localPlace } from '../../../src/recordings/recording-place.ts';
import { lookTwice } from '../../../src/service/reconciled-pbx.ts';
import { type Fate, type ManyFiles, writeManyFiles, ZONE } from './many-files.ts';

const COUNT = 10_000;

let folder: string;
let many: ManyFiles;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dutyline-many-'));
  many = writeManyFiles(folder, COUNT);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('ten thousand files', () => {
  it('each come to the fate they must: nothing is attached wrongly, nothing is left out', async () => {
    const place = localPlace({ onPbx: '/var/spool/asterisk/monitor', here: folder });
    let later = 0;
    const looked = await lookTwice(
      { id: 'pbx-1', place, timeZone: ZONE, memory: createScanMemory() },
      {
        now: () => Date.now() + later,
        // The quiet time passes, and what grows has grown.
        wait: (ms) => {
          later += ms;
          for (const path of many.growing) appendFileSync(join(folder, path), 'more');
          return Promise.resolve();
        },
      },
    );
    expect(looked).toMatchObject({ complete: true, trouble: null });
    expect(looked.files).toHaveLength(COUNT);
    expect(many.growing.length).toBeGreaterThan(300);

    const found = reconcileSound({
      base: place,
      clock: createWallClock(ZONE),
      areaCode: '0954',
      trails: many.trails,
      known: [],
      cdr: [],
      files: looked.files,
      from: many.from,
      to: many.to,
      now: Date.now() + SETTLING.quietMs,
    });
    const fates = new Map<string, Fate>(many.fates);
    const wrong: string[] = [];
    const expectFate = (path: string, is: Fate) => {
      const should = fates.get(path);
      if (JSON.stringify(should) !== JSON.stringify(is)) wrong.push(`${path}: ${JSON.stringify(is)}`);
      fates.delete(path);
    };
    for (const { file, trail } of found.attachments) expectFate(file.path, { call: trail.call });
    for (const { file } of found.strays) expectFate(file.path, 'stray');
    for (const { file } of found.ambiguous) expectFate(file.path, 'ambiguous');
    expect(wrong).toEqual([]);
    const left = (fate: Fate) => [...fates.values()].filter((each) => each === fate).length;
    expect(found.counts).toMatchObject({
      known: 0,
      empty: left('empty'),
      twin: left('twin'),
      waiting: left('waiting'),
      outsideWindow: left('outside'),
    });
    expect(left('twin')).toBeGreaterThan(300);
    expect(left('empty') + left('twin') + left('waiting') + left('outside')).toBe(fates.size);
    // Everyone whose file is empty, ambiguous or of nobody is told to have none.
    const withSound = new Set(found.attachments.map(({ trail }) => trail.call));
    const due = many.trails.filter(({ call, endedAt }) => endedAt !== null && !withSound.has(call));
    expect(new Set(found.missing.map(({ trail }) => trail.call))).toEqual(
      new Set(due.map(({ call }) => call)),
    );
  });
});
