import { describe, expect, it } from 'vitest';
import { type DeskState, emptyDesk, serverNow } from '../../src/ui/desk-state.ts';
import { lockedAlone } from '../../src/ui/lock/locked-alone.ts';
import { type Action, reduce } from '../../src/ui/state.ts';
import type { UnsentText } from '../../src/ui/unsent.ts';
import type { LockView } from '../../src/web/protocol/lock-view.ts';
import type { ServerMessage } from '../../src/web/protocol/server-message.ts';
import { aDelta, aField, aRecord, aSnapshot, ME } from './views.ts';

const type = (value: string, field: 'content' | 'callerName' = 'content'): Action => ({
  type: 'typed',
  record: 'r',
  field,
  value,
  base: 0,
  at: 5,
});
const hear = (message: ServerMessage): Action => ({ type: 'message', message, mono: 100 });
const depart = (opId: string, key = 'r/content'): Action => ({ type: 'departed', key, opId });
const accept = (opId: string, version: number): Action =>
  hear({ type: 'accepted', opId, position: 11, version });

function deskAfter(...actions: readonly Action[]): DeskState {
  const start = reduce(emptyDesk('tab-1'), { type: 'logged-in', me: ME });
  return actions.reduce(reduce, start);
}

/** A desk with one open draft `r`. */
function desk(...actions: readonly Action[]): DeskState {
  return deskAfter(hear(aSnapshot({ records: [aRecord('r')] })), ...actions);
}

function text(state: DeskState, key = 'r/content'): UnsentText | undefined {
  const entry = state.unsent.get(key);
  return entry?.kind === 'text' ? entry : undefined;
}

describe('涉密误录处置', () => {
  const written = aRecord('r', { content: aField('涉密内容', 7, '张建国') });
  const shut = (how: 'isolated' | 'destroyed') => hear(aDelta(11, { ...aRecord('r'), shut: how }));

  it('blanks a record on a page that has read it, and shows it again when it is opened', () => {
    const before = deskAfter(hear(aSnapshot({ records: [written] })));
    const after = reduce(before, shut('isolated'));
    expect(after.records.get('r')?.fields.content.value).toBe('');
    const opened = reduce(after, hear(aDelta(12, written)));
    expect(opened.records.get('r')?.fields.content.value).toBe('涉密内容');
  });

  it('takes what was typed and not sent along when it is destroyed, and only then', () => {
    const typing = deskAfter(hear(aSnapshot({ records: [written, aRecord('s')] })), type('又写了些'), {
      ...type('别的'),
      record: 's',
    } as Action);
    expect([...reduce(typing, shut('isolated')).unsent.keys()]).toEqual(['r/content', 's/content']);
    expect([...reduce(typing, shut('destroyed')).unsent.keys()]).toEqual(['s/content']);
  });
});

describe('typing', () => {
  it('keeps the newest text and lets only one patch of a field be under way', () => {
    const state = desk(type('滑'), depart('op-1'), type('滑坡'), depart('op-2'));
    expect(text(state)?.value).toBe('滑坡');
    expect(text(state)?.op).toEqual({ opId: 'op-1', base: 0, value: '滑' });
  });

  it('goes on from the new version with what was typed meanwhile', () => {
    const state = desk(type('滑'), depart('op-1'), type('滑坡'), accept('op-1', 1));
    expect(text(state)).toMatchObject({ value: '滑坡', base: 1, op: null });
    expect(state.records.get('r')?.fields.content).toMatchObject({ value: '滑', version: 1, by: '张建国' });
  });

  it('is done when the server has the newest text, and says when', () => {
    const state = desk(type('滑坡'), depart('op-1'), accept('op-1', 1));
    expect(state.unsent.size).toBe(0);
    expect(state.savedAt).toBe(50_000);
  });

  it('is nothing when the text is what the server has', () => {
    expect(desk(type('')).unsent.size).toBe(0);
  });

  it('answers to somebody else change nothing', () => {
    const before = desk(type('滑坡'), depart('op-1'));
    expect(reduce(before, accept('op-other', 9)).unsent).toBe(before.unsent);
  });
});

describe('what comes from the server', () => {
  it('never goes back to an older version of a field', () => {
    const accepted = desk(type('滑坡'), depart('op-1'), accept('op-1', 2));
    const late = reduce(accepted, hear(aDelta(12, aRecord('r', { content: aField('滑', 1) }))));
    expect(late.records.get('r')?.fields.content.value).toBe('滑坡');
  });

  it('ignores a delta of an older position and takes one twice without harm', () => {
    const delta = aDelta(12, aRecord('r', { callerName: aField('张某', 1) }));
    const once = desk(hear(delta));
    expect(reduce(once, hear(delta)).records).toEqual(once.records);
    const old = reduce(once, hear(aDelta(11, aRecord('r', { callerName: aField('错', 5) }))));
    expect(old).toBe(once);
  });

  it('a new snapshot replaces everything but what is unsent', () => {
    const state = desk(
      type('滑坡'),
      depart('op-1'),
      hear(aSnapshot({ position: 3, records: [aRecord('r', { content: aField('别人写的', 7, '李某') })] })),
    );
    expect(state.position).toBe(3);
    expect(text(state)).toMatchObject({ value: '滑坡', op: { opId: 'op-1' } });
  });

  it('tells the time by the monotonic clock', () => {
    expect(serverNow(desk().clock, 1_100)).toBe(51_000);
    expect(serverNow(null, 1_100)).toBeNull();
  });
});

