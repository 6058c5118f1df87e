/**
 * The engine's module, compiled and started: the few lines that wasm-bindgen would write, by hand, so that each engine has an
 * instance and a memory of its own, and the module reaches nothing of the page. Nothing here knows what is asked.
 *
 * What crosses is bytes, and all that the module can call stands below: a way to fail, and a hook that has nothing to do.
 * `scripts/check-glue.mjs` fails the build where what wasm-bindgen writes is no longer what this file was written after.
 */

import type { Landing, WasmSource } from './load.js';

/** What the module gives, as far as it is used, by the names of scripts/plain-names.mjs; addresses and lengths are of bytes. */
interface Exports {
  memory: WebAssembly.Memory;
  /** A machine with room for a pack. */
  machine(length: number): number;
  room(machine: number): number;
  arrived(machine: number, length: number): void;
  ask(machine: number, question: number, length: number): [answer: number, length: number];
  take(length: number, align: number): number;
  leave(place: number, length: number, align: number): void;
  start(): void;
}

/** A machine of the module (`pkg/src/lib.rs`) in an instance of its own. Whoever lets go of it lets go of its memory. */
export interface Instance {
  /** Where the engine's own words lie. */
  readonly memory: WebAssembly.Memory;
  /** The secret that it was told. */
  knows?: Uint8Array | undefined;
  /** Where a pack of so many bytes is read in place, to be put there before anything is asked; it is opened by a question. */
  room(length: number): Landing;
  /** Answers a question, bytes by bytes. */
  ask(question: Uint8Array): Uint8Array<ArrayBuffer>;
}

/** The module, compiled while it streams where it is a response: those are of modules, and say so (load.ts). */
export async function compile(source: WasmSource): Promise<WebAssembly.Module> {
  if (source instanceof Response) return WebAssembly.compileStreaming(source);
  return 'byteLength' in source ? WebAssembly.compile(source) : source;
}

/** Starts the module once more. Not at once: before version 115 Chrome refuses that to the page. */
export async function instantiate(module: WebAssembly.Module): Promise<Instance> {
  const host = {
    fail(place: number, length: number): never {
      throw new Error(new TextDecoder().decode(at(place, length)));
    },
    nothing(): void {
      // There is a table of references, and no value crosses.
    },
  };
  const { exports } = await WebAssembly.instantiate(module, { host });
  const wasm = exports as unknown as Exports;
  const { memory } = wasm;
  // Looked up each time: where the memory grows, it is another buffer.
  const at = (place: number, length: number) => new Uint8Array(memory.buffer, place >>> 0, length);
  wasm.start();
  let machine: number;
  return {
    memory,
    room(length) {
      machine = wasm.machine(length);
      const place = wasm.room(machine);
      return { length, bytes: () => at(place, length), arrived: (length) => wasm.arrived(machine, length) };
    },
    ask(question) {
      const { length } = question;
      const asked = wasm.take(length, 1);
      at(asked, length).set(question);
      const [place, size] = wasm.ask(machine, asked, length);
      const answer = at(place, size).slice();
      wasm.leave(place, size, 1);
      return answer;
    },
  };
}
