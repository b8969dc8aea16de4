import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createCsvReader } from '../../src/history/csv.ts';
import { parseRecord } from '../../src/history/csv-records.ts';
import { readClock, writeClock } from '../../src/history/pbx-clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'dutyline-csv-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a CSV record', () => {
  it.each([
    ['"a","b"', ['a', 'b'], false],
    ['"a ""x"" b",', ['a "x" b', ''], false],
    ['plain,2', ['plain', '2'], false],
    ['"two\nlines"', ['two\nlines'], false],
    ['', [''], false],
    ['"never closed', [], true],
    ['"a"b,"c"', [], true],
    ['a"b,c', [], true],
  ])('%j', (text, fields, broken) => {
    expect(parseRecord(text)).toEqual({ fields, broken });
  });
});

describe('a time of the PBX', () => {
  it.each([
    ['1795465282.515198', 1_795_465_282_515],
    ['2026-11-24 04:21:22', 1_795_465_282_000],
    ['2026-11-24 04:21:22.5', 1_795_465_282_500],
    ['yesterday', null],
    ['', null],
    ['1795465282.', null],
    ['-1', null],
  ])('%j', (text, at) => {
    expect(readClock(text, 'Asia/Shanghai')).toBe(at);
  });

  it('is written as it is read', () => {
    expect(writeClock(1_795_465_282_515, 'Asia/Shanghai')).toBe('2026-11-24 04:21:22');
  });
});

describe('a CEL file', () => {
  const line = (name: Buffer | string, at = '1795465282.5') =>
    Buffer.concat([
      Buffer.from(`"CHAN_START","${at}","`),
      Buffer.from(name),
      Buffer.from('","95","","","s","c","PJSIP/1-1","","","1.1","1.1","",""\n'),
    ]);
  const read = async (bytes: Buffer) => {
    const file = join(folder, 'Master.csv');
    writeFileSync(file, bytes);
    return createCsvReader({ cel: file, cdr: null, timeZone: 'UTC' }).cel(0, Number.MAX_SAFE_INTEGER);
  };

  it('keeps names in UTF-8 and in GBK', async () => {
    const gbk = Buffer.from([0xd6, 0xb5, 0xb0, 0xe0]);
    const page = await read(Buffer.concat([line('值班'), line(gbk)]));
    expect(page.ok && page.rows.map((row) => row.cidName)).toEqual(['值班', '值班']);
  });

  it('counts broken lines and reads the others', async () => {
    const page = await read(
      Buffer.concat([line('a'), Buffer.from('"x",\n"y"z\n'), line('b', 'no time'), line('c')]),
    );
    expect(page).toMatchObject({ ok: true, broken: 3, rows: [{ cidName: 'a' }, { cidName: 'c' }] });
  });

  it('goes on behind a quote that is never closed', async () => {
    const lost = Buffer.from(`"open ${'x'.repeat(70_000)}\n`);
    const page = await read(Buffer.concat([lost, line('a'), line('b')]));
    expect(page).toMatchObject({ ok: true, rows: [{ cidName: 'a' }, { cidName: 'b' }] });
  });

  it.each([
    ['in a quote', '"CHAN_START","1795465282.5","half'],
    ['between quotes', '"CHAN_START","1795465282.5",'],
    ['behind an opening quote', '"CHAN_START","1795465282.5","'],
  ])(
    'loses one line to a line that a power cut left half written %s, not those behind it',
    async (_, half) => {
      const names = Array.from({ length: 100 }, (__, n) => `n${n}`);
      const behind = names.map((name) => line(name));
      // Asterisk goes on in the same line: the first row behind it is lost with it.
      const torn = Buffer.concat([line('a'), Buffer.from(half), line('lost'), ...behind]);
      const page = await read(torn);
      expect(page.ok && page.rows.map((row) => row.cidName)).toEqual(['a', ...names]);
      expect(page).toMatchObject({ broken: 1 });
      // Twice in one file: the second half line closes the quote of the first.
      const twice = await read(Buffer.concat([torn, Buffer.from(half), line('lost'), line('z')]));
      expect(twice.ok && twice.rows.map((row) => row.cidName)).toEqual(['a', ...names, 'z']);
      expect(twice).toMatchObject({ broken: 2 });
    },
  );

  it('counts a last line that was cut', async () => {
    expect(await read(Buffer.concat([line('a'), line('b').subarray(0, 30)]))).toMatchObject({ broken: 1 });
  });

  it('says that it is not there', async () => {
    const reader = createCsvReader({ cel: join(folder, 'none'), cdr: null, timeZone: 'UTC' });
    expect(await reader.cel(0, 1)).toMatchObject({ ok: false, reason: expect.stringContaining('ENOENT') });
  });
});
