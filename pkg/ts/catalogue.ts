/**
 * What is on sale, read from the pack: objects are made only of the rows that are asked for.
 *
 * Sales, brands and categories come as the engine tells them and get their names here. Items come as runs of numbers,
 * whose order is written in pkg/src/catalogue.rs and read here alone.
 */

import { idOf } from './checks.js';
import type { Machine } from './machine.js';
import type { Brand, Catalogue, Category, Item, PackText, Sale } from './types.js';

const SENSITIVE = 1;
const AUTHENTICITY_INSURED = 2;
const OFF_SEASON = 4;
const DAY = 86_400_000;

/** What the engine tells of a sale, a brand or a category: its row names its text. */
type Told<Row extends { id: string }, Named extends keyof Row> = Omit<Row, Named> & { row: number };
type ToldSale = Told<Sale, 'brandName' | 'title'>;
type ToldBrand = Told<Brand, 'name'>;
type ToldCategory = Told<Category, 'name'>;

/** Every sale, for as long as none opens or closes. */
interface Current {
  list: Sale[];
  byId: Map<string, Sale>;
  from: number;
  until: number;
}

/** Walks a run of facts. */
class Facts {
  readonly #values: Float64Array;
  #at = 0;

  constructor(values: Float64Array) {
    this.#values = values;
  }

  /** The next fact; `undefined` where it is absent. */
  optional(): number | undefined {
    const value = this.#values[this.#at++] ?? -1;
    return value < 0 ? undefined : value;
  }

  list(count: number): number[] {
    this.#at += count;
    return Array.from(this.#values.subarray(this.#at - count, this.#at));
  }
}

/** {@link Catalogue} over an opened pack. */
export class PackCatalogue implements Catalogue {
  currency!: Catalogue['currency'];
  zone!: string;
  /** The names; absent where ids stand for them. */
  text: PackText | undefined;
  readonly #machine: Machine;
  readonly #now: () => number;
  #brandIds!: string[];
  #brandRows!: Map<string, number>;
  #categoryIds!: string[];
  #categoryRows!: Map<string, number>;
  #saleIds!: string[];
  #sizes!: string[];
  #attributes!: string[];
  /** Every sale, for as long as none opens or closes. */
  #sales: Current | undefined;

  constructor(machine: Machine, text: PackText | undefined, now: () => number) {
    this.#machine = machine;
    this.#now = now;
    this.read(text);
  }

  /** Reads what is read once a pack: at the start, and where the machine's pack has changed. */
  read(text: PackText | undefined): void {
    const machine = this.#machine;
    const { currency, exponent, zone } = machine.facts() as { currency: string; exponent: number; zone: string };
    this.currency = { code: currency, exponent };
    this.zone = zone;
    this.#sales = undefined;
    this.text = text;
    this.#brandIds = machine.brand_ids();
    this.#brandRows = rowsOf(this.#brandIds);
    this.#categoryIds = machine.category_ids();
    this.#categoryRows = rowsOf(this.#categoryIds);
    this.#saleIds = machine.sale_ids();
    this.#sizes = machine.size_texts();
    this.#attributes = machine.attribute_texts();
  }

  zoneOffset(at: number): number {
    return this.#machine.zone_offset(at);
  }

  today(): { opened: number; next: number } {
    const [opened = 0, next = 0] = this.#machine.shop_day(this.#now());
    return { opened, next };
  }

  sales(): Sale[] {
    return this.#current().list.map((sale) => ({ ...sale }));
  }

  sale(id: string): Sale | undefined {
    const sale = this.#current().byId.get(idOf('catalogue.sale', id));
    return sale && { ...sale };
  }

  itemsOf(sale: string): Item[] {
    return this.#saleIds.includes(idOf('catalogue.itemsOf', sale)) ? this.#items(this.#machine.item_rows_of(sale)) : [];
  }

  item(id: string): Item | undefined {
    const row = this.#machine.item_row(idOf('catalogue.item', id));
    return row === undefined ? undefined : this.#items(Uint32Array.of(row))[0];
  }

  brand(id: string): Brand | undefined {
    const told = this.#machine.brand(idOf('catalogue.brand', id), this.#now()) as ToldBrand | undefined;
    return told && this.#brand(told);
  }

