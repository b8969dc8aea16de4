import { expect, it } from 'vitest';
import type { Holds } from '../../src/web/holds.ts';
import { enter, expired, HOLD_MS, inRoom, nextExpiry, release, takeOver } from '../../src/web/holds.ts';

const NONE: Holds = new Map();
const field = { record: 'r1', field: 'content' } as const;
const zhang = { ...field, room: 'room', client: 'tab-zhang', person: '张三' };
const li = { ...field, room: 'room', client: 'tab-li', person: '李四' };

it('gives the field to the first who types and shows the text', () => {
  const { holds, entered } = enter(NONE, { ...zhang, text: '停电' }, 1_000);
  expect(entered).toBe(true);
  expect(inRoom(holds, 'room')).toEqual([{ ...field, client: 'tab-zhang', person: '张三', text: '停电' }]);
  expect(inRoom(holds, 'other room')).toEqual([]);
});

it('does not let a second hand in before the hold ends', () => {
  const { holds } = enter(NONE, { ...zhang, text: '停电' }, 1_000);
  expect(enter(holds, { ...li, text: '水' }, 1_000 + HOLD_MS - 1)).toEqual({ holds, entered: false });
  expect(enter(holds, { ...li, text: '水' }, 1_000 + HOLD_MS).entered).toBe(true);
});

it('lasts from the last key, not from the first', () => {
  const first = enter(NONE, { ...zhang, text: '停' }, 1_000).holds;
  const second = enter(first, { ...zhang, text: '停电' }, 9_000).holds;
  expect(nextExpiry(second)).toBe(9_000 + HOLD_MS);
  expect(expired(second, 18_999)).toEqual([]);
  expect(expired(second, 19_000)).toHaveLength(1);
});

it('changes hands by taking over, with the text typed so far', () => {
  const before = enter(NONE, { ...zhang, text: '停电' }, 1_000).holds;
  const after = takeOver(before, li, 2_000);
  expect(inRoom(after, 'room')).toEqual([{ ...field, client: 'tab-li', person: '李四', text: '停电' }]);
  expect(enter(after, { ...zhang, text: '停电了' }, 3_000).entered).toBe(false);
});

it('is released by its holder only', () => {
  const { holds } = enter(NONE, { ...zhang, text: '' }, 1_000);
  expect(release(holds, field, 'tab-li').entered).toBe(false);
  expect(release(holds, field, 'tab-zhang').holds.size).toBe(0);
});

it('holds two fields of one record for two people', () => {
  const one = enter(NONE, { ...zhang, text: '' }, 0).holds;
  const two = enter(one, { ...li, field: 'callerUnit', text: '' }, 0);
  expect(two.entered).toBe(true);
  expect(inRoom(two.holds, 'room')).toHaveLength(2);
});
