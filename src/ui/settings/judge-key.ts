/** What comes of a key that was pressed for an action. Pure. */

import type { FreeAction } from '../../keys/action.ts';
import { type KeyMap, ownKeys, usualKeyTaken, withKey, withoutAction } from '../../keys/own-keys.ts';
import { type KeyRefusal, refuseNewKey } from '../../keys/refuse-key.ts';
import { keyWords, saidChord } from '../key-words.ts';
import type { KeyPlaceOf } from './key-row.tsx';
import { settingsWords as say } from './settings-words.ts';
import type { Heard } from './use-key-capture.ts';

export type Judged =
  /** It stays as it was. */
  | { readonly kind: 'left' }
  /** Why not; the next key may be a better one. */
  | { readonly kind: 'refused'; readonly zh: string }
  | { readonly kind: 'chosen'; readonly keys: KeyMap; readonly zh: string };

export function judgeKey(own: KeyMap, { action, place }: KeyPlaceOf, heard: Heard): Judged {
  switch (heard.kind) {
    case 'leave':
      return { kind: 'left' };
    case 'nothing':
      return { kind: 'refused', zh: say.keyNothing };
    case 'modifier':
      return { kind: 'refused', zh: say.keyModifier };
    case 'unknown':
      return { kind: 'refused', zh: say.keyUnknown };
    case 'chord': {
      const { chord } = heard;
      const keys = ownKeys(own);
      if (keys.of(action)[place] === chord) return { kind: 'left' };
      const refusal = refuseNewKey(keys.of, action, chord);
      if (refusal !== null) return { kind: 'refused', zh: saidRefusal(refusal, saidChord(chord)) };
      const zh = say.keyDone(keyWords.actions[action][0], saidChord(chord));
      return { kind: 'chosen', keys: withKey(own, action, place, chord), zh };
    }
  }
}

/** 恢复默认 of one action. */
export function judgeUsual(own: KeyMap, action: FreeAction): Exclude<Judged, { readonly kind: 'left' }> {
  const taken = usualKeyTaken(own, action);
  if (taken === null)
    return {
      kind: 'chosen',
      keys: withoutAction(own, action),
      zh: say.keyUsualDone(keyWords.actions[action][0]),
    };
  return {
    kind: 'refused',
    zh: say.keyUsualTaken(saidChord(taken.chord), keyWords.actions[taken.by][0]),
  };
}

function saidRefusal(refusal: KeyRefusal, key: string): string {
  if (refusal.why !== 'taken') return say.keyRefused[refusal.why](key);
  return say.keyTaken(key, refusal.by === 'element' ? keyWords.elements : keyWords.actions[refusal.by][0]);
}
