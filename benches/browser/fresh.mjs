// What a fresh page does until its first list is there: all it loads comes from the server, nothing is warm.

/** The package, the pack and its text; then the list. Milliseconds since the page had none of it. */
export async function withEngine({ name, now, memory }) {
  // What bundlers write into a shop's pages.
  globalThis.process = { env: { NODE_ENV: 'production' } };
  const began = performance.now();
  const { createEngine } = await import('/pkg/index.js');
  const engine = await createEngine({ pack: `/catalogues/${name}/pack/pack.json`, language: 'en', consent: 'session', storage: 'memory', now: () => now });
  await engine.history.import(memory);
  const list = engine.recommend({ surface: 'home', limit: 48, explore: false });
  return { took: performance.now() - began, first: list.items[0].id };
}

/** The same beginning with the pack's excerpt; `whole` is when the rest was there, and a list by it. */
export async function withExcerpt({ name, now, memory }) {
  globalThis.process = { env: { NODE_ENV: 'production' } };
  const began = performance.now();
  const { createEngine } = await import('/pkg/early.js');
  const engine = await createEngine({ pack: `/catalogues/${name}/pack/pack.json`, language: 'en', consent: 'session', storage: 'memory', now: () => now });
  await engine.history.import(memory);
  const list = () => engine.recommend({ surface: 'home', limit: 48, explore: false });
  if (list().items.length !== 48) throw new Error('the excerpt has no whole list');
  const took = performance.now() - began;
  if (!(await engine.whole)) throw new Error('there was no excerpt');
  const { items } = list();
  return { took, whole: performance.now() - began, first: items[0].id };
}

/** The same facts as JSON, and the same text; then the list. */
export async function withObjects({ name, text, now, memory }) {
  const began = performance.now();
  const [{ ObjectShop }, facts, names] = await Promise.all([import('./objects.mjs'), fetch(`/catalogues/${name}/facts.json`).then((told) => told.json()), fetch(`/catalogues/${name}/pack/${text}`).then((told) => told.json())]);
  const list = new ObjectShop(facts).home(memory, now, 48);
  return { took: performance.now() - began, first: list.ids[0], names: names.items.length };
}
