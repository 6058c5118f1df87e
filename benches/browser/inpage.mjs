// What runs in the page: the engine and the baselines over one catalogue, checked slot by slot, then timed in turns.
import { createEngine } from '/pkg/index.js';
import { ObjectShop } from './objects.mjs';
import { openColumns } from './pack.mjs';
import { Reference } from './reference.mjs';
import { ALONE, explained, HOME, LIMIT, listAlone, remember } from './requests.mjs';
import { dice } from './shoppers.mjs';
import { aRound, figures } from './turns.mjs';
import { TypedShop } from './typed.mjs';


const json = async (url) => (await fetch(url)).json();

let shop;

const engineOf = ({ name, now }) => createEngine({ pack: `/catalogues/${name}/pack/pack.json`, language: 'en', consent: 'session', storage: 'memory', now: () => shop?.now ?? now });

/** Loads a catalogue into the engine and the baselines. */
export async function setUp({ name, pack, covisited, now, whose = 'shoppers', only = ['engine', 'typed', 'objects'] }) {
  const engine = await engineOf({ name, now });
  const buffer = await (await fetch(`/catalogues/${name}/pack/${pack}`)).arrayBuffer();
  const columns = openColumns(buffer, covisited);
  shop = {
    engine,
    opened: moduleBytes(),
    columns,
    now,
    only,
    typed: new TypedShop(columns),
    objects: only.includes('objects') ? new ObjectShop(await json(`/catalogues/${name}/facts.json`)) : undefined,
    shoppers: await json(`/catalogues/${name}/${whose}.json`),
  };
}

