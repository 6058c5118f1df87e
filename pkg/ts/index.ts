/**
 * Windowshop in the browser: the engine's module is fetched from beside this file, and compiled while it streams.
 *
 * Where no such file is served (a bundler that copies no assets, a server that answers every address with a page), the
 * bytes come from a script of their own, fetched only then.
 */

import { createEngineWith } from './core.js';
import type { Engine, EngineOptions } from './types.js';
import { defaultWasm } from './wasm-file.js';

export * from './public.js';

/**
 * Makes an engine: starts the WebAssembly, fetches the pack and its text, reads what this browser keeps.
 *
 * @throws {@link LoadError} where something cannot be fetched or is refused; the shop then shows its own order.
 * Rejects with `signal.reason` when it is aborted.
 */
export function createEngine(options: EngineOptions): Promise<Engine> {
  return createEngineWith(options, defaultWasm);
}
