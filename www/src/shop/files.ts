/**
 * The static companion files: a small one for the first paint, and one with every item for a browser in which the
 * engine cannot start. Their addresses depend on the language alone, never on the shopper.
 */

import * as clock from '../clock';
import type { Category, Item, SaleRow, Shelves } from './rows';

/** A file that could not be used; `code` is stable. */
export class FilesError extends Error {
  readonly code: 'files_fetch' | 'files_format';
  constructor(code: FilesError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FilesError';
    this.code = code;
  }
}

type Loose<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>;

/** An item as a file carries it: what can be worked out may be left out. */
export type FileItem = Loose<
  Omit<Item, 'sizes'>,
  | 'brandName'
  | 'categoryName'
  | 'percentOff'
  | 'stock'
  | 'stockAtOpening'
  | 'sold'
  | 'returned'
  | 'returnReasons'
  | 'sensitive'
  | 'authenticityInsured'
  | 'offSeason'
  | 'attributes'
> & { sizes?: (Item['sizes'][number] | [string, number])[] };

/** `/v1/front-<language>.json`. */
export interface FrontFile {
  format: 1;
  language: string;
  state: string;
  zone: string;
  currency: { code: string; exponent: number };
  categories: Category[];
  sales: SaleRow[];
  items: FileItem[];
  total?: number;
}

/** `/v1/shelf-<language>.json`. */
export interface ShelfFile {
  format: 1;
  language: string;
  state: string;
  items: FileItem[];
}

async function fetchJson(path: string, signal?: AbortSignal): Promise<unknown> {
  const url = new URL(path, document.baseURI);
  const asked = clock.now();
  const began = Date.now();
  let response: Response;
  try {
    response = await fetch(url, { signal, cache: 'no-cache', credentials: 'omit', referrerPolicy: 'no-referrer' });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new FilesError('files_fetch', `${url.pathname} could not be fetched`, { cause });
  }
  if (!response.ok) throw new FilesError('files_fetch', `${url.pathname} answered ${response.status}`);
  clock.correct(response.headers.get('date'), asked, asked + (Date.now() - began));
  try {
    return await response.json();
  } catch (cause) {
    throw new FilesError('files_format', `${url.pathname} is not JSON`, { cause });
  }
}

function check(file: unknown, lists: readonly string[], name: string): void {
  const record = file as Record<string, unknown> | null;
  if (typeof record !== 'object' || record === null) throw new FilesError('files_format', `${name} is no object`);
  if (record.format !== 1) throw new FilesError('files_format', `${name} has format ${String(record.format)}; this page reads 1`);
  for (const list of lists) if (!Array.isArray(record[list])) throw new FilesError('files_format', `${name} has no list '${list}'`);
}

/** The first paint's file in a language. */
export async function fetchFront(language: string, signal?: AbortSignal): Promise<FrontFile> {
  const file = await fetchJson(`v1/front-${language}.json`, signal);
  check(file, ['categories', 'sales', 'items'], 'the front file');
  return file as FrontFile;
}

/** The file of every item in a language. */
export async function fetchShelf(language: string, signal?: AbortSignal): Promise<ShelfFile> {
  const file = await fetchJson(`v1/shelf-${language}.json`, signal);
  check(file, ['items'], 'the shelf file');
  return file as ShelfFile;
}

/** Fills in what a file may leave out. */
export function fill(row: FileItem, sales: ReadonlyMap<string, SaleRow>, categories: ReadonlyMap<string, Category>): Item {
  const sizes = (row.sizes ?? []).map((s) => (Array.isArray(s) ? { size: s[0], stock: s[1] } : s));
  const stock = row.stock ?? sizes.reduce((sum, s) => sum + s.stock, 0);
  return {
    ...row,
    sizes,
    stock,
    brandName: row.brandName ?? sales.get(row.sale)?.brandName ?? row.brand,
    categoryName: row.categoryName ?? categories.get(row.category)?.name ?? '',
    percentOff: row.percentOff ?? Math.floor(((row.listPrice - row.price) * 100) / Math.max(1, row.listPrice)),
    stockAtOpening: row.stockAtOpening ?? stock,
    sold: row.sold ?? 0,
    returned: row.returned ?? 0,
    returnReasons: row.returnReasons ?? [],
    sensitive: row.sensitive ?? false,
    authenticityInsured: row.authenticityInsured ?? false,
    offSeason: row.offSeason ?? false,
    attributes: row.attributes ?? {},
  };
}

/** Shelves made of the files alone: everything but what the engine adds. */
export function shelvesOf(front: FrontFile, shelf?: ShelfFile): Shelves {
  const sales = new Map(front.sales.map((sale) => [sale.id, sale]));
  const categories = new Map(front.categories.map((category) => [category.id, category]));
  const first = front.items.map((row) => fill(row, sales, categories));
  const all = shelf ? shelf.items.map((row) => fill(row, sales, categories)) : first;
  const items = new Map(all.map((item) => [item.id, item]));
  const bySale = new Map<string, Item[]>();
  if (shelf) for (const item of all) bySale.set(item.sale, [...(bySale.get(item.sale) ?? []), item]);
  for (const list of bySale.values()) list.sort((a, b) => Number(b.stock > 0) - Number(a.stock > 0));
  return {
    zone: front.zone,
    currency: front.currency,
    categories: front.categories,
    sales: [...front.sales].sort((a, b) => a.opens - b.opens || (a.id < b.id ? -1 : 1)),
    sale: (id) => sales.get(id),
    item: (id) => items.get(id),
    itemsOf: (sale) => (shelf ? (bySale.get(sale) ?? []) : undefined),
    expectedBack: () => undefined,
    front: first,
  };
}
