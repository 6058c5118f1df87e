/** Finds the engine's module where the options name none: beside this file, else as a script of its own. */

import { fetchWasm, request } from './load.js';
import type { WasmSource, Watch } from './load.js';

/** The module as a response that compiles while it streams, or as bytes where no such file is served. */
export async function defaultWasm(watch: Watch): Promise<WasmSource> {
  // One literal expression: every bundler sees the file and takes it along.
  const module = await request(new URL('./engine.wasm', import.meta.url), watch)
    .then((response) => (response.ok ? fetchWasm(response, watch) : undefined))
    .catch(() => watch.signal?.throwIfAborted());
  return module ?? (await import('./inline-bytes.js')).bytes();
}