describe('two hands in one field', () => {
  const current = aField('李某写的', 4, '李某');
  const conflict = hear({
    type: 'conflict',
    opId: 'op-1',
    record: 'r',
    field: 'content',
    current,
    yours: '我写的',
  });

  it('keep both texts until one is taken', () => {
    const state = desk(type('我写的'), depart('op-1'), conflict, type('我写的，还有'));
    expect(text(state)).toMatchObject({ value: '我写的，还有', op: null, conflict: current });
    expect(reduce(state, depart('op-2')).unsent.get('r/content')).toMatchObject({ op: null });
  });

  it('mine goes out upon the version of the other', () => {
    const state = desk(
      type('我写的'),
      depart('op-1'),
      conflict,
      { type: 'take-mine', record: 'r', field: 'content' },
      depart('op-2'),
    );
    expect(text(state)?.op).toEqual({ opId: 'op-2', base: 4, value: '我写的' });
  });

  it('theirs leaves nothing to send', () => {
    const state = desk(type('我写的'), depart('op-1'), conflict, {
      type: 'take-theirs',
      record: 'r',
      field: 'content',
    });
    expect(state.unsent.size).toBe(0);
    expect(state.records.get('r')?.fields.content).toEqual(current);
  });

  it('what I saw when I began counts, not what has come in since', () => {
    const state = desk(hear(aDelta(12, aRecord('r', { content: current }))), type('我写的'), depart('op-1'));
    expect(text(state)?.op?.base).toBe(0);
  });

  it('are no conflict when both wrote the same', () => {
    expect(desk(type('李某写的'), depart('op-1'), conflict).unsent.size).toBe(0);
  });
});

describe('refusals', () => {
  const refuse = (code: string): Action =>
    hear({ type: 'refused', opId: 'op-1', refusal: { code, zh: '不行。', en: 'no' } });

  it('stay with the field and its text until somebody types or tries again', () => {
    const state = desk(type('长'), depart('op-1'), refuse('text-too-long'));
    expect(text(state)).toMatchObject({ value: '长', op: null, refusal: { code: 'text-too-long' } });
    expect(text(reduce(state, type('短')))?.refusal).toBeNull();
  });

  it('of a server that could not write it down leave the patch under way', () => {
    const state = desk(type('滑坡'), depart('op-1'), refuse('not-kept'));
    expect(text(state)?.op?.opId).toBe('op-1');
    expect(state.remark?.code).toBe('not-kept');
  });

  it('of a command stand with the command', () => {
    const state = desk(
      { type: 'commanded', message: { type: 'register', opId: 'op-1', record: 'r' } },
      refuse('fields-missing'),
    );
    expect(state.commands.get('op-1')).toMatchObject({ record: 'r', refusal: { code: 'fields-missing' } });
    expect(reduce(state, { type: 'dismiss-command', opId: 'op-1' }).commands.size).toBe(0);
  });
});

describe('whose words they are', () => {
  const other = { ...ME, person: { id: 'p2', name: '李秀梅', title: null } };

  it('another officer at the seat sends nothing of the one before, who finds it again', () => {
    const left = desk(type('张写的'), hear({ type: 'me', me: other }));
    expect(left.unsent.size).toBe(0);
    expect(left.strangers).toMatchObject([{ value: '张写的', owner: { name: '张建国' } }]);
    const back = reduce(left, hear({ type: 'me', me: ME }));
    expect(text(back)?.value).toBe('张写的');
    expect(back.strangers).toEqual([]);
  });

  it('are taken up after a crash, once, and those of others are only shown', () => {
    const mine = text(desk(type('崩溃前写的'), depart('op-1')));
    const theirs = text(deskAfter(hear({ type: 'me', me: other }), type('李写的')));
    if (mine === undefined || theirs === undefined) throw new Error('no entries');
    const adopted: Action = { type: 'adopted', entries: [mine, theirs] };
    const state = deskAfter(adopted, adopted);
    expect(text(state)).toMatchObject({ value: '崩溃前写的', op: { opId: 'op-1' } });
    expect(state.strangers).toHaveLength(1);
  });

  it('go out under the new name only when its bearer says so', () => {
    const state = desk(type('张写的'), hear({ type: 'me', me: other }), { type: 'upload-as-mine' });
    expect(text(state)?.owner.person).toBe('p2');
    expect(state.strangers).toEqual([]);
  });

  it('survive the log-out and another log-in', () => {
    const out = desk(type('张写的'), { type: 'logged-out', why: null });
    const second = reduce(out, { type: 'logged-in', me: { ...other, account: 'a2' } });
    expect(second.unsent.size).toBe(0);
    expect(second.strangers).toHaveLength(1);
    const again = reduce(reduce(second, { type: 'logged-out', why: null }), { type: 'logged-in', me: ME });
    expect(text(again)?.value).toBe('张写的');
  });
});

