import { describe, expect, it } from 'vitest';
import {
  ACTIONS,
  type ActionName,
  FREE_ACTIONS,
  type FreeAction,
  type KeyAction,
} from '../../src/keys/action.ts';
import { chordOf, type KeyPress, partsOf } from '../../src/keys/chord.ts';
import {
  isSound,
  type KeyMap,
  type KeyPlace,
  ownKeys,
  usualKeyTaken,
  withKey,
  withoutAction,
} from '../../src/keys/own-keys.ts';
import { refuseKey, refuseNewKey } from '../../src/keys/refuse-key.ts';

const PLACES: readonly KeyPlace[] = ['text', 'slider', 'button', 'free'];

function press(over: Partial<KeyPress>): KeyPress {
  return {
    key: '',
    code: '',
    keyCode: 0,
    isComposing: false,
    ctrlKey: false,
    altKey: false,
    shiftKey: false,
    metaKey: false,
    ...over,
  };
}

/** By the usual keys. */
function keyAction(over: Partial<KeyPress>, place: KeyPlace): KeyAction | null {
  return ownKeys({}).actionOf(press(over), place);
}

describe('the usual keys', () => {
  it.each([
    [{ key: 'F1' }, 'notes'],
    [{ key: 'F2' }, 'newest'],
    [{ key: 'ĵ', code: 'KeyJ', altKey: true }, 'newest'],
    [{ key: 'F6' }, 'drawer'],
    [{ key: 'F8' }, 'back-3'],
    [{ key: 'F9' }, 'play-pause'],
    [{ key: 'Enter', ctrlKey: true }, 'check'],
    [{ key: 's', code: 'KeyS', ctrlKey: true }, 'harmless'],
    [{ key: 'n', code: 'KeyN', altKey: true }, 'jot'],
    [{ key: 'h', code: 'KeyH', altKey: true }, 'handle'],
    [{ key: 'k', code: 'KeyK', altKey: true }, 'attachments'],
    [{ key: 'l', code: 'KeyL', altKey: true }, 'lock'],
    [{ key: 'u', code: 'KeyU', altKey: true }, 'change-person'],
    [{ key: 'Escape' }, 'escape'],
    [{ key: '3', code: 'Digit3', altKey: true }, { element: 3 }],
    [{ key: '3', code: 'Numpad3', altKey: true }, { element: 3 }],
  ] as const)('%j works in a field and outside', (over, action) => {
    for (const place of PLACES) expect(keyAction(over, place)).toEqual(action);
  });

  it('single letters work only outside of fields', () => {
    for (const [key, action] of [
      ['d', 'no-record'],
      ['a', 'clip-from'],
      ['B', 'clip-to'],
      ['e', 'clip-export'],
      ['y', 'confirm'],
      ['/', 'search'],
    ] as const) {
      expect(keyAction({ key }, 'free')).toBe(action);
      expect(keyAction({ key }, 'button')).toBe(action);
      expect(keyAction({ key }, 'text')).toBeNull();
    }
    // With Caps Lock or Shift it is the same letter.
    expect(keyAction({ key: 'D', shiftKey: true }, 'free')).toBe('no-record');
  });

  it.each([
    [{ key: ' ' }, 'replay-toggle'],
    [{ key: 'ArrowLeft' }, 'replay-back'],
    [{ key: 'ArrowRight' }, 'replay-on'],
    [{ key: 'ArrowLeft', shiftKey: true }, 'replay-back-1'],
    [{ key: 'ArrowRight', shiftKey: true }, 'replay-on-1'],
    [{ key: '[' }, 'replay-slower'],
    [{ key: ']' }, 'replay-faster'],
    [{ key: '+', shiftKey: true }, 'replay-zoom-in'],
    [{ key: '=' }, 'replay-zoom-in'],
    [{ key: '-' }, 'replay-zoom-out'],
    [{ key: '0' }, 'replay-zoom-whole'],
    [{ key: 'm' }, 'replay-note'],
    [{ key: 'M', shiftKey: true }, 'replay-note'],
    [{ key: 'Enter' }, 'replay-next'],
    [{ key: 'Home' }, 'replay-home'],
    [{ key: 'ArrowUp' }, 'replay-up'],
    [{ key: 'ArrowDown' }, 'replay-down'],
  ] as const)('%j is a key of 回放, and in a field the field’s', (over, action) => {
    expect(keyAction(over, 'free')).toBe(action);
    expect(keyAction(over, 'text')).toBeNull();
  });

  it('leave a button its blank and Enter, a slider its arrows', () => {
    const taken = (place: KeyPlace) =>
      [' ', 'Enter', 'ArrowLeft', 'Home', ']'].filter((key) => keyAction({ key }, place) !== null);
    expect(taken('button')).toEqual(['ArrowLeft', 'Home', ']']);
    expect(taken('slider')).toEqual([' ', 'Enter', ']']);
  });

  it('everything belongs to the input method while it composes', () => {
    for (const key of ['F2', 'Escape', 'Enter', 'd'])
      for (const composing of [{ isComposing: true }, { keyCode: 229 }])
        for (const place of PLACES)
          expect(keyAction({ key, ctrlKey: key === 'Enter', ...composing }, place)).toBeNull();
  });

  it.each([
    { key: ' ', ctrlKey: true },
    { key: 'ArrowLeft', altKey: true },
    { key: 'ArrowLeft', ctrlKey: true },
    { key: 'ArrowLeft', metaKey: true },
    { key: 'w', code: 'KeyW', ctrlKey: true },
    { key: 'F5' },
    { key: 'F7' },
    { key: 'F11' },
    { key: 'F12' },
    { key: 'F2', shiftKey: true },
    { key: 'Enter', ctrlKey: true, shiftKey: true },
    { key: 'Shift', shiftKey: true },
    { key: 'Process', keyCode: 229 },
    { key: '、' },
  ])('leave %j to the browser and the input methods', (over) => {
    expect(keyAction(over, 'free')).toBeNull();
  });

  it('are each written as a key that can be pressed, and none twice', () => {
    const all = ACTIONS.flatMap(({ keys }) => keys as readonly string[]);
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((chord) => partsOf(chord) === null)).toEqual([]);
  });
});

