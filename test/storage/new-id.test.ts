import { expect, it } from 'vitest';
import { newId } from '../../src/storage/new-id.ts';

it('an id is made behind the one before, within one millisecond too, and no two alike', () => {
  const ids = Array.from({ length: 20_000 }, newId);
  expect(ids.findIndex((id, place) => place > 0 && id <= (ids[place - 1] ?? ''))).toBe(-1);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids.slice(0, 100))
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

it('what stands behind the time cannot be told from an id of another moment', async () => {
  const tails: string[] = [];
  for (let moment = 0; moment < 50; moment += 1) {
    tails.push(newId().slice(14));
    const now = Date.now();
    while (Date.now() === now) await Promise.resolve();
  }
  expect(new Set(tails.map((tail) => tail.slice(0, 9))).size).toBe(tails.length);
});
