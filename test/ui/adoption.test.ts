import { describe, expect, it } from 'vitest';
import { heirless } from '../../src/ui/adoption.ts';
import { type DeskState, emptyDesk } from '../../src/ui/desk-state.ts';
import { type Action, reduce } from '../../src/ui/state.ts';
import { diskKey, typed, type UnsentText } from '../../src/ui/unsent.ts';
import { aRecord, aSnapshot, ME } from './views.ts';

const owner = { account: ME.account, person: ME.person?.id ?? null, name: ME.person?.name ?? ME.name };

function left(client: string, value: string, at: number, given: Partial<UnsentText> = {}): UnsentText {
  const edit = { owner, client, record: 'r', field: 'content', value, base: 0, at } as const;
  return { ...typed(undefined, edit), ...given };
}

function page(...actions: readonly Action[]): DeskState {
  const start = reduce(emptyDesk('tab-9'), { type: 'logged-in', me: ME });
  const message = aSnapshot({ records: [aRecord('r')] });
  return [{ type: 'message', message, mono: 1 } as const, ...actions].reduce<DeskState>(reduce, start);
}

const adopt = (...entries: readonly UnsentText[]): Action => ({ type: 'adopted', entries });
const content = (state: DeskState) => {
  const entry = state.unsent.get('r/content');
  return entry?.kind === 'text' ? entry : undefined;
};
const type = (value: string): Action => ({
  type: 'typed',
  record: 'r',
  field: 'content',
  value,
  base: 0,
  at: 7,
});
const depart = (opId: string): Action => ({ type: 'departed', key: 'r/content', opId });
const accept = (opId: string, version: number): Action => ({
  type: 'message',
  message: { type: 'accepted', opId, position: 9, version },
  mono: 2,
});

describe('texts that tabs left on this machine', () => {
  it('lie apart, so that what one tab strikes out is never the text of another', () => {
    expect(diskKey(left('tab-1', '一', 1))).not.toBe(diskKey(left('tab-2', '一', 1)));
  });

  it('are taken over with the name of the dead tab', () => {
    expect(content(page(adopt(left('tab-1', '没发完', 5))))).toMatchObject({
      value: '没发完',
      client: 'tab-9',
      heirOf: [{ client: 'tab-1', at: 5 }],
    });
  });

  it('come the newest first, without the copy of one that was taken over already', () => {
    const first = left('tab-1', '一', 1);
    const second = left('tab-2', '一二', 2, { heirOf: [{ client: 'tab-1', at: 1 }] });
    expect(heirless([first, second]).map(({ client }) => client)).toEqual(['tab-2']);
    // The first tab was not dead after all, and somebody typed on in it.
    const typedOn = left('tab-1', '一三', 3);
    expect(heirless([second, typedOn]).map(({ client }) => client)).toEqual(['tab-1', 'tab-2']);
  });

  it('wait for the next load where this page writes, or has written: as its own they would replace newer words', () => {
    const older = left('tab-1', '旧', 1);
    const writing = page(type('新'), adopt(older));
    expect([content(writing)?.value, writing.strangers]).toMatchObject(['新', [{ value: '旧' }]]);
    const written = page(type('新'), depart('op-1'), accept('op-1', 1), adopt(older));
    expect([content(written), written.strangers]).toMatchObject([undefined, [{ value: '旧' }]]);
  });
});

describe('one officer alone', () => {
  it('goes on from his own last words, also where the screen had not shown them yet', () => {
    const state = page(type('新'), depart('op-1'), accept('op-1', 1), type('新的'));
    expect(content(state)?.base).toBe(1);
  });
});

describe('a text given up for another', () => {
  const conflict: Action = {
    type: 'message',
    message: {
      type: 'conflict',
      opId: 'op-1',
      record: 'r',
      field: 'content',
      current: { value: '他的', version: 1, by: '李四', at: 3 },
      yours: '我的',
    },
    mono: 2,
  };
  const giveUp: readonly Action[] = [
    { type: 'set-aside', record: 'r', field: 'content', opId: 'op-2', at: 8 },
    { type: 'take-theirs', record: 'r', field: 'content' },
  ];

  it('is kept whole until the server has it, with what was typed after it was sent', () => {
    const state = page(type('我的'), depart('op-1'), type('我的和更多'), conflict, ...giveUp);
    expect(content(state)).toBeUndefined();
    expect([...state.unsent.values()]).toMatchObject([{ kind: 'aside', value: '我的和更多', opId: 'op-2' }]);
    const done: Action = {
      type: 'message',
      message: { type: 'accepted', opId: 'op-2', position: 9, version: null },
      mono: 3,
    };
    expect(reduce(state, done).unsent.size).toBe(0);
    expect(reduce(state, done).records.get('r')?.fields.content.value).toBe('他的');
  });
});
