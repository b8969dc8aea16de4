/**
 * Keys of 检测 that the shell has no use for; Y comes from it as `confirm`. Pure: the facts of a key event in, what it means
 * out. Single letters only while nobody writes.
 */
import type { KeyPress } from '../keys.ts';
import type { KeyPlace } from '../replay/replay-keys.ts';

export type WatchKey = 'probe' | 'confirm' | 'dismiss' | 'close';

const LETTERS: Readonly<Record<string, WatchKey>> = { s: 'probe', n: 'dismiss', c: 'close' };

export function watchKey(press: KeyPress, place: KeyPlace): WatchKey | null {
  if (press.isComposing || press.keyCode === 229 || place === 'text') return null;
  if (press.ctrlKey || press.altKey || press.metaKey || press.shiftKey) return null;
  return LETTERS[press.key.toLowerCase()] ?? null;
}
