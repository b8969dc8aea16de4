import { expect, it } from 'vitest';
import { whyUnheard } from '../../src/ui/why-unheard.ts';
import type { CallView, RecordingView } from '../../src/web/protocol/call-view.ts';
import { A_RECORDING, aCall } from './views.ts';

const talk = (state: RecordingView['state']): RecordingView => ({ ...A_RECORDING, part: 'talk', state });

it.each<[string, Partial<CallView>, string | null]>([
  [
    'while it is recorded',
    { phase: 'talking', answeredAt: 2_000, recordings: [talk('recording')] },
    '正在录音，通话结束后几秒内可以回听。',
  ],
  ...(['starting', 'no-growth', 'cannot-check'] as const).map(
    (state): [string, Partial<CallView>, string] => [
      `while nobody has seen it grow: ${state}`,
      { phase: 'talking', answeredAt: 2_000, recordings: [talk(state)] },
      '还没有确认录上，通话结束后几秒内核对。',
    ],
  ),
  [
    'while it rings',
    { phase: 'ringing', answeredAt: null, recordings: [talk('starting')] },
    '接听后开始录音。',
  ],
  [
    'in the seconds after it',
    { phase: 'ended', answeredAt: 2_000, recordings: [talk('recording')] },
    '通话结束后几秒内入库。',
  ],
  ['when it can be heard', { phase: 'ended', answeredAt: 2_000, recordings: [talk('attached')] }, null],
  [
    'of a part that is there, while the next is recorded',
    { phase: 'talking', answeredAt: 2_000, recordings: [talk('attached'), talk('recording')] },
    null,
  ],
  [
    'when its file is lost',
    { phase: 'ended', answeredAt: 2_000, recordings: [talk('missing')] },
    '录音不能回听：未找到文件。',
  ],
  [
    'when nobody took it up',
    { phase: 'ended', answeredAt: null, recordings: [] },
    '没有接通，没有通话录音。',
  ],
])('says why a call is not heard %s', (_when, call, why) => {
  expect(whyUnheard(aCall('a', call))).toBe(why);
});
