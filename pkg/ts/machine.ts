/**
 * The one place that touches WebAssembly: starts it, opens a pack in it, and makes typed errors of what it refuses.
 *
 * Starting is asynchronous and happens once a page; nothing is compiled on the way of an import.
 */

import { EngineError, LoadError, RequestError, StorageError, EventError, WindowshopError, wordsOf } from './errors.js';
import type { ErrorCode } from './errors.js';
import start, { Machine } from './glue.js';
import type { WasmSource } from './load.js';

export type { Machine } from './glue.js';

/** A machine that can take another's place. */
export interface OpenMachine extends Machine {
  /** What does the work now. */
  readonly inner: Machine;
  /** Lets go of what did the work and works with another's, so that whoever holds this one has the other. */
  become(next: OpenMachine): void;
}

let ready: Promise<unknown> | undefined;

/** Starts the engine's WebAssembly, once; a start that failed can be tried again. */
export async function startWasm(source: () => Promise<WasmSource>): Promise<void> {
  ready ??= source().then((module_or_path) => start({ module_or_path }));
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
  let inner = ask(() => new Machine(pack, tab));
  let disposed = false;
  const own: Record<PropertyKey, unknown> = {
    free() {
      if (!disposed) inner.free();
      disposed = true;
    },
    become(next: OpenMachine) {
      inner.free();
      inner = next.inner;
    },
  };
  return new Proxy(inner as OpenMachine, {
    get(_, name) {
      if (name === 'inner') return inner;
      return (
        own[name] ??
        ((...given: unknown[]): unknown => {
          if (disposed) throw new EngineError('disposed', 'this engine was disposed of: make another with createEngine');
          return plain(ask(() => (Reflect.get(inner, name) as (...given: unknown[]) => unknown).apply(inner, given)));
        })
      );
    },
  });
}

/** The class of what the engine refuses, by the first word of its code; what is not here is the request's. */
const errors: Record<string, typeof WindowshopError> = {
  delta: LoadError,
  event: EventError,
  import: StorageError,
  pack: LoadError,
  snapshot: StorageError,
};

/** Takes fields that hold nothing out of a value that was made for this call, so that what is absent is really absent. */
export function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  const fields = value as Record<string, unknown>;
  for (const key in fields) {
    if (fields[key] === undefined) delete fields[key];
    else plain(fields[key]);
  }
  return value;
}

/** Asks the engine; what it refuses is thrown as a typed error. */
function ask<Answer>(question: () => Answer): Answer {
  try {
    return question();
  } catch (thrown) {
    // What it refuses it tells as a plain object; an error is a failure.
    const { code, message } = (thrown ?? {}) as { code?: ErrorCode; message?: string };
    if (code && !(thrown instanceof Error)) throw new (errors[code.split('_')[0] ?? ''] ?? RequestError)(code, message ?? code);
    throw new EngineError('engine_failed', `the engine failed (${wordsOf(thrown)}): reload the page, and please report it`, { cause: thrown });
  }
}
