// Writes the module's bytes as a JavaScript module, for where no file can be fetched: Node.js, and bundlers that copy no assets.
//   node scripts/inline-bytes.mjs engine.wasm inline-bytes.js
import { readFileSync, writeFileSync } from 'node:fs';

const [input, output] = process.argv.slice(2);
const text = readFileSync(input).toString('base64');
writeFileSync(output, `const text = '${text}';
export const bytes = () => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
`);
writeFileSync(output.replace(/js$/, 'd.ts'), `/** The engine's WebAssembly, carried in this file. */
export declare function bytes(): Uint8Array<ArrayBuffer>;
`);
