import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Coverage } from './coverage.ts';
import { daysOf, faultsOf, measureCalls, officeBeforeMidnight } from './measured-calls.ts';
import { type RecordedOffice, recordedOffice } from './recorded-office.ts';
import { callOver, NAMES, WAVES } from './spoken-calls.ts';

// Worst case of each talk: whoever speaks later sends lower sequence numbers (`src/calls/further-party.ts`).
describe('the voices of a line recorded by AMI on Asterisk 22', () => {
  let bed: RecordedOffice;
  let measured: ReadonlyMap<string, Coverage>;
  let days: () => readonly string[];

  beforeAll(async () => {
    const opened = await officeBeforeMidnight(12_000, (timeZone) =>
      recordedOffice('ami', { fallingSequences: true, timeZone }),
    );
    bed = opened.bed;
    const overMidnight = callOver(opened.midnight);
    const [together = [], ...afterwards] = WAVES;
    measured = await measureCalls(bed, [[...together, overMidnight.play], ...afterwards]);
    days = () => daysOf(bed, overMidnight.number);
  });
  afterAll(() => bed.stop());

  it.each([...NAMES, 'midnight'])('are all there, each on its side: %s', (name) => {
    expect(faultsOf(measured.get(name))).toEqual([]);
  });

  it('are those of the parties, in the order in which they spoke', () => {
    expect(measured.get('blind transfer')?.order).toEqual(['1001', '1002']);
    expect(measured.get('attended transfer')?.order).toEqual(['1001', '1002']);
    expect(measured.get('park and pick-up')?.order).toEqual(['1001', '1002']);
    expect(measured.get('302')?.order).toEqual(['mobile']);
    expect(measured.get('second of two')?.order).toEqual(['1001']);
  });

  it('are there of a call that the PBX itself says lasted into another day', async () => {
    await expect.poll(() => new Set(days()).size).toBe(2);
  });

  it('need no second recording where nothing went before them', () => {
    for (const name of ['plain', 'hold', 'caller sends nothing', '302', 'queue'] as const)
      expect(measured.get(name)?.recordings).toBe(1);
  });
});
