import { describe, expect, it } from 'vitest';
import { pathOf, placeOf } from '../../src/ui/use-screen.ts';

describe('the address of a screen', () => {
  it.each([
    ['/', 'desk', null],
    ['/recordings', 'recordings', null],
    ['/confirm', 'confirm', null],
    ['/settings', 'settings', null],
    ['/recordings/', 'recordings', null],
    ['/recordings/a%2Fb', 'recordings', 'a/b'],
    ['/recordings/%E0%A4%A', 'recordings', '%E0%A4%A'],
    ['/nothing/here', 'desk', null],
    ['/desk/x', 'desk', null],
  ] as const)('%s leads to %s', (path, screen, argument) => {
    expect(placeOf(path)).toEqual({ screen, argument });
  });

  it.each(['01a', 'a/b', '张三', '%'])('is found again with %s in it', (argument) => {
    expect(placeOf(pathOf('recordings', argument))).toEqual({ screen: 'recordings', argument });
  });
});
