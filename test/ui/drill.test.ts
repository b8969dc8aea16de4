import { describe, expect, it } from 'vitest';
import { checkElements, plainForm } from '../../src/ui/drill/check-elements.ts';
import {
  beginDrill,
  callToTake,
  type Drill,
  type DrillInput,
  heardNow,
  isQuiet,
  stepDrill,
} from '../../src/ui/drill/drill.ts';
import { createDrillBox, runningDrill } from '../../src/ui/drill/drill-box.ts';
import { judge } from '../../src/ui/drill/judge.ts';
import { hinders, rings } from '../../src/ui/drill/real-call.ts';
import type { DrillScript } from '../../src/ui/drill/script.ts';
import { DRILL_SCRIPTS } from '../../src/ui/drill/scripts.ts';
import { elementsOf } from '../../src/ui/elements.ts';
import type { CallView } from '../../src/web/protocol/call-view.ts';
import type { LinkView } from '../../src/web/protocol/room-view.ts';
import { aCall } from './views.ts';

const START = 1_000_000;

function script(id: string): DrillScript {
  const found = DRILL_SCRIPTS.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no script ${id}`);
  return found;
}

type Told<Input> = Input extends DrillInput ? Omit<Input, 'at'> : never;

/** A drill told one thing after the other, each at its second. */
function play(id: string, told: readonly (readonly [second: number, input: Told<DrillInput>])[]): Drill {
  return told.reduce(
    (drill, [second, input]) => stepDrill(drill, { ...input, at: START + second * 1_000 } as DrillInput),
    beginDrill(1, script(id), START),
  );
}

const phases = (drill: Drill) => drill.calls.map(({ phase }) => phase);

describe('a scripted call', () => {
  it('rings after a moment, is answered, says its sentences, and is over when it is hung up', () => {
    expect(phases(play('meeting', [[1, { type: 'tick' }]]))).toEqual(['coming']);
    expect(phases(play('meeting', [[2, { type: 'tick' }]]))).toEqual(['ringing']);
    const talking = play('meeting', [
      [4, { type: 'answer', call: 'meeting' }],
      [5, { type: 'tick' }],
    ]);
    const [call] = talking.calls;
    expect(call && heardNow(call)).toBe('你好，市政府办公室会议通知，请记录。');
    const later = stepDrill(talking, { type: 'tick', at: START + 11_000 });
    expect(later.calls[0] && heardNow(later.calls[0])).toContain('明天上午9点');
    const over = stepDrill(later, { type: 'hang-up', call: 'meeting', at: START + 12_000 });
    expect([phases(over), isQuiet(over)]).toEqual([['ended'], true]);
  });

  it('is missed when nobody answers for 40 s', () => {
    expect(phases(play('meeting', [[41, { type: 'tick' }]]))).toEqual(['ringing']);
    expect(phases(play('meeting', [[42, { type: 'tick' }]]))).toEqual(['missed']);
  });

  it('says everything again when asked', () => {
    const again = play('meeting', [
      [2, { type: 'answer', call: 'meeting' }],
      [30, { type: 'tick' }],
      [30, { type: 'say-again', call: 'meeting' }],
    ]);
    expect(again.calls[0] && heardNow(again.calls[0])).toBe('你好，市政府办公室会议通知，请记录。');
  });

  it('hangs up by itself when it waited long enough for a question', () => {
    const [meeting] = script('meeting').calls;
    const seconds = (meeting?.speech.length ?? 0) * 6;
    const told = [[2, { type: 'answer', call: 'meeting' }]] as const;
    expect(phases(play('meeting', [...told, [2 + seconds + 44, { type: 'tick' }]]))).toEqual(['talking']);
    expect(phases(play('meeting', [...told, [2 + seconds + 45, { type: 'tick' }]]))).toEqual(['ended']);
  });

  it('cannot be answered before it rings nor after it gave up, and takes nothing once the drill has ended', () => {
    expect(phases(play('meeting', [[1, { type: 'answer', call: 'meeting' }]]))).toEqual(['coming']);
    expect(phases(play('meeting', [[50, { type: 'answer', call: 'meeting' }]]))).toEqual(['missed']);
    const ended = play('meeting', [[3, { type: 'end', why: 'real-call' }]]);
    expect(ended.ended).toEqual({ at: START + 3_000, why: 'real-call' });
    expect(stepDrill(ended, { type: 'answer', call: 'meeting', at: START + 4_000 })).toBe(ended);
  });
});

describe('two at once', () => {
  const both = [
    [3, { type: 'answer', call: 'meeting' }],
    [15, { type: 'tick' }],
  ] as const;

  it('the second rings while the first speaks, and F2 takes it', () => {
    const drill = play('two', both);
    expect(phases(drill)).toEqual(['talking', 'ringing']);
    expect(callToTake(drill)?.script.id).toBe('second');
  });

  it('the first waits without losing a word, and is spoken with again when the second is hung up', () => {
    const before = play('two', both).calls[0]?.heardMs;
    const urgent = play('two', [...both, [15, { type: 'answer', call: 'second' }], [40, { type: 'tick' }]]);
    expect(urgent.active).toBe('second');
    expect(urgent.calls[0]?.heardMs).toBe(before);
    const back = stepDrill(urgent, { type: 'hang-up', call: 'second', at: START + 41_000 });
    expect([back.active, phases(back)]).toEqual(['meeting', ['talking', 'ended']]);
  });
});

describe('要素', () => {
  it.each([
    ['三人受伤', '3人受伤'],
    ['伤：3 人', '伤3人'],
    ['上午９：００', '上午9点'],
    ['下午三点半', '下午3点30'],
    ['15时40分', '15点40分'],
    ['一百二十户，三十五名', '120户35名'],
    ['二〇二六年', '2026年'],
    ['09:00', '9点'],
    ['8880101，5点前', '8880101 5点前'],
    ['', ''],
  ])('%s is read as %s', (typed, plain) => {
    expect(plainForm(typed)).toBe(plain);
  });

  it('a number stands for itself only: 19点 is not 9点, 12人 is not 2人', () => {
    const elements = [{ name: '时间', told: '9点', found: [['9点']] }];
    expect(checkElements(elements, '晚上19点')[0]?.caught).toBe(false);
    expect(checkElements(elements, '19点改为九点')[0]?.caught).toBe(true);
    expect(checkElements([{ name: '伤亡', told: '', found: [['2人']] }], '12人')[0]?.caught).toBe(false);
  });

  it('of every script each is caught by the words of the caller, and none by nothing', () => {
    for (const { calls } of DRILL_SCRIPTS) {
      for (const { elements, speech } of calls) {
        const all = checkElements(elements, speech.map(({ text }) => text).join(''));
        expect(all.filter(({ caught }) => !caught)).toEqual([]);
        expect(checkElements(elements, '').filter(({ caught }) => caught)).toEqual([]);
      }
    }
  });

  it('an emergency and a meeting are practised with the names of the 要素条', () => {
    for (const id of ['incident', 'meeting']) {
      expect(script(id).calls[0]?.elements.map(({ name }) => name)).toEqual(
        elementsOf(id).map(({ name }) => name),
      );
    }
  });
});

describe('the result', () => {
  const write = (call: string, field: 'content' | 'category', text: string) =>
    ({ type: 'write', call, field, text }) as const;

  it('names what was caught and what was missed', () => {
    const [call] = judge(
      play('incident', [
        [5, { type: 'answer', call: 'incident' }],
        [30, write('incident', 'content', '北山村五组滑坡，下午三点四十，伤2人，要专家。')],
        [31, write('incident', 'category', 'incident')],
        [40, { type: 'end', why: 'checked' }],
      ]),
    );
    expect(call).toMatchObject({ answeredAfter: 4, decision: 'right', category: 'right' });
    expect(call?.elements.filter(({ caught }) => caught).map(({ name }) => name)).toEqual([
      '时间',
      '地点',
      '伤亡',
      '诉求',
    ]);
  });

  it('a misdial is right when it needs no record, wrong when it was written down or left alone', () => {
    const told = (input: Told<DrillInput>) =>
      play('misdial', [
        [3, { type: 'answer', call: 'misdial' }],
        [9, input],
      ]);
    expect(judge(told({ type: 'no-record', call: 'misdial', reason: 'misdial' }))[0]?.decision).toBe('right');
    expect(judge(told(write('misdial', 'content', '问包裹')))[0]?.decision).toBe('wrong');
    expect(judge(told({ type: 'tick' }))[0]?.decision).toBe('wrong');
  });

  it('says of a call that nobody answered that it was missed, and of one that never rang nothing', () => {
    const [first, second] = judge(play('two', [[10, { type: 'end', why: 'real-call' }]]));
    expect(first).toMatchObject({ rang: true, answeredAfter: null });
    expect(second).toMatchObject({ rang: false, decision: null });
  });
});

describe('the box of drills', () => {
  it('runs one at a time, keeps the others in their order, and forgets all when the person leaves', () => {
    const box = createDrillBox();
    box.begin(script('meeting'), START);
    box.begin(script('misdial'), START + 5_000);
    expect(box.read().map(({ script: { id }, ended }) => [id, ended?.why])).toEqual([
      ['misdial', undefined],
      ['meeting', 'stopped'],
    ]);
    box.tell({ type: 'end', why: 'real-call', at: START + 6_000 });
    expect(runningDrill(box.read())).toBeNull();
    box.forget();
    expect(box.read()).toEqual([]);
  });
});

describe('a real call', () => {
  const calls = (...all: readonly CallView[]) => ({ calls: new Map(all.map((call) => [call.id, call])) });
  const seeing = {
    link: { state: 'open', mono: 0 },
    links: new Map([['main', { state: 'up' } as LinkView]]),
  } as const;
  const ringing = aCall('c', { phase: 'ringing', answeredAt: null });

  it('ends a drill while it rings, from its arrival on; one that was answered or ended does not', () => {
    expect(rings(calls(ringing))).toBe(true);
    expect(rings(calls({ ...ringing, phase: 'arriving' }))).toBe(true);
    expect(rings(calls({ ...ringing, phase: 'talking', answeredAt: 1 }))).toBe(false);
    expect(rings(calls({ ...ringing, phase: 'ended' }))).toBe(false);
    expect(rings(calls({ ...ringing, direction: 'outbound' }))).toBe(false);
  });

  it('keeps a drill from beginning while it lasts, and so does whatever would hide one', () => {
    expect(hinders({ ...seeing, ...calls() })).toBeNull();
    expect(hinders({ ...seeing, ...calls({ ...ringing, phase: 'talking', answeredAt: 1 }) })).toBe(
      'real-call',
    );
    expect(hinders({ ...seeing, ...calls(), link: { state: 'down', mono: 0 } })).toBe('no-sight');
    const lost = new Map([['main', { state: 'down' } as LinkView]]);
    expect(hinders({ ...seeing, ...calls(), links: lost })).toBe('no-sight');
  });
});
