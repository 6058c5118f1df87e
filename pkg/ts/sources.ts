/**
 * What an engine is made from: options that are checked, the WebAssembly and the pack that they name. Fetching is done
 * in load.ts; here it is decided what.
 */

import { CHOICES, oneOf } from './checks.js';
import { LoadError, RequestError } from './errors.js';
import { fetchDeltas, fetchManifest, fetchPack, fetchText, fetchWasm } from './load.js';
import type { WasmSource, Watch } from './load.js';
import type { EngineOptions, Language, PackBytes, PackText } from './types.js';

/** Where things can be kept, besides an adapter of the shop's own. */
const STORAGES = ['indexeddb', 'memory'] as const;

/** A pack at hand. */
export interface Pack {
  bytes: Uint8Array<ArrayBuffer>;
  text: PackText | undefined;
  /** State hash that the manifest names. */
  state?: string;
  /** Changes since, in their order. */
  deltas: Uint8Array<ArrayBuffer>[];
  /** What to add to the page's clock. */
  correction: number;
}

/**
 * Checks what can be checked before anything is fetched.
 *
 * @throws {RequestError} naming the option and what it may be
 */
export function checkOptions(options: EngineOptions): void {
  if (typeof options !== 'object' || options === null) throw new RequestError('request_invalid', "createEngine takes options: { pack: '/v1/pack.json' } at least");
  const { consent, storage } = options;
  if (consent !== undefined) oneOf("createEngine's option 'consent'", consent, CHOICES);
  if (typeof storage !== 'object' && storage !== undefined) oneOf("createEngine's option 'storage'", storage, STORAGES);
}

/** The shop's clock, or the page's put right by `correction`; one that gives no number is refused when it is asked. */
export function clockOf({ now: own }: EngineOptions, correction: number): () => number {
  const clock = own ?? (() => Date.now() + correction);
  return () => {
    const at = clock();
    if (!Number.isFinite(at)) throw new RequestError('request_invalid', "createEngine's option 'now' gives UTC milliseconds since 1970, as Date.now does");
    return at;
  };
}

/** The module that the options name; where they name none, `defaultWasm` finds it. */
export async function wasmOf(options: EngineOptions, defaultWasm: (watch: Watch) => Promise<WasmSource>): Promise<WasmSource> {
  const { wasm } = options;
  if (wasm === undefined) return defaultWasm(options);
  if (typeof wasm !== 'string' && !(wasm instanceof URL)) return wasm;
  const module = await fetchWasm(wasm, options);
  if (!module) throw new LoadError('wasm_load', `what is served there is no WebAssembly: copy 'windowshop/engine.wasm' to it (${wasm})`);
  return module;
}

/** The pack that the options name, with its text in one language. */
export async function packOf(options: EngineOptions): Promise<Pack> {
  const { pack, language } = options;
  if (isPackBytes(pack)) {
    const text = pack.text?.[pickLanguage(Object.keys(pack.text), language) ?? ''];
    // A view names its buffer and its bounds; a buffer, which is its own, none.
    const { buffer = pack.bytes as ArrayBuffer, byteOffset, byteLength } = pack.bytes as Partial<ArrayBufferView<ArrayBuffer>>;
    return { bytes: new Uint8Array(buffer, byteOffset, byteLength), text, deltas: [], correction: 0 };
  }
  if (typeof pack !== 'string' && !(pack instanceof URL)) {
    throw new RequestError('request_invalid', "createEngine's option 'pack' is the address of a pack.json, or { bytes, text }");
  }
  if (/\.wspack($|[?#])/.test(String(pack))) {
    throw new RequestError('request_invalid', `createEngine's option 'pack' is a manifest: pass the pack.json beside this file (${pack})`);
  }
  const { manifest, base, correction } = await fetchManifest(pack, options);
  const spoken = pickLanguage(manifest.languages, language);
  const [bytes, deltas, text] = await Promise.all([
    fetchPack(manifest, base, options),
    fetchDeltas(manifest, base, options),
    spoken === undefined ? undefined : fetchText(manifest, base, spoken, options),
  ]);
  return { bytes, text, deltas, state: manifest.state, correction };
}

function isPackBytes(pack: EngineOptions['pack']): pack is PackBytes {
  return typeof pack === 'object' && pack !== null && 'bytes' in pack;
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

/** Whether this is not a production build: bundlers write the answer in here, and a plain page is told by its host. */
export function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV !== 'production';
  } catch {
    return ['localhost', '127.0.0.1'].includes(globalThis.location?.hostname);
  }
}

declare const process: { env: { NODE_ENV?: string } };
