// The rows that are measured, each a function of a `bench`: it opens pages and gives series of figures. What runs in a page is
// in `inpage.mjs` and `fresh.mjs`; here is what is asked for, over which catalogue, and what is made of the times. What of it the
// issue sets a bar for is in `bars.mjs`, by the letters and names that are given here.
import { packSizes } from './packsizes.mjs';
import { ALONE } from './requests.mjs';
import { median } from './turns.mjs';

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const percentile = (times, percent) => times.slice().sort((one, other) => one - other)[Math.min(times.length - 1, Math.floor((times.length * percent) / 100))];

/**
 * Of each engine's shoppers: the mean of their least times, the worst of them, and the mean of their medians; and where there
 * were turns of several calls the mean of the least that was the first of a turn.
 */
function figuresOf(times) {
  return Object.entries(times).map(([name, shoppers]) => {
    const least = shoppers.map((shopper) => shopper.least);
    const first = shoppers[0].first === undefined ? {} : { 'first of a turn': mean(shoppers.map((shopper) => shopper.first)) };
    return { name, mean: mean(least), worst: Math.max(...least), 'worst / mean': Math.max(...least) / mean(least), p50: mean(shoppers.map((shopper) => shopper.median)), ...first };
  });
}

/** How many times as long as one of the series the others take, by one of their figures. */
function against(series, whose = 'engine', by = 'mean') {
  const base = series.find(({ name }) => name === whose)[by];
  for (const one of series) if (one.name !== whose) one[`× ${whose}`] = one[by] / base;
  return series;
}

/** Figures of plain times. */
const plain = (times) => ({ least: Math.min(...times), p50: median(times), p95: percentile(times, 95), count: times.length });

/** Opens a page over a catalogue, with what it has checked slot by slot before anything is timed. */
async function checked(bench, catalogue, options = {}) {
  const page = await bench.page();
  // Of the largest there are no facts in JSON, and so no baseline over them.
  const only = catalogue.sizes.facts ? undefined : ['engine', 'typed'];
  await bench.inPage(page, 'inpage', 'setUp', { ...catalogue, now: bench.now, only, ...options });
  const wrong = await bench.inPage(page, 'inpage', 'differs');
  if (wrong) throw new Error(`${catalogue.name}: ${wrong}`);
  return page;
}

const NOTES = {
  home: 'ms; the engines take turns of three calls in a row, and all shoppers have theirs before one has the next; least of each shopper’s calls, and over the shoppers their mean and the worst; p50 is the mean of their medians. `first of a turn` is the mean of the least of those calls that came right behind another’s, the engine’s behind the baseline over objects, where there is one: that walks some hundred megabytes and leaves caches full of them. The list is asked for again and again, as a page does that shows several: the engine and the baseline over typed arrays keep what follows from a memory until something happens or the minute is over; the one over objects works it out each time, as such code does. `each time in another minute` keeps nothing from call to call. Every list was equal to the reference in every slot, ids and scores. The engine also gives reasons in words and a digest over every number; the baselines give neither: `engine, the list alone` asks for the last of the 48 items alone, for which all of them are found and one is explained and handed over. The baseline over typed arrays cannot take the day’s changes and spends most when it opens a pack, where the engine spends least.',
  fresh: 'In turns, each once before it counts, and not before the browser’s own pages for a window are there, which take a processor of two away. The package is loaded as shops serve it, in production, and finds what the browser keeps of the shopper. The names of the list’s items are read too. `bytes` and `gzip` are what travels besides code: pack or JSON, and the same names for both. `the engine’s bytes alone` is how long its pack and names take to come in where nothing is done with them. `from the excerpt` is the first list of `windowshop/early`, of fewer items and so less work than all others do, and then when the whole pack is there with a list from it. The pack holds more than the JSON does (list and lowest prices, returns by reason, outfits, brands’ calendar, promotions, campaigns, questions, digests).',
};

