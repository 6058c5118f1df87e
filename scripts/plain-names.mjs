// Gives what the engine's module imports and exports plain names: those that wasm-bindgen chose are long, and stand in the module
// and in pkg/ts/instance.ts, which every page loads. A module with others than those that are listed fails the build.
//   node scripts/plain-names.mjs WASM      (rewritten in place)
import { readFileSync, writeFileSync } from 'node:fs';
import { EXPORT, IMPORT, leb, moduleOf, number, sections, text, written } from './wasm-binary.mjs';

/** What the module can call, from where. */
const HOST = { './glue_bg.js': 'host' };
const IMPORTS = { __wbg___wbindgen_throw: 'fail', __wbindgen_init_externref_table: 'nothing' };
/** What can be called of it; what is not called by anybody keeps its name. */
const EXPORTS = {
  memory: 'memory',
  machine_new: 'machine',
  machine_room: 'room',
  machine_arrived: 'arrived',
  machine_ask: 'ask',
  __wbindgen_malloc: 'take',
  __wbindgen_free: 'leave',
  __wbindgen_start: 'start',
  ...Object.fromEntries(['__wbg_machine_free', '__abort_handler', '__instance_terminated', '__wbindgen_externrefs'].map((name) => [name, name])),
};

const [path] = process.argv.slice(2);
const wasm = readFileSync(path);

/** A name's plain one; each is asked for once. */
function plain(names, name, asked) {
  if (!(name in names) || asked.has(name)) throw new Error(`plain-names: ${name} in ${path} is not known: see pkg/ts/instance.ts`);
  asked.add(name);
  return written(names[name]);
}

/** The section of imports (§5.5.5): from where, a name, and what is wanted of what type. */
function imports(start) {
  let [count, at] = number(wasm, start);
  const [parts, asked] = [[leb(count)], new Set()];
  for (; count > 0; count--) {
    const [from, behind] = text(wasm, at);
    const [name, kind] = text(wasm, behind);
    at = number(wasm, kind + 1)[1];
    parts.push(plain(HOST, from, new Set()), plain(IMPORTS, name, asked), wasm.subarray(kind, at));
  }
  return Buffer.concat(parts);
}

/** The section of exports (§5.5.10): a name, and what it is. */
function exports(start) {
  let [count, at] = number(wasm, start);
  const [parts, asked] = [[leb(count)], new Set()];
  for (; count > 0; count--) {
    const [name, kind] = text(wasm, at);
    at = number(wasm, kind + 1)[1];
    parts.push(plain(EXPORTS, name, asked), wasm.subarray(kind, at));
  }
  if (asked.size !== Object.keys(EXPORTS).length) throw new Error(`plain-names: ${path} lacks what pkg/ts/instance.ts calls`);
  return Buffer.concat(parts);
}

const renamed = { [IMPORT]: imports, [EXPORT]: exports };
writeFileSync(path, moduleOf(wasm, [...sections(wasm)].map(([id, from, to]) => [id, renamed[id]?.(from) ?? wasm.subarray(from, to)])));
