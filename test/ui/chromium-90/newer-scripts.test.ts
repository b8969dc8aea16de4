import { describe, expect, it } from 'vitest';
import { newerScripts } from './newer-scripts.ts';

describe('what Chromium 90 lacks is found in a script', () => {
  it.each([
    ['a.findLast(b)', 'findLast'],
    ['let b=a.toSorted()', 'toSorted'],
    ['Object.hasOwn(a,b)', 'hasOwn'],
    ['Object.groupBy(a,b)', 'groupBy'],
    ['AbortSignal.timeout(3)', 'AbortSignal.timeout'],
    ['AbortSignal.any([a])', 'AbortSignal.any'],
    ['structuredClone(a)', 'structuredClone'],
    ['crypto.randomUUID()', 'randomUUID'],
    ['Promise.withResolvers()', 'withResolvers'],
    ['a.showPopover()', 'showPopover'],
    ['new URLPattern(a)', 'URLPattern'],
    ['a.checkVisibility()', 'checkVisibility'],
  ])('%s', (script, name) => {
    expect([...newerScripts(script).keys()]).toContain(name);
  });
});

it('what it knows is not', () => {
  const script =
    'a.flatMap(b).replaceAll("x","y");Promise.any([a]);Object.fromEntries(a);new ResizeObserver(a).observe(b);' +
    'a.preservesPitch=!0;new AbortController().abort();queueMicrotask(a);new WeakRef(a).deref();a?.closest("b")';
  expect([...newerScripts(script).keys()]).toEqual([]);
});
