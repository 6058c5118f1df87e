/** What is published: its files, its shape, and which of them may reach out. */

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { expect, test } from 'vitest';
import { root } from './fixture.js';

const pkg = join(root, 'pkg');
const scripts = readdirSync(join(pkg, 'dist')).filter((name) => name.endsWith('.js'));

test('the files of the tarball', () => {
  const [packed] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--silent'], { cwd: pkg, encoding: 'utf8' })) as { files: { path: string }[] }[];
  expect(packed?.files.map(({ path }) => path).sort()).toMatchInlineSnapshot(`
    [
      "README.md",
      "dist/LICENSE-APACHE",
      "dist/LICENSE-MIT",
      "dist/companions.d.ts",
      "dist/companions.js",
      "dist/engine.wasm",
      "dist/errors.d.ts",
      "dist/events.d.ts",
      "dist/index.d.ts",
      "dist/index.js",
      "dist/inline-bytes.js",
      "dist/messages-en.js",
      "dist/messages-zh.js",
      "dist/node.d.ts",
      "dist/node.js",
      "dist/public.d.ts",
      "dist/shared.js",
      "dist/storage.d.ts",
      "dist/storage/indexeddb.d.ts",
      "dist/storage/memory.d.ts",
      "dist/types.d.ts",
      "dist/workerd.d.ts",
      "dist/workerd.js",
      "package.json",
    ]
  `);
});

test('publint finds nothing', async () => {
  const { messages, pkg: json } = await publint({ pkgDir: pkg, strict: true });
  expect(messages.map((message) => formatMessage(message, json as never))).toEqual([]);
});

test('no shipped script makes code from text', () => {
  for (const name of scripts) {
    const source = readFileSync(join(pkg, 'dist', name), 'utf8');
    expect(/\bnew Function\b|\beval\(/.test(source), name).toBe(false);
  }
});

test('the module’s address is one literal that every bundler sees', () => {
  expect(readFileSync(join(pkg, 'dist/index.js'), 'utf8')).toContain('new URL("./engine.wasm",import.meta.url)');
  for (const name of scripts.filter((script) => script !== 'index.js')) {
    expect(readFileSync(join(pkg, 'dist', name), 'utf8'), name).not.toContain('import.meta');
  }
});

test('requests are made in two files only', () => {
  const reaching = readdirSync(join(pkg, 'ts'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .filter((name) => /\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts)\s*\(/.test(readFileSync(join(pkg, 'ts', name), 'utf8').replace(/^\s*(\/\*\*|\*|\/\/).*$/gm, '')));
  expect(reaching.sort()).toEqual(['load.ts', 'sync.ts']);
});

test('every language has every message', () => {
  const [first, ...others] = readdirSync(join(pkg, 'messages')).map((name) => Object.keys(JSON.parse(readFileSync(join(pkg, 'messages', name), 'utf8')) as object).filter((key) => !key.endsWith('.one')));
  for (const other of others) expect(other).toEqual(first);
});
