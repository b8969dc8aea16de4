/** What the office types for its 公示屏, a part of 本班须知. Pure. */
import type { WallText } from './wall.ts';

export interface WallTexts {
  /** 制度流程, one after another. */
  readonly texts: readonly WallText[];
  /** The telephones that the roster has of those on duty are shown, too. */
  readonly phones: boolean;
}

/** Before anybody edited it: what every duty room hangs on its wall. */
export const FIRST_WALL: WallTexts = {
  texts: [
    {
      title: '信息报送流程',
      text: '接报 → 记录并复述核对 → 报带班领导 → 按带班领导意见报主要负责同志 → 报上级值班室并通知有关部门 → 续报、终报。',
    },
  ],
  phones: false,
};

export type WallTextsFault = 'too-long' | 'nameless' | 'superior-number' | 'mobile';

const MOST_TEXTS = 12;
const LONGEST_TITLE = 30;
const LONGEST_TEXT = 1_000;

/** Why these (already plain) texts may not hang on a wall; null: they may. `superiors` are numbers of superior offices. */
export function faultOfWall(
  { texts, phones }: WallTexts,
  superiors: readonly string[],
): WallTextsFault | null {
  const isTooLong =
    texts.length > MOST_TEXTS ||
    texts.some(({ title, text }) => [...title].length > LONGEST_TITLE || [...text].length > LONGEST_TEXT);
  if (isTooLong) return 'too-long';
  if (texts.some(({ title, text }) => title === '' || text === '')) return 'nameless';
  const hung = texts.map(({ title, text }) => digitsOf(`${title}\n${text}`));
  const secret = superiors.map(digitsOf).filter((digits) => digits.length >= SHORTEST_NUMBER);
  if (hung.some((digits) => secret.some((number) => digits.includes(localPart(number)))))
    return 'superior-number';
  const isMobile = (text: string) => MOBILE.test(text.normalize('NFKC').replace(/[ -]/g, ''));
  return !phones && texts.some(({ title, text }) => isMobile(title) || isMobile(text)) ? 'mobile' : null;
}

const SHORTEST_NUMBER = 5;
/** Also behind a country code or the 0 of another city. */
const MOBILE = /(?<!\d)(?:(?:00)?86|0)?1[3-9]\d{9}(?!\d)/;

/** Digits as people group them: blanks and hyphens between two of them do not part a number. */
function digitsOf(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/(?<=\d)[ ()-]+(?=\d)/g, '')
    .replace(/\D+/g, ' ');
}

/** A number with or without its area code is the same one: the last seven digits tell. */
function localPart(number: string): string {
  return number.replace(/ /g, '').slice(-7);
}
