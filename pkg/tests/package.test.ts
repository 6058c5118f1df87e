/** What is published: its files, its shape, and which of them may reach out. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { rolldown } from 'rolldown';
import { expect, test } from 'vitest';
import { folder, manifest, NOON, root } from './fixture.js';

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
      "dist/companions.js.map",
      "dist/early.d.ts",
      "dist/early.js",
      "dist/early.js.map",
      "dist/engine.wasm",
      "dist/errors.d.ts",
      "dist/events.d.ts",
      "dist/faults.js",
      "dist/faults.js.map",
      "dist/handed.js",
      "dist/handed.js.map",
      "dist/imported.js",
      "dist/imported.js.map",
      "dist/index.d.ts",
      "dist/index.js",
      "dist/index.js.map",
      "dist/inline-bytes.js",
      "dist/landing.js",
      "dist/landing.js.map",
      "dist/messages-en.js",
      "dist/messages-zh.js",
      "dist/news.js",
      "dist/news.js.map",
      "dist/node-faults.js",
      "dist/node-handed.js",
      "dist/node-imported.js",
      "dist/node-landing.js",
      "dist/node-news.js",
      "dist/node-options.js",
      "dist/node-progress.js",
      "dist/node-renewal.js",
      "dist/node-sending.js",
      "dist/node-sync.js",
      "dist/node.d.ts",
      "dist/node.js",
      "dist/options.js",
      "dist/options.js.map",
      "dist/progress.js",
      "dist/progress.js.map",
      "dist/public.d.ts",
      "dist/renewal.js",
      "dist/renewal.js.map",
      "dist/sealed-worker.js",
      "dist/sealed-worker.js.map",
      "dist/sealed.d.ts",
      "dist/sealed.js",
      "dist/sealed.js.map",
      "dist/sealed/types.d.ts",
      "dist/sending.js",
      "dist/sending.js.map",
      "dist/storage.d.ts",
      "dist/storage/indexeddb.d.ts",
      "dist/storage/memory.d.ts",
      "dist/sync.js",
      "dist/sync.js.map",
      "dist/types.d.ts",
      "dist/workerd.d.ts",
      "dist/workerd.js",
      "dist/workerd.js.map",
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

test('the addresses of module and worker are literals that every bundler sees', () => {
  const file = (name: string) => `new URL("./${name}",import.meta.url)`;
  const addresses: Record<string, string[]> = { 'early.js': ['engine.wasm'], 'index.js': ['engine.wasm'], 'sealed.js': ['engine.wasm', 'sealed-worker.js'] };
  for (const name of scripts) {
    const source = readFileSync(join(pkg, 'dist', name), 'utf8');
    const expected = (addresses[name] ?? []).map(file);
    for (const address of expected) expect(source).toContain(address);
    expect(source.split('import.meta').length - 1, name).toBe(expected.length);
  }
});

/** A source of the package without its comments. */
const codeOf = (name: string): string => readFileSync(join(pkg, 'ts', name), 'utf8').replace(/^\s*(\/\*\*|\*|\/\/).*$/gm, '');

