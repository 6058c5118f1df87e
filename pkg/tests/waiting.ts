/** Waiting in tests whose timers are played. */

import { vi } from 'vitest';

/** A minute on: long enough for a report to go, for what sends it to be loaded, and for storage, channels and the endpoint to have answered. */
export async function aMinuteOn(): Promise<void> {
  await vi.advanceTimersByTimeAsync(60_000);
  for (let turn = 0; turn < 60; turn++) {
    await vi.dynamicImportSettled();
    await new Promise((done) => setImmediate(done));
  }
}