describe('a key as a text', () => {
  it.each([
    [{ key: 'j', code: 'KeyJ', altKey: true }, 'Alt+J'],
    [{ key: 'F4', code: 'F4', shiftKey: true }, 'Shift+F4'],
    [{ key: '?', code: 'Slash', shiftKey: true }, '?'],
    [{ key: '+', code: 'Equal', ctrlKey: true }, 'Ctrl+='],
    [{ key: 'Enter', code: 'NumpadEnter' }, 'Enter'],
    [{ key: 'q', code: 'KeyQ', ctrlKey: true, altKey: true, shiftKey: true }, 'Ctrl+Alt+Shift+Q'],
  ] as const)('%j is %s', (over, chord) => {
    expect(chordOf(press(over))).toBe(chord);
    expect(partsOf(chord)).not.toBeNull();
  });

  it('is nothing where it cannot be pressed', () => {
    for (const text of ['', 'F25', 'F0', 'd', 'Alt+', 'Shift+Ctrl+A', 'Alt+Alt+A', 'Meta+A', '中', 'Enter '])
      expect([text, partsOf(text)]).toEqual([text, null]);
  });
});

describe('own keys', () => {
  const pressed = (keys: KeyMap, over: Partial<KeyPress>) => ownKeys(keys).actionOf(press(over), 'text');

  it('hold in place of the usual ones', () => {
    const keys = withKey({}, 'newest', 0, 'F4');
    expect(keys).toEqual({ newest: ['F4', 'Alt+J'] });
    expect(pressed(keys, { key: 'F4' })).toBe('newest');
    expect(pressed(keys, { key: 'F2' })).toBeNull();
    expect(pressed(keys, { key: 'j', code: 'KeyJ', altKey: true })).toBe('newest');
  });

  it('are gone with 恢复默认, and when the usual key is chosen again', () => {
    const keys = withKey(withKey({}, 'newest', 0, 'F4'), 'jot', 0, 'Alt+M');
    expect(withoutAction(keys, 'newest')).toEqual({ jot: ['Alt+M'] });
    expect(withKey(keys, 'newest', 0, 'F2')).toEqual({ jot: ['Alt+M'] });
  });

  it('can be swapped one after the other', () => {
    const free = withKey({}, 'notes', 0, 'F4');
    const swapped = withKey(withKey(free, 'newest', 0, 'F1'), 'notes', 0, 'F2');
    expect(swapped).toEqual({ notes: ['F2'], newest: ['F1', 'Alt+J'] });
    expect(isSound(swapped)).toBe(true);
    expect([pressed(swapped, { key: 'F1' }), pressed(swapped, { key: 'F2' })]).toEqual(['newest', 'notes']);
    // Neither can have its own back before the other has given it up.
    expect(usualKeyTaken(swapped, 'notes')).toEqual({ chord: 'F1', by: 'newest' });
    expect(usualKeyTaken(free, 'notes')).toBeNull();
  });

  it('take a usual key away from the action that has it by itself, and never mean two things', () => {
    const keys = ownKeys({ jot: ['F8'] });
    expect(keys.of('back-3')).toEqual([]);
    expect(keys.actionOf(press({ key: 'F8' }), 'text')).toBe('jot');
    for (const { name } of FREE_ACTIONS)
      for (const other of FREE_ACTIONS) {
        const [chord] = other.keys;
        const own = ownKeys({ [name]: [chord] });
        const holders = ACTIONS.filter((row) => own.of(row.name).includes(chord)).map((row) => row.name);
        expect(holders).toEqual([name]);
      }
  });

  it('of an action that there is no more do no harm', () => {
    const kept = { gone: ['F2'], jot: ['Alt+M'] } as KeyMap;
    expect(pressed(kept, { key: 'F2' })).toBe('newest');
    expect(withKey(kept, 'notes', 0, 'F4')).toEqual({ jot: ['Alt+M'], notes: ['F4'] });
  });
});

