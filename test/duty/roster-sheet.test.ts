import { describe, expect, it } from 'vitest';
import { FIRST_RULES } from '../../src/duty/roster-rules.ts';
import { readRosterSheet } from '../../src/duty/roster-sheet.ts';
import { sheetDays, yearOf } from '../../src/duty/sheet-day.ts';
import type { SheetPerson } from '../../src/duty/sheet-names.ts';

const person = (id: string, name: string, standing: SheetPerson['standing'] = 'permanent'): SheetPerson => ({
  ...{ id, name, standing },
  title: id === 'wang' ? '副秘书长' : null,
});
const people = [
  person('zhang', '张三'),
  person('li', '李四'),
  person('wang', '王五六'),
  person('sun', '孙某', 'retired'),
];
const read = (rows: readonly (readonly string[])[]) =>
  readRosterSheet(rows, FIRST_RULES, people, '2026-11-26');
const told = (rows: readonly (readonly string[])[]) =>
  read(rows)?.shifts.map(
    ({ day, part, posts }) => `${day} ${part} ${posts.map((one) => `${one.role}:${one.person}`).join(' ')}`,
  );

describe('days of a spreadsheet', () => {
  const base = { year: 2026, month: 11 };
  it.each([
    ['2026-11-26', '2026-11-26'],
    ['2026年11月26日', '2026-11-26'],
    ['11月26日（星期四）', '2026-11-26'],
    ['１１月２６日', '2026-11-26'],
    ['11.26', '2026-11-26'],
    ['26日', '2026-11-26'],
    ['26', '2026-11-26'],
    ['46352', '2026-11-26'],
    ['周四 11/26', '2026-11-26'],
    ['11月26日至28日', '2026-11-26 2026-11-27 2026-11-28'],
    ['11.29-12.1', '2026-11-29 2026-11-30 2026-12-01'],
    ['26-28日', '2026-11-26 2026-11-27 2026-11-28'],
    ['1-3日', '2026-11-01 2026-11-02 2026-11-03'],
    ['2月30日', null],
    ['节日期间', null],
    ['99999', null],
  ])('%s is %s', (text, days) => {
    expect(sheetDays(text, base)?.days.join(' ') ?? null).toBe(days);
  });
  it('takes year and month from a title, and goes over the end of a year', () => {
    expect(yearOf(['某局2026年12月值班表'], '2026-11-26')).toEqual({ year: 2026, month: 12 });
    expect(sheetDays('1月1日', { year: 2026, month: 12 })?.days).toEqual(['2027-01-01']);
    // A title without a year, read in November.
    const untitled = yearOf(['春节值班表'], '2026-11-26');
    expect(sheetDays('2月16日', untitled)?.days).toEqual(['2027-02-16']);
    expect(sheetDays('12月31日', untitled)?.days).toEqual(['2026-12-31']);
    expect(sheetDays('2月16日', yearOf(['春节值班表'], '2026-01-26'))?.days).toEqual(['2026-02-16']);
  });
});

