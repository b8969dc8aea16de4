import { afterEach, expect, it } from 'vitest';
import type { RecordingReport } from '../../src/calls/recording-report.ts';
import { createRecordingLibrary } from '../../src/recordings/library.ts';
import { createRecorder, RECORDER_TIMING, type Recorder } from '../../src/recordings/recorder.ts';
import { temporaryFolder } from './vault/temporary-folder.ts';

let recorder: Recorder | null = null;
afterEach(() => recorder?.stop());

/** A recorder whose orders the PBX refuses so many times; `tookAt` says when it took one, by the same clock. */
function recorderRefused(times: number) {
  const reports: RecordingReport[] = [];
  const tookAt: number[] = [];
  let clock = 1_795_500_000_000;
  const now = () => {
    clock += 1;
    return clock;
  };
  let refusals = 0;
  recorder = createRecorder(
    {
      now,
      report(report) {
        reports.push(report);
        return Promise.resolve({ ok: true });
      },
      library: createRecordingLibrary(temporaryFolder()),
      unfinished: () => Promise.resolve([]),
      isKnown: () => Promise.resolve(false),
      onSecurity: () => undefined,
      onTrouble: () => undefined,
      timing: { ...RECORDER_TIMING, lookEveryMs: 5, startAgainMs: 1 },
    },
    [
      {
        pbx: 'office',
        place: null,
        onShare: false,
        modes: new Map([['line-1', 'ami']]),
        hand: {
          pathOf: ({ uniqueid, mark }) => `/m/${uniqueid}-${mark}.wav`,
          start() {
            refusals += 1;
            if (refusals <= times) return Promise.resolve({ ok: false });
            tookAt.push(now());
            return Promise.resolve({ ok: true });
          },
          stopBeforeAnswer: () => Promise.resolve(),
        },
      },
    ],
  );
  recorder.start('office', {
    kind: 'start-recording',
    linkedid: '1795500000.1',
    generation: 1,
    uniqueid: '1795500000.1',
    channel: 'PJSIP/telco-1',
    line: 'line-1',
    end: 'room',
  });
  return { reports, tookAt };
}

const told = (reports: readonly RecordingReport[]) =>
  reports
    .map(({ type }) => type)
    .filter((type) => type === 'recording-known' || type === 'recording-ordered');

it('an order the PBX refuses is known at once, and told again when it is taken, by the moment of the taking', async () => {
  const { reports, tookAt } = recorderRefused(3);
  await expect.poll(() => told(reports)).toEqual(['recording-known', 'recording-ordered']);
  const [known, ordered] = ['recording-known', 'recording-ordered'].map((type) =>
    reports.find((report) => report.type === type),
  );
  expect(ordered?.recording).toBe(known?.recording);
  expect(tookAt).toHaveLength(1);
  expect(known?.at).toBeLessThan(tookAt[0] ?? 0);
  expect(ordered?.at).toBeGreaterThan(tookAt[0] ?? 0);
});

it('an order the PBX takes at once is told once', async () => {
  const { reports, tookAt } = recorderRefused(0);
  await expect.poll(() => told(reports)).toEqual(['recording-known']);
  await recorder?.idle();
  expect([told(reports), tookAt.length]).toEqual([['recording-known'], 1]);
});
