import { defineConfig } from 'vitest/config';

/** Where a failure may mean that a call, a form or a text was lost: such a test is never placed a second time. */
const ZERO_LOSS = [
  'test/kills/**/*.test.ts',
  'test/burst/**/*.test.ts',
  'test/page/**/*.test.ts',
  'test/stories/**/*.test.ts',
  'test/forgers.e2e.test.ts',
  'test/asterisk/forge*.test.ts',
  'test/calls/tracker.random.test.ts',
  'test/intake.test.ts',
  'test/service/sound-kill.test.ts',
  'test/jobs/{blows,redis}.test.ts',
  'test/storage/crash.test.ts',
];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 180_000,
    // Two cores carry two real Asterisks: more than two test files at once starve the media of calls.
    maxWorkers: 2,
    // Why: scripts/run.mjs. Tests open and close stores, each with a thread, by the hundred.
    execArgv: ['--no-memory-protection-keys'],
    projects: [
      { extends: true, test: { name: 'zero-loss', include: ZERO_LOSS, retry: 0 } },
      {
        extends: true,
        test: {
          name: 'usual',
          include: ['test/**/*.test.ts'],
          exclude: ZERO_LOSS,
          // Real telephones on a machine that others load: CI gives a take of such a call a second try, and says so in its
          // report. At a desk nothing is repeated, so that a race is seen.
          retry: process.env.CI === undefined ? 0 : 1,
        },
      },
    ],
  },
});
