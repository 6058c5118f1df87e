/** A sale's goods, narrowed and ordered. Whatever the order, what is sold out stands last. */

import type { Item } from './rows';

export const ORDERS = ['shop', 'up', 'down', 'saving'] as const;

export type Order = (typeof ORDERS)[number];

/** What the shopper asked to see; empty means all. */
export interface Wish {
  category: string;
  size: string;
  order: Order;
}

const COMPARE: Record<Order, (a: Item, b: Item) => number> = {
  shop: () => 0,
  up: (a, b) => a.price - b.price,
  down: (a, b) => b.price - a.price,
  saving: (a, b) => b.percentOff - a.percentOff,
};

/** Whether an item is there in a size; in any size where none is asked for. */
export function inStock(item: Item, size: string): boolean {
  return size === '' ? item.stock > 0 : item.sizes.some((s) => s.size === size && s.stock > 0);
}

/** Whether an item can be had in one of some sizes; what comes in a single size fits everybody. */
export function fits(item: Item, sizes: readonly string[]): boolean {
  return sizes.length === 0 || item.sizes.length <= 1 || sizes.some((size) => inStock(item, size));
}

/** The goods in the order asked for. Ties keep the shop's order, so that the same wish gives the same list. */
export function arrange(items: readonly Item[], { category, size, order }: Wish): Item[] {
  return items
    .filter(
      (item) =>
        (category === '' || item.category === category) && (size === '' || item.sizes.some((s) => s.size === size)),
    )
    .map((item, i) => ({ item, i, there: inStock(item, size) }))
    .sort((a, b) => Number(b.there) - Number(a.there) || COMPARE[order](a.item, b.item) || a.i - b.i)
    .map(({ item }) => item);
}

/** Lists taken in turn: the first of each, then the second of each, and so on; at most so many. */
export function inTurn<One>(lists: readonly (readonly One[])[], most = Infinity): One[] {
  const taken: One[] = [];
  for (let round = 0; taken.length < most && lists.some((list) => round < list.length); round++)
    for (const list of lists) if (round < list.length && taken.length < most) taken.push(list[round]!);
  return taken;
}

/** The categories of a list, in the order they first appear. */
export function categoriesOf(items: readonly Item[]): { id: string; name: string }[] {
  return [...new Map(items.map((item) => [item.category, { id: item.category, name: item.categoryName }])).values()];
}

const LETTERS = ['XXS', 'XS', 'S', 'M', 'L', 'XL', 'XXL', 'XXXL'];

/** Whether a size is one of clothes that is a letter. */
export const isLetter = (size: string): boolean => LETTERS.includes(size);

/** The sizes of a list, letters in their order and then numbers. */
export function sizesOf(items: readonly Item[]): string[] {
  return sizesInOrder(items.flatMap((item) => (item.sizes.length > 1 ? item.sizes.map((s) => s.size) : [])));
}

/** Sizes, each once: letters in their order and then numbers. */
export function sizesInOrder(sizes: Iterable<string>): string[] {
  const rank = (size: string) => (isLetter(size) ? LETTERS.indexOf(size) - 100 : Number.parseFloat(size));
  return [...new Set(sizes)].sort((a, b) => {
    const [x, y] = [rank(a), rank(b)];
    return Number.isNaN(x) || Number.isNaN(y) || x === y ? (a < b ? -1 : 1) : x - y;
  });
}
