// Writes modules from what is no module, into pkg/wasm: the engine's bytes as a script, for where no file can be fetched
// (Node.js, and bundlers that copy no assets), and each language's messages.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const folder = 'pkg/wasm';

const bytes = readFileSync(`${folder}/engine.wasm`).toString('base64');
write(
  'inline-bytes',
  `const text = '${bytes}';\nexport const bytes = () => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));\n`,
  "/** The engine's WebAssembly, carried in this file. */\nexport declare function bytes(): Uint8Array<ArrayBuffer>;\n",
);
for (const file of readdirSync('pkg/messages').sort()) {
  const messages = JSON.parse(readFileSync(`pkg/messages/${file}`, 'utf8'));
  write(`messages-${file.replace('.json', '')}`, `export const messages = ${JSON.stringify(messages)};\n`, 'export declare const messages: Record<string, string>;\n');
}

function write(name, script, types) {
  writeFileSync(`${folder}/${name}.js`, script);
  writeFileSync(`${folder}/${name}.d.ts`, types);
}
