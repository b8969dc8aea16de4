/** Nothing open is lost over a chain of hand-overs, whoever signs, refuses or does not come: the pure rules, many seeds. */
import { describe, expect, it } from 'vitest';
import {
  closeWithoutMissing,
  type HandOver,
  type HandOverRefusal,
  inherited,
  mattersFor,
  type OpenMatter,
  signAsGiver,
  signAsTaker,
  stayOn,
} from '../../src/duty/hand-over.ts';
import { type Chance, seeded } from '../support/seeded.ts';

const KINDS = [
  'draft',
  'callback',
  'clock',
  'finding',
  'missing-sound',
  'emergency-undecided',
  'task',
] as const;
const PEOPLE = ['zhang', 'li', 'wang', 'zhao'] as const;
const keyOf = ({ kind, id }: OpenMatter) => `${kind} ${id}`;

function begun(n: number, onDuty: readonly string[]): HandOver {
  return {
    ...{ id: `h${n}`, room: 'r', from: n, begunAt: n, matters: [], devices: {}, giver: null, takers: [] },
    ...{ expected: PEOPLE.filter((one) => !onDuty.includes(one)).slice(0, 2), state: 'open' },
  };
}

/** What somebody does next, right or wrong. */
function act(
  handOver: HandOver,
  onDuty: readonly string[],
  chance: Chance,
  at: number,
): HandOver | HandOverRefusal {
  switch (chance.below(6)) {
    case 0:
      return signAsGiver(handOver, chance.pick(PEOPLE), onDuty, at);
    case 1:
    case 2:
      return signAsTaker(handOver, chance.pick(PEOPLE), at, { read: chance.below(2), latest: 1 });
    case 3:
      return closeWithoutMissing(handOver);
    case 4:
      return chance.below(8) === 0 ? stayOn(handOver) : handOver;
    default:
      return {
        ...handOver,
        matters: handOver.matters.map((matter) =>
          handOver.giver === null && chance.below(5) === 0
            ? { ...matter, handed: false, reason: chance.pick(['', ' ', '本人办理']) }
            : matter,
        ),
      };
  }
}

describe('over a chain of hand-overs', () => {
  it.each(Array.from({ length: 200 }, (_, seed) => seed))('nothing open is lost (seed %i)', (seed) => {
    const chance = seeded(`walk ${seed}`);
    const open = new Map<string, OpenMatter>();
    let onDuty: readonly string[] = ['zhang'];
    let handOver = begun(0, onDuty);
    for (let at = 1; at < 150; at += 1) {
      const coming: OpenMatter = { kind: chance.pick(KINDS), id: `m${at}` };
      if (chance.below(3) === 0) open.set(keyOf(coming), coming);
      const going = [...open.keys()];
      if (going.length > 0 && chance.below(5) === 0) open.delete(chance.pick(going));

      const stands = { ...handOver, matters: mattersFor([...open.values()], handOver.matters) };
      const next = act(stands, onDuty, chance, at);
      handOver = typeof next === 'string' ? stands : next;
      expect(handOver.matters.map(keyOf)).toEqual([...open.keys()]);
      if (handOver.state === 'open') continue;

      const kept = handOver.matters.filter(({ handed }) => !handed);
      const given = inherited(handOver, [...open.values()]);
      expect(given.length + kept.length).toBe(open.size);
      if (handOver.state === 'done') {
        // Each that is not handed over has somebody who said why; he is known by name.
        expect(handOver.giver).not.toBeNull();
        expect(handOver.takers.map(({ person }) => person)).not.toContain(handOver.giver?.person);
        expect(handOver.takers.every(({ notes }) => notes === 1)).toBe(true);
        onDuty = handOver.takers.map(({ person }) => person);
      }
      handOver = begun(at, onDuty);
      // Whatever is open still stands before the next shift, 移交 preset.
      expect(mattersFor([...open.values()], handOver.matters).every(({ handed }) => handed)).toBe(true);
    }
  });
});
