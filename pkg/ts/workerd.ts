/** Windowshop on edge runtimes, which compile no code while they run: the module is part of the deployment. */

import { createEngineWith } from './core.js';
import wasm from './engine.wasm';
import type { Engine, EngineOptions } from './types.js';

export * from './public.js';

/** Makes an engine; see the browser's `createEngine`. */
export function createEngine(options: EngineOptions): Promise<Engine> {
  return createEngineWith(options, () => Promise.resolve(wasm));
}
