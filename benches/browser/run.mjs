// How fast the engine is in a real browser, in one run with what one would write instead: the same list by plain JavaScript
// over typed arrays, as well as we can write it, and over objects, as it usually is written.
//
// The engines take turns of a few calls, so that a busy machine is busy for all of them; nothing is timed before every slot of
// every list was equal to a plain reference. What the baselines leave out is said in `typed.mjs` and `objects.mjs`.
// usage: node benches/browser/run.mjs [--only a,b] [--shops full,full-shuffled] [--rounds 15] [--looks 1000000]
//        [--out target/bench/browser.json] [--keep]
//        --keep leaves rows that are not measured as the report has them, where it is of the same module
//        CHROMIUM and WINDOWSHOP name the programs, PACKAGE the folder of the built package (pkg/dist) and CATALOGUES the one
//        where catalogues are kept; the rows are those of rows.mjs
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { catalogue, DATE, HISTORIES, manifestOf, NOW } from './catalogues.mjs';
import { nativeTimes, nativeTwin } from './native.mjs';
import { aboutOf, figure, reportOf, writeReport } from './report.mjs';
import { asServed } from './packsizes.mjs';
import { ROWS } from './rows.mjs';
import { serve } from './server.mjs';

const root = join(import.meta.dirname, '../..');
const competitors = join(import.meta.dirname, 'competitors');
const boundary = join(root, 'target/bench/package');
const { chromium } = createRequire(join(root, 'tests/browser/package.json'))('playwright-core');
const program = resolve(process.env.WINDOWSHOP ?? join(root, 'target/release/windowshop'));
const built = resolve(process.env.PACKAGE ?? join(root, 'pkg/dist'));
const kept = resolve(process.env.CATALOGUES ?? join(root, 'target/bench/catalogues'));
const letters = ROWS.map(({ row }) => row).join(',');
const { values } = parseArgs({ options: { only: { type: 'string', default: letters }, shops: { type: 'string' }, rounds: { type: 'string', default: '15' }, looks: { type: 'string', default: '1000000' }, out: { type: 'string', default: join(root, 'target/bench/browser.json') }, keep: { type: 'boolean', default: false } } });
const chosen = values.only.split(',').map((letter) => ROWS.find(({ row }) => row === letter) ?? stop(`there is no row ${letter}; the rows are ${letters}`));
/** Milliseconds that a new window's own pages are given. */
const SETTLED = 1_500;
const shops = values.shops?.split(',');
const rounds = Number(values.rounds);
const most = Number(values.looks);
if (!Number.isInteger(most) || most < 1_000) stop('--looks is a number, 1000 or more');
if (!(rounds >= 1)) stop('--rounds is a number, 1 or more');
if (!existsSync(program)) stop(`${program} is not there: build it with cargo build --locked --release --bin windowshop, or name it in WINDOWSHOP`);
if (!existsSync(join(built, 'engine.wasm'))) stop(`${built} has no engine.wasm: build the package with scripts/build-package, or name its folder in PACKAGE`);

function stop(problem) {
  process.stderr.write(`${problem}\n`);
  process.exit(2);
}

/** Runs before everything else in a page: catches the memories of WebAssembly, each of which one engine has, and holds none. */
function catchMemories() {
  globalThis.memories = [];
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await original.apply(WebAssembly, given);
      const { memory } = (made.instance ?? made).exports;
      if (memory) globalThis.memories.push(new WeakRef(memory));
      return made;
    };
  }
}

