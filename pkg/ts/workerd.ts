/** Windowshop on edge runtimes, which compile no code while they run: the module is part of the deployment. */

import { createEngineWith } from './core.js';
// Next.js wants the question; to others it says nothing.
import wasm from './engine.wasm?module';
import { checkAddresses } from './server.js';
import type { Engine, EngineOptions } from './types.js';

export * from './public.js';

/** Makes an engine; see the browser's `createEngine`. Addresses are whole ones here. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  checkAddresses(options);
  return createEngineWith(options, () => Promise.resolve(wasm));
}
