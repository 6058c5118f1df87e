/**
 * What is asked of the WebAssembly: opens a pack in it, and makes typed errors of what it refuses. How it is started and how bytes
 * cross is in instance.ts.
 *
 * It is compiled once a page, and nothing on the way of an import. Each opened pack has an instance with a memory of its own, which
 * nothing holds once the machine was let go of: a memory of WebAssembly can grow and never shrink, so it is given back whole.
 */

import { EngineError, LoadError, RequestError, StorageError, EventError, WindowshopError, wordsOf } from './errors.js';
import type { ErrorCode } from './errors.js';
import { fail } from './failing.js';
import { compile, instantiate } from './instance.js';
import type { Instance } from './instance.js';
import type { Landing, WasmSource } from './load.js';
import { read, written } from './values.js';

/** What the engine is asked, each a line of `QUESTIONS` in pkg/src/lib.rs, where it is told what it does. Times are UTC milliseconds. */
export interface Machine {
  apply_delta(delta: Uint8Array): void;
  state(): string;
  facts(): unknown;
  zone_offset(at: number): number;
  shop_day(at: number): number[];
  brand_ids(): string;
  category_ids(): string;
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
  /** Lets go of the instance, and with it of the engine's memory; whatever is asked later is refused as `disposed`. */
  free(): void;
}

/** A machine that can take another's place. */
export interface OpenMachine extends Machine {
  /** What does the work now; nothing once it was let go of. */
  readonly inner: Instance | undefined;
  /** Lets go of what did the work and works with another's, so that whoever holds this one has the other. */
  become(next: OpenMachine): void;
}

let compiled: Promise<WebAssembly.Module> | undefined;

/** Compiles the engine's WebAssembly, once; what failed can be tried again. */
export async function startWasm(source: () => Promise<WasmSource>): Promise<void> {
  const start = () => source().then(compile).catch(notStarted);
  // It stays what it is when it fails, for whoever waits for it yet.
  await (compiled = compiled?.catch(start) ?? start());
}

function notStarted(cause: unknown): Promise<never> {
  if (cause instanceof WindowshopError) throw cause;
  const why = wordsOf(cause);
  return /unsafe-eval|Content.Security/i.test(why) ? fail('csp', 'forbidden', [], cause) : fail('wasm_load', 'not_started', [why], cause);
}

/** Instances whose pack is on its way, by where it is put. */
const rooms = new WeakMap<object, Instance>();

/** Room for a pack of so many bytes in the memory of an instance that waits for it: once it is there, {@link openPack} copies nothing. */
export async function roomFor(length: number): Promise<Landing> {
  const instance = await compiled!.then(instantiate).catch(notStarted);
  const room = sound(() => instance.room(length));
  rooms.set(room, instance);
  return room;
}

/** Opens a pack in the compiled WebAssembly; whatever the machine refuses afterwards is a typed error too. */
export async function openPack(pack: Uint8Array<ArrayBuffer> | Landing, tab: number): Promise<OpenMachine> {
  let instance = rooms.get(pack);
  if (!instance) {
    const room = await roomFor(pack.length);
    room.bytes().set(pack as Uint8Array);
    instance = rooms.get(room)!;
  }
  ask(instance, 'open', [tab]);
  return machineOf(instance);
}

/** A function of its own, for what it makes holds all that is named here: neither the pack's bytes nor an instance but `inner`. */
function machineOf(inner: Instance | undefined): OpenMachine {
  const own = {
    // Who awaits the machine asks it for this: it is no promise.
    then: null,
    get inner() {
      return inner;
    },
    free() {
      inner = undefined;
    },
    become(next: OpenMachine) {
      ({ inner } = next);
      next.free();
    },
  };
  return new Proxy<object>(own, {
    get: (own: Record<PropertyKey, unknown>, name) =>
      name in own
        ? own[name]
        : (...given: unknown[]): unknown => {
            if (!inner) throw new EngineError('disposed', 'this engine was disposed of: make another with createEngine');
            return ask(inner, name as string, given);
          },
  }) as OpenMachine;
}

/** The class of what the engine refuses, by the first word of its code; what is not here is the request's. */
const errors: Record<string, typeof WindowshopError> = {
  delta: LoadError,
  event: EventError,
  import: StorageError,
  pack: LoadError,
};

/** Asks the engine; what it refuses is thrown as a typed error. */
function ask(instance: Instance, name: string, given: unknown[]): unknown {
  const [refused, answer] = sound(() => {
    const bytes = instance.ask(written([name, ...given]));
    return [bytes[0], read(bytes, instance.memory)] as const;
  });
  if (!refused) return answer;
  const { code, message } = answer as { code: ErrorCode; message: string };
  throw new (errors[code.split('_')[0]!] ?? RequestError)(code, message);
}

/** What is done with an instance; whatever is thrown there is a failure of the engine. */
function sound<Made>(doing: () => Made): Made {
  try {
    return doing();
  } catch (cause) {
    throw new EngineError('engine_failed', `the engine failed (${wordsOf(cause)}): reload the page`, { cause });
  }
}
