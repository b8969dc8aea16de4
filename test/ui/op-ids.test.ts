import { expect, it } from 'vitest';
import { createOpIds } from '../../src/ui/use-op-id.ts';

it('names what is sent again as before, and what says something else, or the same once more, anew', () => {
  let made = 0;
  const ids = createOpIds(() => `op-${++made}`);
  expect([ids.of('巡查'), ids.of('巡查')]).toEqual(['op-1', 'op-1']);
  expect([ids.of('巡查完毕'), ids.of('巡查')]).toEqual(['op-2', 'op-3']);
  ids.written();
  expect(ids.of('巡查')).toBe('op-4');
});
