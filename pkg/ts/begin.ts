/** From a pack at hand to a running engine, in the page or in a worker. Nothing here fetches. */

import { catalogueOf } from './catalogue.js';
import { draw } from './chance.js';
import { oneOf } from './checks.js';
import { engineOf } from './engine.js';
import type { Parts } from './engine.js';
import { fail } from './failing.js';
import { openPack } from './machine.js';
import type { OpenMachine } from './machine.js';
import { messagesOf } from './messages.js';
import type { WholePack } from './sources.js';
import { IndexedDbStorage, MemoryStorage } from './storage.js';
import type { Engine, EngineOptions, Language, StorageAdapter } from './types.js';

/** What an engine is told besides its pack. */
export interface Settings extends Pick<Parts, 'consent' | 'news' | 'now' | 'reports' | 'strict'> {
  language?: Language | undefined;
  storage?: EngineOptions['storage'] | undefined;
  signal?: AbortSignal | undefined;
}

/** Opens a pack in the compiled WebAssembly and reads what this browser keeps. */
export async function begin(pack: WholePack, { storage, signal, ...settings }: Settings): Promise<Engine> {
  const machine = await opened(pack);
  let engine: Engine | undefined;
  try {
    const language = pack.text?.language ?? settings.language ?? 'en';
    const catalogue = catalogueOf(machine, pack.text, settings.now);
    const [made, start] = engineOf({ ...settings, machine, catalogue, messages: await messagesOf(language), language, opened, adapter: adapterOf(storage) });
    engine = made;
    await start();
    signal?.throwIfAborted();
    return engine;
  } catch (cause) {
    await engine?.dispose();
    machine.free();
    throw cause;
  }
}

/** A machine with a pack and what changed since. */
async function opened(pack: WholePack): Promise<OpenMachine> {
  // Tells this tab's events from another's. What was altered on its way may be refused, but is told to be that.
  const machine = await openPack(pack.bytes, draw()).finally(() => pack.sure);
  try {
    const state = machine.state();
    const { state: named = state, text } = pack;
    if (named !== state) await fail('pack_load', 'other_state', [state, named]);
    if (text && (text.format !== 2 || text.pack !== state)) await fail('text_load', 'other_text', [text.language, text.pack, state]);
    for (const delta of pack.deltas) machine.apply_delta(delta);
    return machine;
  } catch (cause) {
    machine.free();
    throw cause;
  }
}

function adapterOf(storage: EngineOptions['storage']): StorageAdapter {
  // A page that has no IndexedDB, or may not touch it, is told so by Engine.storage, as if it had asked for it.
  const wanted = storage ?? ('indexedDB' in globalThis || 'document' in globalThis ? 'indexeddb' : 'memory');
  if (wanted === 'indexeddb') return new IndexedDbStorage();
  if (typeof (wanted as StorageAdapter).put === 'function') return wanted as StorageAdapter;
  oneOf("option 'storage'", wanted, ['memory']);
  return new MemoryStorage();
}
