/**
 * The static companion files of the pack: the front for the first paint, and the shelf with every item for a browser
 * in which the engine cannot start. Which file is current stands in the manifest. What is fetched and when depends on
 * the language alone, never on the shopper; what arrives is checked against the SHA-256 that the manifest names, wherever the
 * browser can work one out.
 */

import { type Shelf, shelfCategory, shelfItem, shelfSale } from 'windowshop/companions';
import * as clock from '../clock';
import { inTurn } from './arrange';
import { type Item, type SaleRow, type Shelves, stateOf } from './rows';

/** A file that could not be used; `code` is stable. */
export class FilesError extends Error {
  readonly code: 'files_fetch' | 'files_format';
  constructor(code: FilesError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FilesError';
    this.code = code;
  }
}

/** Where the manifest lies. */
export const manifestUrl = (): URL => new URL('v1/pack.json', document.baseURI);

type Kind = 'front' | 'shelf';

interface Named {
  url: string;
  /** In hex. */
  sha256: string;
}

interface Manifest {
  languages: string[];
  front: Record<string, Named>;
  shelf: Record<string, Named>;
}

/** Refuses bytes that are not those which were named. Pages without TLS have no SubtleCrypto, and nothing is checked there. */
async function check(bytes: ArrayBuffer, sha256: string, url: URL): Promise<void> {
  const digest = await globalThis.crypto?.subtle?.digest('SHA-256', bytes);
  if (!digest) return;
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hex !== sha256) throw new FilesError('files_format', `${url.pathname} is not the file that the manifest names`);
}

/** JSON from an address; `sha256` is what it must have. */
async function fetchJson(url: URL, cache: RequestCache, sha256?: string): Promise<unknown> {
  const asked = Date.now();
  let response: Response;
  try {
    response = await fetch(url, { cache, credentials: 'omit', referrerPolicy: 'no-referrer' });
  } catch (cause) {
    throw new FilesError('files_fetch', `${url.pathname} could not be fetched`, { cause });
  }
  if (!response.ok) throw new FilesError('files_fetch', `${url.pathname} answered ${response.status}`);
  if (cache === 'no-store') clock.correct(response.headers.get('date'), asked, Date.now());
  let bytes: ArrayBuffer;
  try {
    bytes = await response.arrayBuffer();
  } catch (cause) {
    throw new FilesError('files_fetch', `${url.pathname} broke off while it came in`, { cause });
  }
  if (sha256 !== undefined) await check(bytes, sha256, url);
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch (cause) {
    throw new FilesError('files_format', `${url.pathname} is not JSON`, { cause });
  }
}

/** A companion file in a language, or in the shop's first language where it has none in that. */
export async function fetchCompanion(kind: Kind, language: string): Promise<Shelf> {
  const manifest = (await fetchJson(manifestUrl(), 'no-store')) as Partial<Manifest> | null;
  const files = manifest?.[kind];
  const file = files?.[language] ?? files?.[manifest?.languages?.[0] ?? ''];
  if (typeof file?.url !== 'string' || typeof file.sha256 !== 'string') {
    throw new FilesError('files_format', `the manifest names no ${kind} file, or not its digest`);
  }
  const address = new URL(file.url, manifestUrl());
  const shelf = (await fetchJson(address, 'default', file.sha256)) as Partial<Shelf> | null;
  if (shelf?.format !== 1 || !Array.isArray(shelf.sales) || !Array.isArray(shelf.items?.id)) {
    throw new FilesError('files_format', `${file.url} is no companion file that this page reads`);
  }
  return shelf as Shelf;
}

/** How many items the shop's own list has. */
const FRONT = 60;

/**
 * The shop's own order, the same for everybody: one item of each open window, the newest windows first, then the
 * second of each, and so on.
 */
export function shopOrder(
  bySale: ReadonlyMap<string, readonly Item[]>,
  sales: readonly SaleRow[],
  now: number,
): Item[] {
  const open = sales
    .filter((sale) => stateOf(sale, now) === 'open')
    .sort((a, b) => b.opens - a.opens || (a.id < b.id ? -1 : 1));
  const rows = open.map((sale) => (bySale.get(sale.id) ?? []).filter((item) => item.stock > 0));
  return inTurn(rows, FRONT);
}

/** Shelves made of the companion files alone. `whole` says that every item is in the file. */
export function shelvesOf(shelf: Shelf, whole: boolean, now: number): Shelves {
  const sales: SaleRow[] = [];
  for (let row = 0; row < shelf.sales.length; row++) {
    const sale = shelfSale(shelf, row, now);
    if (sale) sales.push(sale);
  }
  const items = new Map<string, Item>();
  const bySale = new Map<string, Item[]>(sales.map((sale) => [sale.id, []]));
  for (let row = 0; row < shelf.items.id.length; row++) {
    const item = shelfItem(shelf, row);
    if (!item) continue;
    items.set(item.id, item);
    bySale.get(item.sale)?.push(item);
  }
  for (const list of bySale.values()) list.sort((a, b) => Number(b.stock > 0) - Number(a.stock > 0));
  const byId = new Map(sales.map((sale) => [sale.id, sale]));
  const back = new Map(shelf.brands.map((brand) => [brand.id, brand.expectedBack]));
  const front = shopOrder(bySale, sales, now);
  return {
    zone: shelf.zone.name,
    currency: shelf.currency,
    categories: shelf.categories.flatMap((_, row) => shelfCategory(shelf, row) ?? []),
    sales,
    sale: (id) => byId.get(id),
    item: (id) => items.get(id),
    itemsOf: (sale) => (whole ? (bySale.get(sale) ?? []) : undefined),
    windowOf: (sale) => bySale.get(sale)?.slice(0, 6) ?? [],
    tierOf: (brand) => sales.find((sale) => sale.brand === brand)?.tier ?? 'second',
    expectedBack: (brand) => back.get(brand),
    front,
  };
}
