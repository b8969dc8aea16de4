import { expect, it } from 'vitest';
import { sendingsOf } from '../../src/ui/alert-sendings.ts';
import type { AlertDeliveryView } from '../../src/web/protocol/alert-view.ts';

const NOW = 1_764_000_000_000;
const HOUR = 3_600_000;
const taken: AlertDeliveryView = {
  ...{ channel: 'webhook', state: 'delivered', attempts: 1, triedAt: NOW - HOUR, answer: null },
};
const both = [{ channel: 'webhook' }, { channel: 'mail' }] as const;

it('an alert behind one that a receiver refuses waits there, whatever the other receiver has taken', () => {
  const behind = { at: NOW - HOUR, deliveries: [taken] };
  expect(sendingsOf(behind, both, NOW)).toEqual([taken, { channel: 'mail', state: 'queued' }]);
  expect(sendingsOf({ at: NOW, deliveries: [] }, both, NOW).map(({ state }) => state)).toEqual([
    'queued',
    'queued',
  ]);
});

it('goes to nobody where nobody is set up, and waits no more once its day is over', () => {
  expect(sendingsOf({ at: NOW, deliveries: [] }, [], NOW)).toEqual([]);
  expect(sendingsOf({ at: NOW - 25 * HOUR, deliveries: [] }, both, NOW)).toEqual([]);
  expect(sendingsOf({ at: NOW - 25 * HOUR, deliveries: [taken] }, both, NOW)).toEqual([taken]);
});
