/** The sealed room: what the WebAssembly can reach is listed, with the glue of each import, and cannot reach out. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './fixture.js';

const glue = readFileSync(join(root, 'target/package/js/glue.js'), 'utf8');
const wasm = readFileSync(join(root, 'pkg/dist/engine.wasm'));

/** Each import with its source, without the number that scripts/shorten-imports.mjs puts behind a name that is there twice. */
const imports = WebAssembly.Module.imports(await WebAssembly.compile(wasm)).map(({ name, kind }) => {
  const found = new RegExp(`^ {8}${name}: (function[\\s\\S]*?^ {8}\\}(?:, arguments\\); \\})?),$`, 'm').exec(glue);
  return { name: name.replace(/_\d+$/, ''), kind, source: found?.[1]?.replace(/^ {8}/gm, '') ?? '' };
});

test('every import stands in the golden file, with its glue', async () => {
  const listed = imports.map(({ name, source }) => `${name}: ${source}`).sort();
  await expect(`${listed.join('\n\n')}\n`).toMatchFileSnapshot(join(root, 'tests/golden/wasm-imports.txt'));
});

test('every import is a function of the glue', () => {
  for (const { name, kind, source } of imports) {
    expect(kind, name).toBe('function');
    expect(source, name).not.toBe('');
  }
});

test('none yields the global object, code from text, a constructor, a clock or chance', () => {
  const forbidden = /\b(globalThis|self|window|global|Function|eval|constructor|prototype\.constructor|Date|performance|Math|crypto|setTimeout|setInterval|fetch|XMLHttpRequest|WebSocket|import|require|Reflect|indexedDB|localStorage|document|navigator)\b/;
  for (const { name, source } of imports) expect(forbidden.exec(source)?.[0], name).toBeUndefined();
});

test('no import is handed a value of the page, nor hands one over: the module is asked with bytes and answers with bytes', () => {
  expect(imports.map(({ name }) => name).sort()).toEqual(['__wbg___wbindgen_throw', '__wbindgen_init_externref_table']);
  for (const { name, source } of imports) expect(/\breturn\b|\barg\d[.[]/.test(source), name).toBe(false);
});