  brands(): Brand[] {
    return (this.#machine.brands(this.#now()) as ToldBrand[]).map((told) => this.#brand(told));
  }

  category(id: string): Category | undefined {
    idOf('catalogue.category', id);
    return this.categories().find((category) => category.id === id);
  }

  categories(): Category[] {
    return (this.#machine.categories() as ToldCategory[]).map(({ row, ...told }) => ({ ...told, name: this.text?.categories[row] ?? told.id }));
  }

  // ---------------------------------------------------------------- names; an id stands for itself where the text has none

  itemName(id: string): string {
    return this.text?.items[this.#machine.item_row(id) ?? -1] ?? id;
  }

  brandName(id: string): string {
    return this.text?.brands[this.#brandRows.get(id) ?? -1] ?? id;
  }

  promotionName(id: string): string {
    return this.text?.promotions?.[id] ?? id;
  }

  /** What is said with every offer, where the shop has such a line. */
  get disclosure(): string | undefined {
    return this.text?.disclosure;
  }

  /** What an offer says, where the text has it. */
  messageOf({ message, care }: { message?: string; care?: string }): string | undefined {
    return this.text?.messages?.[message ?? ''] ?? this.text?.care?.[care ?? ''];
  }

  categoryName(id: string): string {
    return this.text?.categories[this.#categoryRows.get(id) ?? -1] ?? id;
  }

  /** Whether an attribute has a name that shoppers may read. */
  hasAttributeName(attribute: string): boolean {
    return this.text?.attributes?.[attribute] !== undefined;
  }

  /** How an attribute `name=value` reads. */
  attributeName(attribute: string): string {
    return this.text?.attributes?.[attribute] ?? pair(attribute)[1].replaceAll('_', ' ');
  }

  // ---------------------------------------------------------------- ids, by what pages show

  brandId(text: string): string | undefined {
    return idBy(text, this.#brandIds, this.#brandRows, this.text?.brands);
  }

  categoryId(text: string): string | undefined {
    return idBy(text, this.#categoryIds, this.#categoryRows, this.text?.categories);
  }

  // ---------------------------------------------------------------- rows

  #current(): Current {
    const now = this.#now();
    if (!this.#sales || now < this.#sales.from || now >= this.#sales.until) {
      const told = this.#machine.sales(now) as ToldSale[];
      const list = told.map(({ row, ...sale }) => ({ ...sale, brandName: this.brandName(sale.brand), title: this.text?.sales[row] ?? this.brandName(sale.brand) }));
      const ahead = [this.today().next, ...list.flatMap(({ opens, closes }) => [opens, closes])].filter((at) => at > now);
      this.#sales = { list, byId: new Map(list.map((sale) => [sale.id, sale])), from: now, until: Math.min(...ahead) };
    }
    return this.#sales;
  }

  #brand({ row, ...told }: ToldBrand): Brand {
    return { ...told, name: this.text?.brands[row] ?? told.id };
  }

  #items(rows: Uint32Array): Item[] {
    const texts = this.#machine.item_texts(rows);
    const facts = new Facts(this.#machine.item_facts(rows));
    return Array.from(rows, (row, at) => this.#item(row, texts[2 * at] ?? '', texts[2 * at + 1] ?? '', facts));
  }

  #item(row: number, id: string, outfit: string, facts: Facts): Item {
    const [sale = 0, brand = 0, category = 0, price = 0, listPrice = 0] = facts.list(5);
    const lowestPrice = facts.optional();
    const [percentOff = 0, flags = 0, rating = 0, ratingCount = 0, sold = 0, returned = 0] = facts.list(6);
    const returnReasons = facts.list(8);
    const shelfLifeDay = facts.optional();
    const [sizeCount = 0, attributeCount = 0] = facts.list(2);
    const sizes = [];
    let stock = 0;
    let stockAtOpening = 0;
    for (let at = 0; at < sizeCount; at++) {
      const [size = 0, left = 0, opening = 0] = facts.list(3);
      sizes.push({ size: this.#sizes[size] ?? '', stock: left });
      stock += left;
      stockAtOpening += opening;
    }
    const brandId = this.#brandIds[brand] ?? '';
    const categoryId = this.#categoryIds[category] ?? '';
    return {
      id,
      name: this.text?.items[row] ?? id,
      brand: brandId,
      brandName: this.text?.brands[brand] ?? brandId,
      category: categoryId,
      categoryName: this.text?.categories[category] ?? categoryId,
      sale: this.#saleIds[sale] ?? '',
      price,
      listPrice,
      ...(lowestPrice === undefined ? {} : { lowestPrice }),
      percentOff,
      sizes,
      stock,
      stockAtOpening,
      ...(ratingCount === 0 ? {} : { rating: { value: rating, count: ratingCount } }),
      sold,
      returned,
      returnReasons,
      sensitive: (flags & SENSITIVE) !== 0,
      authenticityInsured: (flags & AUTHENTICITY_INSURED) !== 0,
      offSeason: (flags & OFF_SEASON) !== 0,
      ...(shelfLifeDay === undefined ? {} : { shelfLifeUntil: shelfLifeDay * DAY }),
      ...(outfit === '' ? {} : { outfit }),
      attributes: Object.fromEntries(facts.list(attributeCount).map((attribute) => pair(this.#attributes[attribute] ?? ''))),
    };
  }
}

/** `name=value` in two parts. */
function pair(text: string): [name: string, value: string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function rowsOf(ids: string[]): Map<string, number> {
  return new Map(ids.map((id, row) => [id, row]));
}

/** The id that a text is or, where exactly one row has it, names. */
function idBy(text: string, ids: string[], rows: Map<string, number>, names: string[] = []): string | undefined {
  if (rows.has(text)) return text;
  const plain = (name: string) => name.trim().toLowerCase();
  const named = ids.filter((_, row) => plain(names[row] ?? '') === plain(text));
  return named.length === 1 ? named[0] : undefined;
}
