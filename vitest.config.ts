import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      // Fuzzing takes its time on a busy machine; what hangs still ends.
      { test: { name: 'unit', include: ['test/**/*.test.{ts,tsx}'], exclude: ['test/e2e/**'], testTimeout: 120_000 } },
      {
        // The window and the browser share a display and two cores: one file after the other.
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: 'test/e2e/setup.mjs',
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
