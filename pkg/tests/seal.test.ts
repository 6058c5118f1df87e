/** The sealed room: what the WebAssembly can reach is listed, with the glue of each import, and cannot reach out. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './fixture.js';

const started = readFileSync(join(root, 'target/package/js/instance.js'), 'utf8');
const wasm = readFileSync(join(root, 'pkg/dist/engine.wasm'));

/** Each import with its source, without the number that scripts/shorten-imports.mjs puts behind a name that is there twice. */
const imports = WebAssembly.Module.imports(await WebAssembly.compile(wasm)).map(({ module, name, kind }) => {
  const found = new RegExp(`^ {8}${name}(\\([\\s\\S]*?^ {8}\\}),$`, 'm').exec(started);
  return { from: module, name: name.replace(/_\d+$/, ''), kind, source: found?.[1]?.replace(/^ {8}/gm, '') ?? '' };
});

test('every import stands in the golden file, with its glue', async () => {
  const listed = imports.map(({ name, source }) => `${name}${source}`).sort();
  await expect(`${listed.join('\n\n')}\n`).toMatchFileSnapshot(join(root, 'tests/golden/wasm-imports.txt'));
});

test('every import is a function of the glue, and it is handed over alone', () => {
  for (const { from, name, kind, source } of imports) {
    expect(from, name).toBe('host');
    expect(kind, name).toBe('function');
    expect(source, name).not.toBe('');
  }
  expect(started.match(/WebAssembly\.\w+\(.*/g)).toEqual([
    'WebAssembly.compileStreaming(source);',
    'WebAssembly.compile(source) : source;',
    "WebAssembly.instantiate(module, { host });",
  ]);
});

test('none yields the global object, code from text, a constructor, a clock or chance', () => {
  const forbidden = /\b(globalThis|self|window|global|Function|eval|constructor|prototype\.constructor|Date|performance|Math|crypto|setTimeout|setInterval|fetch|XMLHttpRequest|WebSocket|import|require|Reflect|indexedDB|localStorage|document|navigator)\b/;
  for (const { name, source } of imports) expect(forbidden.exec(source)?.[0], name).toBeUndefined();
});

test('no import is handed a value of the page, nor hands one over: the module is asked with bytes and answers with bytes', () => {
  expect(imports.map(({ name }) => name).sort()).toEqual(['fail', 'nothing']);
  for (const { name, source } of imports) {
    // Places and lengths in its memory are all that it hands over.
    expect(['(place, length)', '()'], name).toContain(source.slice(0, source.indexOf(' {')));
    expect(/\breturn\b|\b(place|length)[.[]/.test(source), name).toBe(false);
  }
});

test('what wasm-bindgen writes otherwise than before fails the build', () => {
  const check = (path: string) => execFileSync(process.execPath, [join(root, 'scripts/check-glue.mjs'), path, join(root, 'pkg/wasm/engine.wasm')], { stdio: 'pipe' });
  const glue = join(root, 'pkg/wasm/glue.js');
  check(glue);
  const folder = mkdtempSync(join(tmpdir(), 'windowshop-glue-'));
  try {
    const changed = join(folder, 'glue.js');
    writeFileSync(changed, readFileSync(glue, 'utf8').replace('wasm.__wbindgen_free(ret[0], ret[1] * 1, 1)', 'wasm.__wbindgen_free(ret[0], ret[1] * 4, 4)'));
    expect(() => check(changed)).toThrow(/has changed to [0-9a-f]{16}/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
