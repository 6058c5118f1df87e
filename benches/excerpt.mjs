// How near the lists of a pack's excerpt come to the whole pack's, shopper by shopper, through the engine itself.
// usage: node benches/excerpt.mjs     leaves target/bench/excerpt.json
//        WINDOWSHOP names the program and CATALOGUES the folder where catalogues are kept (target/bench/catalogues)
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createEngine } from '../pkg/dist/node.js';
import { catalogue, DATE, manifestOf, NOW } from './browser/catalogues.mjs';
import { reportOf, writeReport } from './browser/report.mjs';

const root = join(import.meta.dirname, '..');
const program = resolve(process.env.WINDOWSHOP ?? join(root, 'target/release/windowshop'));
const kept = resolve(process.env.CATALOGUES ?? join(root, 'target/bench/catalogues'));
const LENGTHS = [12, 48];

const read = (folder, name) => readFileSync(join(folder, name));
const mean = (numbers) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** A shopper's home list by an engine that knows nobody else. */
async function listOf(engine, memory) {
  await engine.history.erase();
  await engine.consent.set('session');
  await engine.history.import(memory);
  return engine.recommend({ surface: 'home', limit: Math.max(...LENGTHS), explore: false }).items;
}

const results = [];
for (const name of ['small', 'full']) {
  const made = catalogue(name, kept, program);
  const pack = join(made.folder, 'pack');
  const { pack: whole, excerpt } = manifestOf(made.folder);
  const open = ({ url }) => createEngine({ pack: { bytes: read(pack, url) }, now: () => NOW, consent: 'session' });
  const engines = [await open(whole), await open(excerpt.pack)];
  const found = [];
  for (const { memory } of JSON.parse(read(made.folder, 'shoppers.json'))) {
    const lists = [];
    for (const engine of engines) lists.push(await listOf(engine, memory));
    const [all, some] = lists;
    const shares = LENGTHS.map((length) => {
      const ids = new Set(all.slice(0, length).map(({ id }) => id));
      return some.slice(0, length).filter(({ id }) => ids.has(id)).length / ids.size;
    });
    const brands = lists.map((list) => new Set(list.map(({ id }) => engines[0].catalogue.item(id).brand)));
    const scores = lists.map((list) => mean(list.map(({ score }) => score)));
    found.push({ shares, brands: [...brands[0]].filter((brand) => brands[1].has(brand)).length / brands[0].size, score: scores[1] / scores[0] });
  }
  const shares = Object.fromEntries(LENGTHS.map((length, at) => [`of the first ${length}`, mean(found.map(({ shares }) => shares[at]))]));
  const worst = Math.min(...found.map(({ shares }) => shares.at(-1)));
  const series = [{ name: 'the excerpt', shoppers: found.length, ...shares, 'its worst shopper': worst, brands: mean(found.map(({ brands }) => brands)), 'mean score': mean(found.map(({ score }) => score)) }];
  results.push({ catalogue: { name, live: made.live, rows: made.rows }, series });
  for (const engine of engines) await engine.dispose();
  console.log(name.padEnd(8), JSON.stringify(series[0]));
}

const report = { ...reportOf('excerpt', 'What an excerpt’s lists are', join(root, 'pkg/dist/engine.wasm')), shop: `the demo of ${DATE}` };
report.rows.push({
  row: 'o',
  title: 'Home by the excerpt, beside home by the whole pack',
  unit: 'share',
  note: 'The share of the first so many items of a list that a list from the excerpt has too, on average and, of 48, for the worst of the shoppers; the share of brands; and the mean score of its 48 items over that of the whole’s. An item has the same score in both, but for co-visitation with items that are not there: what differs is which items are.',
  command: 'node benches/excerpt.mjs',
  results,
});
writeReport(join(root, 'target/bench/excerpt.json'), report);
