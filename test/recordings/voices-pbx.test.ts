import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Coverage } from './coverage.ts';
import { daysOf, faultsOf, measureCalls, officeBeforeMidnight } from './measured-calls.ts';
import { type RecordedOffice, recordedOffice } from './recorded-office.ts';
import { callOver, NAMES, WAVES } from './spoken-calls.ts';

/** Everything of the office is recorded by FreePBX. */
const POLICIES = [
  ['AMPUSER', '1001/recording/in/external'],
  ['AMPUSER', '1002/recording/in/external'],
  ['AMPUSER', '1003/recording/in/external'],
  ['AMPUSER', '1001/recording/out/external'],
  ['RINGGROUP', '600/recording'],
  ['RINGGROUP', '601/recording'],
  ['QPENALTY', '500/recording'],
] as const;

/** FreePBX records an outbound call on the phone's channel: it ends where the phone transfers the call away. */
const ENDS_AT_TRANSFER = 'outbound, blind transfer';

describe.each([
  { version: 22, dialplan: 'freepbx17', hasHand: true },
  { version: 16, dialplan: 'freepbx16', hasHand: false },
] as const)(
  'the voices of a line that $dialplan records by itself on Asterisk $version',
  ({ version, dialplan, hasHand }) => {
    let bed: RecordedOffice;
    let measured: ReadonlyMap<string, Coverage>;
    let days: () => readonly string[];

    beforeAll(async () => {
      const opened = await officeBeforeMidnight(8_000, async (timeZone) => {
        const office = { version, dialplan, fallingSequences: true, timeZone };
        const made = await recordedOffice('pbx', office, hasHand);
        for (const [family, key] of POLICIES) await made.office.setDb(family, key, 'force');
        return made;
      });
      bed = opened.bed;
      const overMidnight = callOver(opened.midnight);
      const [together = [], ...afterwards] = WAVES;
      measured = await measureCalls(bed, [[...together, overMidnight.play], ...afterwards]);
      days = () => daysOf(bed, overMidnight.number);
    });
    afterAll(() => bed.stop());

    // Calls of another room are no business of the FreePBX's policies above.
    const ofTheRoom = NAMES.filter((name) => !name.includes('another room') && !name.includes('put through'));
    const whole = ofTheRoom.filter((name) => name !== ENDS_AT_TRANSFER);
    it.each([...whole, 'midnight'])('are all there: %s', (name) => {
      expect(faultsOf(measured.get(name))).toEqual([]);
    });

    it('are there of a call whose file lies in the folder of the day before', async () => {
      await expect.poll(() => new Set(days()).size).toBe(2);
    });

    it(`are there beyond the end of the phone's own channel only where we may add to it`, () => {
      const { order } = measured.get(ENDS_AT_TRANSFER) ?? { order: [] };
      expect(order).toEqual(hasHand ? ['1001', '1003'] : ['1001']);
    });
  },
);
