import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['*.test.ts'],
    globalSetup: ['server.ts'],
    testTimeout: 120_000,
    // A busy machine is slow to do what a poll waits for, and what never comes fails all the same.
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
