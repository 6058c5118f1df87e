/** The rows that pages draw. A row from a companion file and a row from the engine's catalogue are the same to them. */

import type { Category, Item, Sale } from 'windowshop';

export type { Brand, Category, Item } from 'windowshop';

/** A sale. What depends on the clock is worked out where it is drawn, by {@link stateOf}. */
export type SaleRow = Omit<Sale, 'state' | 'openedToday'>;

/** What stands in the windows, whoever read it. */
export interface Shelves {
  readonly zone: string;
  readonly currency: { code: string; exponent: number };
  readonly categories: readonly Category[];
  /** Every sale, by opening and then id. */
  readonly sales: readonly SaleRow[];
  sale(id: string): SaleRow | undefined;
  item(id: string): Item | undefined;
  /** A sale's items in shop order, sold-out ones last; undefined while they are not here yet. */
  itemsOf(sale: string): readonly Item[] | undefined;
  /** A few of a sale's items, to stand in its window. */
  windowOf(sale: string): readonly Item[];
  /** How the shop ranks a brand, which its sign follows. */
  tierOf(brand: string): SaleRow['tier'];
  /** When a brand that is away is expected back. */
  expectedBack(brand: string): number | undefined;
  /** Live items in the shop's own order, the same for everybody. */
  readonly front: readonly Item[];
}

/** Where a sale stands at an instant. */
export function stateOf(sale: SaleRow, now: number): 'preview' | 'open' | 'ended' {
  return now < sale.opens ? 'preview' : now < sale.closes ? 'open' : 'ended';
}

/** Whether an item can be bought at an instant. */
export function onSale(item: Item, shelves: Shelves, now: number): boolean {
  const sale = shelves.sale(item.sale);
  return sale !== undefined && stateOf(sale, now) === 'open' && item.stock > 0;
}

/** A category with those above it, the topmost first, as words to match by: `women women-coats`. */
export function familyOf(category: string, shelves: Shelves | undefined): string {
  const parent = shelves?.categories.find(({ id }) => id === category)?.parent;
  return parent === undefined || parent === category ? category : `${familyOf(parent, shelves)} ${category}`;
}
