/** The only user of pinyin-pro: initials of names, so that `gysyjj` finds 固原市应急局. */
import { pinyin } from 'pinyin-pro';

/** Names come again and again: the same offices call every day. */
const MOST_KEPT = 5_000;
const kept = new Map<string, string>();

/** First letters of what is Chinese in a name, in small letters; empty for a name without any. */
export function initialsOf(name: string): string {
  const known = kept.get(name);
  if (known !== undefined) return known;
  const han = name.replace(/[^\p{Script=Han}]/gu, '');
  const initials =
    han === '' ? '' : pinyin(han, { pattern: 'first', toneType: 'none', type: 'array' }).join('');
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(name, initials);
  return initials;
}