/** The sources in which something stands. */
function sourcesWith(what: RegExp): string[] {
  const sources = readdirSync(join(pkg, 'ts'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return sources.filter((name) => what.test(codeOf(name))).sort();
}

test('requests are made in two files only, and tried in one that has to fail', () => {
  expect(sourcesWith(/\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts)\s*\(/)).toEqual(['load.ts', 'sealed/seal.ts', 'sync.ts']);
});

// A method called `import`, declared or called, loads nothing.
const IMPORTING = /(?<!\.)\bimport\s*\((?!\w+(?:: |\) \{))/;

test('scripts are loaded in these files only, each by a literal address, and workers in one, but for those that have to fail', () => {
  const importing = ['core.ts', 'early.ts', 'engine.ts', 'failing.ts', 'load.ts', 'messages.ts', 'node.ts', 'reports.ts', 'sealed/seal.ts', 'sources.ts', 'wasm-file.ts'];
  expect(sourcesWith(IMPORTING)).toEqual(importing);
  for (const name of importing.filter((one) => one !== 'sealed/seal.ts')) {
    const [, ...loaded] = codeOf(name).split(IMPORTING);
    for (const what of loaded) expect(what, name).toMatch(/^'\.\/[\w-]+\.js'\)/);
  }
  expect(sourcesWith(/\bnew (Shared)?Worker\b|\bserviceWorker\b|\baddModule\s*\(/)).toEqual(['sealed/room.ts', 'sealed/seal.ts']);
});

test('the sealed worker is one file that imports nothing and fetches only to be refused', () => {
  const source = readFileSync(join(pkg, 'dist/sealed-worker.js'), 'utf8');
  expect(source.match(/\bimport\(["'`][^)]*\)/g)).toEqual(['import("data:text/javascript,")']);
  expect(source).not.toMatch(/(^|[;}])import[ "'`{*]/m);
  expect(source).not.toMatch(/\bexport\b *[{*]|sourceMappingURL/);
  expect(source.match(/\bfetch\(/g)).toHaveLength(1);
});

test('every language has every message', () => {
  const [first, ...others] = readdirSync(join(pkg, 'messages')).map((name) => Object.keys(JSON.parse(readFileSync(join(pkg, 'messages', name), 'utf8')) as object).filter((key) => !key.endsWith('.one')));
  for (const other of others) expect(other).toEqual(first);
});

test('source maps name the package’s files and no folder of the machine that made them', () => {
  for (const name of readdirSync(join(pkg, 'dist')).filter((file) => file.endsWith('.map'))) {
    const { sources, sourcesContent } = JSON.parse(readFileSync(join(pkg, 'dist', name), 'utf8')) as { sources: string[]; sourcesContent: string[] };
    expect(sources.length, name).toBeGreaterThan(0);
    for (const source of sources) expect(source, name).toMatch(/^windowshop\/[\w.-]+\.js$/);
    expect(sourcesContent.every((text) => text.length > 0), name).toBe(true);
  }
});

/** What the TypeScript compiler says of a program that uses the package, under a shop's own settings. */
function compile(name: string, program: string, options: Record<string, unknown>): string {
  const at = join(root, 'target/types-test', name);
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, 'program.ts'), program);
  writeFileSync(join(at, 'package.json'), JSON.stringify({ type: 'module' }));
  const compilerOptions = { strict: true, noEmit: true, skipLibCheck: false, target: 'es2022', module: 'esnext', moduleResolution: 'bundler', types: [], ...options };
  writeFileSync(join(at, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }));
  try {
    return execFileSync(join(root, 'node_modules/.bin/tsc'), ['--project', at], { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

const EVENTS = `
import { createEngine, fromDataLayer, type ShopEvent } from 'windowshop';
const shop = await createEngine({ pack: '/v1/pack.json' });
const item = { item_id: 'x', item_name: 'X', index: 3, discount: 1.5, item_category2: 'b', item_category5: 'e', item_list_id: 'l', item_list_name: 'L' };
await shop.observe('add_to_cart', { items: [item], value: 3, currency: 'EUR' });
await shop.observe({ name: 'purchase', params: { transaction_id: 'T', items: [item], tax: 1, shipping: 2, coupon: 'c' } });
await shop.observe('view_promotion', { promotion_id: 'p', promotion_name: 'P', creative_slot: 's' });
await shop.observe('begin_checkout', { items: [item] });
await shop.observe('reminder_on', { brand: 'b' });
await shop.observe(fromDataLayer({ event: 'x' }));
// What shops write as numbers, and quantities in digits.
await shop.observe('purchase', { transaction_id: 4711, items: [{ item_id: 38, item_variant: 40, quantity: '2' }] });
// Fields that hold nothing, as they come out of a page's own state.
const nothing = (): undefined => undefined;
await createEngine({ pack: '/v1/pack.json', language: nothing(), consent: nothing(), storage: nothing(), now: nothing(), signal: nothing(), onProgress: nothing(), wasm: nothing(), reports: nothing(), strict: nothing() });
const ids: readonly string[] = ['x'];
shop.recommend({ surface: 'home', limit: nothing(), exclude: ids, sizes: ids, items: ids, item: nothing(), explore: nothing(), variant: nothing() });
shop.price([], { codes: ids, shipping: nothing(), account: { tier: nothing(), groups: ids }, payment: nothing(), channel: nothing() });
const changed: boolean = await shop.refresh();
console.log(changed);
// @ts-expect-error an order has an id
await shop.observe('purchase', { items: [item] });
// @ts-expect-error an order has an id
await shop.observe('refund');
// @ts-expect-error a reminder has a brand
await shop.observe('reminder_on', {});
// @ts-expect-error a search has words
await shop.observe('search');
// @ts-expect-error an order has an id
export const nameless: ShopEvent = { name: 'purchase', params: { items: [item] } };
// @ts-expect-error nobody knows this name
await shop.observe('view_itme', { items: [item] });
const [first] = shop.recommend({ surface: 'home' }).items;
if (first?.reasons[0]?.code === 'own_history') console.log(first.id);
`;

const SEALED = `
import { createSealedEngine, type Sealed, type SealedEngine } from 'windowshop/sealed';
import type { Engine, Receipt } from 'windowshop';
const shop: SealedEngine = await createSealedEngine({ pack: '/v1/pack.json', worker: '/sealed-worker.js', allowUnsealed: true });
const isolation: 'sealed' | 'worker' = shop.isolation;
const receipt: Promise<Receipt> = shop.price([{ item: 'x', quantity: 1 }]);
const name: string | undefined = (await shop.catalogue.item('x'))?.name;
const spent: number = (await shop.reports.budget()).spent;
const state: 'off' | 'session' | 'on' = shop.consent.state;
const changed: boolean = await shop.refresh();
await createSealedEngine({ pack: '/v1/pack.json', storage: undefined, worker: undefined, allowUnsealed: undefined });
await shop.observe('view_item', { items: [{ item_id: 'x' }] });
await shop.observe({ name: 'purchase', params: { transaction_id: 'T', items: [] } });
await (await shop.consent.set('off')).undo?.();
const stop: () => void = shop.subscribe(() => undefined);
// @ts-expect-error an order has an id
await shop.observe('purchase', { items: [] });
// @ts-expect-error answers come in promises
shop.recommend({ surface: 'home' }).items;
// @ts-expect-error an adapter cannot be handed to a worker
await createSealedEngine({ pack: '/v1/pack.json', storage: { kind: 'own' } });
export const likewise: Sealed<Engine['catalogue']> = shop.catalogue;
export { isolation, receipt, name, spent, state, changed, stop };
`;

test.each([
  ['es2023', ['es2023', 'dom']],
  ['esnext', ['esnext', 'dom']],
  ['disposable', ['es2023', 'dom', 'esnext.disposable']],
])('the types hold in a shop that checks its libraries, with lib %s', (name, lib) => {
  expect(compile(name, EVENTS, { lib })).toBe('');
  expect(compile(`${name}-sealed`, SEALED, { lib, exactOptionalPropertyTypes: true })).toBe('');
  expect(compile(`${name}-exact`, EVENTS, { lib, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true })).toBe('');
});

test('the types hold in a program for Node.js, whose libraries have no page', () => {
  const node = { lib: ['es2022'], types: ['node'], module: 'nodenext', moduleResolution: 'nodenext' };
  // As they stand on the page, where ids and texts of the shop are the program's own.
  const [, lines = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
  expect(lines).toContain('createEngine');
  const bytes = "import { readFileSync } from 'node:fs';\nawait createEngine({ pack: { bytes: readFileSync('a.wspack'), deltas: [new Uint8Array(1), new ArrayBuffer(1)] }, wasm: readFileSync('engine.wasm') });\n";
  expect(compile('node', `${lines}\n${bytes}`, node)).toBe('');
  expect(compile('node-events', EVENTS, { ...node, exactOptionalPropertyTypes: true })).toBe('');
  expect(compile('node-wrong', "import { createEngine } from 'windowshop';\nawait createEngine({ pack: { bytes: 'bytes' } });\n", node)).toContain("Type 'string' is not assignable");
  const paint = "import { shelfItem } from 'windowshop/companions';\nimport type { SealedEngine } from 'windowshop/sealed';\nexport const both = (shelf: Parameters<typeof shelfItem>[0], shop: SealedEngine) => [shelfItem(shelf, 0), shop.isolation];\n";
  expect(compile('node-others', paint, node)).toBe('');
});

test('a module is one where a program’s libraries know it, and a worker’s address is a text, a URL or a TrustedScriptURL', () => {
  const lib = { lib: ['es2023', 'dom'] };
  const program = `
import { createSealedEngine } from 'windowshop/sealed';
declare const trusted: { toString(): string; toJSON(): string };
declare const module: WebAssembly.Module;
for (const worker of ['/sealed-worker.js', new URL('https://shop.example/sealed-worker.js'), trusted, undefined]) await createSealedEngine({ pack: '/v1/pack.json', worker, wasm: module });
// @ts-expect-error no address
await createSealedEngine({ pack: '/v1/pack.json', worker: 7 });
`;
  expect(compile('module', program, lib)).toBe('');
});

test('what is forgotten of an event is named by the compiler', () => {
  const lib = { lib: ['es2023', 'dom'] };
  const begun = "import { createEngine } from 'windowshop';\nconst shop = await createEngine({ pack: '/v1/pack.json' });\n";
  expect(compile('forgotten', `${begun}await shop.observe('purchase', { items: [] });\n`, lib)).toContain("Property 'transaction_id' is missing");
  expect(compile('forgotten', `${begun}await shop.observe('return_opened', { items: [] });\n`, lib)).toContain("Property 'transaction_id' is missing");
  expect(compile('forgotten', `${begun}await shop.observe('reminder_on', { items: [] });\n`, lib)).toContain("Property 'brand' is missing");
  expect(compile('forgotten', `${begun}await shop.observe('view_itme', { items: [] });\n`, lib)).toContain('"view_itme"');
});

test('every code stands on the page for front-end developers', () => {
  const codes = [...readFileSync(join(pkg, 'ts/errors.ts'), 'utf8').matchAll(/^ {2}\| '(\w+)'/gm)].map(([, code = '']) => code);
  expect(codes.length).toBeGreaterThan(20);
  const page = readFileSync(join(root, 'docs/frontend.md'), 'utf8');
  const [, errors = ''] = /^## Errors\n([^]*?)^## /m.exec(page) ?? [];
  expect(codes.filter((code) => !errors.includes(`\`${code}\``))).toEqual([]);
});

test('every export and every member has its text', () => {
  // Elsewhere classes have the text of the interface that they are of, and what is not exported anew is nobody's.
  const missing = ['companions', 'early', 'errors', 'index', 'sealed', 'sealed/types', 'types'].flatMap((name) => {
    const lines = readFileSync(join(pkg, 'dist', `${name}.d.ts`), 'utf8').split('\n');
    const shown = /^(export (declare )?(interface|type|class|function|const) \w|    (?!private|#|constructor)(readonly )?[\w[][\w.\]]*\??[:(<])/;
    expect(lines.some((line) => shown.test(line)), name).toBe(true);
    return lines.flatMap((line, at) => (shown.test(line) && !/\*\/\s*$/.test(lines[at - 1] ?? '') ? [`${name}: ${line.trim()}`] : []));
  });
  expect(missing).toEqual([]);
});

test.each(['README.md', 'pkg/README.md', 'docs/frontend.md'])('the lines of %s are checked programs', (page) => {
  const programs = [...readFileSync(join(root, page), 'utf8').matchAll(/```(?:js|ts)\n([\s\S]*?)```/g)].map(([, program = '']) => program);
  expect(programs.length).toBeGreaterThan(0);
  programs.forEach((program, at) => {
    // What a page shows after the first lines goes on from there.
    const begun = program.includes('createEngine') ? '' : "import { createEngine } from 'windowshop';\nconst shop = await createEngine({ pack: '/v1/pack.json' });\n";
    const declared = 'declare global { interface Window { dataLayer: unknown[] } }\n';
    const said = compile(`page-${page.replaceAll('/', '-')}-${at}`, `${begun}${program}\n${declared}export {};\n`, { lib: ['es2023', 'dom', 'dom.iterable'], noUncheckedIndexedAccess: true });
    expect(said, program).toBe('');
  });
});

test.each(['README.md', 'pkg/README.md'])('the first lines of %s show something real', (page) => {
  const [, lines = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync(join(root, page), 'utf8')) ?? [];
  const { pack, text } = manifest();
  const read = (name: string) => `readFileSync(${JSON.stringify(join(folder, name))})`;
  const options = `{ pack: { bytes: ${read(pack.url)}, text: { en: ${read(text['en']!.url)} } }, language: 'en', now: () => ${NOON} }`;
  const script = join(root, 'target/types-test/six-lines.mjs');
  mkdirSync(join(root, 'target/types-test'), { recursive: true });
  expect(lines).toContain("{ pack: '/v1/pack.json' }");
  writeFileSync(script, `import { readFileSync } from 'node:fs';\n${lines.replace("{ pack: '/v1/pack.json' }", options)}`);
  const [first] = execFileSync(process.execPath, [script], { encoding: 'utf8' }).split('\n');
  expect(first).toMatch(/\w.* You (just )?looked at /);
});

test('a bundle that is one plain script has no address to find the module by, and runs from the bytes in it', async () => {
  const at = join(root, 'target/types-test');
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, 'plain-in.mjs'), `import { createEngine } from ${JSON.stringify(join(pkg, 'dist/index.js'))};\nglobalThis.made = createEngine(globalThis.options);\n`);
  // As esbuild does by default.
  const bundle = await rolldown({ input: join(at, 'plain-in.mjs'), platform: 'browser', transform: { define: { 'import.meta': '{}' } } });
  await bundle.write({ file: join(at, 'plain.js'), format: 'iife', codeSplitting: false });
  await bundle.close();
  const { pack } = manifest();
  const run = `globalThis.options = { pack: { bytes: require('fs').readFileSync(${JSON.stringify(join(folder, pack.url))}) }, now: () => ${NOON} };
    require('vm').runInThisContext(require('fs').readFileSync(${JSON.stringify(join(at, 'plain.js'))}, 'utf8'));
    globalThis.made.then((engine) => console.log(engine.recommend({ surface: 'home' }).items.length > 0), (error) => console.log(error.message));`;
  writeFileSync(join(at, 'plain-run.cjs'), run);
  expect(execFileSync(process.execPath, [join(at, 'plain-run.cjs')], { encoding: 'utf8' }).trim()).toBe('true');
});
