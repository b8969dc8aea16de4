import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RecordingReport } from '../../src/calls/recording-report.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { answerAfter, ringForEver } from '../bed/sip-behaviour.ts';
import { type RecordedOffice, recordedOffice } from './recorded-office.ts';

const CASES = [
  { version: 22, dialplan: 'freepbx17' },
  { version: 16, dialplan: 'freepbx16' },
] as const;

describe.each(CASES)(
  'a line recorded by the PBX itself, $dialplan on Asterisk $version',
  ({ version, dialplan }) => {
    let bed: RecordedOffice;

    beforeAll(async () => {
      bed = await recordedOffice('pbx', { version, dialplan });
      await bed.office.setDb('AMPUSER', '1001/recording/in/external', 'force');
      await bed.office.setDb('AMPUSER', '1002/recording/in/internal', 'force');
    });
    afterAll(() => bed.stop());
    afterEach(() => {
      bed.office.phones['1001'].behave(answerAfter(300));
      bed.office.phones['1001'].forgetCalls();
      return bed.recorder().idle();
    });

    /** Calls, talks for so long, hangs up; resolves with all that was reported once everything is over. */
    async function afterCall(number: string, talkMs: number | null): Promise<readonly RecordingReport[]> {
      const from = bed.reports.length;
      const call = await bed.office.telco.call(DID.direct, { number });
      await call.reached(talkMs === null ? 'ringing' : 'answered');
      call.after(talkMs ?? 500, () => call.hangUp());
      await expect
        .poll(() => bed.reports.slice(from).some(isOver), { timeout: 15_000, interval: 30 })
        .toBe(true);
      await bed.recorder().idle();
      return bed.reports.slice(from);
    }

    it('has its one file attached, and green while it grows', async () => {
      const reports = await afterCall(OUTSIDE.caller, 3_500);
      expect(reports.map((report) => report.type)).toEqual([
        'recording-known',
        'recording-growth',
        'recording-attached',
      ]);
      const [known, growth, attached] = reports;
      expect(known).toMatchObject({ mode: 'pbx', part: 'talk' });
      expect(growth).toMatchObject({ state: 'recording' });
      expect(attached?.type === 'recording-attached' && Math.abs(attached.seconds - 3.5)).toBeLessThan(0.3);
      expect(known?.type === 'recording-known' && known.pbxPath).toMatch(
        /external-1001-09548887777-\d{8}-\d{6}-\d+\.\d+\.wav$/,
      );
    });

    it('says "no sound" of the 44 bytes a call leaves that nobody answered', async () => {
      bed.office.phones['1001'].behave(ringForEver);
      const reports = await afterCall(OUTSIDE.caller, null);
      expect(reports.map((report) => report.type)).toEqual(['recording-known', 'recording-failed']);
      expect(reports[1]).toMatchObject({ state: 'no-sound' });
      const path = reports[0]?.type === 'recording-known' ? reports[0].pbxPath : '';
      expect(readFileSync(path)).toHaveLength(44);
    });

    it('notes a caller whose number climbs inside the folder, and keeps the sound', async () => {
      const notes = bed.notes.length;
      // Beyond Asterisk's first step of 2.048 s: a shorter talk is written at its end, when a look may see it or be too late.
      const reports = await afterCall('12%2F..%2F34', 3_000);
      expect(reports.map((report) => report.type)).toEqual([
        'recording-known',
        'recording-growth',
        'recording-attached',
      ]);
      expect(bed.notes.slice(notes)).toMatchObject([{ pbx: 'office', refused: false }]);
    });

    it('refuses the file of a caller whose number climbs out of the folder', async () => {
      const notes = bed.notes.length;
      const reports = await afterCall(`12${'%2F..'.repeat(5)}%2Fout`, 1_000);
      expect(reports.filter(isOver)).toMatchObject([{ state: 'refused-path' }]);
      expect(
        reports.some((report) => report.type === 'recording-growth' && report.state === 'recording'),
      ).toBe(false);
      expect(bed.notes.slice(notes)).toMatchObject([{ refused: true }]);
      // Asterisk did write it, where the caller wanted: beside the base folder.
      expect(readdirSync(dirname(bed.office.recordings)).some((name) => name.startsWith('out-'))).toBe(true);
    });

    it('has both files of an attended transfer', async () => {
      const from = bed.reports.length;
      const desk = bed.office.phones['1001'];
      const call = await bed.office.telco.call(DID.direct, { number: OUTSIDE.caller });
      await call.reached('answered');
      const first = await desk.nextCall();
      await first.hold();
      const second = await desk.call('1002');
      await second.reached('answered');
      const asked = new Promise<void>((resolve) => second.after(800, resolve));
      await asked;
      await first.transferInto(second);
      const talked = new Promise<void>((resolve) => call.after(1_500, resolve));
      await talked;
      call.hangUp();
      await expect
        .poll(() => bed.reports.slice(from).filter(isOver).length, { timeout: 15_000, interval: 30 })
        .toBe(2);
      await bed.recorder().idle();
      const reports = bed.reports.slice(from);
      const paths = reports.flatMap((report) => (report.type === 'recording-known' ? [report.pbxPath] : []));
      expect(paths.map((path) => /(external|internal)-\d+/.exec(path)?.[0])).toEqual([
        'external-1001',
        'internal-1002',
      ]);
      expect(paths.every((path) => existsSync(path))).toBe(true);
      expect(reports.filter((report) => report.type === 'recording-attached')).toHaveLength(2);
      expect(bed.troubles).toEqual([]);
    });
  },
);

function isOver(report: RecordingReport): boolean {
  return report.type === 'recording-attached' || report.type === 'recording-failed';
}
