// Seals the glue that wasm-bindgen writes, so that the engine reaches nothing of the page: it is asked with bytes and answers
// with bytes, and all it can call is a way to fail. Where a module takes values all the same (the bench's does), a property is
// read only where the object itself holds it, so `constructor` leads nowhere, and nothing is ever called.
//   node scripts/seal-glue.mjs IN OUT
// What the glue brings for other hosts is left out: this package starts it with a module at hand, and never by an address.
// Each rule says how often its text must occur; another number means that wasm-bindgen has changed and this file must follow.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const rules = [
  { from: 'const ret = Reflect.get(arg0, arg1);', to: 'const ret = own(arg0, arg1);', times: [0, 1] },
  { from: 'const ret = arg0[arg1];', to: 'const ret = own(arg0, arg1);', times: [0, 1] },
  { from: 'const ret = arg0 in arg1;', to: 'const ret = own(arg1, arg0) !== undefined;', times: [0, 1] },
  { from: 'const ret = arg0.call(arg1);', to: 'const ret = refuse(arg0, arg1);', times: [0, 1] },
  { from: 'const ret = arg0.next();', to: 'const ret = refuse(arg0);', times: [0, 1] },
  { from: 'const ret = arg0.next;', to: "const ret = own(arg0, 'next');", times: [0, 1] },
  { from: 'const ret = arg0.done;', to: "const ret = own(arg0, 'done');", times: [0, 1] },
  { from: 'const ret = arg0.value;', to: "const ret = own(arg0, 'value');", times: [0, 1] },
];

// Whole functions, from their first line up to another's.
const parts = [
  // Every engine with WebAssembly SIMD has these.
  { from: "(typeof FinalizationRegistry === 'undefined')", until: 'new FinalizationRegistry(', to: '' },
  {
    from: 'async function __wbg_load(module, imports) {',
    until: 'export { initSync, __wbg_init as default };',
    to: `
/** Starts the engine, compiled while it streams where it is served as what it is. */
async function __wbg_init({ module_or_path: source }) {
    const imports = __wbg_get_imports();
    const streams = source instanceof Response;
    const made = streams && source.headers.get('content-type') === 'application/wasm'
        ? await WebAssembly.instantiateStreaming(source, imports)
        : await WebAssembly.instantiate(streams ? await source.arrayBuffer() : source, imports);
    return __wbg_finalize_init(made.instance ?? made, source);
}

`,
  },
  { from: 'export { initSync, __wbg_init as default };', until: undefined, to: 'export { __wbg_init as default };\n' },
];

// Where values cross.
const valued = [
  // A machine is let go of by name alone.
  { from: 'if (Symbol.dispose) Machine.prototype', until: 'function __wbg_get_imports()', to: '' },
  // How a value is written into an error: its kind, never what it holds, for that may be what somebody did.
  { from: 'function debugString(val) {', until: 'function getArrayU32FromWasm0(', to: "function debugString(val) {\n    return val === null ? 'null' : typeof val;\n}\n\n" },
  // Texts are always handed over with a way to make room.
  { from: 'if (realloc === undefined) {', until: 'let len = arg.length;', to: '' },
  { from: "if (!('encodeInto' in cachedTextEncoder)) {", until: 'let WASM_VECTOR_LEN = 0;', to: '' },
];

// Where bytes alone cross, which is where one method takes and gives them: what wasm-bindgen writes for that, in few words.
const plain = [
  {
    from: 'export class Machine {',
    until: 'function __wbg_get_imports()',
    is: '7cdd8784cb3881ad',
    to: `
export class Machine {
    constructor(length) {
        this.at = wasm.machine_new(length);
        MachineFinalization.register(this, this.at, this);
    }
    free() {
        const { at } = this;
        this.at = 0;
        MachineFinalization.unregister(this);
        wasm.__wbg_machine_free(at, 0);
    }
    room() {
        return wasm.machine_room(this.at) >>> 0;
    }
    ask(question) {
        const { length } = question;
        const at = wasm.__wbindgen_malloc(length, 1);
        bytesAt(at, length).set(question);
        const [place, count] = wasm.machine_ask(this.at, at, length);
        const answer = bytesAt(place, count).slice();
        wasm.__wbindgen_free(place, count, 1);
        return answer;
    }
}
function bytesAt(place, length) {
    return new Uint8Array(wasm.memory.buffer, place >>> 0, length);
}
`,
  },
  // The table of references is there and has none.
  { from: 'const table = wasm.__wbindgen_externrefs;', until: '        },\n    };\n    return {', to: '// no value crosses\n' },
  // The only texts that are read are the words of a failure.
  {
    from: 'function getArrayU8FromWasm0(ptr, len) {',
    until: 'let wasmModule, wasmInstance, wasm;',
    is: '6b6f4f30eca3f14f',
    to: 'function getStringFromWasm0(ptr, len) {\n    return new TextDecoder().decode(bytesAt(ptr, len));\n}\n\n',
  },
  { from: '    cachedUint8ArrayMemory0 = null;\n', until: '    wasm.__wbindgen_start();', to: '' },
];

const seal = `
// ---- added by scripts/seal-glue.mjs
/** The value of a property that the object itself holds; what it inherits is out of reach. */
function own(object, key) {
    return Object.hasOwn(object, key) ? object[key] : undefined;
}
/** The engine calls nothing: it is handed plain data, and plain data has nothing to call. */
function refuse() {
    throw new TypeError('the engine may not call anything');
}
`;

const [input, output] = process.argv.slice(2);
let glue = readFileSync(input, 'utf8');
for (const { from, to, times } of rules) {
  const found = glue.split(from).length - 1;
  if (!times.includes(found)) throw new Error(`seal-glue: '${from}' stands ${found} times in ${input}, not ${times.join(' or ')}`);
  glue = glue.replaceAll(from, to);
}
const crosses = glue.includes('function debugString(');
for (const { from, until, to, is } of [...(crosses ? valued : plain), ...parts]) {
  const start = glue.indexOf(from);
  const end = until === undefined ? glue.length : glue.indexOf(until, start);
  if (start < 0 || end < 0 || glue.includes(from, start + 1)) throw new Error(`seal-glue: '${from}' does not stand once before '${until}' in ${input}`);
  const digest = createHash('sha256').update(glue.slice(start, end).replace(/^ *\/\*\*[^]*?\*\/\n/gm, '')).digest('hex').slice(0, 16);
  if (is !== undefined && is !== digest) throw new Error(`seal-glue: what begins with '${from}' has changed to ${digest}: its place takes something else in ${input}`);
  glue = glue.slice(0, start) + to + glue.slice(end);
}
for (const word of ['new Function', 'eval(', 'import.meta', '.call(arg', 'Reflect.', 'fetch(']) {
  if (glue.includes(word)) throw new Error(`seal-glue: '${word}' is left in the glue`);
}
writeFileSync(output, crosses ? glue + seal : glue);
