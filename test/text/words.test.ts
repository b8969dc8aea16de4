import { describe, expect, it } from 'vitest';
import { normalised, placeOf, termsOf, wordsOf, wordsOfInitials, wordsOfName } from '../../src/text/words.ts';

const has = (text: string, query: string) => {
  const words = wordsOf(text);
  const terms = termsOf(query);
  return (
    terms.length > 0 &&
    terms.every(
      (term) =>
        term.words.every((word) => words.has(word)) && (term.exact || normalised(text).includes(term.text)),
    )
  );
};

describe('words of a text', () => {
  it('are its neighbouring characters, broken by signs', () => {
    expect([...wordsOf('水电站停电，电站已报。')]).toEqual(['水电', '电站', '站停', '停电', '站已', '已报']);
  });

  it('are whole Latin words and numbers, whatever their width and size', () => {
    expect([...wordsOf('ＧＰＳ定位 No.12')]).toEqual(['gps', '定位', 'no', '12']);
  });

  it('have the tails of a telephone number from four digits on, however it is grouped', () => {
    for (const written of ['09542035678', '0954-2035678', '０９５４－２０３５６７８'])
      for (const tail of ['5678', '35678', '2035678', '09542035678']) expect(has(written, tail)).toBe(true);
    expect(has('0954-2035678', '678')).toBe(false);
    expect(has('139 0954 0001', '13909540001')).toBe(true);
    expect(has('编号 2026128', '5678')).toBe(false);
  });

  it('have a sign outside the basic plane, and a letter with its marks, as one', () => {
    expect([...wordsOf('𠮷野家')]).toEqual(['𠮷野', '野家']);
    expect(has('李𠮷', '李𠮷')).toBe(true);
  });

  it('of names have every character, since surnames have but one', () => {
    expect([...wordsOfName('马某')]).toEqual(['马某', '马', '某']);
    expect(wordsOfInitials('gysyjj')).toEqual(['gysyjj', 'ysyjj', 'syjj', 'yjj', 'jj']);
    expect(wordsOfInitials('m')).toEqual([]);
  });

  it('come to an end on hostile texts', () => {
    expect(wordsOf('\0\ud800"*()^:-AND NOT NEAR').size).toBeGreaterThan(0);
    expect([...wordsOf('9'.repeat(10_000))].every((word) => word.length <= 40)).toBe(true);
    for (const word of wordsOf('a"b*c^d\ue000r"')) expect(word).toMatch(/^[\p{L}\p{M}\p{N}]+$/u);
  });
});

describe('what is looked for', () => {
  it('a two-character word needs no comparing; a longer one does', () => {
    expect(termsOf('停电')).toEqual([{ text: '停电', words: ['停电'], exact: true }]);
    expect(termsOf('人民路')).toEqual([{ text: '人民路', words: ['人民', '民路'], exact: false }]);
    expect(has('人民来信，民路不通', '人民路')).toBe(false);
  });

  it('is taken apart at blanks, wide ones too, and every part must be found', () => {
    expect(termsOf('停电　人民路 ').map(({ text }) => text)).toEqual(['停电', '人民路']);
    expect(has('人民路停电', '停电 人民路')).toBe(true);
    expect(has('人民路停水', '停电 人民路')).toBe(false);
  });

  it('may mix characters, letters and digits', () => {
    expect(has('请到3号楼', '3号楼')).toBe(true);
    expect(has('请到13号楼', '3号楼')).toBe(false);
    expect(has('值电〔2026〕128号', '〔2026〕128号')).toBe(true);
  });

  it('asks for nothing when there are only signs, and for no more than a person types', () => {
    expect(termsOf('，。 "*" ')).toEqual([]);
    expect(termsOf(Array.from({ length: 50 }, (_, at) => `词${at}`).join(' ')).length).toBe(8);
    expect(termsOf('长'.repeat(5_000))[0]?.words).toEqual(['长长']);
  });

  it('tells where it stands, for an excerpt', () => {
    expect(placeOf('今日人民路停电', termsOf('停电'))).toBe(5);
    expect(placeOf('今日', termsOf('停电'))).toBe(-1);
  });
});
