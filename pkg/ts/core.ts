/**
 * From options to a running engine in the page itself: what all entries but the sealed one share. What is fetched, what is
 * kept and what is asked of the WebAssembly each have their own file; here they are joined.
 */

import { begin } from './begin.js';
import type { WasmSource, Watch } from './load.js';
import { tellAll } from './listeners.js';
import { roomFor, startWasm } from './machine.js';
import { messagesOf } from './messages.js';
import { clockOf, isDevelopment, madeOf, newsOf, packOf, wasmOf } from './sources.js';
import type { Arrival, Pack } from './sources.js';
import type { Engine, EngineOptions } from './types.js';

/** Makes an engine; `defaultWasm` finds the module where the options name none, `packFrom` what it begins with. */
export function createEngineWith(options: EngineOptions, defaultWasm: (watch: Watch) => Promise<WasmSource>, packFrom: (options: EngineOptions, arrival: Arrival) => Promise<Pack> = packOf): Promise<Engine> {
  return madeOf('createEngine', options, async () => {
    const { onProgress, reports } = options;
    // Both downloads at once; whichever fails first is the one that is told. Sentences come beside the pack, for `begin`, and the
    // pack straight into the memory of the instance that reads it there.
    const speaks = (language = 'en') => messagesOf(language).catch(() => undefined);
    const [, pack] = await Promise.all([startWasm(() => wasmOf(options, defaultWasm)), packFrom(options, { speaks, room: roomFor })]);
    const loaded = pack.bytes.length;

    const engine = await begin(pack, {
      ...options,
      now: clockOf(options, pack.correction),
      news: (...at) => newsOf(options, ...at),
      strict: options.strict ?? isDevelopment(),
      reports: reports ? () => import('./sync.js').then(({ senderTo }) => senderTo(reports)) : undefined,
    });
    tellAll([() => onProgress?.({ stage: 'ready', loaded, total: loaded })]);
    return engine;
  });
}
