import { describe, expect, it } from 'vitest';
import type { WallPerson } from '../../src/duty/wall.ts';
import { setNames, setTexts } from '../../src/ui/wall/lay-out.ts';

const person = (name: string, title = '值班员'): WallPerson => ({ name, title, phone: null });
const some = (count: number, name = '李建国', title?: string) =>
  Array.from({ length: count }, (_, index) => person(`${name}${index}`, title));

describe('names on a wall', () => {
  it('are large where there are few, and never smaller than 72', () => {
    expect(setNames([person('王某')], [person('李某')])).toMatchObject({ size: 112, screens: [{}] });
    for (const count of [2, 5, 9, 40]) expect(setNames(some(1), some(count)).size).toBeGreaterThanOrEqual(72);
  });

  it('are on as many screens as it takes, everybody on one of them', () => {
    const leaders = some(3, '阿布都热依木·买买提明', '县委常委、常务副县长');
    const officers = some(11, '某某某', '一级主任科员');
    const { size, screens } = setNames(leaders, officers);
    expect([size, screens.length > 1]).toEqual([72, true]);
    expect(new Set(screens.flatMap((screen) => screen.leaders))).toEqual(new Set(leaders));
    expect(new Set(screens.flatMap((screen) => screen.officers))).toEqual(new Set(officers));
    for (const screen of screens) expect(screen.officers.length).toBeGreaterThan(0);
  });

  it('stand for a gap with one line', () => {
    expect(setNames([], [])).toMatchObject({ size: 112, screens: [{ leaders: [], officers: [] }] });
  });
});

describe('texts on a wall', () => {
  it('are broken into lines that fit, with no closing mark in front, and lose nothing', () => {
    const text = '值班员应当认真填写值班日志，做到内容完整、要素齐全。'.repeat(12);
    const screens = setTexts([{ title: '值班制度', text }]);
    expect(screens.map(({ part }) => part)).toEqual([1, 2]);
    const lines = screens.flatMap((screen) => screen.lines);
    expect(lines.join('')).toBe(text);
    for (const line of lines) {
      expect([...line].length).toBeLessThanOrEqual(48);
      expect(line).not.toMatch(/^[，。、]/);
    }
    for (const screen of screens) expect(screen.lines.length).toBeLessThanOrEqual(5);
  });

  it('keep their own lines', () => {
    expect(
      setTexts([
        { title: '一', text: '甲\n乙' },
        { title: '二', text: '丙' },
      ]),
    ).toEqual([
      { title: '一', size: 52, lines: ['甲', '乙'], part: null },
      { title: '二', size: 52, lines: ['丙'], part: null },
    ]);
  });
});
