// Takes the hashes out of the names by which the engine's module and its glue know one another: they are chance, which
// no compression makes small, and nobody reads them. The names of functions, which only tools read, go too.
//   node scripts/shorten-imports.mjs WASM GLUE      (both are rewritten in place)
import { readFileSync, writeFileSync } from 'node:fs';

const [wasmPath, gluePath] = process.argv.slice(2);
const wasm = readFileSync(wasmPath);
const CUSTOM_SECTION = 0;
const IMPORT_SECTION = 2;
const FUNCTION = 0;

/** A number in LEB128 and where the next begins (WebAssembly Core 2.0, §5.2.2). */
function number(at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = wasm[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
  }
}

function leb(value) {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 0x80);
  }
}

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
  let [count, at] = number(start);
  const parts = [leb(count)];
  for (; count > 0; count--) {
    const texts = [0, 1].map(() => {
      const [length, from] = number(at);
      at = from + length;
      return wasm.subarray(from, at).toString();
    });
    if (wasm[at] !== FUNCTION) throw new Error(`shorten-imports: ${texts[1]} is no function`);
    const end = number(at + 1)[1];
    for (const text of [texts[0], short(texts[1])]) parts.push(leb(Buffer.byteLength(text)), Buffer.from(text));
    parts.push(wasm.subarray(at, end));
    at = end;
  }
  return Buffer.concat(parts);
}

/** Whether a custom section is the one with names (WebAssembly Core 2.0, §7.4.1). */
function areNames(start) {
  const [length, from] = number(start);
  return wasm.subarray(from, from + length).toString() === 'name';
}

const parts = [wasm.subarray(0, 8)];
for (let at = 8; at < wasm.length; ) {
  const [length, from] = number(at + 1);
  if (wasm[at] === CUSTOM_SECTION && areNames(from)) {
    at = from + length;
    continue;
  }
  const section = wasm[at] === IMPORT_SECTION ? renamed(from) : wasm.subarray(from, from + length);
  parts.push(wasm.subarray(at, at + 1), leb(section.length), section);
  at = from + length;
}

let glue = readFileSync(gluePath, 'utf8');
for (const [long, plain] of names) {
  const found = glue.split(` ${long}: `).length - 1;
  if (found !== 1) throw new Error(`shorten-imports: ${long} stands ${found} times in ${gluePath}`);
  glue = glue.replace(` ${long}: `, ` ${plain}: `);
}
writeFileSync(wasmPath, Buffer.concat(parts));
writeFileSync(gluePath, glue);
