/**
 * From options to a running engine: what all entries share. What is fetched, what is kept and what is asked of the
 * WebAssembly each have their own file; here they are joined.
 */

import { PackCatalogue } from './catalogue.js';
import { oneOf } from './checks.js';
import { CHOICES, TabEngine } from './engine.js';
import { LoadError, RequestError } from './errors.js';
import { fetchDeltas, fetchManifest, fetchPack, fetchText, fetchWasm } from './load.js';
import type { WasmSource, Watch } from './load.js';
import { openPack, startWasm } from './machine.js';
import { messagesOf } from './messages.js';
import { IndexedDbStorage, MemoryStorage } from './storage.js';
import type { Engine, EngineOptions, Language, PackBytes, PackText, StorageAdapter } from './types.js';

/** Makes an engine; `defaultWasm` finds the module where the options name none. */
export async function createEngineWith(options: EngineOptions, defaultWasm: (watch: Watch) => Promise<WasmSource>): Promise<Engine> {
  if (typeof options !== 'object' || options === null) throw new RequestError('request_invalid', "createEngine takes options: { pack: '/v1/pack.json' } at least");
  const { signal, onProgress, consent, storage } = options;
  if (consent !== undefined) oneOf("createEngine's option 'consent'", consent, CHOICES);
  if (typeof storage !== 'object' && storage !== undefined) oneOf("createEngine's option 'storage'", storage, STORAGES);
  signal?.throwIfAborted();
  const watch: Watch = { signal, onProgress };
  // Both downloads at once; whichever fails first is the one that is told.
  const [, pack] = await Promise.all([startWasm(() => wasmOf(options.wasm, defaultWasm, watch)), packOf(options, watch)]);
  signal?.throwIfAborted();

  // Tells this tab's events from another's.
  const tab = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  const machine = openPack(pack.bytes, tab);
  try {
    const state = machine.state();
    if (pack.state !== undefined && pack.state !== state) {
      throw new LoadError('pack_load', `the pack has state ${state} and the manifest names ${pack.state}: publish both anew with 'windowshop pack build'`);
    }
    checkText(pack.text, state);
    for (const delta of pack.deltas) machine.apply_delta(delta);
    const clock = options.now ?? (() => Date.now() + pack.correction);
    const now = (): number => {
      const at = clock();
      if (!Number.isFinite(at)) throw new RequestError('request_invalid', "createEngine's option 'now' gives UTC milliseconds since 1970, as Date.now does");
      return at;
    };
    const language = pack.text?.language ?? options.language ?? 'en';
    const engine = new TabEngine({
      machine,
      catalogue: new PackCatalogue(machine, pack.text, now),
      messages: await messagesOf(language),
      language,
      now,
      adapter: adapterOf(storage),
      strict: options.strict ?? isDevelopment(),
      reports: options.reports,
    });
    await engine.start(consent);
    signal?.throwIfAborted();
    onProgress?.({ stage: 'ready', loaded: pack.bytes.byteLength, total: pack.bytes.byteLength });
    return engine;
  } catch (cause) {
    machine.free();
    throw cause;
  }
}

async function wasmOf(given: EngineOptions['wasm'], defaultWasm: (watch: Watch) => Promise<WasmSource>, watch: Watch): Promise<WasmSource> {
  if (given === undefined) return defaultWasm(watch);
  if (typeof given !== 'string' && !(given instanceof URL)) return given;
  const module = await fetchWasm(given, watch);
  if (!module) throw new LoadError('wasm_load', `what is served there is no WebAssembly: copy 'windowshop/engine.wasm' to it (${given})`);
  return module;
}

/** Where things can be kept, besides an adapter of the shop's own. */
const STORAGES = ['indexeddb', 'memory'] as const;

/** A pack at hand. */
interface Pack {
  bytes: Uint8Array;
  text: PackText | undefined;
  /** State hash that the manifest names. */
  state?: string;
  /** Changes since, in their order. */
  deltas: Uint8Array[];
  /** What to add to the page's clock. */
  correction: number;
}

async function packOf({ pack, language }: EngineOptions, watch: Watch): Promise<Pack> {
  if (isPackBytes(pack)) {
    const text = pack.text?.[pickLanguage(Object.keys(pack.text), language) ?? ''];
    const bytes = pack.bytes instanceof ArrayBuffer ? new Uint8Array(pack.bytes) : new Uint8Array(pack.bytes.buffer, pack.bytes.byteOffset, pack.bytes.byteLength);
    return { bytes, text, deltas: [], correction: 0 };
  }
  if (typeof pack !== 'string' && !(pack instanceof URL)) {
    throw new RequestError('request_invalid', "createEngine's option 'pack' is the address of a pack.json, or { bytes, text }");
  }
  if (/\.wspack($|[?#])/.test(String(pack))) {
    throw new RequestError('request_invalid', `createEngine's option 'pack' is a manifest: pass the pack.json beside this file (${pack})`);
  }
  const { manifest, base, correction } = await fetchManifest(pack, watch);
  const spoken = pickLanguage(manifest.languages, language);
  const [bytes, deltas, text] = await Promise.all([
    fetchPack(manifest, base, watch),
    fetchDeltas(manifest, base, watch),
    spoken === undefined ? undefined : fetchText(manifest, base, spoken, watch),
  ]);
  return { bytes, text, deltas, state: manifest.state, correction };
}

function isPackBytes(pack: EngineOptions['pack']): pack is PackBytes {
  return typeof pack === 'object' && pack !== null && !(pack instanceof URL) && 'bytes' in pack;
}

/** The language asked for, else the first that the browser's list names, else the shop's first. */
function pickLanguage(offered: Language[], asked: Language | undefined): Language | undefined {
  const wanted = asked === undefined ? (globalThis.navigator?.languages ?? []) : [asked];
  for (const language of wanted) {
    const found = offered.find((one) => one === language) ?? offered.find((one) => one.split('-')[0] === language.split('-')[0]);
    if (found !== undefined) return found;
  }
  return offered[0];
}

function checkText(text: PackText | undefined, state: string): void {
  if (text && (text.format !== 1 || text.pack !== state)) {
    throw new LoadError('text_load', `the text in '${text.language}' was made for another pack (${text.pack}, and this one is ${state}): publish both anew`);
  }
}

function adapterOf(storage: EngineOptions['storage']): StorageAdapter {
  if (typeof storage === 'object') return storage;
  // A page that has no IndexedDB is told so by Engine.storage, as if it had asked for it.
  const wanted = storage ?? (typeof indexedDB === 'undefined' && typeof document === 'undefined' ? 'memory' : 'indexeddb');
  return wanted === 'indexeddb' ? new IndexedDbStorage() : new MemoryStorage();
}

/** Whether this is not a production build: bundlers write the answer in here, and a plain page is told by its host. */
function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV !== 'production';
  } catch {
    return ['localhost', '127.0.0.1'].includes(globalThis.location?.hostname);
  }
}

declare const process: { env: { NODE_ENV?: string } };
