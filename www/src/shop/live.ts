/** Shelves and lists made by the engine in this tab. */

import type { Engine, Item, Reason, RecommendRequest } from 'windowshop';
import type { Shelves } from './rows';

/** Shelves read from the pack. What was read once is remembered: the pack does not change under an engine. */
export function shelvesFrom(engine: Engine, before: Shelves | undefined): Shelves {
  const { catalogue } = engine;
  const sales = catalogue.sales();
  const bySale = new Map(sales.map((sale) => [sale.id, sale]));
  const items = new Map<string, Item | undefined>();
  const lists = new Map<string, readonly Item[]>();
  return {
    zone: catalogue.zone,
    currency: catalogue.currency,
    categories: catalogue.categories(),
    sales,
    sale: (id) => bySale.get(id),
    item(id) {
      if (!items.has(id)) items.set(id, catalogue.item(id));
      return items.get(id);
    },
    itemsOf(sale) {
      let list = lists.get(sale);
      if (!list) {
        lists.set(sale, (list = catalogue.itemsOf(sale)));
        for (const item of list) items.set(item.id, item);
      }
      return list;
    },
    // Windows stay as they were drawn first.
    windowOf: (sale) => before?.windowOf(sale) ?? catalogue.itemsOf(sale).slice(0, 6),
    tierOf: (brand) => catalogue.brand(brand)?.tier ?? 'second',
    expectedBack: (brand) => catalogue.brand(brand)?.expectedBack,
    front: before?.front ?? [],
  };
}

/** The shelves of the first paint, and what of the goods an excerpt of the pack has; no sale's are all here. */
export function shelvesBeside(engine: Engine, before: Shelves | undefined): Shelves {
  const rest = before ?? shelvesFrom(engine, undefined);
  return { ...rest, item: (id) => before?.item(id) ?? engine.catalogue.item(id), itemsOf: () => undefined };
}

/** How many picks the home page's list has: it ends there. */
export const PICKS = 60;

/** One item of a list and what spoke for it. */
export interface Pick {
  item: Item;
  reasons: readonly Reason[];
}

/** A list that the engine made, as items of the shelves. */
export function picks(
  engine: Engine,
  shelves: Shelves,
  request: RecommendRequest,
): { personal: boolean; picks: Pick[] } {
  const made = engine.recommend(request);
  const list = made.items.flatMap(({ id, reasons }) => {
    const item = shelves.item(id);
    return item ? [{ item, reasons }] : [];
  });
  return { personal: made.personal, picks: list };
}