async function home(bench, catalogue, { rounds = bench.rounds, throttle = 1, another = false, alone = false } = {}) {
  const page = await checked(bench, catalogue);
  if (throttle > 1) await bench.throttle(page, throttle);
  const every = throttle > 1 ? 4 : 1;
  const series = against(figuresOf(await bench.inPage(page, 'inpage', 'timeHome', { rounds, every, another, alone })));
  await page.close();
  return { catalogue, series, shoppers: Math.ceil(catalogue.shoppers / every), rounds, ...(another && { another }) };
}

/** The list asked for again, and each time in another minute. */
const homes = async (bench, catalogue) => [await home(bench, catalogue, { alone: true }), await home(bench, catalogue, { another: true })];

/** What is measured of each of some shops, one after the other: as many of them as were chosen. */
const overEach = (names, measureOne) => async (bench) => {
  const results = [];
  for (const name of bench.chosen(...names)) results.push(await measureOne(bench, bench.catalogue(name)));
  return results.flat();
};

/** Fresh pages to their first list, in turns; over a slower network and by a slower processor where those are named. */
async function freshPages(bench, catalogue, { compressed = false, rounds = 7, throttle, network } = {}) {
  const { pack, text, facts, names, excerpt } = catalogue.sizes;
  const { memory } = bench.shoppers(catalogue)[1];
  const given = { name: catalogue.name, now: bench.now, memory };
  const before = await bench.page();
  given.kept = await bench.inPage(before, 'fresh', 'keptOf', given);
  await before.close();
  const sent = (parts) => ({ bytes: parts.reduce((sum, part) => sum + part.bytes, 0), gzip: parts.reduce((sum, part) => sum + part.gzip, 0) });
  // Whoever slows a page down watches it.
  const slowed = async (call) => {
    const page = await bench.page({ compressed });
    await bench.settled(page);
    await bench.slow(page, network);
    await bench.throttle(page, throttle);
    const told = await bench.inPage(page, 'fresh', call, given);
    await page.close();
    return told;
  };
  const times = { engine: [], excerpt: [], whole: [], objects: [], bytes: [] };
  const firsts = new Set();
  for (let round = -1; round < rounds; round++) {
    for (const [who, call] of [['engine', 'withEngine'], ['excerpt', 'withExcerpt'], ['objects', 'withObjects'], ['bytes', 'withBytes']]) {
      const { took, whole, first } = await (throttle ? slowed(call) : bench.unwatched('fresh', call, given, { compressed }));
      if (round >= 0) times[who].push(took);
      if (round >= 0 && whole !== undefined) times.whole.push(whole);
      if (first !== undefined) firsts.add(first);
    }
  }
  if (firsts.size !== 1) throw new Error(`fresh pages showed different first items: ${[...firsts].join(', ')}`);
  const series = [
    { name: 'engine', ...plain(times.engine), ...sent([pack, text]) },
    { name: 'engine, from the excerpt', ...plain(times.excerpt), ...sent([excerpt.pack, excerpt.text]) },
    { name: 'engine, from the excerpt, the whole', ...plain(times.whole), ...sent([excerpt.pack, excerpt.text, pack, text]) },
    { name: 'objects', ...plain(times.objects), ...sent([facts, names]) },
    { name: 'the engine’s bytes alone', ...plain(times.bytes), ...sent([pack, text]) },
  ];
  return { catalogue, series: against(series, 'engine', 'p50') };
}

/** The engine in Chromium, in turns with the same as a program of this machine. */
async function besideNative(bench, catalogue, another = false) {
  const page = await checked(bench, catalogue, { only: ['engine'] });
  const least = { engine: [], native: [] };
  const keep = (who, times) => times.forEach((time, at) => (least[who][at] = Math.min(least[who][at] ?? Infinity, time)));
  for (let turn = 0; turn < 3; turn++) {
    const { engine } = await bench.inPage(page, 'inpage', 'timeHome', { rounds: bench.rounds, another });
    keep('engine', engine.map((shopper) => shopper.least));
    keep('native', bench.native(catalogue, bench.rounds, another));
  }
  await page.close();
  const series = Object.entries(least).map(([name, times]) => ({ name, mean: mean(times), worst: Math.max(...times) }));
  return { catalogue, series: series.map((one) => (one.name === 'engine' ? { ...one, '× native': one.mean / mean(least.native) } : one)), ...(another && { another }) };
}

