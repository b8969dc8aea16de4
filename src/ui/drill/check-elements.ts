/**
 * Which 要素 a typed text holds. Officers write `3人受伤`, `三人受伤` and `伤：3 人` for the same thing, so text and script are
 * first brought to one form; what is compared is words, never sentences. Pure.
 */
import type { ScriptElement } from './script.ts';

export interface CheckedElement {
  readonly name: string;
  readonly told: string;
  readonly caught: boolean;
}

export function checkElements(elements: readonly ScriptElement[], typed: string): readonly CheckedElement[] {
  const text = plainForm(typed);
  return elements.map(({ name, told, found }) => ({
    name,
    told,
    caught: found.some((all) => all.every((word) => holds(text, plainForm(word)))),
  }));
}

/** Without blanks and punctuation, digits for Chinese numerals, 点 for 时 and colons of the clock. */
export function plainForm(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/(\d{1,2}):(\d{2})/g, (_, hour: string, minute: string) =>
        minute === '00' ? `${hour}点` : `${hour}点${minute}`,
      )
      .replace(/[〇零一二两三四五六七八九十百]+/g, (numeral) => String(numberOf(numeral) ?? numeral))
      .replace(/(\d)时/g, '$1点')
      .replace(/点半/g, '点30')
      .replace(/(\d)点0(?!\d)/g, '$1点')
      .replace(/(^|\D)0+(?=\d{1,2}点)/g, '$1')
      // Two numbers that stood apart must not become one.
      .replace(/(?<=\d)[\s\p{P}\p{S}]+(?=\d)/gu, ' ')
      .replace(/(?<!\d)[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+(?!\d)/gu, '')
  );
}

/** `9点` does not stand in `19点`, nor `3点4` in `3点40`. */
function holds(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text[at - 1] ?? '';
    const after = text[at + word.length] ?? '';
    if (!(/^\d/.test(word) && /\d/.test(before)) && !(/\d$/.test(word) && /\d/.test(after))) return true;
  }
  return false;
}

const DIGITS = '零一二三四五六七八九';

/** 十五 is 15, 一百二十 is 120, 二〇二六 is 2026; null for what is not a number, such as 百十. */
function numberOf(numeral: string): string | null {
  const plain = numeral.replaceAll('〇', '零').replaceAll('两', '二');
  if (!/[十百]/.test(plain)) return [...plain].map((sign) => DIGITS.indexOf(sign)).join('');
  const read = /^(?:([一二三四五六七八九])百零?)?(?:([一二三四五六七八九]?)十)?([一二三四五六七八九]?)$/.exec(
    plain,
  );
  if (read === null) return null;
  const [, hundreds, tens, ones] = read;
  const ten = tens === undefined ? 0 : tens === '' ? 1 : DIGITS.indexOf(tens);
  const one = ones === undefined || ones === '' ? 0 : DIGITS.indexOf(ones);
  return String((hundreds === undefined ? 0 : DIGITS.indexOf(hundreds)) * 100 + ten * 10 + one);
}
