// Seals the glue that wasm-bindgen writes, so that the engine reaches only the plain data it is handed:
// a property is read only where the object itself holds it (so `constructor` leads nowhere), and nothing is ever called.
//   node scripts/seal-glue.mjs IN OUT
// Each rule says how often its text must occur; another number means that wasm-bindgen has changed and this file must follow.
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
for (const word of ['new Function', 'eval(', 'import.meta', '.call(arg', 'Reflect.']) {
  if (glue.includes(word)) throw new Error(`seal-glue: '${word}' is left in the glue`);
}
writeFileSync(output, glue + seal);