/** Each row: its letter, its title, what is said beneath it, and its function, which gives results. */
export const ROWS = [
  {
    row: 'a',
    title: 'The home list: 48 items for one shopper',
    unit: 'ms',
    note: `${NOTES.home} \`full-times-10\` is the full shop ten times, for sixteen shoppers; its facts in JSON would be more than a text can hold, so there the baseline over objects is left out.`,
    measure: overEach(['small', 'small-shuffled', 'full', 'full-shuffled', 'full-times-10'], homes),
  },
  {
    row: 'b',
    title: 'A look is recorded, and home again',
    unit: 'ms',
    note: 'Every call as it was, none left out; histories grow by the looks.',
    measure: overEach(['small', 'full'], async (bench, catalogue) => {
      const page = await checked(bench, catalogue, { only: ['engine'] });
      const times = await bench.inPage(page, 'inpage', 'timeObserve', { looks: 2 * bench.rounds, every: 4 });
      await page.close();
      return { catalogue, series: [{ name: 'engine', ...plain(times) }] };
    }),
  },
  {
    row: 'c',
    title: 'A fresh page to its first list',
    unit: 'ms',
    note: `From a page that has nothing: modules, facts and names from a server on the same machine, compressed as \`windowshop serve\` does it (brotli), then uncompressed; then the list. No tool watches these pages: one that does has the browser keep copies of what comes in. ${NOTES.fresh}`,
    measure: overEach(['small', 'full'], async (bench, catalogue) => [await freshPages(bench, catalogue, { compressed: true }), { ...(await freshPages(bench, catalogue)), uncompressed: true }]),
  },
  {
    row: 'd',
    title: '200 explained results as objects',
    unit: 'ms',
    note: 'The surface `search` puts 200 given items in this shopper’s order, each with up to three reasons in words. `engine` is the whole call. The others are only what turns a decision into objects, in a module built for that: as the engine does it, and by serde-wasm-bindgen, which was seen to give the same objects.',
    measure: async (bench) => {
      const catalogue = bench.catalogue('full');
      const page = await checked(bench, catalogue, { only: ['engine'] });
      const { times, reasons } = await bench.inPage(page, 'inpage', 'timeExplained', { rounds: bench.rounds, every: 4 });
      await page.close();
      bench.buildBoundary();
      const other = await bench.page();
      const handed = figuresOf(await bench.inPage(other, 'boundary', 'timeHandingOver', { ...catalogue, text: bench.textFile(catalogue), now: bench.now, rounds: 4 * bench.rounds, every: 4 }));
      await other.close();
      const [words] = handed;
      const ways = handed.map(({ name, mean: least, p50 }) => ({ name, least, p50, '× as words': least / words.mean }));
      return [{ catalogue, series: [{ name: 'engine', ...plain(times), 'reasons a list': reasons }, ...ways] }];
    },
  },
  {
    row: 'e',
    title: 'Opening the catalogue',
    unit: 'ms',
    note: 'Bytes and text are in memory, the modules are compiled, in turns; the engine checks every checksum and index of a pack that holds more than the JSON. `JSON, and serde` is what an engine without packs would do: JSON.parse, and its objects taken into plain Rust structs by serde-wasm-bindgen, in a module built for that, with neither checks nor an index. `JSON to objects, indexed` is what the baseline over objects does. `typed arrays` decodes the pack and numbers its facts. `the bytes into new memory, alone` copies the pack into a memory of WebAssembly that nobody touched before, and does nothing else: sooner nothing that reads a pack in memory of its own can be open. `module` and `heap` are bytes in a page of its own that has nothing else, after a collection: the module’s memory, and JavaScript’s own.',
    measure: overEach(['small', 'full-items-100000', 'full'], async (bench, catalogue) => {
      bench.buildBoundary();
      const page = await bench.page();
      const times = await bench.inPage(page, 'inpage', 'timeOpen', { ...catalogue, now: bench.now, rounds: 7 });
      await page.close();
      const series = Object.entries(times).map(([who, took]) => ({ name: who, ...plain(took) }));
      for (const one of series.slice(0, 3)) {
        const alone = await bench.page();
        one.module = await bench.inPage(alone, 'inpage', 'keepOpen', { ...catalogue, way: one.name, now: bench.now });
        one.heap = await bench.heap(alone);
        one.bytes = one.module + one.heap;
        await alone.close();
      }
      return { catalogue, series: against(series, 'engine', 'least') };
    }),
  },
  {
    row: 'f',
    title: 'Growth of the home list',
    unit: 'ms',
    note: `Every k-th sale of the full shop, packed anew, all of it, and all of it ten times; then histories of so many events over the full shop. Sixteen shoppers each; of the largest there are no facts in JSON. ${NOTES.home}`,
    measure: async (bench) => {
      const results = [];
      for (const name of bench.chosen('full-every-100', 'full-every-30', 'full-every-10', 'full-every-3', 'full', 'full-times-10')) {
        const catalogue = bench.catalogue(name);
        const page = await checked(bench, catalogue);
        const series = against(figuresOf(await bench.inPage(page, 'inpage', 'timeHome', { rounds: bench.rounds, every: catalogue.shoppers / 16 })));
        results.push({ catalogue, series, along: 'items', at: catalogue.live });
        await page.close();
      }
      const catalogue = bench.catalogue('full');
      const page = await checked(bench, catalogue, { whose: 'histories' });
      const times = await bench.inPage(page, 'inpage', 'timeHome', { rounds: bench.rounds });
      await page.close();
      bench.histories.forEach((events, at) => {
        const one = Object.fromEntries(Object.entries(times).map(([who, shoppers]) => [who, [shoppers[at]]]));
        results.push({ catalogue, series: against(figuresOf(one)), along: 'events', at: events });
      });
      return results;
    },
  },
  {
    row: 'g',
    title: 'Memory of the module',
    unit: 'bytes',
    note: 'The memory of the WebAssembly module: after opening the pack; after so many looks were observed, a list being asked for after every thousandth; after `dispose`, when what nobody holds was collected, while the page keeps the engine that was disposed of; after opening the pack again, by which a list is given. Each engine has a memory of its own, and what is told is the sum of all that are still there, by weak references. A worker ends with its engine: what it holds is by the browser’s own account (performance.measureUserAgentSpecificMemory), with its scripts.',
    measure: overEach(['full-items-100000', 'full'], async (bench, catalogue) => {
      const page = await bench.page();
      const given = { ...catalogue, now: bench.now };
      await bench.inPage(page, 'inpage', 'setUp', { ...given, only: ['engine'] });
      const { opened, after, remembered, seconds } = await bench.inPage(page, 'inpage', 'memoryAfter', bench.looks);
      const looked = Object.fromEntries(bench.looks.map((count, at) => [`after ${count.toLocaleString('en')} looks`, after[at]]));
      await bench.inPage(page, 'inpage', 'letGo');
      await bench.heap(page);
      const disposed = await bench.inPage(page, 'inpage', 'held');
      const again = await bench.inPage(page, 'inpage', 'openAgain', given);
      await page.close();
      const other = await bench.page();
      const worker = await bench.inPage(other, 'inpage', 'memorySealed', given);
      await other.close();
      const grown = after.at(-1) - after[0];
      const series = [
        { name: 'engine', 'pack bytes': catalogue.sizes.pack.bytes, opened, ...looked, 'from the first to the last of them': grown, remembered, 'seconds of looks': seconds, disposed, 'opened again': again },
        { name: 'engine in a worker', opened: worker.opened, disposed: worker.disposed },
      ];
      return { catalogue, series };
    }),
  },
  {
    row: 'j',
    title: 'The same code as a program of this machine',
    unit: 'ms',
    note: 'The home list of the first row in Chromium, in turns with `benches/home.rs` (built for every x86 with AVX2, not for this one alone): the same shoppers, the same engine down to what it gives a host; the native one makes no JavaScript objects, which weighs most where a list is asked for again. The least time of each shopper over all turns.',
    measure: overEach(['small', 'full'], async (bench, catalogue) => [await besideNative(bench, catalogue), await besideNative(bench, catalogue, true)]),
  },
  {
    row: 'h',
    title: 'The home list on a slower processor',
    unit: 'ms',
    note: `Chromium’s own throttling (Emulation.setCPUThrottlingRate), every fourth shopper. ${NOTES.home}`,
    measure: async (bench) => {
      const results = [];
      for (const throttle of [4, 6]) {
        for (const name of bench.chosen('small', 'full')) results.push({ ...(await home(bench, bench.catalogue(name), { rounds: Math.max(3, Math.round(bench.rounds / 3)), throttle })), throttle });
      }
      return results;
    },
  },
  {
    row: 'p',
    title: 'A fresh page on a slower processor and network',
    unit: 'ms',
    note: `Chromium’s own throttling of both (Emulation.setCPUThrottlingRate; Network.emulateNetworkConditions), compressed. A tool watches these pages, which is how they are slowed down. ${NOTES.fresh}`,
    measure: async (bench) => {
      const results = [];
      for (const [throttle, network] of [[4, { megabits: 10, latency: 40 }], [6, { megabits: 4, latency: 100 }]]) {
        for (const name of bench.chosen('small', 'full')) results.push({ ...(await freshPages(bench, bench.catalogue(name), { compressed: true, throttle, network, rounds: 3 })), throttle, network });
      }
      return results;
    },
  },
  {
    row: 'i',
    title: 'Scoring alone, by runtimes of tensors',
    unit: 'ms',
    note: 'onnxruntime-web and tfjs-backend-wasm, one thread each: from the tables of one shopper to the best 1,536 scores, with one fused graph (three gathers, sums, top k) over the same codes as typed arrays, in whole numbers; their best scores are compared with a plain sum and sort. `typed` is the same part of the baseline over typed arrays. They are spared the tables, freshness, discretion and the mix, which would stay JavaScript. The engine is spared nothing: `engine` is its whole call, and `engine, the list alone` asks for the last of the 48 items alone, so that all that finds them and their order is done (scores, mix; tables are kept as for the others), and one is explained and handed over. Turns are as for the home list.',
    measure: overEach(['small', 'full'], async (bench, catalogue) => {
      bench.installCompetitors();
      const page = await bench.page();
      const series = figuresOf(await bench.inPage(page, 'competitors/inpage', 'timeScoring', { ...catalogue, now: bench.now, rounds: bench.rounds, every: 8 }));
      await page.close();
      return { catalogue, series: against(against(series), ALONE) };
    }),
  },
  {
    row: 'k',
    title: 'The pack on its way',
    unit: 'bytes an item',
    note: 'The pack’s bytes over all its items, compressed as `windowshop serve` does it (gzip at 7, brotli at 5 with a window of 4 MB) and as `windowshop pack build --compress` does (brotli at 11, with one of 16 MB). Names and titles are another file. A part alone may take more or less than it does beside the others. How large co-visitation is depends on what training has seen: the demo’s shop has few neighbours, which the line says.',
    measure: overEach(['full-items-100000', 'full'], async (bench, catalogue) => ({ catalogue, series: packSizes(bench.packFile(catalogue), catalogue.rows) })),
  },
];
