import { relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Where a failure may mean that a call, a form or a text was lost: such a test is never placed a second time. */
const ZERO_LOSS = [
  'test/stories/**/*.test.ts',
  'test/forgers.e2e.test.ts',
  'test/kills/**/*.test.ts',
  'test/burst/**/*.test.ts',
  'test/page/**/*.test.ts',
  'test/asterisk/forge*.test.ts',
  'test/calls/tracker.random.test.ts',
  'test/intake.test.ts',
  'test/service/sound-kill.test.ts',
  'test/jobs/{blows,redis}.test.ts',
  'test/storage/crash.test.ts',
];

/**
 * Nearly all waiting: for telephones, for the product's own delays. No sound is judged in them, no tenth of a second counts and no
 * page is drawn, so that two cores carry four at once.
 */
const WAITING = [
  'test/asterisk/listen-session.test.ts',
  'test/cli/{audit-line,doctor}.test.ts',
  'test/demo/*.test.ts',
  'test/history/backfill.int.test.ts',
  'test/names.e2e.test.ts',
  'test/service.e2e.test.ts',
  'test/service/{settings-watch.e2e,storage-alert}.test.ts',
];
const ZERO_LOSS_WAITING = ['test/asterisk/forgers.int.test.ts', 'test/kills/gap-count.e2e.test.ts'];

/**
 * Real telephones of which every tenth of a second is judged, or a hundred at once: their media send a packet each 20 ms, and more
 * than two such files starve them on two cores.
 */
const MEDIA = ['test/bed/bed.test.ts', 'test/recordings/{mode,voices}-*.test.ts'];
const ZERO_LOSS_MEDIA = ['test/burst/**/*.test.ts'];

/**
 * They take 30 s to 110 s each and come first: at the end one of them would run alone, as the kills did for 100 s of 1,361.
 * Vitest itself goes by the size of a file where it has run none before.
 */
const LONGEST = [
  'test/kills/kills.e2e.test.ts',
  'test/page/every-screen.e2e.test.ts',
  'test/service/probe-arrival.e2e.test.ts',
  'test/forgers.e2e.test.ts',
  'test/ear/ringback.test.ts',
  'test/recordings/mode-ami.test.ts',
  'test/form/form-chaos.test.ts',
  'test/bed/bed.test.ts',
  'test/page/call-to-record.e2e.test.ts',
  'test/service/snippet-call.e2e.test.ts',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONGEST.indexOf(relative(import.meta.dirname, moduleId));
      return found < 0 ? LONGEST.length : found;
    };
    const group = ({ project }: TestSpecification) => project.config.sequence.groupOrder;
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => group(one) - group(other) || place(one) - place(other));
  }
}

// Real telephones on a machine that others load: CI gives a take of such a call a second try, and says so in its report. At a
// desk nothing is repeated, so that a race is seen.
const AGAIN = process.env.CI === undefined ? 0 : 1;

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 180_000,
    sequence: { sequencer: LongestFirst },
    // What is waited for by looking again is waited for as long on a loaded machine as at a desk: a second is no bound of ours.
    expect: { poll: { timeout: 20_000 } },
    // Why: scripts/run.mjs. Tests open and close stores, each with a thread, by the hundred.
    execArgv: ['--no-memory-protection-keys'],
    projects: [
      project(
        'zero-loss',
        { include: ZERO_LOSS, exclude: [...ZERO_LOSS_MEDIA, ...ZERO_LOSS_WAITING], retry: 0 },
        3,
      ),
      project(
        'usual',
        {
          include: ['test/**/*.test.ts'],
          exclude: [...ZERO_LOSS, ...ZERO_LOSS_WAITING, ...MEDIA, ...WAITING],
          retry: AGAIN,
        },
        3,
      ),
      project('zero-loss, media', { include: ZERO_LOSS_MEDIA, retry: 0 }, 2),
      project('usual, media', { include: MEDIA, retry: AGAIN }, 2),
      project('zero-loss, waiting', { include: ZERO_LOSS_WAITING, retry: 0 }, 4),
      project('usual, waiting', { include: WAITING, retry: AGAIN }, 4),
    ],
  },
});

/** Those of as many files at once stand in a group; groups run one after the other. */
function project(
  name: string,
  tests: { readonly include: string[]; readonly exclude?: string[]; readonly retry: number },
  atOnce: number,
) {
  return {
    extends: true as const,
    test: { name, ...tests, maxWorkers: atOnce, sequence: { groupOrder: atOnce } },
  };
}
