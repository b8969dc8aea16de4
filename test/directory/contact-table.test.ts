import { describe, expect, it } from 'vitest';
import { readContactTable } from '../../src/directory/contact-table.ts';

const read = (...rows: string[][]) => readContactTable(rows, '0954');

describe('a table of contacts', () => {
  it('is read by its headings in any order, below a title, and says which it does not know', () => {
    const table = read(
      ['某县通讯录', '', '', '', ''],
      ['类 别', '联系电话', '备注', '姓名', '单位名称'],
      ['下级', '0954-2035678', '无', '张某', '某镇人民政府'],
      ['', '', '', '', ''],
      ['', '13900001111', '', '', '某局'],
    );
    expect(table).toMatchObject({
      columns: [{ as: 'class' }, { as: 'number' }, { as: 'person' }, { as: 'unit' }],
      ignored: ['备注'],
      troubles: [],
      contacts: [
        {
          row: 3,
          contact: { number: '0954-2035678', unit: '某镇人民政府', person: '张某', class: 'subordinate' },
        },
        { row: 5, contact: { number: '13900001111', unit: '某局', person: null, class: null } },
      ],
    });
  });

  it.each([
    ['0954-2035678、139 0000 1111', ['0954-2035678', '139 0000 1111']],
    ['0954-2035678 13900001111', ['0954-2035678', '13900001111']],
    ['2035678\n2035679', ['2035678', '2035679']],
    ['13900001111/13900002222', ['13900001111', '13900002222']],
    ['2035678；2035678', ['2035678']],
  ])('takes %j apart', (cell, numbers) => {
    const table = read(['单位', '电话'], ['某局', cell]);
    expect(table?.contacts.map(({ contact }) => contact.number)).toEqual(numbers);
  });

  it('takes two columns of numbers', () => {
    const table = read(['单位', '办公电话', '手机'], ['某局', '2035678', '13900001111']);
    expect(table?.contacts.map(({ contact }) => contact.number)).toEqual(['2035678', '13900001111']);
  });

  it('says row, column and why, and goes on with the others', () => {
    const table = read(
      ['单位', '姓名', '电话', '类别'],
      ['某局', '', '总机', ''],
      ['', '', '2035678', ''],
      ['某局', '', '', ''],
      ['某局', '', '2035679', '领导'],
      ['=HYPERLINK("x")', '', '=1+1', ''],
    );
    expect(table?.troubles.map(({ row, column }) => [row, column])).toEqual([
      [2, '电话'],
      [3, '单位'],
      [4, '电话'],
      [5, '类别'],
      [6, '电话'],
    ]);
    expect(table?.contacts.map(({ row }) => row)).toEqual([5]);
  });

  it('is none without a heading', () => {
    expect(read(['单位', '地址'], ['某局', '2035678'])).toBeNull();
    expect(read()).toBeNull();
    expect(readContactTable([...Array<string[]>(10).fill(['x']), ['单位', '电话']], '0954')).toBeNull();
  });
});
