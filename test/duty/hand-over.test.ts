import { describe, expect, it } from 'vitest';
import {
  closeWithoutMissing,
  type HandOver,
  inherited,
  mattersFor,
  missingOf,
  type OpenMatter,
  signAsGiver,
  signAsTaker,
  stayOn,
} from '../../src/duty/hand-over.ts';
import { seeded } from '../support/seeded.ts';

const AT = Date.UTC(2026, 10, 27, 0, 0);
const draft: OpenMatter = { kind: 'draft', id: 'r1' };
const callback: OpenMatter = { kind: 'callback', id: 'c1' };

const READ = { read: 3, latest: 3 };

function open(more: Partial<HandOver> = {}): HandOver {
  return {
    ...{ id: 'h1', room: 'room-1', from: AT - 12 * 3_600_000, begunAt: AT, state: 'open' },
    ...{ matters: mattersFor([draft, callback]), devices: {}, giver: null, takers: [], expected: ['li'] },
    ...more,
  };
}

function done<T extends HandOver>(made: T | string): HandOver {
  if (typeof made === 'string') throw new Error(made);
  return made;
}

describe('a hand-over', () => {
  it('is done when both have signed, in this order', () => {
    const given = done(signAsGiver(open(), 'zhang', ['zhang'], AT));
    expect(signAsTaker(open(), 'li', AT, READ)).toBe('giver-first');
    expect(signAsTaker(given, 'zhang', AT, READ)).toBe('same-person');
    expect(signAsTaker(given, 'li', AT - 1, READ)).toBe('before-giver');
    expect(done(signAsTaker(given, 'li', AT, READ)).state).toBe('done');
  });

  it('is taken by who has read the duty notes as they stand, and keeps which', () => {
    const given = done(signAsGiver(open(), 'zhang', ['zhang'], AT));
    expect(signAsTaker(given, 'li', AT, { read: null, latest: 0 })).toBe('notes-unread');
    expect(signAsTaker(given, 'li', AT, { read: 2, latest: 3 })).toBe('notes-unread');
    expect(done(signAsTaker(given, 'li', AT, READ)).takers).toEqual([{ person: 'li', at: AT, notes: 3 }]);
  });

  it('waits for everybody who is expected, or goes on without who does not come', () => {
    const given = done(signAsGiver(open({ expected: ['li', 'zhao'] }), 'zhang', ['zhang'], AT));
    const half = done(signAsTaker(given, 'li', AT, READ));
    expect(half.state).toBe('open');
    expect(done(closeWithoutMissing(half)).state).toBe('done');
    expect(closeWithoutMissing(given)).toBe('giver-first');
    expect(done(stayOn(given)).state).toBe('stayed');
  });

  it('does not wait for who gives it, though the roster has him on the next shift too', () => {
    const given = done(signAsGiver(open({ expected: ['zhang', 'li'] }), 'zhang', ['zhang', 'wang'], AT));
    const taken = done(signAsTaker(given, 'li', AT, READ));
    expect(taken.state).toBe('done');
    expect(missingOf(taken)).toEqual([]);
  });

  it('is signed by somebody of the shift, with a reason at every 不移交', () => {
    expect(signAsGiver(open(), 'li', ['zhang'], AT)).toBe('giver-not-on-duty');
    const kept = (reason: string | null) => open({ matters: [{ ...draft, handed: false, reason }] });
    expect(signAsGiver(kept(' '), 'zhang', ['zhang'], AT)).toBe('matters-undecided');
    expect(typeof signAsGiver(kept('本人当面核实后登记'), 'zhang', ['zhang'], AT)).toBe('object');
  });

  it('is not taken while a 突发信息 is undecided, also one that rang after it was given', () => {
    const emergency: OpenMatter = { kind: 'emergency-undecided', id: 'r9' };
    const given = done(signAsGiver(open({ expected: ['li', 'wang'] }), 'zhang', ['zhang'], AT));
    const rang = { ...given, matters: mattersFor([draft, callback, emergency], given.matters) };
    expect(signAsTaker(rang, 'li', AT, READ)).toBe('emergency-undecided');
    const taken = done(signAsTaker(given, 'li', AT, READ));
    const late = { ...taken, matters: mattersFor([emergency], taken.matters) };
    expect(closeWithoutMissing(late)).toBe('emergency-undecided');
    expect(done(stayOn(late)).state).toBe('stayed');
    expect(done(closeWithoutMissing(taken)).state).toBe('done');
  });

  it('keeps what was decided of a matter when something new comes in the middle of it', () => {
    const decided = mattersFor([draft]).map((matter) => ({ ...matter, handed: false, reason: '已在处理' }));
    expect(mattersFor([draft, callback], decided)).toEqual([
      { ...draft, handed: false, reason: '已在处理' },
      { ...callback, handed: true, reason: null },
    ]);
  });
});

describe('nothing that is open', () => {
  it.each(Array.from({ length: 50 }, (_, seed) => seed))('is lost between two shifts (seed %i)', (seed) => {
    const chance = seeded(`hand-over ${seed}`);
    const all: OpenMatter[] = Array.from({ length: 30 }, (_, n) => ({
      kind: (['draft', 'callback', 'clock', 'finding', 'task'] as const)[n % 5] ?? 'task',
      id: `m${n}`,
    }));
    const now = all.filter(() => chance.below(10) < 7);
    const matters = mattersFor(now).map((matter) =>
      chance.below(5) === 0 ? { ...matter, handed: false, reason: '留办' } : matter,
    );
    const after = all.filter((matter) => now.includes(matter) || chance.below(2) === 0);
    const handOver = open({ matters });
    const next = inherited(handOver, after);
    const keptBack = matters.filter((matter) => !matter.handed).map((matter) => matter.id);
    for (const matter of after) {
      const isNext = next.some((one) => one.id === matter.id);
      expect(isNext || keptBack.includes(matter.id), `${matter.kind} ${matter.id}`).toBe(true);
      expect(isNext && keptBack.includes(matter.id)).toBe(false);
    }
  });
});
