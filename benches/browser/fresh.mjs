// What a fresh page does until its first list is there: all it loads comes from the server, nothing is warm.

/** What a browser keeps of a memory, by store: in the rows of this a page finds it when it is opened again. */
export async function keptOf({ name, now, memory }) {
  const { createEngine, MemoryStorage } = await import('/pkg/index.js');
  const storage = new MemoryStorage();
  const engine = await createEngine({ pack: `/catalogues/${name}/pack/pack.json`, language: 'en', consent: 'on', storage, now: () => now });
  await engine.history.import(memory);
  return { events: await storage.all('events'), reminders: await storage.all('reminders') };
}

/** A storage in which something is kept; what is written is let go of. */
function storageOf(kept) {
  const nothing = async () => {};
  return { kind: 'kept', all: async (store) => kept[store] ?? [], put: nothing, remove: nothing, replace: nothing, close() {} };
}

/** The package by one of its entries, the pack and its text; when that began, the engine that finds what is kept of the shopper, and its list. */
async function begun(entry, { name, now, kept }) {
  // What bundlers write into a shop's pages.
  globalThis.process = { env: { NODE_ENV: 'production' } };
  const began = performance.now();
  const { createEngine } = await import(`/pkg/${entry}.js`);
  const engine = await createEngine({ pack: `/catalogues/${name}/pack/pack.json`, language: 'en', consent: 'on', storage: storageOf(kept), now: () => now });
  const list = () => engine.recommend({ surface: 'home', limit: 48, explore: false }).items.map(({ id }) => engine.catalogue.item(id));
  return { began, engine, list };
}

/** Milliseconds since the page had none of it, when the list is there. */
export async function withEngine(given) {
  const { began, list } = await begun('index', given);
  const [{ id }] = list();
  return { took: performance.now() - began, first: id };
}

/** The same beginning with the pack's excerpt; `whole` is when the rest was there, and a list by it. */
export async function withExcerpt(given) {
  const { began, engine, list } = await begun('early', given);
  if (list().length !== 48) throw new Error('the excerpt has no whole list');
  const took = performance.now() - began;
  if (!(await engine.whole)) throw new Error('there was no excerpt');
  const [{ id }] = list();
  return { took, whole: performance.now() - began, first: id };
}

/** What the engine fetches besides code, and nothing done with it: sooner no list of the whole pack can be there. */
export async function withBytes({ name }) {
  const began = performance.now();
  const base = `/catalogues/${name}/pack/`;
  const { pack, text } = await (await fetch(`${base}pack.json`)).json();
  await Promise.all([pack, text.en].map(async ({ url }) => (await fetch(base + url)).arrayBuffer()));
  return { took: performance.now() - began };
}

/** The same facts as JSON, and the same names; then the list. */
export async function withObjects({ name, now, memory }) {
  const began = performance.now();
  const [{ ObjectShop }, facts, names] = await Promise.all([import('./objects.mjs'), fetch(`/catalogues/${name}/facts.json`).then((told) => told.json()), fetch(`/catalogues/${name}/names.json`).then((told) => told.json())]);
  const list = new ObjectShop(facts).home(memory, now, 48);
  return { took: performance.now() - began, first: list.ids[0], names: names.items.length };
}