describe('keys that nobody may choose', () => {
  it.each([
    ['Ctrl+Space', 'input-method'],
    ['Shift+Space', 'input-method'],
    ['Ctrl+Shift+B', 'input-method'],
    ['Alt+Shift+B', 'input-method'],
    ['Ctrl+.', 'input-method'],
    ['Alt+ArrowLeft', 'system'],
    ['Alt+ArrowRight', 'system'],
    ['Alt+F4', 'system'],
    ['Ctrl+W', 'system'],
    ['Ctrl+T', 'system'],
    ['Ctrl+N', 'system'],
    ['Ctrl+P', 'system'],
    ['Ctrl+Alt+M', 'system'],
    ['F5', 'system'],
    ['Ctrl+F5', 'system'],
    ['F6', 'system'],
    ['F7', 'system'],
    ['F11', 'system'],
    ['F12', 'system'],
    ['Shift+F10', 'system'],
    ['Ctrl+C', 'writing'],
    ['Ctrl+ArrowLeft', 'writing'],
    ['Backspace', 'writing'],
    ['Tab', 'writing'],
    ['Enter', 'writing'],
    ['Space', 'writing'],
    ['PageDown', 'writing'],
    ['5', 'writing'],
    ['Shift', 'system'],
    ['', 'system'],
  ] as const)('%s: %s', (chord, why) => {
    expect(refuseKey('newest', chord)).toEqual({ why });
    expect(isSound({ newest: [chord, 'Alt+J'] })).toBe(false);
  });

  it('are the action’s own by itself: F6 is the drawer’s and nobody else’s, Enter that of 回放', () => {
    for (const { name, keys } of FREE_ACTIONS)
      for (const chord of keys) expect([chord, refuseKey(name, chord)]).toEqual([chord, null]);
  });

  it.each(['F3', 'F4', 'F10', 'Shift+F2', 'Alt+M', 'Alt+/', 'Ctrl+B', 'Ctrl+M', 'G', ';', '?'])(
    '%s is free for all',
    (chord) => {
      for (const { name } of FREE_ACTIONS) expect(refuseKey(name, chord)).toBeNull();
    },
  );

  it('and those that another action has, by its name', () => {
    const by = (keys: KeyMap, action: FreeAction, chord: string): ActionName | 'element' | null => {
      const refusal = refuseNewKey(ownKeys(keys).of, action, chord);
      return refusal?.why === 'taken' ? refusal.by : null;
    };
    expect(by({}, 'newest', 'F1')).toBe('notes');
    expect(by({}, 'newest', 'Alt+N')).toBe('jot');
    expect(by({}, 'newest', 'Escape')).toBe('escape');
    expect(by({}, 'newest', 'Ctrl+S')).toBe('harmless');
    expect(by({}, 'newest', 'Alt+7')).toBe('element');
    // Its other key.
    expect(by({}, 'newest', 'Alt+J')).toBe('newest');
    // What was given up is free; what was chosen is not.
    const own = withKey({}, 'notes', 0, 'F4');
    expect([by(own, 'newest', 'F1'), by(own, 'newest', 'F4')]).toEqual([null, 'notes']);
    // Its own by itself, but somebody has it now.
    expect(by({ jot: ['F2'] }, 'newest', 'F2')).toBe('jot');
    expect(isSound({ jot: ['F4'], notes: ['F4'] })).toBe(false);
  });
});
