// How long pricing a cart takes in WebAssembly under Node.js, side by side in one run: the module's own call, from plain
// objects to plain objects, and `price` of the npm package, which checks what it is given and adds names and sentences.
//
// The shops are made here: 400 items of 40 brands in 10 categories, and 12 or 20 promotions of the kinds that shops run
// (percentages, 满减 by steps and once, n-th units, prices by brand and category and over the whole order, in groups, some
// with codes, one exclusive, two that exclude one another). Every cart has lines that most of them apply to. Each cart is
// priced with all codes entered; receipts whose combination is not proven to be the best are counted.
//
// What a cart takes is the median of its rounds, after one to warm up, and the percentiles are over the carts: so they tell
// dear carts from cheap ones, and not when this machine was busy with something else. Beside them stands the percentile of
// all calls as they were.
// usage: node benches/pricing.mjs [CARTS=400]
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../pkg/dist/node.js';
import { openPack, startWasm } from '../target/package/js/machine.js';

const CARTS = Number(process.argv[2] ?? 400);
const PROGRAM = process.env.WINDOWSHOP ?? 'target/release/windowshop';
const NOW = Date.parse('2026-11-22T12:00:00+08:00');
const SHOPS = [
  { promotions: 12, lines: 25, most: 0.3 },
  { promotions: 20, lines: 40, most: 5 },
];

