// Puts a number before the name of each function of a module, so that sorting them by name puts those beside one another that
// are alike: what gzip and brotli have seen lately costs next to nothing, and gzip remembers the last 32 kB alone. Nothing else
// of the module changes.
//   node scripts/order-functions.mjs WASM      (rewritten in place; `wasm-opt --reorder-functions-by-name` sorts)
import { readFileSync, writeFileSync } from 'node:fs';
import { CODE, contentOfNames, CUSTOM, leb, moduleOf, number, sections, text, written } from './wasm-binary.mjs';

const [path] = process.argv.slice(2);
const wasm = readFileSync(path);
/** Of the names: those of functions. */
const FUNCTIONS = 1;
/** Bytes that count as one thing seen before. */
const GRAM = 6;
/** What is seen in more functions than this tells nothing of any two. */
const COMMON = 200;
/** How far gzip looks back, less what it has to spare. */
const WINDOW = 30_000;

function bodies([, at]) {
  let [left, next] = number(wasm, at);
  const found = [];
  for (; left > 0; left--) {
    const [length, from] = number(wasm, next);
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
      const worth = ordered.length === 0 ? functions[which].length : score[which] / (functions[which].length + 3) ** 0.8;
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
    const [size, from] = number(wasm, at + 1);
    if (wasm[at] === FUNCTIONS) {
      let [left, next] = number(wasm, from);
      for (; left > 0; left--) {
        const [which, behind] = number(wasm, next);
        const [name, end] = text(wasm, behind);
        next = end;
        names.set(which, name);
      }
    }
    at = from + size;
  }
  return names;
}

const all = [...sections(wasm)];
const named = all.find((section) => contentOfNames(wasm, section) !== undefined);
const before = named ? namesIn([CUSTOM, contentOfNames(wasm, named), named[2]]) : new Map();
const imports = WebAssembly.Module.imports(new WebAssembly.Module(wasm)).filter(({ kind }) => kind === 'function').length;
const functions = bodies(all.find(([id]) => id === CODE));
const place = new Map(order(functions).map((which, at) => [which + imports, at]));
const names = Array.from({ length: imports + functions.length }, (_, which) => {
  const number = String(place.get(which) ?? 0).padStart(6, '0');
  return Buffer.concat([leb(which), written(`${number}:${before.get(which) ?? which}`)]);
});
const list = Buffer.concat([leb(names.length), ...names]);
const content = Buffer.concat([written('name'), Buffer.from([FUNCTIONS]), leb(list.length), list]);
const kept = all.filter((section) => section !== named).map(([id, from, to]) => [id, wasm.subarray(from, to)]);
writeFileSync(path, moduleOf(wasm, [...kept, [CUSTOM, content]]));
