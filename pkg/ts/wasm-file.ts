/** Finds the engine's module where the options name none: beside this file, else as a script of its own. */

import { fetchWasm, request } from './load.js';
import type { WasmSource, Watch } from './load.js';

/** The module as a response that compiles while it streams, or as bytes where no such file is served. */
export async function defaultWasm(watch: Watch): Promise<WasmSource> {
  try {
    // One literal expression: every bundler sees the file and takes it along. In one script that is no module it has no address
    // to begin from, and throws.
    const response = await request(new URL('./engine.wasm', import.meta.url), watch);
    const module = response.ok && (await fetchWasm(response, watch));
    if (module) return module;
  } catch {
    watch.signal?.throwIfAborted();
  }
  return (await import('./inline-bytes.js')).bytes();
}
