/**
 * What an engine is made from: options that are checked, the WebAssembly and the pack that they name. Fetching is done
 * in load.ts; here it is decided what.
 */

import { CHOICES, oneOf } from './checks.js';
import { RequestError } from './errors.js';
import { fail, part } from './failing.js';
import { fetchDeltas, fetchFile, fetchManifest, fetchText, fetchWasm } from './load.js';
import type { Found, Landing, Room, WasmSource, Watch } from './load.js';
import { pickLanguage } from './messages.js';
import { textOf } from './text.js';
import type { PackText } from './text.js';
import type { EngineOptions, Language, PackBytes } from './types.js';

/** What is new since a state: deltas, on top of a whole pack where there is another. */
export interface News {
  bytes?: Uint8Array<ArrayBuffer> | Landing;
  /** Settles when the bytes are known to be those that the manifest names; absent where they are, or nothing names them. */
  sure?: Promise<unknown>;
  text: PackText | undefined;
  /** State hash that the manifest names. */
  state?: string;
  /** Changes since, in their order. */
  deltas: Uint8Array<ArrayBuffer>[];
}

/** A pack and what changed since it. */
export interface WholePack extends News {
  bytes: Uint8Array<ArrayBuffer> | Landing;
}

/** A pack at hand. */
export interface Pack extends WholePack {
  /** What to add to the page's clock. */
  correction: number;
}

/**
 * Makes something from options, and says what is wrong with them: in development before anything is fetched, elsewhere
 * where making it has failed, so that what checks them is fetched by those alone who need it.
 *
 * @param maker the function that was called
 * @throws {RequestError} naming the option and what it may be
 */
export async function madeOf<Made>(maker: string, options: EngineOptions, make: () => Promise<Made>): Promise<Made> {
  const check = async (cause?: unknown): Promise<void> => {
    options?.signal?.throwIfAborted?.();
    // A page that lost its connection keeps the error that it has.
    const fault = (await import('./options.js').catch(() => undefined))?.faultOf(maker, options);
    if (fault) throw new RequestError('request_invalid', fault, { cause });
  };
  if (isDevelopment()) await check();
  let left: (cause: unknown) => void;
  try {
    const { consent, signal } = options;
    // What is remembered depends on it: a choice that is none is looked at everywhere.
    if (consent) oneOf("option 'consent'", consent, CHOICES);
    // Called off at once, whatever is waited for: storage may never answer. `check` throws the reason then, and what is made after
    // all lets go of itself.
    return await new Promise<Made>((resolve, reject) => {
      signal?.addEventListener('abort', (left = reject));
      make().then(resolve, reject);
    }).finally(() => signal?.removeEventListener('abort', left));
  } catch (cause) {
    await check(cause);
    throw cause;
  }
}

/** The shop's clock, or the page's put right by `correction`; one that gives no number is refused when it is asked. */
export function clockOf({ now: own }: EngineOptions, correction: number): () => number {
  const clock = own ?? (() => Date.now() + correction);
  const tell = (): number => {
    const at = clock();
    if (!Number.isFinite(at)) throw new RequestError('request_invalid', "option 'now' gave no number");
    return at;
  };
  tell();
  return tell;
}

/** The module that the options name; where they name none, `defaultWasm` finds it. */
export async function wasmOf(options: EngineOptions, defaultWasm: (watch: Watch) => Promise<WasmSource>): Promise<WasmSource> {
  const { wasm } = options;
  if (!wasm) return defaultWasm(options);
  if (wasm instanceof WebAssembly.Module || (wasm as Partial<BufferSource>).byteLength) return wasm as WasmSource;
  return (await fetchWasm(wasm as string | URL | Response, options)) ?? fail('wasm_load', 'no_module', [(wasm as Partial<Response>).url ?? String(wasm)]);
}

/** What becomes of a pack while it is fetched. */
export interface Arrival {
  /** Is told the language as soon as it is known; nothing where the manifest names none. */
  speaks?(language: Language | undefined): unknown;
  /** Where the pack goes. */
  room?: Room;
}

/** The pack that the options name, with its text in one language. */
export async function packOf(options: EngineOptions, arrival?: Arrival): Promise<Pack> {
  const { pack } = options;
  if (isPackBytes(pack)) return (await part(import('./handed.js'))).handed(pack, options.language, pickLanguage, textOf, fail);
  return fetchAll(await fetchManifest(pack, options), options, arrival);
}

/**
 * What is served beyond a state; `undefined` where nothing is, and where a pack was handed over and there is nowhere to look.
 *
 * @param state where the engine is
 * @param language what it speaks
 */
export async function newsOf({ pack }: EngineOptions, state: string, language: Language): Promise<News | undefined> {
  if (isPackBytes(pack)) return undefined;
  return (await part(import('./news.js'))).newsOf(await fetchManifest(pack, {}), state, language, { fetchAll, fetchDeltas });
}

/** What news are fetched with. */
export interface Sources {
  fetchAll: typeof fetchAll;
  fetchDeltas: typeof fetchDeltas;
}

/** Everything that a manifest names, its text in one language. */
export async function fetchAll({ manifest, base, correction }: Found, options: Omit<EngineOptions, 'pack'>, { speaks, room }: Arrival = {}): Promise<Pack> {
  const spoken = pickLanguage(manifest.languages, options.language);
  speaks?.(spoken);
  const [pack, deltas, text] = await Promise.all([
    fetchFile({ ...manifest.pack, state: manifest.state }, base, options, 'pack', room),
    fetchDeltas(manifest.deltas, base, options),
    spoken ? fetchText(manifest, base, spoken, options) : undefined,
  ]);
  return { ...pack, text, deltas, state: manifest.state, correction };
}

/** Whether a pack is handed over, and not named by its address. */
export function isPackBytes(pack: EngineOptions['pack']): pack is PackBytes {
  return typeof pack === 'object' && 'bytes' in pack;
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