/** One call of each, as `{ ids, scores }` or what the engine gives. */
function askers(memory) {
  const { engine, typed, objects, only } = shop;
  const taken = typed.remember(memory);
  const all = { engine: () => engine.recommend(HOME), typed: () => typed.home(taken, shop.now, LIMIT), objects: () => objects.home(memory, shop.now, LIMIT) };
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
    await remember(shop.engine, memory);
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

/**
 * Times the home call of some shoppers, in turns of a few calls; by name each shopper's `{ least, median, first }` in milliseconds,
 * the last of them the least of those calls that were the first of a turn. The list is asked for again and again, or each time in
 * `another` minute, so that nothing can be kept of the call before; in the `alone` case beside the whole call the list alone too.
 *
 * All shoppers have a round before one has the next: a shopper's calls are spread over the whole time, so that none is measured while
 * the machine is busy or the scripts are new, and another is not.
 */
export async function timeHome({ rounds, every = 1, another = false, alone = false }) {
  const times = shop.shoppers.filter((_, at) => at % every === 0).map((shopper) => ({ ...shopper, took: {} }));
  const begun = shop.now;
  for (let round = 0; round < rounds; round++) {
    for (const { name: who, memory, took } of times) {
      await remember(shop.engine, memory);
      const asked = askers(memory);
      // Not the last: the engine comes behind the slowest baseline and not behind itself.
      if (alone) asked.splice(-1, 0, [ALONE, listAlone(shop.engine, who)]);
      // One call before: what the turn before left in caches is everybody's alike.
      for (const [, ask] of asked) ask();
      await aRound(asked, took, (call) => (shop.now = another ? begun + (call + 1) * 60_000 : begun));
      shop.now = begun;
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  const byName = {};
  for (const { took } of times) for (const { name, ...figure } of figures(took)) (byName[name] ??= []).push(figure);
  return byName;
}

/** Records a look and asks for home again; all times. */
export async function timeObserve({ looks, every }) {
  const roll = dice(5);
  const times = [];
  const { engine, columns, shoppers } = shop;
  for (const { memory } of shoppers.filter((_, at) => at % every === 0)) {
    await remember(shop.engine, memory);
    engine.recommend(HOME);
    for (let look = 0; look < looks; look++) {
      const item = columns.items[roll(columns.items.length)];
      const began = performance.now();
      await engine.observe('view_item', { items: [{ item_id: item }] });
      engine.recommend(HOME);
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
    await remember(shop.engine, memory);
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

/** The module that only the bench has (`scripts/build-package bench`), started: its class. */
async function boundary() {
  const [{ startWasm }, { Machine }] = await Promise.all([import('/boundary/machine.js'), import('/boundary/glue.js')]);
  await startWasm(() => fetch('/boundary/engine.wasm'));
  return Machine;
}

/** Where serde took in other facts than were parsed: an error. */
function compareFacts(Machine, facts) {
  const { brands, categories, sizes, attributes, sales, covisitation, items } = facts;
  const counts = [brands, categories, sizes, attributes, sales, Object.keys(covisitation), items].map(({ length }) => length);
  if (plainly(Array.from(Machine.bench_taken_counts())) !== plainly(counts)) throw new Error(`serde took in ${Machine.bench_taken_counts()}, not ${counts}`);
  for (const row of [0, items.length >> 1, items.length - 1]) {
    if (plainly(Machine.bench_taken_item(row)) !== plainly(items[row])) throw new Error(`serde took in another item ${row}: ${plainly(Machine.bench_taken_item(row))}`);
  }
}

/**
 * How a catalogue is opened, by name: the first three as whole ways to a catalogue that can be asked, the others as parts; the last is
 * what it takes to have the pack’s bytes in a memory of their own.
 */
const WAYS = {
  engine: ({ bytes, now }) => createEngine({ pack: { bytes }, consent: 'session', storage: 'memory', now: () => now }),
  'JSON, and serde': ({ text, Machine }) => Machine.bench_take_in(JSON.parse(text)),
  'JSON to objects, indexed': ({ text }) => new ObjectShop(JSON.parse(text)),
  'JSON to objects alone': ({ text }) => JSON.parse(text),
  'typed arrays': ({ bytes, covisited }) => new TypedShop(openColumns(bytes, covisited)),
  'the bytes into new memory, alone': ({ bytes }) => {
    const { buffer } = new WebAssembly.Memory({ initial: Math.ceil(bytes.byteLength / 65_536) });
    new Uint8Array(buffer).set(new Uint8Array(bytes));
    return buffer;
  },
};
const packBytes = async ({ name, pack }) => (await fetch(`/catalogues/${name}/pack/${pack}`)).arrayBuffer();
const factsText = async ({ name }) => (await fetch(`/catalogues/${name}/facts.json`)).text();

/** Opens the pack and parses the facts, in turns; all times by name. */
export async function timeOpen({ rounds, ...given }) {
  const from = { ...given, bytes: await packBytes(given), text: await factsText(given), Machine: await boundary() };
  const times = Object.fromEntries(Object.keys(WAYS).map((way) => [way, []]));
  for (let round = 0; round < rounds; round++) {
    const opened = {};
    for (const [way, open] of Object.entries(WAYS)) {
      const began = performance.now();
      opened[way] = await open(from);
      times[way].push(performance.now() - began);
    }
    if (round === 0) compareFacts(from.Machine, opened['JSON to objects alone']);
    await opened.engine.dispose();
    from.Machine.bench_let_go();
  }
  return times;
}

/** Opens a catalogue in one way and keeps it, and nothing of what it was opened from; the bytes of the module's memory then. */
export async function keepOpen({ way, ...given }) {
  const from = way === 'engine' ? { bytes: await packBytes(given) } : { text: await factsText(given) };
  if (way === 'JSON, and serde') from.Machine = await boundary();
  globalThis.kept = await WAYS[way]({ ...given, ...from });
  return moduleBytes();
}

/** The bytes of the memories of WebAssembly that are still there; the page's first script catches them, and holds none. */
const memoryBytes = () => globalThis.memories.flatMap((memory) => memory.deref()?.buffer.byteLength ?? []);

/** The largest of them: an engine's that is open, whatever was not collected yet of others. */
const moduleBytes = () => Math.max(0, ...memoryBytes());

/** Observes so many looks and more, and tells the module's memory at each count; what is remembered at the end; how long it took. */
export async function memoryAfter(counts) {
  const { engine, columns } = shop;
  const roll = dice(6);
  const after = [];
  const began = performance.now();
  for (let looks = 0; looks < counts.at(-1); ) {
    await engine.observe('view_item', { items: [{ item_id: columns.items[roll(columns.items.length)] }] });
    looks += 1;
    // Now and then the page gets its turn, and somebody looks at the list.
    if (looks % 1_000 === 0) await new Promise((resolve) => setTimeout(resolve));
    if (looks % 1_000 === 0) engine.recommend(HOME);
    if (counts.includes(looks)) after.push(moduleBytes());
  }
  return { opened: shop.opened, after, remembered: engine.history.list().length, seconds: (performance.now() - began) / 1_000 };
}

/** Disposes of the engine, and keeps what is left of it, as a page may: whether its memory goes is the collector's to say. */
export async function letGo() {
  await shop.engine.dispose();
}

/** The bytes of all memories of WebAssembly that are still there, to be asked after a collection. */
export const held = () => memoryBytes().reduce((sum, bytes) => sum + bytes, 0);

/** Opens the pack again and asks for a list, which has to be there; the bytes of all memories then. */
export async function openAgain(given) {
  shop.again = await engineOf(given);
  const { items } = shop.again.recommend(HOME);
  if (items.length !== LIMIT) throw new Error(`an engine that was opened again gives ${items.length} items`);
  return held();
}

/** What a sealed engine's worker holds, by the browser's own account, while it is open and after it was disposed of. */
export async function memorySealed({ name, now }) {
  const { createSealedEngine } = await import('/pkg/sealed.js');
  const inWorkers = async () => {
    const { breakdown } = await performance.measureUserAgentSpecificMemory();
    const ofWorkers = breakdown.filter(({ attribution }) => attribution.some(({ scope }) => scope === 'DedicatedWorkerGlobalScope'));
    return ofWorkers.reduce((sum, { bytes }) => sum + bytes, 0);
  };
  const engine = await createSealedEngine({ pack: `/catalogues/${name}/pack/pack.json`, worker: '/pkg/sealed-worker.js', allowUnsealed: true, language: 'en', consent: 'session', storage: 'memory', now: () => now });
  const opened = await inWorkers();
  await engine.dispose();
  return { opened, disposed: await inWorkers() };
}
