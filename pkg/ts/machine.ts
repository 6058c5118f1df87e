/**
 * The one place that touches WebAssembly: starts it, opens a pack in it, and makes typed errors of what it refuses.
 *
 * Starting is asynchronous and happens once a page; nothing is compiled on the way of an import.
 */

import { EngineError, LoadError, RequestError, StorageError, EventError, WindowshopError, wordsOf } from './errors.js';
import type { ErrorCode } from './errors.js';
import start, { Machine } from './glue.js';
import type { WasmSource } from './load.js';

export { Machine } from './glue.js';

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
export function openPack(pack: Uint8Array, tab: number): Machine {
  const machine = ask(() => new Machine(pack, tab));
  let disposed = false;
  return new Proxy(machine, {
    get(target, name) {
      const value = Reflect.get(target, name, target) as unknown;
      if (typeof value !== 'function') return value;
      if (name === 'free') {
        return () => {
          if (!disposed) target.free();
          disposed = true;
        };
      }
      return (...given: unknown[]): unknown => {
        if (disposed) throw new EngineError('disposed', 'this engine was disposed of: make another with createEngine');
        return plain(ask(() => value.apply(target, given) as unknown));
      };
    },
  });
}

/** The class of each code that the engine refuses with. */
const errors: Partial<Record<ErrorCode, typeof WindowshopError>> = {
  account_invalid: RequestError,
  cart_invalid: RequestError,
  delta_out_of_step: LoadError,
  delta_refused: LoadError,
  event_invalid: EventError,
  event_unknown: EventError,
  import_refused: StorageError,
  not_in_catalogue: RequestError,
  pack_refused: LoadError,
  reminders_full: RequestError,
  report_refused: RequestError,
  request_invalid: RequestError,
  snapshot_damaged: StorageError,
  snapshot_newer: StorageError,
};

/** Takes fields that hold nothing out of a value that was made for this call, so that what is absent is really absent. */
function plain(value: unknown): unknown {
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
    const { code, message } = (thrown ?? {}) as { code?: ErrorCode; message?: string };
    const Kind = code === undefined ? undefined : errors[code];
    if (Kind && code !== undefined) throw new Kind(code, message ?? code);
    throw new EngineError('engine_failed', `the engine failed (${wordsOf(thrown)}): reload the page, and please report it`, { cause: thrown });
  }
}
