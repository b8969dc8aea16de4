import { expect, it } from 'vitest';
import {
  INSPECTION_COLUMNS,
  INSPECTION_HEAD,
  INSPECTION_ITEMS,
  INSPECTION_REMARK,
  inspectionTitle,
} from '../../src/duty/inspection-items.ts';

/** 附件3 of the notice, word for word, from its title to its end; cells stand on lines of their own. */
const SEED = `
XXX值班工作检查记录表（样表）

受检单位：           检查人：          检查时间：      
	检查内容
	检查情况

	值班值守工作情况


	值班责任落实情况
	是否按要求报送值班表
	

	
	
	是否落实24小时值班

和领导在岗带班制度
	

	
	
	值班员是否清楚本单位主要负责同志去向及联系方式
	

	
	
	值班员是否

了解本单位值班工作安排
	

	
	值班制度执行情况


	值班电话接听是否及时规范
	

	
	
	是否存在值班电话

设置彩铃或呼转手机情况
	

	
	
	是否掌握国务院及自治区

政府总值班室电话号码
	

	
	
	值班人员是否

清楚信息报送流程
	

	值班信息报告情况
	主体责任履行情况
	是否在30分钟内电话报告、1小时内书面报告发生在

本单位的重要紧急情况
	

	
	
	是否及时准确反馈

调度核实情况
	

	备注：值班值守工作情况为必查项，值班信息报告情况为突发紧急事件后检查项。
`;

/** Without blanks and line ends: what a cell says, however it is broken. */
const bare = (text: string): string => text.replace(/\s/g, '');

/** The table as the paper tells it: a section and a group where they begin, each item once. */
function told(): string {
  const items = INSPECTION_ITEMS.map((item, index) => {
    const before = INSPECTION_ITEMS[index - 1];
    const section = item.section === before?.section ? '' : item.section;
    return section + (item.group === before?.group ? '' : item.group) + item.text;
  });
  const head = `${INSPECTION_HEAD.unit}：${INSPECTION_HEAD.inspectors}：${INSPECTION_HEAD.date}：`;
  return [
    `${inspectionTitle('XXX')}（样表）`,
    head,
    INSPECTION_COLUMNS.what,
    INSPECTION_COLUMNS.situation,
    ...items,
    INSPECTION_REMARK,
  ].join('');
}

it('has the items, groups, order and words of 附件3', () => {
  expect(told()).toBe(bare(SEED));
});

it('has ten items, and requires those of 值班值守工作情况', () => {
  expect(INSPECTION_ITEMS.map(({ code }) => code).join(' ')).toBe('A1 A2 A3 A4 B1 B2 B3 B4 C1 C2');
  expect(INSPECTION_ITEMS.filter(({ isRequired }) => isRequired).map(({ section }) => section)).toEqual(
    Array.from({ length: 8 }, () => '值班值守工作情况'),
  );
});
