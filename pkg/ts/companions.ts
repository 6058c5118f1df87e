/**
 * The display companions of a pack: what is on sale, in one language, for a page that runs without the engine.
 *
 * `windowshop pack build` writes two of one shape: the front (every sale, and the first items of each, for the first
 * paint) and the shelf (every item). The manifest names both. Nothing here fetches.
 */

import type { Brand, Category, Item, Language, Sale } from './types.js';

/** A front or a shelf. Items lie in columns: entry `n` of every column is item `n`. */
export interface Shelf {
  /** The layout of this file. */
  format: 1;
  /** State hash of the pack it was made with, in hex. */
  pack: string;
  /** The language that it is written in. */
  language: Language;
  /** When the pack was made, UTC milliseconds. */
  made: number;
  /** The currency of all money: its ISO 4217 code and how many digits it has behind the point. */
  currency: { code: string; exponent: number };
  /** The shop's zone; offsets from each instant on, in seconds east of UTC. */
  zone: { name: string; offsets: [from: number, seconds: number][] };
  /** The minute of the shop's day at which sales open; 600 is 10:00. */
  openingMinute: number;
  /** How many days before its opening a sale may be looked at. */
  previewDays: number;
  /** By id. */
  brands: ShelfBrand[];
  /** By id. */
  categories: ShelfCategory[];
  /** By opening, then id. */
  sales: ShelfSale[];
  /** Texts of sizes, by which `items.stock` names them. */
  sizes: string[];
  /** `name=value`, by which `items.attributes` names them. */
  attributes: string[];
  /** The items: the first of each sale in a front, all in a shelf. */
  items: ShelfItems;
}

/** A brand of a {@link Shelf}. */
export interface ShelfBrand {
  /** The shop's own id. */
  id: string;
  /** Its name in the file's language. */
  name: string;
  /** How the shop ranks it. */
  tier: Brand['tier'];
  /** When it is expected back, where it has no sale, UTC milliseconds. */
  expectedBack?: number;
}

/** A category of a {@link Shelf}. */
export interface ShelfCategory {
  /** The shop's own id. */
  id: string;
  /** Its name in the file's language. */
  name: string;
  /** Row of the category above. */
  parent?: number;
}

/** A sale of a {@link Shelf}; {@link shelfSale} gives it as the API does. */
export interface ShelfSale {
  /** The shop's own id. */
  id: string;
  /** Its title in the file's language. */
  title: string;
  /** Row of `brands`. */
  brand: number;
  /** Row of `categories`: the one most of its items are in. */
  category: number;
  /** When it opens, UTC milliseconds. */
  opens: number;
  /** When it closes, UTC milliseconds. */
  closes: number;
  /** How many items it has in all, also those not in this file. */
  items: number;
  /** Largest share saved among its items, in whole percent. */
  percentOffUpTo: number;
}

/** Columns, one entry an item; the four that are sparse are keyed by row. */
export interface ShelfItems {
  /** The shop's own ids. */
  id: string[];
  /** Names in the file's language. */
  name: string[];
  /** Row of `sales`. */
  sale: number[];
  /** Row of `categories`. */
  category: number[];
  /** What each costs, in minor units. */
  price: number[];
  /** What it cost before, in minor units. */
  listPrice: number[];
  /** Lowest price of the last 30 days, in minor units; 0 where the shop does not say it. */
  lowestPrice: number[];
  /** Size (row of `sizes`), units left, units at opening, size, and so on. */
  stock: number[][];
  /** Times 100; 0 where nobody rated. */
  rating: number[];
  /** How many rated. */
  ratingCount: number[];
  /** Units sold before. */
  sold: number[];
  /** Units of them that came back. */
  returned: number[];
  /** Returns by reason, as in `RETURN_REASONS`; by row. */
  returnReasons: Record<string, number[]>;
  /** 1 sensitive, 2 authenticity insured, 4 off season. */
  flags: number[];
  /** Best before, in days since 1970-01-01; by row. */
  shelfLife: Record<string, number>;
  /** Id of the outfit that it is worn with; by row. */
  outfit: Record<string, string>;
  /** Rows of `attributes`. */
  attributes: number[][];
}

const DAY = 86_400_000;

