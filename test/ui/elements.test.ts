import { expect, it } from 'vitest';
import { CATEGORIES } from '../../src/records/field.ts';
import { elementsOf, namesElement } from '../../src/ui/elements.ts';
import { words } from '../../src/ui/words.ts';

it('an emergency and a meeting have their elements, other categories none', () => {
  expect(elementsOf('incident').map((element) => element.name)).toEqual([
    '时间',
    '地点',
    '起因',
    '伤亡',
    '现状',
    '措施',
    '诉求',
    '报告人',
    '已报告谁',
  ]);
  expect(elementsOf('meeting')).toHaveLength(6);
  expect(elementsOf('inquiry')).toEqual([]);
  expect(elementsOf('constructor')).toEqual([]);
});

it('a text that names an element has it', () => {
  expect(namesElement('地点：开城镇', '地点')).toBe(true);
  expect(namesElement('地点:开城镇', '地点')).toBe(true);
  expect(namesElement('在该地点', '地点')).toBe(false);
});

it('every category has a word', () => {
  for (const category of CATEGORIES) expect(words.category[category]).toMatch(/\p{Script=Han}/u);
});
