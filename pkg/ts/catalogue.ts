/** What is on sale, read from the pack: rows come as the engine tells them, those alone that are asked for, and get their names here. */

import { idOf } from './checks.js';
import type { Machine } from './machine.js';
import { itemNames } from './text.js';
import type { PackText } from './text.js';
import type { Brand, Catalogue, Category, Item, Sale } from './types.js';

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
  from: number;
  until: number;
}

/** {@link Catalogue} over an opened pack, with what the engine's own files ask of it besides. */
export interface PackCatalogue extends Catalogue {
  /** The names; absent where ids stand for them. */
  readonly text: PackText | undefined;
  /** Reads what is read once a pack: at the start, and where the machine's pack has changed. */
  read(text: PackText | undefined): void;
  // Names; an id stands for itself where the text has none.
  itemName(id: string): string;
  brandName(id: string): string;
  categoryName(id: string): string;
  promotionName(id: string): string;
  /** What an offer says, where the text has it. */
  messageOf(message?: string, care?: string): string | undefined;
  /** How an attribute `name=value` reads, where it has a name that shoppers may read. */
  attributeName(attribute: string): string | undefined;
  // Ids, by what pages show.
  brandId(text: string): string | undefined;
  categoryId(text: string): string | undefined;
}

/** What is on sale in the pack that a machine has open. */
export function catalogueOf(machine: Machine, text: PackText | undefined, now: () => number): PackCatalogue {
  let facts: { currency: string; exponent: number; zone: string };
  let itemText: ReturnType<typeof itemNames>;
  let brandNames: Names;
  let categoryNames: Names;
  /** Every sale, for as long as none opens or closes. */
  let known: Current | undefined;

  const current = (): Sale[] => {
    const at = now();
    if (!known || at < known.from || at >= known.until) {
      const told = machine.sales(at) as ToldSale[];
      const list = told.map(({ row, ...sale }) => {
        const brandName = catalogue.brandName(sale.brand);
        return { ...sale, brandName, title: text?.sales[row] ?? brandName };
      });
      const ahead = [catalogue.today().next, ...list.flatMap(({ opens, closes }) => [opens, closes])].filter((time) => time > at);
      known = { list, from: at, until: Math.min(...ahead) };
    }
    return known.list;
  };
  /** What the engine tells of a row, with its name. */
  const named = <Told extends { id: string; row: number }>({ row: _, ...told }: Told, name = told.id) => ({ ...told, name });
  const brandOf = (told: ToldBrand): Brand => named(told, text?.brands[told.row]);
  const itemOf = (told: ToldItem): Item => ({
    ...named(told, itemText(told.row)),
    brandName: catalogue.brandName(told.brand),
    categoryName: catalogue.categoryName(told.category),
    attributes: Object.fromEntries(told.attributes.map((text) => text.split(/=(.*)/s))),
  });

  const catalogue: PackCatalogue = {
    get currency() {
      return { code: facts.currency, exponent: facts.exponent };
    },
    get zone() {
      return facts.zone;
    },
    get text() {
      return text;
    },

    read(given) {
      facts = machine.facts() as typeof facts;
      text = given;
      known = undefined;
      itemText = itemNames(text);
      brandNames = namesOf(machine.brand_ids(), text?.brands);
      categoryNames = namesOf(machine.category_ids(), text?.categories);
    },

    zoneOffset: (at) => machine.zone_offset(at),
    today() {
      const [opened, next] = machine.shop_day(now()) as [number, number];
      return { opened, next };
    },
    sales: () => current().map((sale) => ({ ...sale })),
    sale(id) {
      idOf('catalogue.sale', id);
      const sale = current().find((sale) => sale.id === id);
      return sale && { ...sale };
    },
    itemsOf: (sale) => (machine.items_of(idOf('catalogue.itemsOf', sale)) as ToldItem[]).map(itemOf),
    item(id) {
      const told = machine.item(idOf('catalogue.item', id)) as ToldItem | undefined;
      return told && itemOf(told);
    },
    brand(id) {
      const told = machine.brand(idOf('catalogue.brand', id), now()) as ToldBrand | undefined;
      return told && brandOf(told);
    },
    brands: () => (machine.brands(now()) as ToldBrand[]).map(brandOf),
    category: (id) => catalogue.categories().find((category) => category.id === idOf('catalogue.category', id)),
    categories: () => (machine.categories() as ToldCategory[]).map((told): Category => named(told, text?.categories[told.row])),

    itemName: (id) => itemText(machine.item_row(id) ?? -1) ?? id,
    brandName: (id) => brandNames.nameOf(id),
    categoryName: (id) => categoryNames.nameOf(id),
    promotionName: (id) => text?.promotions?.[id] ?? id,
    messageOf: (message = '', care = '') => text?.messages?.[message] ?? text?.care?.[care],
    attributeName: (attribute) => text?.attributes?.[attribute],
    brandId: (name) => brandNames.idOf(name),
    categoryId: (name) => categoryNames.idOf(name),
  };
  catalogue.read(text);
  return catalogue;
}

/** The names of ids, to and fro. */
interface Names {
  /** The name of an id; the id where it has none. */
  nameOf(id: string): string;
  /** The id that a text is or, where exactly one has it, names. */
  idOf(text: string): string | undefined;
}

/** The names of ids that come a line each. */
function namesOf(ids: string, names: string[] = []): Names {
  const known = new Map(ids.split('\n').map((id, row) => [id, names[row]]));
  /** Ids by their names, nothing where several have one. Made when it is first asked: many shops tell ids alone. */
  let byName: Map<string, string | undefined> | undefined;
  const plain = (name: string) => name.trim().toLowerCase();
  return {
    nameOf: (id) => known.get(id) ?? id,
    idOf(text) {
      if (known.has(text)) return text;
      if (!byName) {
        byName = new Map();
        for (const [id, name] of known) if (name) byName.set(plain(name), byName.has(plain(name)) ? undefined : id);
      }
      return byName.get(plain(text));
    },
  };
}
