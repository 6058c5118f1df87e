// In place of pkg/ts/instance.ts around the module that only the bench has (`scripts/build-package bench`): values cross there too,
// by the glue that wasm-bindgen writes. That starts a module once a page, so there is one memory; `machine` is the class's own.
import start, { Machine } from './glue.js';

/** Starts the module; what it gives stands for it. */
export const compile = (source) => start({ module_or_path: source });

/** One more machine of it. */
export function instantiate({ memory }) {
  const made = { memory, machine: undefined, room, ask: (question) => made.machine.ask(question) };
  function room(length) {
    const machine = (made.machine = new Machine(length));
    return { length, bytes: () => new Uint8Array(memory.buffer, machine.room(), length), arrived: (length) => machine.arrived(length) };
  }
  return made;
}
