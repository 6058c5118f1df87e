/** What is on sale, read from the pack: rows come as the engine tells them, those alone that are asked for, and get their names here. */

import { idOf } from './checks.js';
import type { Machine } from './machine.js';
import type { Brand, Catalogue, Category, Item, PackText, Sale } from './types.js';

/** What the engine tells of an item, a sale, a brand or a category: its row names its text. */
type Told<Row extends { id: string }, Named extends keyof Row> = Omit<Row, Named> & { row: number };
type ToldSale = Told<Sale, 'brandName' | 'title'>;
type ToldBrand = Told<Brand, 'name'>;
type ToldCategory = Told<Category, 'name'>;
/** Attributes come as `name=value`. */
type ToldItem = Told<Item, 'attributes' | 'brandName' | 'categoryName' | 'name'> & { attributes: string[] };

/** Every sale, for as long as none opens or closes. */
interface Current {
  list: Sale[];
  byId: Map<string, Sale>;
  from: number;
  until: number;
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
    return (this.#machine.items_of(idOf('catalogue.itemsOf', sale)) as ToldItem[]).map((told) => this.#item(told));
  }

  item(id: string): Item | undefined {
    const told = this.#machine.item(idOf('catalogue.item', id)) as ToldItem | undefined;
    return told && this.#item(told);
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

  #item({ row, attributes, ...told }: ToldItem): Item {
    return {
      ...told,
      name: this.text?.items[row] ?? told.id,
      brandName: this.brandName(told.brand),
      categoryName: this.categoryName(told.category),
      attributes: Object.fromEntries(attributes.map(pair)),
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
