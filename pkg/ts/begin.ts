/** From a pack at hand to a running engine, in the page or in a worker. Nothing here fetches. */

import { PackCatalogue } from './catalogue.js';
import { TabEngine } from './engine.js';
import type { Parts } from './engine.js';
import { LoadError, RequestError } from './errors.js';
import { openPack } from './machine.js';
import type { OpenMachine } from './machine.js';
import { messagesOf } from './messages.js';
import type { WholePack } from './sources.js';
import { IndexedDbStorage, MemoryStorage } from './storage.js';
import type { Consent, EngineOptions, Language, PackText, StorageAdapter } from './types.js';

/** What an engine is told besides its pack. */
export interface Settings extends Pick<Parts, 'news' | 'now' | 'reports' | 'strict'> {
  language?: Language | undefined;
  consent?: Consent | undefined;
  storage?: EngineOptions['storage'] | undefined;
  signal?: AbortSignal | undefined;
}

/** Opens a pack in the compiled WebAssembly and reads what this browser keeps. */
export async function begin(pack: WholePack, { consent, storage, now, news, reports, strict, signal, ...asked }: Settings): Promise<TabEngine> {
  const machine = await opened(pack);
  try {
    const language = pack.text?.language ?? asked.language ?? 'en';
    const engine = new TabEngine({
      machine,
      catalogue: new PackCatalogue(machine, pack.text, now),
      messages: await messagesOf(language),
      language,
      now,
      news,
      opened,
      adapter: adapterOf(storage),
      strict,
      reports,
    });
    await engine.start(consent);
    signal?.throwIfAborted();
    return engine;
  } catch (cause) {
    machine.free();
    throw cause;
  }
}

/** A machine with a pack and what changed since. */
async function opened(pack: WholePack): Promise<OpenMachine> {
  // Tells this tab's events from another's.
  const tab = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  const machine = await openPack(pack.bytes, tab);
  try {
    const state = machine.state();
    if (pack.state !== undefined && pack.state !== state) {
      throw new LoadError('pack_load', `the pack has state ${state} and the manifest names ${pack.state}: publish both anew`);
    }
    checkText(pack.text, state);
    for (const delta of pack.deltas) machine.apply_delta(delta);
    return machine;
  } catch (cause) {
    machine.free();
    throw cause;
  }
}

function checkText(text: PackText | undefined, state: string): void {
  if (text && (text.format !== 1 || text.pack !== state)) {
    throw new LoadError('text_load', `the text in '${text.language}' was made for another pack (${text.pack}, and this one is ${state}): publish both anew`);
  }
}

function adapterOf(storage: EngineOptions['storage']): StorageAdapter {
  // A page that has no IndexedDB is told so by Engine.storage, as if it had asked for it.
  const wanted = storage ?? (typeof indexedDB === 'undefined' && typeof document === 'undefined' ? 'memory' : 'indexeddb');
  if (wanted === 'indexeddb') return new IndexedDbStorage();
  if (wanted === 'memory') return new MemoryStorage();
  if (typeof wanted.put === 'function') return wanted;
  throw new RequestError('request_invalid', "option 'storage' is none");
}
