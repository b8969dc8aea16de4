import { expect, it } from 'vitest';
import type { DutyLine, PbxSetup } from '../../src/lines/duty-line.ts';
import { createTrialWatch } from '../../src/service/trial-watch.ts';
import { party, scene } from '../calls/events.ts';

const LINE: DutyLine = {
  id: 'line',
  room: 'room',
  number: '0954-2035678',
  dids: ['09542035678'],
  trunks: [],
  phones: ['PJSIP/1001'],
  recording: 'none',
};

/** What is shown of calls that begin on these endpoints, in the order of their beginning. */
function shownOf(setup: PbxSetup, endpoints: readonly string[]) {
  const watch = createTrialWatch([setup], () => 1_000);
  const s = scene();
  watch.watch(true);
  for (const [index, endpoint] of endpoints.entries()) {
    const event = s.arrives(party(endpoint, index + 1, index + 1), { exten: '09542035678' });
    watch.see('main', { type: 'event', receivedAt: index, event });
  }
  return watch
    .view()
    .calls.map(({ trunk, knownTrunk, line }) => ({ trunk, knownTrunk, line }))
    .reverse();
}

it('a trunk that the configuration lacks is named, and its calls are nobody’s, as the tracker has it', () => {
  const setup = { pbx: 'main', trunks: ['PJSIP/telco'], lines: [LINE] };
  expect(shownOf(setup, ['PJSIP/telco', 'PJSIP/new'])).toEqual([
    { trunk: 'PJSIP/telco', knownTrunk: true, line: 'line' },
    { trunk: 'PJSIP/new', knownTrunk: false, line: null },
  ]);
});

it('what a phone of a duty line dials has not arrived', () => {
  const setup = { pbx: 'main', trunks: ['PJSIP/telco'], lines: [LINE] };
  expect(shownOf(setup, ['PJSIP/1001'])).toEqual([]);
});

it('a line made in between counts at once', () => {
  const lines: DutyLine[] = [];
  const watch = createTrialWatch([{ pbx: 'main', trunks: ['PJSIP/telco'], lines }], () => 1_000);
  const s = scene();
  watch.watch(true);
  const event = s.arrives(party('PJSIP/telco', 1), { exten: '09542035678' });
  watch.see('main', { type: 'event', receivedAt: 0, event });
  expect(watch.view().calls[0]?.line).toBeNull();
  lines.push(LINE);
  expect(watch.view().calls[0]?.line).toBe('line');
});
