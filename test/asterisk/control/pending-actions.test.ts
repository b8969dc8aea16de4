import { expect, it } from 'vitest';
import { normalisePacket } from '../../../src/asterisk/control/action.ts';
import { createPendingActions } from '../../../src/asterisk/control/pending-actions.ts';

function ask(limits?: { mostEvents: number; withinMs: number }) {
  const pending = createPendingActions(5_000);
  let actionid = '';
  const answer = pending.ask(
    'ShowDialPlan',
    'complete',
    (id) => {
      actionid = id;
    },
    limits,
  );
  const hear = (packet: object) => pending.hear(normalisePacket({ ...packet, actionid }));
  return { answer, hear };
}

it('a list longer than its limit is no answer, one as long is', async () => {
  const long = ask({ mostEvents: 2, withinMs: 5_000 });
  const short = ask({ mostEvents: 2, withinMs: 5_000 });
  for (const { hear } of [long, short]) {
    hear({ response: 'Success' });
    for (const event of ['1', '2']) hear({ event });
  }
  long.hear({ event: '3' });
  long.hear({ event: 'End', eventlist: 'Complete' });
  short.hear({ event: 'End', eventlist: 'Complete' });
  expect(await long.answer).toMatchObject({
    ok: false,
    trouble: { code: 'ami-answer-too-long', en: expect.stringContaining('ShowDialPlan') },
  });
  const answered = await short.answer;
  expect(answered.ok && answered.value.events.map((event) => event.get('event'))).toEqual(['1', '2']);
});

it('a list may be given more time than other answers', async () => {
  const { answer } = ask({ mostEvents: 2, withinMs: 1 });
  expect(await answer).toMatchObject({ ok: false, trouble: { code: 'ami-no-answer' } });
});
