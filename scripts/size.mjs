// Prints what a shopper downloads and fails where a budget (gzip bytes) is exceeded; then the largest functions of the module,
// where twiggy is there to tell them (`make size` installs it). Both are left in target/bench/size.json for docs/performance.md.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { reportOf, writeReport } from '../benches/browser/report.mjs';
import { CODE, sections } from './wasm-binary.mjs';

// What may not be exceeded today, and where it is to come down to.
const budgets = { 'engine.wasm': 237_300, 'entry script': 12_000 };
const goals = { 'engine.wasm': 90_000, 'entry script': 12_000 };
const ENGINE = 'pkg/dist/engine.wasm';
/** The same module with the names of its functions (scripts/build-package). */
const NAMED = 'pkg/wasm/named.wasm';
const LARGEST = 10;

/** Every file under a folder, sorted. */
const walk = (folder) =>
  readdirSync(folder).sort().flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });

/** The files a script imports without being asked again: static imports only, followed to the end. */
function closure(entry, seen = new Set()) {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const source = readFileSync(entry, 'utf8');
  for (const [, target] of source.matchAll(/(?:^|[;}])(?:import|export)[^'"();]*?(?:from)?['"`](\.[^'"`]+)['"`]/gm)) closure(join(dirname(entry), target), seen);
  return seen;
}

function measure(label, bytes) {
  const sizes = { name: label, raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length };
  const budget = budgets[label];
  const over = budget !== undefined && sizes.gzip > budget;
  const cells = [sizes.raw, sizes.gzip, sizes.brotli].map((n) => String(n).padStart(9)).join('');
  console.log(`${label.padEnd(48)}${cells}${budget === undefined ? '' : `   budget ${budget}${over ? ': OVER' : ''}, goal ${goals[label]}`}`);
  if (over) process.exitCode = 1;
  return sizes;
}

/** A module's code section: what two modules have in common that differ in names alone. */
function codeOf(path) {
  const wasm = readFileSync(path);
  for (const [id, from, to] of sections(wasm)) if (id === CODE) return wasm.subarray(from, to);
  throw new Error(`${path} has no code`);
}

/** A function's name without what its compiler added to tell it from others, and scripts/order-functions.mjs to sort it. */
const readable = (name) => name.replace(/^\d{6}:/, '').replace(/::h[0-9a-f]{16}$/, '').replace(/\[[0-9a-f]{16}\]/g, '');

/** The largest functions by twiggy, or why they cannot be told. */
function largest() {
  if (spawnSync('twiggy', ['--version']).status !== 0) return 'twiggy is not there: make size installs it';
  if (!existsSync(NAMED) || !codeOf(NAMED).equals(codeOf(ENGINE))) return `${NAMED} is not of this build: run scripts/build-package`;
  const told = JSON.parse(execFileSync('twiggy', ['top', '-n', '60', '-f', 'json', NAMED], { encoding: 'utf8' }));
  // What is no function goes by what it is: 'data segment ".rodata"', 'import …', '"function names" subsection'.
  const functions = told.filter(({ name }) => !/^(".*" subsection|(data|custom|elem|table|type|import|export|global|memory)\b)/.test(name));
  const whole = statSync(ENGINE).size;
  return functions.slice(0, LARGEST).map(({ name, shallow_size: bytes }) => ({ name: readable(name), bytes, 'of engine.wasm, %': (100 * bytes) / whole }));
}

console.log(`${''.padEnd(48)}${['raw', 'gzip', 'brotli'].map((n) => n.padStart(9)).join('')}`);
const entry = [...closure('pkg/dist/index.js')].sort();
const loaded = [measure('engine.wasm', readFileSync(ENGINE)), measure('entry script', Buffer.concat(entry.map((path) => readFileSync(path))))];
for (const path of walk('pkg/dist').filter((path) => path.endsWith('.js'))) measure(`  ${relative('pkg/dist', path)}${entry.includes(path) ? '' : ' (apart)'}`, readFileSync(path));
if (existsSync('www/dist')) {
  console.log('\nstorefront');
  for (const path of walk('www/dist').filter((path) => !['.br', '.gz', '.map'].includes(extname(path)))) measure(`  ${relative('www/dist', path)}`, readFileSync(path));
}

const functions = largest();
console.log('\nlargest functions of engine.wasm');
if (typeof functions === 'string') console.log(`  ${functions}`);
else for (const { name, bytes } of functions) console.log(`${String(bytes).padStart(9)}  ${name}`);

const report = reportOf('size', 'What is downloaded', ENGINE);
report.rows.push({
  row: 'l',
  title: 'The default entry',
  unit: 'bytes',
  note: '`engine.wasm` and every script that `import \'windowshop\'` brings along, as one. gzip at level 9, brotli at 11. `make size` prints each file.',
  command: 'make size',
  results: [{ series: loaded }],
});
if (typeof functions !== 'string') {
  report.rows.push({
    row: 'm',
    title: `The ${LARGEST} largest functions`,
    unit: 'function',
    note: 'By twiggy, of the same module with the names of its functions. What the optimiser made one function of several is under one of their names.',
    command: 'make size',
    results: [{ series: functions }],
  });
}
writeReport('target/bench/size.json', report);