describe('a roster from a spreadsheet', () => {
  it('is read with dates that stand once for several rows, blanks in names, and two telephones in a cell', () => {
    expect(
      told([
        ['某局 2026年12月 值班表'],
        [],
        ['序号', '日期', '班次', '带 班 领 导', '值班人员', '联系电话', '备注'],
        ['1', '12月1日', '白班', '王五六', '张 三 0954-2035678、139 0000 1111', '2035678', ''],
        ['2', '', '夜', '王五六（副秘书长）', '李四', '', ''],
        ['3', '2日', '白班', '王五六副秘书长', '张三、李 四', '', ''],
      ]),
    ).toEqual([
      '2026-12-01 白班 带班领导:wang 值班员:zhang',
      '2026-12-01 夜班 带班领导:wang 值班员:li',
      '2026-12-02 白班 带班领导:wang 值班员:zhang 值班员:li',
    ]);
  });
  it('may have a column for each shift, the leader for the whole day', () => {
    expect(
      told([
        ['值班日期', '带班领导', '白班值班员', '夜班'],
        ['46357', '王五六', '张三', '李四'],
      ]),
    ).toEqual(['2026-12-01 白班 带班领导:wang 值班员:zhang', '2026-12-01 夜班 带班领导:wang 值班员:li']);
  });
  it('leaves out as a whole what was not understood, and says of each row what', () => {
    const sheet = read([
      ['日期', '班次', '领导', '值班员', '星期'],
      ['12月1日', '白班', '王五六', '赵六', '二'],
      ['12月1日', '夜班', '王五六', '孙某', '二'],
      ['十二月', '白班', '', '张三', ''],
      ['12月3日', '早班', '', '张三', ''],
      ['12月4日', '白班', '张三', '张三', ''],
      ['12月5日', '白班', '', '李四', ''],
    ]);
    expect(sheet?.shifts.map(({ day }) => day)).toEqual(['2026-12-05']);
    expect(sheet?.troubles.map(({ row, column, text }) => [row, column, text])).toEqual([
      [2, '值班员', '赵六'],
      [3, '值班员', '孙某'],
      [4, '日期', '十二月'],
      [5, '班次', '早班'],
      [6, '值班员', '张三'],
    ]);
    expect(sheet?.troubles[1]?.zh).toContain('不得安排值班');
    expect(sheet?.ignored).toEqual(['星期']);
  });
  it('has a date for the rows below it also where its own row names nobody yet', () => {
    expect(
      told([
        ['日期', '班次', '值班员'],
        ['12月1日', '白班', '张三'],
        ['', '夜班', '李四'],
        ['12月2日', '白班', ''],
        ['', '夜班', '王五六'],
      ]),
    ).toEqual(['2026-12-01 白班 值班员:zhang', '2026-12-01 夜班 值班员:li', '2026-12-02 夜班 值班员:wang']);
  });
  it('has a second row for one shift, and puts nobody on a shift that no row names', () => {
    const sheet = read([
      ['日期', '班次', '值班员'],
      ['12月1日', '白班', '张三'],
      ['', '', '李四'],
      ['12月2日', '', '王五六'],
    ]);
    expect(
      sheet?.shifts.map(({ day, part, posts }) => [day, part, posts.map(({ person: id }) => id)]),
    ).toEqual([['2026-12-01', '白班', ['zhang', 'li']]]);
    expect(sheet?.troubles).toMatchObject([{ row: 4, column: '班次', text: '' }]);
  });
  it('may stand in two halves side by side, each date for the names behind it', () => {
    expect(
      told([
        ['日期', '值班员', '日期', '值班员'],
        ['12月1日', '张三', '12月16日', '李四'],
        ['', '', '12月17日', '王五六'],
      ]),
    ).toEqual([
      ...['2026-12-01 白班 值班员:zhang', '2026-12-01 夜班 值班员:zhang'],
      ...['2026-12-16 白班 值班员:li', '2026-12-16 夜班 值班员:li'],
      ...['2026-12-17 白班 值班员:wang', '2026-12-17 夜班 值班员:wang'],
    ]);
  });
  it.each([
    ['白班', '夜班', '值班员', '值班员'],
    ['值班员', '值班员', '白班（8:00-20:00）', '夜班'],
  ])('may have a heading of two rows, %s over %s', (...[above, besides, below, beside]) => {
    const rows = [
      ['日期', '带班领导', above, besides, '备注'],
      ['日期', '', below, beside, ''],
      ['12月1日', '王五六', '张三', '李四', ''],
    ];
    const sheet = read(rows);
    expect(sheet?.troubles).toEqual([]);
    expect(told(rows)).toEqual([
      '2026-12-01 白班 带班领导:wang 值班员:zhang',
      '2026-12-01 夜班 带班领导:wang 值班员:li',
    ]);
    expect(sheet?.shifts.map(({ rows: of }) => of)).toEqual([[3], [3]]);
  });
  it('asks which of two people of one name is meant, unless the title says it', () => {
    const sheet = readRosterSheet(
      [
        ['日期', '班次', '值班员'],
        ['12月1日', '白班', '王 五六'],
        ['12月1日', '夜班', '王五六（副秘书长）'],
      ],
      FIRST_RULES,
      [...people, { ...person('wang-2', '王五六'), title: '科长' }],
      '2026-11-26',
    );
    expect(sheet?.troubles).toMatchObject([{ row: 2, text: '王五六', zh: expect.stringContaining('同名') }]);
    expect(sheet?.shifts.map(({ part, posts }) => [part, posts[0]?.person])).toEqual([['夜班', 'wang']]);
  });
  it('is none without a date and a role', () => {
    expect(
      read([
        ['姓名', '电话'],
        ['张三', '1'],
      ]),
    ).toBeNull();
  });
});
