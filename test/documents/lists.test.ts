import { Workbook } from '@cj-tech-master/excelts';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { maskedNumber } from '../../src/directory/mask.ts';
import { csvCell, csvPieces } from '../../src/documents/csv.ts';
import { toGb18030 } from '../../src/documents/gb18030.ts';
import { rowHeight, type Sheet } from '../../src/documents/sheet.ts';
import { workbookStream } from '../../src/documents/workbook.ts';

/** What a caller may have his name be. */
const FORMULAS = [
  '=HYPERLINK("http://x","点")',
  '+1+1',
  '-2+3',
  '@SUM(A1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  ' =1+1',
  '＝1+1',
];

async function* rows(...pieces: readonly (readonly string[])[][]) {
  for (const piece of pieces) yield await Promise.resolve(piece);
}

const sheet = (of: Sheet['rows']): Sheet => ({
  name: '电话记录',
  columns: [
    { title: '来电人', width: 10 },
    { title: '内容', width: 40 },
  ],
  rows: of,
});

describe('a list as CSV', () => {
  it.each(FORMULAS)('has no cell that is run: %j', (text) => {
    expect(csvCell(text)).toMatch(/^"?'/);
  });

  it('leaves other texts as they are, and quotes what would break a row', () => {
    expect(csvCell('0954-2035678')).toBe('0954-2035678');
    expect(csvCell('停电,"急"\n请回')).toBe('"停电,""急""\n请回"');
    expect(csvCell('坏\0字\ud800')).toBe('坏\ufffd字\ufffd');
  });

  it('comes in pieces with its titles first', async () => {
    const pieces = [];
    for await (const piece of csvPieces(sheet(rows([['马某', '停电']], [['李某', '停水']]))))
      pieces.push(piece);
    expect(pieces).toEqual(['来电人,内容\r\n', '马某,停电\r\n', '李某,停水\r\n']);
  });

  it('is GB18030 byte for byte, rare characters in four', () => {
    expect(Buffer.from(toGb18030('停电㐂')).toString('hex')).toBe('cda3b5e78139ef31');
    expect(toGb18030('𠮷').length).toBe(4);
    expect(iconv.decode(Buffer.from(toGb18030('停电㐂𠮷')), 'gb18030')).toBe('停电㐂𠮷');
  });
});

describe('a list as a workbook', () => {
  it('has every text as a text, formulas too, in order', async () => {
    const texts = [...FORMULAS, '09542035678', '停电', '坏\u0001字'];
    const parts: Uint8Array[] = [];
    for await (const part of workbookStream(sheet(rows(texts.map((text) => [text, '内容'])))))
      parts.push(part as Uint8Array);
    const book = new Workbook();
    await book.xlsx.load(Buffer.concat(parts));
    const read = book.getWorksheet('电话记录');
    expect(read?.getCell('A1').value).toBe('来电人');
    // As high as its words, also where no row is fitted on opening.
    expect(read?.getRow(texts.indexOf('停电') + 2).height).toBe(20);
    expect(read?.pageSetup).toMatchObject({
      ...{ paperSize: 9, orientation: 'landscape', fitToWidth: 1, fitToHeight: 0, printTitlesRow: '1:1' },
    });
    const cells = texts.map((_text, at) => read?.getCell(`A${at + 2}`));
    const values = cells.map((cell) => cell?.value);
    expect(values.map((value) => (typeof value === 'string' ? value.trim() : value))).toEqual(
      texts.map((text) => text.replace('\u0001', '\ufffd').trim()),
    );
  });

  it('fails as its rows do, and is no whole file then', async () => {
    async function* broken() {
      yield await Promise.resolve([['马某', '停电']]);
      throw new Error('the database went away');
    }
    const read = async () => {
      for await (const part of workbookStream(sheet(broken()))) void part;
    };
    await expect(read()).rejects.toThrow('the database went away');
  });
});

it.each([
  [[['', 10]], 20],
  [[['停电', 4]], 35],
  [
    [
      ['马某', 10],
      ['来电'.repeat(18), 40],
    ],
    35,
  ],
  [[['停电\n请回\nabc', 40]], 50],
  [[['电'.repeat(5_000), 40]], 409],
] as const)('a row is as high as its words: %j', (cells, height) => {
  expect(rowHeight(cells)).toBe(height);
});

describe('a masked number', () => {
  it.each([
    ['139 0954 0001', '139 **** 0001'],
    ['13909540001', '139****0001'],
    ['0954-2035678', '0954-***5678'],
    ['12345', '*2345'],
    ['未显示', '未显示'],
    ['', ''],
  ])('%s is %s', (shown, masked) => {
    expect(maskedNumber(shown)).toBe(masked);
  });
});