/** Marsaglia's xorshift, so that every run prices the same carts. */
function dice(seed) {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const named = (id) => ({ id, name: { en: id } });
const brand = (at) => `brand-${at % 40}`;
const category = (at) => `category-${at % 10}`;

/** Promotions of the kinds that shops run, the first so many of a list that repeats them with other figures. */
function promotions(count) {
  const kinds = [
    (at) => ({ target: { brands: [brand(at), brand(at + 1), brand(at + 2), brand(at + 3)] }, layer: 'line', group: `g${at % 3}`, benefit: { percent: { off: String(5 + at) } } }),
    (at) => ({ target: { categories: [category(at), category(at + 3)] }, layer: 'line', group: `g${at % 3}`, benefit: { fixed_amount: { off: String(10 + at) } } }),
    (at) => ({ benefit: { threshold: { spend: '299', off: String(30 + at), times: 3 } }, group: 'full' }),
    (at) => ({ target: { categories: [category(at)] }, benefit: { nth_unit: { every: 3, percent: '50', times: 2 } }, not_with: at > 4 ? [`p${at - 4}`] : undefined }),
    (at) => ({ code: `CODE${at}`, group: 'codes', benefit: { percent: { off: String(6 + (at % 5)) } }, cap: '120' }),
    (at) => ({ benefit: { tiers: { steps: [{ spend: '399', off: String(20 + at) }, { spend: '899', off: String(70 + at) }] } }, group: 'full', conditions: [{ quantity: { at_least: 3 } }] }),
    (at) => ({ code: `ALL${at}`, exclusive: true, benefit: { percent: { off: String(11 + (at % 4)) } } }),
    (at) => ({ target: { brands: [brand(at + 5), brand(at + 6), brand(at + 7)] }, applies_to: 'unit', benefit: { percent: { off: '8' } }, floor: '70' }),
  ];
  return Array.from({ length: count }, (_, at) => ({ ...named(`p${at}`), ...kinds[at % kinds.length](at) }));
}

async function shop({ promotions: count, lines }, folder) {
  const feed = join(folder, `feed-${count}-${lines}`);
  mkdirSync(feed);
  const rows = (name, all) => writeFileSync(join(feed, name), all.map((row) => JSON.stringify(row)).join('\n'));
  const all = (many, of) => Array.from({ length: many }, (_, at) => of(at));
  writeFileSync(join(feed, 'shop.json'), JSON.stringify({ currency: 'CNY', exponent: 2, zone: 'Asia/Shanghai', opening: '10:00', preview_days: 3, languages: ['en'] }));
  rows('brands.jsonl', all(40, (at) => ({ ...named(brand(at)), tier: 'second' })));
  rows('categories.jsonl', all(10, (at) => named(category(at))));
  rows('sales.jsonl', all(40, (at) => ({ id: `sale-${at}`, brand: brand(at), title: { en: 'Sale' }, opens: '2026-11-22T10:00', closes: '2026-11-26T10:00' })));
  const price = dice(7);
  rows('items.jsonl', all(400, (at) => ({ ...named(`item-${at}`), sale: `sale-${at % 40}`, category: category(Math.floor(at / 40)), price: `${19 + price(300)}.${10 + price(90)}`, list_price: '999', stock: [{ size: 'one', left: 99, at_opening: 99 }] })));
  writeFileSync(join(feed, 'promotions.json'), JSON.stringify({ promotions: promotions(count) }));
  const packs = join(folder, `packs-${count}-${lines}`);
  execFileSync(PROGRAM, ['pack', 'build', feed, '--out', packs], { stdio: ['ignore', 'ignore', 'inherit'] });
  const { pack, text } = JSON.parse(readFileSync(join(packs, 'pack.json'), 'utf8'));
  const bytes = new Uint8Array(readFileSync(join(packs, pack.url)));
  const en = JSON.parse(readFileSync(join(packs, text.en.url), 'utf8'));
  const engine = await createEngine({ pack: { bytes, text: { en } }, language: 'en', now: () => NOW });
  const roll = dice(11);
  const carts = all(CARTS, () => {
    const items = new Set();
    while (items.size < lines) items.add(`item-${roll(400)}`);
    return [...items].map((item) => ({ item, quantity: 1 + roll(3) }));
  });
  const codes = promotions(count).flatMap(({ code }) => code ?? []);
  return { engine, machine: await openPack(bytes, 1), carts, codes };
}

const ROUNDS = 9;

/** The time below which a share of the times lies. */
const below = (times, share) => times.toSorted((a, b) => a - b)[Math.floor(times.length * share)].toFixed(3);

function timed(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

await startWasm(() => Promise.resolve(readFileSync(new URL('../pkg/dist/engine.wasm', import.meta.url))));
const folder = mkdtempSync(join(tmpdir(), 'windowshop-pricing-'));
try {
  const rows = [];
  for (const kind of SHOPS) {
    const { engine, machine, carts, codes } = await shop(kind, folder);
    const applicable = [];
    let unproven = 0;
    for (const cart of carts) {
      const receipt = engine.price(cart, { codes });
      unproven += Number(receipt.gap !== undefined);
      const could = receipt.refused.filter(({ reason }) => ['group_taken', 'exclusive', 'not_with', 'not_best', 'codes_taken'].includes(reason));
      applicable.push(receipt.used.length + could.length);
    }
    const [module, whole] = [carts.map(() => []), carts.map(() => [])];
    for (let round = 0; round <= ROUNDS; round++) {
      carts.forEach((lines, at) => {
        const times = [timed(() => machine.price({ lines, codes }, NOW)), timed(() => engine.price(lines, { codes }))];
        if (round > 0) [module, whole].forEach((all, of) => all[at].push(times[of]));
      });
    }
    const medians = (all) => all.map((times) => times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]);
    rows.push({
      'promotions × lines': `${kind.promotions} × ${kind.lines}`,
      'applicable, median': applicable.toSorted((a, b) => a - b)[Math.floor(applicable.length / 2)],
      'not proven': unproven,
      'module, p50 ms': below(medians(module), 0.5),
      'module, p95 ms': below(medians(module), 0.95),
      'at most, ms': kind.most,
      'package, p95 ms': below(medians(whole), 0.95),
      'module, all calls, p95 ms': below(module.flat(), 0.95),
    });
    machine.free();
    await engine.dispose();
  }
  console.table(rows);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
