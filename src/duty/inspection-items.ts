/**
 * 附件3 of the notice as data: 值班工作检查记录表, its ten items in its words and order. What it prints in two lines of one cell is
 * one sentence here. A form of another office is another table like this one. Pure.
 */

export const ITEM_CODES = ['A1', 'A2', 'A3', 'A4', 'B1', 'B2', 'B3', 'B4', 'C1', 'C2'] as const;
export type ItemCode = (typeof ITEM_CODES)[number];

export interface InspectionItem {
  readonly code: ItemCode;
  /** First column: whether it must be inspected goes by it. */
  readonly section: '值班值守工作情况' | '值班信息报告情况';
  /** Second column. */
  readonly group: '值班责任落实情况' | '值班制度执行情况' | '主体责任履行情况';
  readonly text: string;
  /** 必查项; the others only after an emergency. */
  readonly isRequired: boolean;
}

export const INSPECTION_ITEMS: readonly InspectionItem[] = [
  ...group('值班值守工作情况', '值班责任落实情况', {
    A1: '是否按要求报送值班表',
    A2: '是否落实24小时值班和领导在岗带班制度',
    A3: '值班员是否清楚本单位主要负责同志去向及联系方式',
    A4: '值班员是否了解本单位值班工作安排',
  }),
  ...group('值班值守工作情况', '值班制度执行情况', {
    B1: '值班电话接听是否及时规范',
    B2: '是否存在值班电话设置彩铃或呼转手机情况',
    B3: '是否掌握国务院及自治区政府总值班室电话号码',
    B4: '值班人员是否清楚信息报送流程',
  }),
  ...group('值班信息报告情况', '主体责任履行情况', {
    C1: '是否在30分钟内电话报告、1小时内书面报告发生在本单位的重要紧急情况',
    C2: '是否及时准确反馈调度核实情况',
  }),
];

/** Something for each item. */
export function byItem<T>(make: (code: ItemCode) => T): Readonly<Record<ItemCode, T>> {
  return Object.fromEntries(ITEM_CODES.map((code) => [code, make(code)])) as Record<ItemCode, T>;
}

/** Above the table. */
export const INSPECTION_HEAD = { unit: '受检单位', inspectors: '检查人', date: '检查时间' } as const;

/** Over the columns: the first stands over section, group and item. */
export const INSPECTION_COLUMNS = { what: '检查内容', situation: '检查情况' } as const;

/** Under the table. */
export const INSPECTION_REMARK = '备注：值班值守工作情况为必查项，值班信息报告情况为突发紧急事件后检查项。';

/** XXX值班工作检查记录表. */
export function inspectionTitle(unit: string): string {
  return `${unit}值班工作检查记录表`;
}

function group(
  section: InspectionItem['section'],
  name: InspectionItem['group'],
  texts: Readonly<Partial<Record<ItemCode, string>>>,
): readonly InspectionItem[] {
  const isRequired = section === '值班值守工作情况';
  return ITEM_CODES.flatMap((code) => {
    const text = texts[code];
    return text === undefined ? [] : [{ code, section, group: name, text, isRequired }];
  });
}