describe('a record opened while the server is away', () => {
  const open: Action = { type: 'open-by-hand', record: 'h', opId: 'op-h', at: 7 };

  it('has its form at once and keeps it through a snapshot that does not know it', () => {
    const state = desk(open, hear(aSnapshot({ position: 12 })));
    expect(state.records.get('h')).toMatchObject({ byHand: true, state: 'draft' });
    expect(state.selected).toEqual({ kind: 'record', id: 'h' });
  });

  it('is sent once: accepted, it waits no more', () => {
    expect(desk(open, accept('op-h', 0)).unsent.size).toBe(0);
  });
});

describe('soft holds', () => {
  const hold = (client: string): Action =>
    hear({
      type: 'hold',
      hold: { record: 'r', field: 'content', person: '李秀梅', client, text: '正在写' },
    });
  const released = (by: string | null): Action =>
    hear({ type: 'released', record: 'r', field: 'content', takenOverBy: by });

  it('of others are shown, my own is not', () => {
    expect(desk(hold('tab-2')).holds.get('r/content')?.text).toBe('正在写');
    expect(desk(hold('tab-1')).holds.size).toBe(0);
    expect(desk(hold('tab-2'), released(null)).holds.size).toBe(0);
  });

  it('taken over while I write tell me by whom', () => {
    const writing: Action = { type: 'writing', key: 'r/content' };
    expect(desk(writing, released('李秀梅')).takenOver.get('r/content')).toBe('李秀梅');
    expect(desk(released('李秀梅')).takenOver.size).toBe(0);
    expect(desk(writing, released('张建国')).takenOver.size).toBe(0);
  });

  it('are forgotten when the link goes: they are told again on return', () => {
    expect(desk(hold('tab-2'), { type: 'link', state: 'down', mono: 200 }).holds.size).toBe(0);
  });
});

describe('an outage', () => {
  it('ends with how many texts it held back', () => {
    const link = (state: 'open' | 'down'): Action => ({ type: 'link', state, mono: 1 });
    const state = desk(
      link('open'),
      link('down'),
      type('断网时写的'),
      type('张某', 'callerName'),
      link('open'),
      depart('op-1'),
      depart('op-2', 'r/callerName'),
      accept('op-1', 1),
    );
    expect(state.recovered).toBeNull();
    expect(reduce(state, accept('op-2', 1)).recovered).toBe(2);
  });
});

describe('锁屏待接', () => {
  const view: LockView = {
    name: '张三',
    person: null,
    keys: {},
    seat: null,
    people: [],
    line: 'up',
    calls: [],
  };
  const lock = hear({ type: 'locked', view, serverTime: 5 });

  it('leaves nothing of the room in the page, and keeps what was typed and asked', () => {
    const before = desk(type('滑坡'), {
      type: 'commanded',
      message: { type: 'register', opId: 'op-9', record: 'r' },
    });
    const locked = reduce(before, lock);
    expect(locked).toMatchObject({ session: 'in', lock: view, room: null, position: null });
    expect([locked.calls.size, locked.records.size, locked.holds.size, locked.links.size]).toEqual([
      0, 0, 0, 0,
    ]);
    expect(text(locked)?.value).toBe('滑坡');
    expect([...locked.commands.keys()]).toEqual(['op-9']);
  });

  it('a patch that came while it was being locked waits and is sent again', () => {
    const state = desk(type('滑坡'), depart('op-1'), lock);
    const refusal = { code: 'screen-locked', zh: '屏幕已锁定。', en: 'locked' };
    const after = reduce(state, hear({ type: 'refused', opId: 'op-1', refusal }));
    expect(text(after)).toMatchObject({ value: '滑坡', op: { opId: 'op-1' }, refusal: null });
    expect(after.remark).toBeNull();
  });

  it('opens with the next snapshot, and says where the notes have gone', () => {
    const signed = [{ as: 'content', record: 'r', call: 'c' }] as const;
    const state = desk(lock, hear({ type: 'unlocked' }));
    expect(state.lock).toEqual(view);
    const open = [hear(aSnapshot({ records: [aRecord('r')] })), hear({ type: 'signed', signed })].reduce(
      reduce,
      state,
    );
    expect(open).toMatchObject({ lock: null, signed });
    expect(reduce(open, { type: 'dismiss-signed' }).signed).toEqual([]);
  });

  it('a page that cannot reach the service locks itself with what it knows', () => {
    const view = lockedAlone(desk());
    expect(view).toMatchObject({ name: '张建国', people: [], calls: [] });
    if (view === null) throw new Error('not locked');
    const locked = reduce(desk(type('滑坡')), { type: 'lock-told', view });
    expect([locked.records.size, text(locked)?.value]).toEqual([0, '滑坡']);
    expect(lockedAlone(locked)).toBeNull();
    expect(lockedAlone(emptyDesk('tab-1'))).toBeNull();
  });
});
