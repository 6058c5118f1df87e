// Fails where wasm-bindgen no longer writes what pkg/ts/instance.ts was written after. That file does by hand, for an instance
// and a memory of each engine, what wasm-bindgen's glue does for one a page: nothing of the glue ships.
//   node scripts/check-glue.mjs GLUE WASM
// Whatever changes in it (a name, how bytes are handed over, one more import) shows here; what it says in comments does not.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Of the glue without its comments, as scripts/shorten-imports.mjs leaves it. */
const KNOWN = 'b61928d2f1889de2';

const [path, wasm] = process.argv.slice(2);
const glue = readFileSync(path, 'utf8').replace(/^ *\/\*\*?[^]*?\*\/\n/gm, '');
const digest = createHash('sha256').update(glue).digest('hex').slice(0, 16);
if (digest !== KNOWN) throw new Error(`check-glue: ${path} has changed to ${digest}: see that pkg/ts/instance.ts does what it does, and name this digest in scripts/check-glue.mjs`);
// Scripts are built around a module that is there, which may be an older one.
const called = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(wasm))).map(({ module, name }) => `${module}.${name}`);
if (called.sort().join() !== 'host.fail,host.nothing') throw new Error(`check-glue: ${wasm} calls ${called.join(', ')}, which pkg/ts/instance.ts does not have: run scripts/build-package`);
