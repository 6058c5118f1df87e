/**
 * Windowshop in a sealed worker: the same engine, in a room from which nothing can be fetched or sent.
 *
 * The worker is one file, `sealed-worker.js`, served with a Content-Security-Policy that closes every way out. The page
 * fetches what the engine is made from, makes sure of the seal, hands everything over and asks by messages. What leaves is
 * the report that the page sends for the worker, and nothing else is taken from it to be sent.
 */

import { EngineError } from './errors.js';
import { subscribed, tellAll } from './listeners.js';
import type { News, Pack } from './sources.js';
import { clockOf, isDevelopment, madeOf, newsOf, packOf, wasmOf } from './sources.js';
import { Room } from './sealed/room.js';
import type { SealedEngine, SealedEngineOptions } from './sealed/types.js';
import { METHODS, VALUES } from './sealed/wire.js';
import type { Start } from './sealed/wire.js';
import { senderTo } from './sync.js';
import type { ReportPreview } from './types.js';
import { defaultWasm } from './wasm-file.js';

export { EngineError, EventError, LoadError, RequestError, StorageError, WindowshopError } from './errors.js';
export type { ErrorCode } from './errors.js';
export { fromDataLayer, fromGtag } from './events.js';
export type { Sealed, SealedEngine, SealedEngineOptions } from './sealed/types.js';
export * from './types.js';

/** What a report is, each text by its form. Nothing of another form leaves, whatever the worker hands over. */
const REPORT = { question: /^.{1,200}$/, week: /^\d{4}-W\d\d$/, id: /^[0-9a-f]{32}$/, answer: /^[a-z]+-[0-9a-f]{8}-[0-9a-f]{1,64}$/ } as const;

/**
 * Makes an engine in a sealed worker: fetches module, pack and text, makes sure that the worker is sealed, and hands them
 * over.
 *
 * @throws {@link LoadError} `not_sealed` where the worker's script is served without its policy, and what else a start can
 * fail with. Rejects with `signal.reason` when it is aborted.
 */
export function createSealedEngine(options: SealedEngineOptions): Promise<SealedEngine> {
  return madeOf('createSealedEngine', options, () => made(options));
}

async function made(options: SealedEngineOptions): Promise<SealedEngine> {
  const { signal, onProgress, storage, reports, now } = options;
  signal?.throwIfAborted();
  const address = options.worker ?? new URL('./sealed-worker.js', import.meta.url);
  const room = new Room(address, { now: now && clockOf(options, 0), send: reports ? senderOf(reports) : undefined });
  const abort = (): void => room.close(signal?.reason as Error);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const [sealed, wasm, pack] = await Promise.all([room.sealed(options.allowUnsealed ?? false), moduleOf(options), packOf(options).then(sent)]);
    const start: Start = {
      wasm,
      pack: owned(pack, options),
      language: options.language,
      consent: options.consent,
      storage,
      strict: options.strict ?? isDevelopment(),
      reports: Boolean(reports),
      privacyControl: privacyControl(),
    };
    const { deltas } = start.pack;
    // Without a room for it a pack comes as bytes.
    const bytes = start.pack.bytes as Uint8Array<ArrayBuffer>;
    const loaded = bytes.length;
    await room.start(start, [bytes.buffer, ...deltas.map(({ buffer }) => buffer)]);
    signal?.throwIfAborted();
    tellAll([() => onProgress?.({ stage: 'ready', loaded, total: loaded })]);
    return engineOf(room, sealed, options);
  } catch (cause) {
    room.close(cause as Error);
    throw cause;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** The module's bytes, which the worker compiles, or a module that was given. */
async function moduleOf(options: SealedEngineOptions): Promise<Start['wasm']> {
  const wasm = await wasmOf(options, defaultWasm);
  return wasm instanceof Response ? wasm.arrayBuffer() : wasm;
}

/** What can be sent to the worker: known to be what the manifest names. */
async function sent<Given extends News>({ sure, ...given }: Given): Promise<Omit<Given, 'sure'>> {
  await sure;
  return given;
}

/** A pack whose bytes may be moved away: those that the caller handed in stay with the caller. */
function owned(pack: Pack, { pack: given }: SealedEngineOptions): Pack {
  return typeof given === 'object' && 'bytes' in given ? { ...pack, bytes: (pack.bytes as Uint8Array<ArrayBuffer>).slice(), deltas: pack.deltas.map((delta) => delta.slice()) } : pack;
}

function privacyControl(): boolean {
  return (globalThis.navigator as { globalPrivacyControl?: boolean } | undefined)?.globalPrivacyControl ?? false;
}

/** Sends what is a report and nothing else, once a visit, as the engine in the page does. */
function senderOf(endpoint: string | URL): (body: unknown) => Promise<boolean> {
  let left = 1;
  return async (told) => {
    const given = told as Record<string, unknown>;
    const texts = Object.entries(REPORT).map(([field, form]) => [field, given[field], form] as const);
    const isReport = Object.keys(given).length === texts.length && texts.every(([, text, form]) => typeof text === 'string' && form.test(text));
    if (!isReport || privacyControl() || left-- <= 0) return false;
    return senderTo(endpoint)(Object.fromEntries(texts) as unknown as ReportPreview['body']);
  };
}

/** The engine's methods and values, each behind the room. */
function engineOf(room: Room, sealed: boolean, options: SealedEngineOptions): SealedEngine {
  const engine: Record<string, unknown> = { isolation: sealed ? 'sealed' : 'worker' };
  const at = (path: string): [owner: Record<string, unknown>, name: string] => {
    const names = path.split('.');
    const name = names.pop() ?? '';
    return [names.reduce((owner, inner) => (owner[inner] ??= {}) as Record<string, unknown>, engine), name];
  };
  for (const path of VALUES) {
    const [owner, name] = at(path);
    Object.defineProperty(owner, name, { get: () => room.values[path], enumerable: true });
  }
  for (const method of METHODS) {
    const [owner, name] = at(method);
    owner[name] = (...given: unknown[]) => {
      const answer = room.call(method, given);
      // Nobody has to wait for what is observed: the worker says on its console what was refused.
      if (method === 'observe') answer.catch(() => undefined);
      return answer;
    };
  }
  let disposing: Promise<void> | undefined;
  const dispose = (): Promise<void> =>
    (disposing ??= room.call('dispose', []).then(
      () => room.close(new EngineError('disposed', 'this engine was disposed of: make another with createSealedEngine')),
      // What failed before has ended the worker already.
      () => undefined,
    ));
  return Object.assign(engine, {
    // The page fetches, and the worker takes it in.
    refresh: async () => {
      const news = await newsOf(options, room.values['state'] as string, room.values['language'] as string);
      return news ? room.call('refresh', [await sent(news)]) : false;
    },
    subscribe: (listener: () => void) => subscribed(room.listeners, listener),
    dispose,
    [Symbol.asyncDispose ?? Symbol('asyncDispose')]: dispose,
  }) as unknown as SealedEngine;
}
