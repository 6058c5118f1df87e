// Puts a number before the name of each function of a module, so that sorting them by name puts those beside one another that
// are alike: what gzip and brotli have seen lately costs next to nothing, and gzip remembers the last 32 kB alone. Nothing else
// of the module changes.
//   node scripts/order-functions.mjs WASM      (rewritten in place; `wasm-opt --reorder-functions-by-name` sorts)
import { readFileSync, writeFileSync } from 'node:fs';

const [path] = process.argv.slice(2);
const wasm = readFileSync(path);
const [CUSTOM, CODE] = [0, 10];
/** Of the names: those of functions. */
const FUNCTIONS = 1;
/** Bytes that count as one thing seen before. */
const GRAM = 6;
/** What is seen in more functions than this tells nothing of any two. */
const COMMON = 200;
/** How far gzip looks back, less what it has to spare. */
const WINDOW = 30_000;

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

/** The sections, each `[id, from, to]` of its content. */
function* sections() {
  for (let at = 8; at < wasm.length; ) {
    const [length, from] = number(at + 1);
    yield [wasm[at], from, from + length];
    at = from + length;
  }
}

function bodies([, at]) {
  let [left, next] = number(at);
  const found = [];
  for (; left > 0; left--) {
    const [length, from] = number(next);
    next = from + length;
    found.push(wasm.subarray(from, next));
  }
  return found;
}

/** What of a function is found in another one too. */
function gramsOf(functions) {
  const all = functions.map((body) => {
    const grams = new Set();
    for (let at = 0; at + GRAM <= body.length; at++) grams.add(body.toString('latin1', at, at + GRAM));
    return grams;
  });
  const holders = new Map();
  all.forEach((grams, which) => {
    for (const gram of grams) {
      const held = holders.get(gram);
      if (held) held.push(which);
      else holders.set(gram, [which]);
    }
  });
  return all.map((grams) => [...grams].map((gram) => holders.get(gram)).filter(({ length }) => length > 1 && length < COMMON));
}

/** An order in which each function has most in common with those before it, for its length. */
function order(functions) {
  const shared = gramsOf(functions);
  const score = new Float64Array(functions.length);
  /** How often each thing stands within the window. */
  const seen = new Map();
  const left = new Set(functions.keys());
  const ordered = [];
  let oldest = 0;
  let bytes = 0;
  const turn = (which, by) => {
    for (const holders of shared[which]) {
      const times = (seen.get(holders) ?? 0) + by;
      seen.set(holders, times);
      if (times === (by > 0 ? 1 : 0)) for (const holder of holders) score[holder] += by;
    }
  };
  while (left.size > 0) {
    let best = -1;
    let most = -1;
    for (const which of left) {
      const worth = ordered.length === 0 ? functions[which].length : score[which] / (functions[which].length + 20) ** 0.8;
      if (worth > most) [best, most] = [which, worth];
    }
    ordered.push(best);
    left.delete(best);
    turn(best, 1);
    bytes += functions[best].length;
    while (bytes > WINDOW && oldest < ordered.length - 1) {
      const gone = ordered[oldest++];
      bytes -= functions[gone].length;
      turn(gone, -1);
    }
  }
  return ordered;
}

/** The names of functions, by their numbers (WebAssembly Core 2.0, §7.4.1). */
function namesIn([, start, end]) {
  const names = new Map();
  for (let at = start; at < end; ) {
    const [size, from] = number(at + 1);
    if (wasm[at] === FUNCTIONS) {
      let [left, next] = number(from);
      for (; left > 0; left--) {
        const [which, behind] = number(next);
        const [length, name] = number(behind);
        next = name + length;
        names.set(which, wasm.toString('utf8', name, next));
      }
    }
    at = from + size;
  }
  return names;
}

/** Where a custom section's content begins, where it is the one with names. */
function contentOfNames([id, from]) {
  if (id !== CUSTOM) return undefined;
  const [length, name] = number(from);
  return wasm.toString('utf8', name, name + length) === 'name' ? name + length : undefined;
}

const text = (words) => Buffer.concat([leb(Buffer.byteLength(words)), Buffer.from(words)]);
const all = [...sections()];
const named = all.find((section) => contentOfNames(section) !== undefined);
const before = named ? namesIn([CUSTOM, contentOfNames(named), named[2]]) : new Map();
const imports = WebAssembly.Module.imports(new WebAssembly.Module(wasm)).filter(({ kind }) => kind === 'function').length;
const functions = bodies(all.find(([id]) => id === CODE));
const place = new Map(order(functions).map((which, at) => [which + imports, at]));
const names = Array.from({ length: imports + functions.length }, (_, which) => {
  const number = String(place.get(which) ?? 0).padStart(6, '0');
  return Buffer.concat([leb(which), text(`${number}:${before.get(which) ?? which}`)]);
});
const list = Buffer.concat([leb(names.length), ...names]);
const content = Buffer.concat([text('name'), Buffer.from([FUNCTIONS]), leb(list.length), list]);
const kept = all.filter((section) => section !== named).map(([id, from, to]) => Buffer.concat([Buffer.from([id]), leb(to - from), wasm.subarray(from, to)]));
writeFileSync(path, Buffer.concat([wasm.subarray(0, 8), ...kept, Buffer.from([CUSTOM]), leb(content.length), content]));
