import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
    // Two cores carry two real Asterisks: more than two test files at once starve the media of calls.
    maxWorkers: 2,
  },
});
