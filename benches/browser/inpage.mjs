// What runs in the page: the engine and the baselines over one catalogue, checked slot by slot, then timed in turns.
import { createEngine } from '/pkg/index.js';
import { ObjectShop } from './objects.mjs';
import { openColumns } from './pack.mjs';
import { Reference } from './reference.mjs';
import { explained } from './requests.mjs';
import { dice } from './shoppers.mjs';
import { TypedShop } from './typed.mjs';

const LIMIT = 48;
const REQUEST = { surface: 'home', limit: LIMIT, explore: false };

const json = async (url) => (await fetch(url)).json();
const median = (times) => times.slice().sort((one, other) => one - other)[times.length >> 1];

let shop;

/** Loads a catalogue into the engine and the baselines. */
export async function setUp({ name, pack, covisited, now, shoppers, only = ['engine', 'typed', 'objects'] }) {
  const engine = await createEngine({ pack: `/catalogues/${name}/pack/pack.json`, language: 'en', consent: 'session', storage: 'memory', now: () => now });
  const buffer = await (await fetch(`/catalogues/${name}/pack/${pack}`)).arrayBuffer();
  const columns = openColumns(buffer, covisited);
  shop = {
    engine,
    columns,
    now,
    only,
    typed: new TypedShop(columns),
    objects: only.includes('objects') ? new ObjectShop(await json(`/catalogues/${name}/facts.json`)) : undefined,
    shoppers: await json(`/catalogues/${name}/${shoppers ?? 'shoppers'}.json`),
  };
}

/** Replaces what the engine remembers. */
async function remember(memory) {
  await shop.engine.history.erase();
  await shop.engine.history.import(structuredClone(memory));
}

/** One call of each, as `{ ids, scores }` or what the engine gives. */
function askers(memory) {
  const { engine, typed, objects, now, only } = shop;
  const taken = typed.remember(memory);
  const all = { engine: () => engine.recommend(REQUEST), typed: () => typed.home(taken, now, LIMIT), objects: () => objects.home(memory, now, LIMIT) };
  return only.map((name) => [name, all[name]]);
}

/** A value as text, its fields by name. */
const plainly = (value) => JSON.stringify(value, (_, part) => (part?.constructor === Object ? Object.fromEntries(Object.entries(part).sort()) : part));

/** Compares columns with what the engine says of some items, drawn by a seed. */
function decodingDiffers() {
  const { columns, engine } = shop;
  const roll = dice(99);
  for (let drawn = 0; drawn < 400; drawn++) {
    const row = roll(columns.items.length);
    const told = engine.catalogue.item(columns.items[row]);
    const range = (starts, value) => Array.from({ length: starts[row + 1] - starts[row] }, (_, at) => value(starts[row] + at));
    const mine = {
      brand: columns.brands[columns.itemBrand[row]],
      category: columns.categories[columns.itemCategory[row]],
      sale: columns.sales[columns.itemSale[row]],
      price: columns.price[row],
      percentOff: columns.percentOff[row],
      sold: columns.sold[row],
      returned: columns.returned[row],
      sensitive: (columns.flags[row] & 1) !== 0,
      attributes: Object.fromEntries(range(columns.attributeStarts, (at) => columns.attributeTexts[columns.attributes[at]].split('=', 2))),
      sizes: range(columns.stockStarts, (at) => ({ size: columns.sizes[columns.stockSize[at]], stock: columns.stockLeft[at] })),
    };
    for (const [fact, value] of Object.entries(mine)) {
      if (plainly(told[fact]) !== plainly(value)) return `${told.id}: ${fact} is ${JSON.stringify(told[fact])}, read was ${JSON.stringify(value)}`;
    }
  }
  return undefined;
}

/** Compares every slot of every shopper's list, ids and scores, with the reference; what differs, or nothing. */
export async function differs() {
  const wrong = decodingDiffers();
  if (wrong) return wrong;
  const reference = new Reference(shop.columns);
  for (const { name, memory } of shop.shoppers) {
    await remember(memory);
    const told = reference.home(memory, shop.now, LIMIT);
    for (const [who, ask] of askers(memory)) {
      const given = ask();
      const list = given.items ? { ids: given.items.map(({ id }) => id), scores: given.items.map(({ score }) => score) } : given;
      if (given.personal === false) return `${name}: the engine gave the shop's own order`;
      for (let slot = 0; slot < Math.max(told.ids.length, list.ids.length); slot++) {
        if (list.ids[slot] === told.ids[slot] && list.scores[slot] === told.scores[slot]) continue;
        const mine = reference.contributions(memory, shop.now, told.ids[slot]);
        const theirs = shop.engine.explain(told.ids[slot]).contributions;
        const signals = mine.filter(({ contribution }, at) => contribution !== theirs[at].contribution).map(({ code }) => code);
        return `${name}, slot ${slot}: ${who} has ${list.ids[slot]} at ${list.scores[slot]}, the reference ${told.ids[slot]} at ${told.scores[slot]} (${signals.join(', ') || 'same signals'})`;
      }
    }
  }
  return undefined;
}

