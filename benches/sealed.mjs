// What a call costs through the sealed worker, beside the same call in the page: Chromium, the demo's shop, one shopper.
//
// The calls take turns, page and worker, so that a busy machine is busy for both; told are medians. The last row asks for
// 24 items at once, as a page that shows a list does, and counts the time until all are there.
// usage: node benches/sealed.mjs [CALLS=200]      CHROMIUM and WINDOWSHOP name the programs
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { chromium } = createRequire(join(import.meta.dirname, '../tests/browser/package.json'))('playwright-core');
const CALLS = Number(process.argv[2] ?? 200);
const PROGRAM = process.env.WINDOWSHOP ?? 'target/release/windowshop';

/** Runs in the page: medians in milliseconds, `[in the page, in the worker]` by call. */
async function measure({ calls, now }) {
  const [{ createEngine }, { createSealedEngine }] = await Promise.all([import('/index.js'), import('/sealed.js')]);
  const options = { pack: '/v1/pack.json', language: 'en', now: () => now, storage: 'memory', consent: 'session' };
  const page = await createEngine(options);
  const worker = await createSealedEngine(options);
  if (worker.isolation !== 'sealed') throw new Error('the worker is not sealed');
  const ids = page.recommend({ surface: 'home', limit: 24 }).items.map(({ id }) => id);
  for (const shop of [page, worker]) for (const id of ids.slice(0, 12)) await shop.observe('view_item', { items: [{ item_id: id }] });
  const asked = {
    'catalogue.item': (shop) => shop.catalogue.item(ids[0]),
    'recommend, 24 of home': (shop) => shop.recommend({ surface: 'home', limit: 24 }),
    'price, 6 lines': (shop) => shop.price(ids.slice(0, 6).map((item) => ({ item, quantity: 1 }))),
    'catalogue.item, 24 at once': (shop) => Promise.all(ids.map((id) => shop.catalogue.item(id))),
  };
  const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];
  const rows = {};
  for (const [name, ask] of Object.entries(asked)) {
    const times = [[], []];
    for (let call = 0; call < calls; call++) {
      for (const [at, shop] of [page, worker].entries()) {
        const began = performance.now();
        await ask(shop);
        times[at].push(performance.now() - began);
      }
    }
    rows[name] = times.map(median);
  }
  return rows;
}

const folder = mkdtempSync(join(tmpdir(), 'windowshop-sealed-'));
let server;
let browser;
try {
  execFileSync(PROGRAM, ['demo', '--out', folder, '--date', '2026-11-22'], { stdio: 'ignore' });
  server = spawn(PROGRAM, ['--json', 'serve', '--site', 'pkg/dist', '--packs', join(folder, 'pack'), '--data', join(folder, 'endpoint'), '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await new Promise((resolve) => server.stdout.once('data', (told) => resolve(JSON.parse(String(told).split('\n')[0]).address)));
  const executablePath = process.env.CHROMIUM || execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser || command -v google-chrome'], { encoding: 'utf8' }).trim();
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage();
  await page.goto(`${address}/`);
  const rows = await page.evaluate(measure, { calls: CALLS, now: Date.parse('2026-11-22T12:00:00+08:00') });
  console.log(`${''.padEnd(28)}${['page', 'worker', 'more'].map((name) => name.padStart(10)).join('')}   ms, medians of ${CALLS}`);
  for (const [name, [direct, behind]] of Object.entries(rows)) console.log(name.padEnd(28) + [direct, behind, behind - direct].map((time) => time.toFixed(2).padStart(10)).join(''));
} finally {
  await browser?.close();
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
}
