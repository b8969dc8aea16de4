import { describe, expect, it } from 'vitest';
import { readTable } from '../../src/documents/read-table.ts';
import { unpacked } from '../../src/documents/zip-check.ts';
import { xlsx, zip } from './tables.ts';

const fault = async (bytes: Buffer) => {
  const read = await readTable(bytes);
  return read.ok ? 'read' : read.fault;
};
const GB18030 = Buffer.from('b5a5cebb2cb5e7bbb00ac4b3bed62c323033353637380a', 'hex');
const SHEET = (rows: string) => Buffer.from(`<worksheet><sheetData>${rows}</sheetData></worksheet>`);
const BOOK = Buffer.from('<workbook/>');

describe('an uploaded table', () => {
  it('is read as it looks where that is asked for: of a formula what Excel kept of it', async () => {
    const day = (date: number) => new Date(Date.UTC(2026, 11, date));
    const file = await xlsx([
      [day(1)],
      [{ formula: 'A1+1', result: day(2), shareType: 'shared', ref: 'A2:A3' }],
      [{ sharedFormula: 'A2', result: day(3) }],
    ]);
    expect(await readTable(file, 'filled')).toEqual({
      ok: true,
      rows: [['2026-12-01'], ['2026-12-02'], ['2026-12-03']],
    });
  });

  it('is read from .xlsx: numbers, dates, formulas and styled texts as text', async () => {
    const file = await xlsx([
      ['单位', '电话', '说明'],
      ['某局', 13900001111, new Date(Date.UTC(2026, 10, 26))],
      [
        { richText: [{ text: '某' }, { text: '镇' }] },
        { formula: 'A1+1', result: 5 },
        { text: '网', hyperlink: 'http://x' },
      ],
    ]);
    expect(await readTable(file)).toEqual({
      ok: true,
      rows: [
        ['单位', '电话', '说明'],
        ['某局', '13900001111', '2026-11-26'],
        ['某镇', '=A1+1', '网'],
      ],
    });
  });

  it.each([
    ['UTF-8', Buffer.from('单位,电话\n"某局,甲","1""2"\n')],
    ['UTF-8 with its mark', Buffer.from('\ufeff单位,电话\r\n"某局,甲","1""2"\r\n')],
    ['tabs', Buffer.from('单位\t电话\n某局,甲\t1"2\n')],
    ['semicolons', Buffer.from('单位;电话\n某局,甲;1"2')],
  ])('is read from text: %s', async (_name, bytes) => {
    expect(await readTable(bytes)).toEqual({
      ok: true,
      rows: [
        ['单位', '电话'],
        ['某局,甲', '1"2'],
      ],
    });
  });

  it('is read from GB18030', async () => {
    expect(await readTable(GB18030)).toEqual({
      ok: true,
      rows: [
        ['单位', '电话'],
        ['某局', '2035678'],
      ],
    });
  });

  it('is known by its bytes, not by its name', async () => {
    expect(await fault(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toBe('old-excel');
    expect(await fault(Buffer.from('\x89PNG\r\n\x1a\n\0\0', 'latin1'))).toBe('not-a-table');
    expect(await fault(Buffer.alloc(0))).toBe('not-a-table');
    expect(await fault(Buffer.from('PK\x03\x04 not a zip', 'latin1'))).toBe('not-a-table');
    expect(await fault(zip({ 'word/document.xml': BOOK }))).toBe('not-a-table');
  });

  it('is refused when it would become too large, whatever it says of itself', async () => {
    const zeros = Buffer.alloc(30_000_000);
    for (const claim of [undefined, 10]) {
      const bomb = zip({ 'xl/workbook.xml': BOOK, 'xl/worksheets/sheet1.xml': zeros }, claim);
      expect(bomb.length).toBeLessThan(100_000);
      expect(await fault(bomb)).toBe('not-a-table');
    }
    const half = Buffer.alloc(12_000_000);
    expect(unpacked(zip({ a: half, b: half }))).toBeNull();
    expect(unpacked(zip({ a: half }))?.get('a')?.length).toBe(half.length);
    for (const rows of ['<row/>'.repeat(6_001), `<row>${'<c r="A1"/>'.repeat(100_001)}</row>`]) {
      const many = zip({ 'xl/workbook.xml': BOOK, 'xl/worksheets/sheet1.xml': SHEET(rows) });
      expect(await fault(many)).toBe('not-a-table');
    }
    expect(await fault(Buffer.from('a,b\n'.repeat(6_002)))).toBe('too-large');
  });

  it('is refused with entities, with parts that hide others, and cut off', async () => {
    const entities = Buffer.from('<!DOCTYPE x [<!ENTITY a "aa">]><workbook/>');
    expect(await fault(zip({ 'xl/workbook.xml': entities }))).toBe('not-a-table');
    const good = await xlsx([['单位', '电话']]);
    expect(await fault(good)).toBe('read');
    for (const length of [10, 100, good.length - 30, good.length - 5])
      expect(await fault(good.subarray(0, length))).toBe('not-a-table');
    const hidden = Buffer.from(good);
    hidden.write('Q', hidden.indexOf('xl/workbook.xml'), 'latin1');
    expect(await fault(hidden)).toBe('not-a-table');
  });
});