/** Times the home call of some shoppers, in turns; by name each shopper's `{ least, median }` in milliseconds. */
export async function timeHome({ rounds, every = 1 }) {
  const times = Object.fromEntries(shop.only.map((name) => [name, []]));
  const chosen = shop.shoppers.filter((_, at) => at % every === 0);
  for (const { memory } of chosen) {
    await remember(memory);
    const asked = askers(memory).map(([name, ask]) => ({ name, ask, took: [] }));
    // One call before: what the turn before left in caches is everybody's alike.
    for (const { ask } of asked) ask();
    for (let round = 0; round < rounds; round++) {
      for (let turn = 0; turn < asked.length; turn++) {
        const { ask, took } = asked[(turn + round) % asked.length];
        const began = performance.now();
        ask();
        took.push(performance.now() - began);
      }
    }
    for (const { name, took } of asked) times[name].push({ least: Math.min(...took), median: median(took) });
    await new Promise((resolve) => setTimeout(resolve));
  }
  return times;
}

/** Records a look and asks for home again; all times. */
export async function timeObserve({ looks, every }) {
  const roll = dice(5);
  const times = [];
  const { engine, columns, shoppers } = shop;
  for (const { memory } of shoppers.filter((_, at) => at % every === 0)) {
    await remember(memory);
    engine.recommend(REQUEST);
    for (let look = 0; look < looks; look++) {
      const item = columns.items[roll(columns.items.length)];
      const began = performance.now();
      await engine.observe('view_item', { items: [{ item_id: item }] });
      engine.recommend(REQUEST);
      times.push(performance.now() - began);
    }
  }
  return times;
}

/** A list of 200 with their reasons, as objects; all times. */
export async function timeExplained({ rounds, every }) {
  const { engine, columns, shoppers, now } = shop;
  const request = explained(columns, now);
  const times = [];
  let reasons = 0;
  for (const { memory } of shoppers.filter((_, at) => at % every === 0)) {
    await remember(memory);
    const took = [];
    for (let round = 0; round < rounds; round++) {
      const began = performance.now();
      const list = engine.recommend(request).items;
      took.push(performance.now() - began);
      reasons = list.reduce((sum, item) => sum + item.reasons.length, reasons);
    }
    times.push(...took);
  }
  return { times, reasons: reasons / times.length };
}

/** Opens the pack and parses the facts, in turns; all times by name. */
export async function timeOpen({ name, pack, covisited, now, rounds }) {
  const bytes = await (await fetch(`/catalogues/${name}/pack/${pack}`)).arrayBuffer();
  const text = await (await fetch(`/catalogues/${name}/facts.json`)).text();
  const times = { engine: [], 'JSON to objects': [], 'objects, indexed': [], 'typed arrays': [] };
  const timed = async (called, open) => {
    const began = performance.now();
    const opened = await open();
    times[called].push(performance.now() - began);
    return opened;
  };
  for (let round = 0; round < rounds; round++) {
    const engine = await timed('engine', () => createEngine({ pack: { bytes }, consent: 'session', storage: 'memory', now: () => now }));
    await engine.dispose();
    const facts = await timed('JSON to objects', () => JSON.parse(text));
    await timed('objects, indexed', () => new ObjectShop(facts));
    await timed('typed arrays', () => new TypedShop(openColumns(bytes, covisited)));
  }
  return times;
}

/** Observes so many looks; the module's memory before and after, in bytes. `memories` are caught by the page's first script. */
export async function memoryAfter(count) {
  const size = () => Math.max(...globalThis.memories.map(({ buffer }) => buffer.byteLength));
  const roll = dice(6);
  const opened = size();
  for (let look = 0; look < count; look++) await shop.engine.observe('view_item', { items: [{ item_id: shop.columns.items[roll(shop.columns.items.length)] }] });
  shop.engine.recommend(REQUEST);
  return { opened, after: size(), remembered: shop.engine.history.list().length };
}
