/** Windowshop in Node.js, for tests and for rendering on a server: the engine's bytes are carried along, so no path to a file can get lost. */

import { createEngineWith } from './core.js';
import type { Engine, EngineOptions } from './types.js';

export * from './public.js';

/** Makes an engine; see the browser's `createEngine`. */
export function createEngine(options: EngineOptions): Promise<Engine> {
  return createEngineWith(options, async () => (await import('./inline-bytes.js')).bytes());
}
