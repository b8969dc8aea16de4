import { expect, it } from 'vitest';
import { leftOf } from '../../src/ui/spot-check/spot-check-api.ts';
import { spotRow } from '../../src/ui/spot-check/spot-rows.ts';
import type { ProbeView } from '../../src/web/protocol/probe-view.ts';

const probe = (more: Partial<ProbeView>): ProbeView => ({
  ...{ id: 'p', line: null, number: '09542041234', unit: '头营镇人民政府', scope: 'always', askedBy: '督查' },
  ...{ at: 1_764_000_000_000, dialledAt: 1_764_000_030_000, state: 'running', result: null },
  steps: [
    { step: 'dialled', state: 'good', seconds: 0 },
    { step: 'rang', state: 'running', seconds: null },
  ],
  ...more,
});

const result: NonNullable<ProbeView['result']> = {
  ...{ forwarding: 'unknown', ringback: 'unknown', why: 'only-ringing', heard: null, ending: 'timed-out' },
  ...{
    cause: 16,
    sip: null,
    arrived: null,
    arrival: null,
    passedOn: null,
    ownTone: null,
    soundSeconds: null,
  },
};

it('says nothing of what is not over, and neither question is green without a result', () => {
  expect(spotRow(probe({}), [])).toMatchObject({
    ...{ office: '头营镇人民政府', number: '0954-2041234', rang: '', outcome: '拨测中' },
    // The table says when it was dialled, not when its turn was waited for.
    at: 1_764_000_030_000,
    ...{ forwarding: null, ringback: null, over: false },
  });
});

it('says why it could not be told, and when it rang', () => {
  const steps = [{ step: 'rang', state: 'good', seconds: 1.24 } as const];
  expect(spotRow(probe({ state: 'done', steps, result }), [])).toMatchObject({
    ...{ rang: '1.2 秒后振铃', ringback: 'unknown', over: true },
    outcome: '到时挂断，无人接听。仅收到振铃信号，未听到回铃音。可换一条外线再测。',
  });
});

it('says where the network said that the call goes', () => {
  const moved = { ...result, ...({ forwarding: 'suspect', ending: 'rejected', why: null } as const) };
  const passedOn = { sign: '302', number: '13900001111' } as const;
  const row = spotRow(probe({ state: 'done', result: { ...moved, passedOn } }), []);
  expect(row.outcome.replace(/[\u2066-\u2069]/g, '')).toBe('对方拒接。网络要求改拨 139 0000 1111（302）。');
});

it('a probe that failed did not ring', () => {
  expect(spotRow(probe({ state: 'failed' }), [])).toMatchObject({
    rang: '没有振铃',
    outcome: '没有拨通',
    over: true,
  });
});

it('tells who was left out of the round that is shown, not of another', () => {
  const refusal = { code: 'probe-quiet-hours', zh: '夜间不拨测。', en: 'By night nothing is probed.' };
  const begun = { round: 'r-1', left: [{ number: '09542041234', refusal }] };
  expect(leftOf(begun, 'r-1')).toEqual(begun.left);
  expect(leftOf(begun, 'r-2')).toEqual([]);
  expect(leftOf(null, 'r-1')).toEqual([]);
});

it('a line that was busy did not ring, though the step has its moment', () => {
  const steps = [{ step: 'rang', state: 'bad', seconds: 0.1 } as const];
  const busy = { ...result, ending: 'busy', why: 'probe-failed' } as const;
  expect(spotRow(probe({ state: 'done', steps, result: busy }), [])).toMatchObject({
    rang: '没有振铃',
    outcome: '对方忙，未能检测。',
  });
});
