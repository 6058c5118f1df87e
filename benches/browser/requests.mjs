// What the measured pages ask for, where more than one page asks for it.

/** Slots of the home list, and the list. */
export const LIMIT = 48;
export const HOME = { surface: 'home', limit: LIMIT, explore: false };
/** What the series of the list alone is called. */
export const ALONE = 'engine, the list alone';

/** Replaces what an engine remembers. */
export async function remember(engine, memory) {
  await engine.history.erase();
  await engine.history.import(structuredClone(memory));
}

/**
 * What asks an engine, as it remembers now, for its home list alone: a page of one item at the end of the same list, for which all of
 * the list is found and one item explained. Seen to end as the whole list does.
 */
export function listAlone(engine, who) {
  const alone = () => engine.recommend({ ...HOME, limit: 1, offset: LIMIT - 1 });
  const [expected, [found]] = [engine.recommend(HOME).items.at(-1), alone().items];
  if (found.id !== expected.id || found.score !== expected.score) throw new Error(`${who}: the list alone ends with ${found.id}, the whole call with ${expected.id}`);
  return alone;
}

/** A list of 200 open items, spread over the catalogue, in a shopper's order. */
export function explained(columns, now) {
  const open = columns.items.filter((_, row) => columns.opens[columns.itemSale[row]] <= now && now < columns.closes[columns.itemSale[row]]);
  const step = Math.floor(open.length / 200);
  return { surface: 'search', items: Array.from({ length: 200 }, (_, at) => open[at * step]), limit: 200, explore: false };
}