/** What rows ask for: catalogues, pages, calls in them. */
function benchOf(browser, servers, made) {
  let twin;
  const readJson = (known, file) => JSON.parse(readFileSync(join(known.folder, file), 'utf8'));
  return {
    rounds,
    // How many looks memory is told after.
    looks: [...[10_000, 100_000].filter((count) => count < most), most],
    now: NOW,
    histories: HISTORIES,
    chosen: (...names) => names.filter((name) => !shops || shops.includes(name)),
    catalogue: (name) => (made[name] ??= catalogue(name, kept, program)),
    shoppers: (known) => readJson(known, 'shoppers.json'),
    packFile: (known) => join(known.folder, 'pack', known.pack),
    textFile: (known) => manifestOf(known.folder).text.en.url,
    // A page of the server that compresses, or of the one that does not.
    page: async ({ compressed = false } = {}) => {
      const context = await browser.newContext();
      await context.addInitScript(catchMemories);
      const page = await context.newPage();
      page.on('close', () => void context.close().catch(() => {}));
      await page.goto(`${servers[compressed ? 'compressed' : 'plain'].address}/`);
      if (!(await page.evaluate('crossOriginIsolated'))) throw new Error('the page is not isolated: its clock would be too coarse');
      return page;
    },
    // The browser loads pages of its own for every window (the address bar's, some hundred files), which takes a processor away
    // from ours: what is timed from the start begins when that is over.
    settled: (page) => page.waitForTimeout(SETTLED),
    // The same call in a page that no tool watches: one that does has the browser keep a copy of every body, of ours at once and of
    // the baseline's, which is larger than what is kept, not at all.
    unwatched: async (module, call, given, { compressed = false } = {}) => {
      const { address, ask } = servers[compressed ? 'compressed' : 'plain'];
      const session = await browser.newBrowserCDPSession();
      const { browserContextId } = await session.send('Target.createBrowserContext');
      let timer;
      try {
        const late = new Promise((_, fail) => (timer = setTimeout(() => fail(new Error(`${call} told nothing for a minute`)), 60_000)));
        const told = ask({ settle: SETTLED, module, call, given });
        await session.send('Target.createTarget', { url: `${address}/bench/unwatched.html`, browserContextId });
        const { found, failed } = await Promise.race([told, late]);
        if (failed) throw new Error(failed);
        return found;
      } finally {
        clearTimeout(timer);
        await session.send('Target.disposeBrowserContext', { browserContextId });
        await session.detach();
      }
    },
    installCompetitors: () => {
      if (!existsSync(join(competitors, 'node_modules'))) execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: competitors, stdio: 'ignore' });
    },
    // A module that hands decisions over in more than one way, never older than the package.
    buildBoundary: () => {
      const age = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);
      if (age(join(boundary, 'engine.wasm')) < age(join(built, 'engine.wasm'))) execFileSync(join(root, 'scripts/build-package'), ['bench'], { stdio: 'inherit' });
    },
    inPage: (page, module, call, given) =>
      page.evaluate(async ([file, name, argument]) => (await import(file))[name](argument), [`/bench/${module}.mjs`, call, given]),
    native: (known, rounds, another) => nativeTimes((twin ??= nativeTwin()), known, NOW, rounds, another),
    // Bytes of JavaScript's heap once what nobody holds is collected.
    heap: async (page) => {
      const session = await page.context().newCDPSession(page);
      // Twice, and in turns of their own: what a weak reference was asked for stays until its turn is over.
      for (let times = 0; times < 2; times++) await session.send('HeapProfiler.collectGarbage');
      return (await session.send('Runtime.getHeapUsage')).usedSize;
    },
    slow: async (page, { megabits, latency }) => {
      const session = await page.context().newCDPSession(page);
      await session.send('Network.enable');
      // The way there carries next to nothing.
      await session.send('Network.emulateNetworkConditions', { offline: false, latency, downloadThroughput: (megabits * 1e6) / 8, uploadThroughput: 125_000 });
    },
    throttle: async (page, rate) => {
      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate });
    },
  };
}

function print({ row, title, unit, results }) {
  console.log(`\n${row}  ${title} (${unit})`);
  for (const result of results) {
    const { series } = result;
    const columns = [...new Set(series.flatMap((one) => Object.keys(one)))].filter((name) => name !== 'name');
    console.log(`   ${aboutOf(result).padEnd(44)}${columns.map((name) => name.padStart(Math.max(11, name.length + 2))).join('')}`);
    for (const one of series) console.log(`     ${one.name.padEnd(42)}${columns.map((name) => figure(one[name]).padStart(Math.max(11, name.length + 2))).join('')}`);
  }
}

const executablePath = process.env.CHROMIUM || execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser || command -v google-chrome'], { encoding: 'utf8' }).trim();
const made = {};
const roots = { pkg: built, bench: import.meta.dirname, boundary, competitors, catalogues: (name) => made[name]?.folder };
const servers = { plain: await serve(roots), compressed: await serve(roots, asServed) };
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const bench = benchOf(browser, servers, made);
  const report = { ...reportOf('browser', 'In the browser', join(built, 'engine.wasm')), browser: `Chromium ${browser.version()}`, shop: `the demo of ${DATE}` };
  const before = values.keep && existsSync(values.out) ? JSON.parse(readFileSync(values.out, 'utf8')) : undefined;
  if (before?.module === report.module) report.rows = before.rows;
  const placeOf = ({ row }) => ROWS.findIndex((one) => one.row === row);
  for (const { row, title, unit, note, measure } of chosen) {
    const results = (await measure(bench)).map(({ catalogue: { name, live, rows, sizes }, ...figures }) => ({ catalogue: { name, live, rows, sizes }, ...figures }));
    const measured = { row, title, unit, note, command: `node benches/browser/run.mjs --only ${row}${shops ? ` --shops ${shops.join(',')}` : ''} --rounds ${rounds}`, results };
    report.rows = [...report.rows.filter((one) => one.row !== row), measured].sort((one, other) => placeOf(one) - placeOf(other));
    print(measured);
    // Written after each row, so that what was measured is there though a later row fails.
    writeReport(values.out, report);
  }
} finally {
  await browser.close();
  for (const server of Object.values(servers)) server.close();
}
