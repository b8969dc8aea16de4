import { describe, expect, it } from 'vitest';
import { type KeyPress, keyAction } from '../../src/ui/keys.ts';

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

describe('keys', () => {
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
    [{ key: 'l', code: 'KeyL', altKey: true }, 'lock'],
    [{ key: 'u', code: 'KeyU', altKey: true }, 'change-person'],
    [{ key: 'Escape' }, 'escape'],
    [{ key: '3', code: 'Digit3', altKey: true }, { element: 3 }],
  ] as const)('%j works in a field and outside', (over, action) => {
    expect(keyAction(press(over), true)).toEqual(action);
    expect(keyAction(press(over), false)).toEqual(action);
  });

  it('single letters work only outside of fields', () => {
    expect(keyAction(press({ key: 'd' }), false)).toBe('no-record');
    expect(keyAction(press({ key: 'd' }), true)).toBeNull();
    for (const [key, action] of [
      ['a', 'clip-from'],
      ['B', 'clip-to'],
      ['e', 'clip-export'],
      ['y', 'confirm'],
    ] as const) {
      expect(keyAction(press({ key }), false)).toBe(action);
      expect(keyAction(press({ key }), true)).toBeNull();
    }
    expect(keyAction(press({ key: '/' }), false)).toBe('search');
    expect(keyAction(press({ key: '/' }), true)).toBeNull();
  });

  it('everything belongs to the input method while it composes', () => {
    for (const key of ['F2', 'Escape', 'Enter'])
      for (const composing of [{ isComposing: true }, { keyCode: 229 }])
        expect(keyAction(press({ key, ctrlKey: key === 'Enter', ...composing }), true)).toBeNull();
  });

  it.each([
    { key: ' ', ctrlKey: true },
    { key: 'ArrowLeft', altKey: true },
    { key: 'w', code: 'KeyW', ctrlKey: true },
    { key: 'F5' },
    { key: 'F7' },
    { key: 'F11' },
    { key: 'F12' },
    { key: 'F2', shiftKey: true },
    { key: 'Enter', ctrlKey: true, shiftKey: true },
  ])('leaves %j to the browser and the input methods', (over) => {
    expect(keyAction(press(over), false)).toBeNull();
  });
});
