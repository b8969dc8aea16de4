import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Coverage } from './coverage.ts';
import { faultsOf, measureCalls } from './measured-calls.ts';
import { type RecordedOffice, recordedOffice } from './recorded-office.ts';
import { NAMES, WAVES } from './spoken-calls.ts';

const CASES = [
  { version: 22, dialplan: 'freepbx17', hasHand: true, lost: [] },
  // Nobody but the dialplan records here: it learns of no attended transfer and of no parked call that is taken back, and
  // this office's Dial with music says nothing of it.
  {
    version: 22,
    dialplan: 'plain',
    hasHand: false,
    lost: ['attended transfer', 'park and pick-up', 'music before the answer'],
  },
  { version: 16, dialplan: 'freepbx16', hasHand: false, lost: [] },
] as const;

describe.each(CASES)(
  'the voices of a line recorded by our snippet, $dialplan on Asterisk $version',
  ({ version, dialplan, hasHand, lost }) => {
    let bed: RecordedOffice;
    let measured: ReadonlyMap<string, Coverage>;

    beforeAll(async () => {
      bed = await recordedOffice('snippet', { version, dialplan, fallingSequences: true }, hasHand);
      measured = await measureCalls(bed, WAVES);
    });
    afterAll(() => bed.stop());

    const kept = NAMES.filter((name) => !lost.some((other) => other === name));

    it.each(kept)('are all there, each on its side: %s', (name) => {
      expect(faultsOf(measured.get(name))).toEqual([]);
    });

    it('of the party outside are there in every call', () => {
      for (const name of NAMES) {
        const { talked, recorded } = measured.get(name) ?? { talked: 1, recorded: 0 };
        expect(recorded, name).toBeGreaterThanOrEqual(talked - 0.1);
      }
    });

    it('lie in files named by the channel alone, and what was heard before the answer apart', () => {
      const known = bed.reports.filter((report) => report.type === 'recording-known');
      const bySnippet = known.filter((report) => report.mode === 'snippet');
      for (const { pbxPath, part } of bySnippet)
        expect(pbxPath).toMatch(part === 'talk' ? /\/\d+\.\d+\.wav$/ : /\/\d+\.\d+-before\.wav$/);
      expect(bySnippet.some((report) => report.part === 'before-answer')).toBe(true);
      expect(known.filter((report) => report.mode === 'ami').length > 0).toBe(hasHand);
      expect(bed.troubles).toEqual([]);
    });
  },
);
