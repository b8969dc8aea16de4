import { describe, expect, it } from 'vitest';
import { dueWhileLocked, type LockHeard, NOTHING_HEARD_LOCKED } from '../../src/ui/lock/lock-alarms.ts';
import {
  type LockDrafts,
  refusedBecause,
  renamed,
  savedAs,
  typedInto,
  unsaved,
  withoutSaved,
} from '../../src/ui/lock/lock-drafts.ts';
import type { LockedCallView } from '../../src/web/protocol/lock-view.ts';

const BEGUN = { note: 'n1', call: 'c1', about: '0954-8887777', moment: 5 };

describe('what is typed at a locked page', () => {
  it('belongs to the call that lived at its first sign, whatever rings later', () => {
    const first = typedInto([], null, '北', BEGUN);
    const next = typedInto(first, 'n1', '北街', { ...BEGUN, note: 'n2', call: 'c2' });
    expect(next).toEqual([{ ...BEGUN, text: '北街', version: 2, saved: 0, refusal: null }]);
  });

  it('is sent until that very version is kept', () => {
    const typed = typedInto(typedInto([], null, '北', BEGUN), 'n1', '北街', BEGUN);
    expect(unsaved(savedAs(typed, 'n1', 1))).toHaveLength(1);
    const kept = savedAs(typed, 'n1', 2);
    expect(unsaved(kept)).toEqual([]);
    expect(savedAs(kept, 'n1', 1)).toBe(kept);
    expect(unsaved(typedInto(kept, 'n1', '北街停水', BEGUN))).toHaveLength(1);
  });

  it('stays here until the service has it, also when another note was begun', () => {
    const both: LockDrafts = typedInto(savedAs(typedInto([], null, '一', BEGUN), 'n1', 1), null, '二', {
      ...BEGUN,
      note: 'n2',
    });
    expect(withoutSaved(both, 'n2').map(({ note }) => note)).toEqual(['n2']);
    expect(withoutSaved(both, null).map(({ note }) => note)).toEqual(['n2']);
    expect(withoutSaved(savedAs(both, 'n2', 1), null)).toEqual([]);
  });

  it('goes on whole under another name when its own is taken', () => {
    const kept = savedAs(typedInto(typedInto([], null, '一', BEGUN), 'n1', '一二', BEGUN), 'n1', 1);
    const [draft] = renamed(kept, 'n1', 'n9');
    expect(draft).toMatchObject({ note: 'n9', text: '一二', version: 1, saved: 0 });
  });

  it('is not sent again after a refusal, until it is changed', () => {
    const refused = refusedBecause(typedInto([], null, '一', BEGUN), 'n1', '太长');
    expect(unsaved(refused)).toEqual([]);
    expect(unsaved(typedInto(refused, 'n1', '短', BEGUN))).toHaveLength(1);
  });
});

describe('a locked page sounds', () => {
  const ringing = { id: 'c1', direction: 'inbound', phase: 'ringing' } as LockedCallView;
  const at = (heard: LockHeard, now: number, calls = [ringing], line: 'up' | 'down' = 'up') =>
    dueWhileLocked(heard, { calls, line }, now);

  it('once for a call that rings, then every four seconds after fifteen', () => {
    let { heard, due } = at(NOTHING_HEARD_LOCKED, 0);
    expect(due.map(({ sound }) => sound)).toEqual(['ring']);
    const rings: number[] = [];
    for (let now = 500; now <= 24_000; now += 500) {
      ({ heard, due } = at(heard, now));
      if (due.length > 0) rings.push(now);
    }
    expect(rings).toEqual([15_000, 19_000, 23_000]);
  });

  it('not for a call that talks or went out', () => {
    const talking: LockedCallView = { ...ringing, phase: 'talking' };
    const out: LockedCallView = { ...ringing, direction: 'outbound' };
    expect(at(NOTHING_HEARD_LOCKED, 0, [talking, out]).due).toEqual([]);
  });

  it('every half minute while the line is down', () => {
    const first = at(NOTHING_HEARD_LOCKED, 0, [], 'down');
    expect(first.due.map(({ sound }) => sound)).toEqual(['down']);
    expect(at(first.heard, 29_500, [], 'down').due).toEqual([]);
    expect(at(first.heard, 30_000, [], 'down').due).toHaveLength(1);
    expect(at(at(first.heard, 1_000, [], 'up').heard, 2_000, [], 'down').due).toHaveLength(1);
  });
});