/** An item as cards and pages show it. `undefined` beyond the last row. */
export function shelfItem(shelf: Shelf, row: number): Item | undefined {
  const { items } = shelf;
  const id = items.id[row];
  const sale = shelf.sales[items.sale[row] ?? -1];
  const brand = shelf.brands[sale?.brand ?? -1];
  const category = shelf.categories[items.category[row] ?? -1];
  if (id === undefined || !sale || !brand || !category) return undefined;
  const price = items.price[row] ?? 0;
  const listPrice = items.listPrice[row] ?? price;
  const flags = items.flags[row] ?? 0;
  const stock = items.stock[row] ?? [];
  const sizes = [];
  let left = 0;
  let atOpening = 0;
  for (let at = 0; at + 2 < stock.length; at += 3) {
    const units = stock[at + 1] ?? 0;
    sizes.push({ size: shelf.sizes[stock[at] ?? -1] ?? '', stock: units });
    left += units;
    atOpening += stock[at + 2] ?? 0;
  }
  const lowestPrice = items.lowestPrice[row] ?? 0;
  const ratingCount = items.ratingCount[row] ?? 0;
  const shelfLife = items.shelfLife[row];
  const outfit = items.outfit[row];
  return {
    id,
    name: items.name[row] ?? id,
    brand: brand.id,
    brandName: brand.name,
    category: category.id,
    categoryName: category.name,
    sale: sale.id,
    price,
    listPrice,
    ...(lowestPrice > 0 ? { lowestPrice } : {}),
    percentOff: listPrice > 0 ? Math.floor(((listPrice - price) * 100) / listPrice) : 0,
    sizes,
    stock: left,
    stockAtOpening: atOpening,
    ...(ratingCount > 0 ? { rating: { value: items.rating[row] ?? 0, count: ratingCount } } : {}),
    sold: items.sold[row] ?? 0,
    returned: items.returned[row] ?? 0,
    returnReasons: items.returnReasons[row] ?? [0, 0, 0, 0, 0, 0, 0, 0],
    sensitive: (flags & 1) !== 0,
    authenticityInsured: (flags & 2) !== 0,
    offSeason: (flags & 4) !== 0,
    ...(shelfLife === undefined ? {} : { shelfLifeUntil: shelfLife * DAY }),
    ...(outfit === undefined ? {} : { outfit }),
    attributes: Object.fromEntries((items.attributes[row] ?? []).map((at) => pair(shelf.attributes[at] ?? ''))),
  };
}

/** `name=value` in two parts. */
function pair(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** A sale as cards and pages show it at `now`. `undefined` beyond the last row. */
export function shelfSale(shelf: Shelf, row: number, now: number): Sale | undefined {
  const sale = shelf.sales[row];
  const brand = shelf.brands[sale?.brand ?? -1];
  const category = shelf.categories[sale?.category ?? -1];
  if (!sale || !brand || !category) return undefined;
  const state = now < sale.opens ? 'preview' : now < sale.closes ? 'open' : 'ended';
  return {
    id: sale.id,
    title: sale.title,
    brand: brand.id,
    brandName: brand.name,
    tier: brand.tier,
    category: category.id,
    opens: sale.opens,
    closes: sale.closes,
    state,
    openedToday: state === 'open' && sale.opens >= shelfToday(shelf, now).opened,
    items: sale.items,
    percentOffUpTo: sale.percentOffUpTo,
  };
}

/** A category of the API. `undefined` beyond the last row. */
export function shelfCategory(shelf: Shelf, row: number): Category | undefined {
  const category = shelf.categories[row];
  const parent = shelf.categories[category?.parent ?? -1];
  return category && { id: category.id, name: category.name, ...(parent ? { parent: parent.id } : {}) };
}

/** Offset of the shop's zone from UTC at an instant, in milliseconds. */
export function shelfOffset(shelf: Shelf, at: number): number {
  let seconds = shelf.zone.offsets[0]?.[1] ?? 0;
  for (const [from, offset] of shelf.zone.offsets) if (from <= at) seconds = offset;
  return seconds * 1000;
}

/** A day of the shop. */
export interface ShopDay {
  /** Its opening hour, UTC milliseconds. */
  opened: number;
  /** The next day's, UTC milliseconds. */
  next: number;
}

/** The shop's day that holds `now`: from its latest opening hour to the next. */
export function shelfToday(shelf: Shelf, now: number): ShopDay {
  const day = Math.floor((now + shelfOffset(shelf, now)) / DAY);
  const opening = (days: number) => {
    const wall = days * DAY + shelf.openingMinute * 60_000;
    // The offset in force at the opening itself, found from either side of a change of clocks.
    const early = wall - shelfOffset(shelf, wall - DAY);
    return early + shelfOffset(shelf, early) === wall ? early : wall - shelfOffset(shelf, wall + DAY);
  };
  const today = opening(day);
  return today <= now ? { opened: today, next: opening(day + 1) } : { opened: opening(day - 1), next: today };
}
