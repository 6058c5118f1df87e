// Prints what a shopper downloads and fails where a budget (gzip bytes) is exceeded.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

// What may not be exceeded today, and where it is to come down to.
const budgets = { 'engine.wasm': 260_000, 'entry script': 15_550 };
const goals = { 'engine.wasm': 90_000, 'entry script': 12_000 };

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

function measure(label, bytes, budget) {
  const gzip = gzipSync(bytes, { level: 9 }).length;
  const cells = [bytes.length, gzip, brotliCompressSync(bytes).length].map((n) => String(n).padStart(9)).join('');
  const over = budget !== undefined && gzip > budget;
  console.log(`${label.padEnd(48)}${cells}${budget === undefined ? '' : `   budget ${budget}${over ? ': OVER' : ''}, goal ${goals[label]}`}`);
  return !over;
}

console.log(`${''.padEnd(48)}${['raw', 'gzip', 'brotli'].map((n) => n.padStart(9)).join('')}`);
const entry = [...closure('pkg/dist/index.js')].sort();
let fits = measure('engine.wasm', readFileSync('pkg/dist/engine.wasm'), budgets['engine.wasm']);
fits = measure('entry script', Buffer.concat(entry.map((path) => readFileSync(path))), budgets['entry script']) && fits;
for (const path of walk('pkg/dist').filter((path) => path.endsWith('.js'))) measure(`  ${relative('pkg/dist', path)}${entry.includes(path) ? '' : ' (apart)'}`, readFileSync(path));
if (existsSync('www/dist')) {
  console.log('\nstorefront');
  for (const path of walk('www/dist').filter((path) => !['.br', '.gz', '.map'].includes(extname(path)))) measure(`  ${relative('www/dist', path)}`, readFileSync(path));
}
if (!fits) process.exitCode = 1;
