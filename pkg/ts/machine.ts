/**
 * The one place that touches WebAssembly: starts it, opens a pack in it, and makes typed errors of what it refuses.
 *
 * Starting is asynchronous and happens once a page; nothing is compiled on the way of an import.
 */

import { EngineError, LoadError, RequestError, StorageError, EventError, WindowshopError, wordsOf } from './errors.js';
import type { ErrorCode } from './errors.js';
import start, { Machine as Module } from './glue.js';
import type { WasmSource } from './load.js';
import { read, written } from './values.js';

/** What the engine is asked, each a line of `QUESTIONS` in pkg/src/lib.rs, where it is told what it does. Times are UTC milliseconds. */
export interface Machine {
  apply_delta(delta: Uint8Array): void;
  state(): string;
  facts(): unknown;
  zone_offset(at: number): number;
  shop_day(at: number): number[];
  brand_ids(): string[];
  category_ids(): string[];
  sales(at: number): unknown;
  brands(at: number): unknown;
  brand(id: string, at: number): unknown;
  categories(): unknown;
  item(id: string): unknown;
  items_of(sale: string): unknown;
  item_row(id: string): number | undefined;
  set_consent(consent: string): void;
  observe(event: unknown, at: number): unknown;
  load(rows: unknown[]): unknown;
  trim(at: number): string[];
  event_ids(): string[];
  history(): unknown;
  orders(): unknown;
  derived(at: number): unknown;
  favourites(): string[];
  forget(ids: string[]): number;
  erase(): void;
  snapshot(): Uint8Array;
  restore(snapshot: Uint8Array): void;
  reminders(at: number): unknown;
  kept_reminders(): unknown;
  load_reminders(rows: unknown[]): unknown;
  export(at: number): unknown;
  import(memory: unknown): unknown;
  know(secret: Uint8Array | undefined): void;
  recommend(request: unknown, at: number): Uint32Array;
  ranked_brands(request: unknown, at: number): unknown;
  explain(item: string, at: number): unknown;
  record(request: unknown, at: number): unknown;
  price(cart: unknown, at: number): unknown;
  set_account(account: unknown): boolean;
  customer(at: number): unknown;
  offer(at: number): unknown;
  report(at: number, secret: Uint8Array): unknown;
  preview_report(at: number, secret: Uint8Array): unknown;
  survey_question(at: number, secret: Uint8Array): string[];
  report_sent(id: string, at: number): boolean;
  report_tried(id: string, at: number): boolean;
  skip_report(at: number): boolean;
  ledger(): unknown;
  ledger_bytes(): Uint8Array;
  load_ledger(ledger: Uint8Array): void;
  budget(at: number): unknown;
  /** Lets go of the engine's memory. */
  free(): void;
}

/** A machine that can take another's place. */
export interface OpenMachine extends Machine {
  /** What does the work now. */
  readonly inner: Module;
  /** Lets go of what did the work and works with another's, so that whoever holds this one has the other. */
  become(next: OpenMachine): void;
}

let ready: Promise<unknown> | undefined;
let memory: WebAssembly.Memory;

/** Starts the engine's WebAssembly, once; a start that failed can be tried again. */
export async function startWasm(source: () => Promise<WasmSource>): Promise<void> {
  ready ??= source().then(async (module_or_path) => {
    memory = (await start({ module_or_path })).memory;
  });
  try {
    await ready;
  } catch (cause) {
    ready = undefined;
    if (cause instanceof WindowshopError) throw cause;
    if (cause instanceof WebAssembly.CompileError && /unsafe-eval|Content.Security.Policy/i.test(cause.message)) {
      throw new LoadError('csp', "the page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src", { cause });
    }
    throw new LoadError('wasm_load', `the engine's WebAssembly could not be started: ${wordsOf(cause)}`, { cause });
  }
}

/** Opens a pack in the started WebAssembly; whatever the machine refuses afterwards is a typed error too. */
export function openPack(pack: Uint8Array, tab: number): OpenMachine {
  let inner = sound(() => {
    const module = new Module(pack.length);
    new Uint8Array(memory.buffer, module.room(), pack.length).set(pack);
    return module;
  });
  let disposed = false;
  const own: Record<PropertyKey, unknown> = {
    // Who awaits the machine asks it for this: it is no promise.
    then: null,
    free() {
      if (!disposed) inner.free();
      disposed = true;
    },
    become(next: OpenMachine) {
      inner.free();
      inner = next.inner;
    },
  };
  const machine = new Proxy(own as unknown as OpenMachine, {
    get: (_, name) =>
      name === 'inner'
        ? inner
        : name in own
          ? own[name]
          : (...given: unknown[]): unknown => {
              if (disposed) throw new EngineError('disposed', 'this engine was disposed of: make another with createEngine');
              return ask(inner, name as string, given);
            },
  });
  try {
    ask(inner, 'open', [tab]);
    return machine;
  } catch (cause) {
    inner.free();
    throw cause;
  }
}

/** The class of what the engine refuses, by the first word of its code; what is not here is the request's. */
const errors: Record<string, typeof WindowshopError> = {
  delta: LoadError,
  event: EventError,
  import: StorageError,
  pack: LoadError,
  snapshot: StorageError,
};

/** Asks the engine; what it refuses is thrown as a typed error. */
function ask(module: Module, name: string, given: unknown[]): unknown {
  const [refused, answer] = sound(() => {
    const bytes = module.ask(written([name, ...given])) as Uint8Array<ArrayBuffer>;
    return [bytes[0], read(bytes, memory)] as const;
  });
  if (!refused) return answer;
  const { code, message } = answer as { code: ErrorCode; message: string };
  throw new (errors[code.split('_')[0] ?? ''] ?? RequestError)(code, message);
}

/** What is done with the module; whatever is thrown there is a failure of the engine. */
function sound<Made>(doing: () => Made): Made {
  try {
    return doing();
  } catch (cause) {
    throw new EngineError('engine_failed', `the engine failed (${wordsOf(cause)}): reload the page, and please report it`, { cause });
  }
}
