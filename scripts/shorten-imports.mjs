// Takes the hashes out of the names by which the engine's module and its glue know one another: they are chance, which
// no compression makes small, and nobody reads them. The names of functions, which only tools read, go too.
//   node scripts/shorten-imports.mjs WASM GLUE      (both are rewritten in place)
import { readFileSync, writeFileSync } from 'node:fs';
import { contentOfNames, IMPORT, leb, moduleOf, number, sections, text, written } from './wasm-binary.mjs';

const [wasmPath, gluePath] = process.argv.slice(2);
const wasm = readFileSync(wasmPath);
const FUNCTION = 0;

const names = new Map();
/** The name without its hash; of several that are then the same, the later ones are numbered. */
function short(name) {
  const plain = name.replace(/_[0-9a-f]{16}$/, '');
  let unique = plain;
  for (let nth = 2; [...names.values()].includes(unique); nth++) unique = `${plain}_${nth}`;
  names.set(name, unique);
  return unique;
}

/** The import section with other names in it. */
function renamed(start) {
  let [count, at] = number(wasm, start);
  const parts = [leb(count)];
  for (; count > 0; count--) {
    const [from, behind] = text(wasm, at);
    const [name, kind] = text(wasm, behind);
    if (wasm[kind] !== FUNCTION) throw new Error(`shorten-imports: ${name} is no function`);
    at = number(wasm, kind + 1)[1];
    parts.push(written(from), written(short(name)), wasm.subarray(kind, at));
  }
  return Buffer.concat(parts);
}

const kept = [...sections(wasm)].filter((section) => contentOfNames(wasm, section) === undefined);
const shortened = moduleOf(wasm, kept.map(([id, from, to]) => [id, id === IMPORT ? renamed(from) : wasm.subarray(from, to)]));

let glue = readFileSync(gluePath, 'utf8');
for (const [long, plain] of names) {
  const found = glue.split(` ${long}: `).length - 1;
  if (found !== 1) throw new Error(`shorten-imports: ${long} stands ${found} times in ${gluePath}`);
  glue = glue.replace(` ${long}: `, ` ${plain}: `);
}
writeFileSync(wasmPath, shortened);
writeFileSync(gluePath, glue);
