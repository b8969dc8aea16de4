import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
    // Two cores carry two real Asterisks: more than two test files at once starve the media of calls.
    maxWorkers: 2,
    // Real telephones on a machine that others load: CI gives a take of such a call a second try, and says so in its report.
    // At a desk nothing is repeated, so that a race is seen.
    retry: process.env.CI === undefined ? 0 : 1,
  },
});
