/**
 * The last words of a tab that dies. IndexedDB keeps a text only when its transaction ends, an fsync later, and a tab that
 * is closed before takes the transaction with it (Chromium 156: one in four, closed right after a key on a busy machine).
 * localStorage hands each text at once to the browser's own process, which outlives the tab. So each text stands here from
 * its key stroke until IndexedDB has it.
 */
import type { Unsent } from './unsent.ts';

const PREFIX = 'dutyline-last-words ';

/** Writes it down before the next key can come. */
export function noteLastWords(disk: string, entry: Unsent): void {
  try {
    localStorage.setItem(PREFIX + disk, JSON.stringify(entry));
  } catch {
    // Storage full or forbidden: IndexedDB still gets the text, a moment later.
  }
}

/** `entry` is safe elsewhere; newer words under the same key stay. Null: the key needs no words any more. */
export function forgetLastWords(disk: string, entry: Unsent | null): void {
  try {
    if (entry === null || localStorage.getItem(PREFIX + disk) === JSON.stringify(entry)) {
      localStorage.removeItem(PREFIX + disk);
    }
  } catch {
    // Storage forbidden: then nothing was noted either.
  }
}

/**
 * The newer of what IndexedDB holds and the last words, for each key. Of the same millisecond the last words are the newer:
 * each key stroke is noted here before IndexedDB hears of it, and forgotten only when IndexedDB has just that.
 */
export function withLastWords(
  entries: readonly Unsent[],
  keyOf: (entry: Unsent) => string,
): readonly Unsent[] {
  const newest = new Map(entries.map((entry) => [keyOf(entry), entry]));
  for (const entry of allLastWords()) {
    const kept = newest.get(keyOf(entry));
    if (kept === undefined || kept.at <= entry.at) newest.set(keyOf(entry), entry);
  }
  return [...newest.values()];
}

function allLastWords(): readonly Unsent[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .flatMap((key) => {
        const words = localStorage.getItem(key);
        return words === null ? [] : [JSON.parse(words) as Unsent];
      });
  } catch {
    return [];
  }
}
