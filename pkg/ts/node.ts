/** Windowshop in Node.js, for tests and for rendering on a server: the engine's bytes are carried along, so no path to a file can get lost. */

import { createEngineWith } from './core.js';
import { checkAddresses } from './server.js';
import type { Engine, EngineOptions } from './types.js';

export * from './public.js';

/** Makes an engine; see the browser's `createEngine`. Addresses are whole ones here. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  checkAddresses(options);
  return createEngineWith(options, async () => (await import('./inline-bytes.js')).bytes());
}
