/**
 * Events as shops already send them, brought into the engine's shape.
 *
 * A GA4 event is accepted in three forms: `{ name, params }`, a call like gtag's (`fromGtag('event', 'view_item', …)`)
 * and an entry of a dataLayer (`fromDataLayer({ event: 'view_item', ecommerce: … })`). Parameters that are not used are
 * dropped here and go no further, and so is display text that is nothing to the pack. Whether an event holds what its
 * name promises is for the engine to say.
 */

import { isObject, isText, isWhole } from './checks.js';
import { EventError } from './errors.js';
import type { EventItem, ShopEvent } from './types.js';
import { encoder } from './values.js';

/**
 * GA4's other names, those that a web page can send, and what a list showed: nothing is learnt from them, and nothing is wrong
 * with them. Names of a family (`form_start`, `form_submit`) stand for all of it.
 */
const IGNORED =
  /^(view_(cart|item_list)|begin_checkout|add_\w+_info|select_(promotion|content)|login|share|scroll|click|exception|(page|screen|sign|session|first|user|join|file|timing|campaign|post|unlock|form|video|ad|tutorial|level|earn|spend)_\w+|\w+_lead)$/;

/**
 * The names that are understood, and `view_search_results`. In a dataLayer every other name is somebody else's: a consent
 * banner's, a tag manager's, the shop's own.
 */
const KNOWN =
  /^(view_(item(_list)?|promotion|search_results)|select_item|add_to_(cart|wishlist)|remove_from_cart|purchase|refund|search|(reminder|favourite|sensitive|coupons)_o(n|ff)|(un)?dismiss|(return|complaint)_(open|clos)ed|satisfaction)$/;

/** One more item than an event may have: as many as the engine has to see to refuse it. */
const ITEMS_LOOKED_AT = 201;

/** An amount or a count in digits, small enough to be counted in minor units of every currency. */
const DECIMAL = /^(?=.?\d)\d{0,11}(\.\d*)?$/;

/** The names of the pack, as {@link toldEvent} reads them. */
export interface Names {
  /** The pack's currency, such as `CNY`. */
  readonly currency: { readonly code: string };
  /** The id of a brand by its id or, where only one has it, its name. */
  brandId(text: string): string | undefined;
  /** The id of a category by its id or, where only one has it, its name. */
  categoryId(text: string): string | undefined;
  /** An item's name; its id where it has none. */
  itemName(id: string): string;
}

/**
 * The event of a gtag call's arguments, to be handed to `observe` as it is.
 *
 * @param call the arguments of `gtag(…)`
 * @returns `undefined` where the call is no event (`config`, `set`, `consent`) or one of a name that is not understood;
 * `observe` ignores that
 */
export function fromGtag(...call: unknown[]): ShopEvent | undefined {
  const [command, name, params] = call;
  return command === 'event' && KNOWN.test(String(name)) ? ({ name, params } as unknown as ShopEvent) : undefined;
}

/**
 * The event of a dataLayer entry, to be handed to `observe` as it is. Entries that `gtag(…)` pushed are read too.
 *
 * @param entry an entry of `window.dataLayer`
 * @returns `undefined` where the entry is a message of another kind or an event of a name that is not understood, such as
 * the shop's own; `observe` ignores that. A name that is understood is handed on whatever comes with it
 */
export function fromDataLayer(entry: unknown): ShopEvent | undefined {
  if (!isObject(entry)) return undefined;
  // What gtag pushes is its `arguments`; an entry of the shop's own may have a length too.
  if (/ Ar(ray|guments)]/.test(({}).toString.call(entry))) return fromGtag(...(entry as unknown[]));
  const { event, ecommerce, ...rest } = entry as { event?: unknown; ecommerce?: object | null };
  return fromGtag('event', event, { ...rest, ...ecommerce });
}

/** An event as the engine is told it. */
export interface ToldEvent {
  name: string;
  items: ToldItem[];
  brand?: string | undefined;
  category?: string | undefined;
  order?: string | undefined;
  term?: string | undefined;
  reason?: string | undefined;
  promotion?: string | undefined;
  question?: string | undefined;
  list?: string | undefined;
}

/** An item of a {@link ToldEvent}. */
export interface ToldItem {
  id: string;
  name?: string | undefined;
  brand?: string | undefined;
  category?: string | undefined;
  /** In whole currency units, as a decimal text: a binary fraction never becomes money. */
  price?: string | undefined;
  quantity: number;
  size?: string | undefined;
}

/** The text that a value is: shops write ids and prices as numbers too. Nothing, the empty text and what is neither are none. */
function plainText(value: unknown): string | undefined {
  return isText(value) || (typeof value === 'number' && Math.abs(value) < 2 ** 53) ? String(value) || undefined : undefined;
}

/** The same of what has 64 bytes at most, as ids and sizes do. */
function shortText(value: unknown): string | undefined {
  const text = plainText(value);
  return text && encoder.encode(text).length < 65 ? text : undefined;
}

/**
 * The engine's form of a shop's event; `undefined` for one that nothing is learnt from.
 *
 * Of an item a field that is not what it should be counts as not stated, so that no order is lost for one; without a usable id
 * there is no item.
 *
 * @throws {EventError} `event_invalid` where a part that the event is about cannot be read, naming the part
 */
export function toldEvent(event: ShopEvent, names: Names): ToldEvent | undefined {
  const { name: given, params } = event as { name?: unknown; params?: Partial<Record<string, unknown>> };
  if (!isText(given)) throw new EventError('event_invalid', 'observe takes { name, params } or what fromDataLayer gives');
  const name = given === 'view_search_results' ? 'search' : given;
  if (IGNORED.test(name)) return undefined;

  const wrong = (rule: string) => new EventError('event_invalid', `${name} event: params.${rule}`);
  // A parameter of a shop's own that shares a name with ours is read only where ours is meant.
  const field = (key: string, where: RegExp, needed = false) => {
    if (!where.test(name)) return undefined;
    const value = plainText(params?.[key]);
    if (needed && !value) throw wrong(`${key} is missing`);
    return value;
  };
  // By its id or name. What is dismissed is of the pack; what is taken back may have left it since.
  const idOf = (key: 'brand' | 'category', where: RegExp) => {
    const given = field(key, where);
    const id = given && names[`${key}Id`](given);
    if (given && !id && name === 'dismiss') throw wrong(`${key} is no ${key} of the pack, or several`);
    return id ?? given;
  };

  const list = params?.['items'] ?? [];
  if (!Array.isArray(list)) throw wrong('items must be a list');
  const { code } = names.currency;
  const currency = plainText(params?.['currency']) ?? code;
  const all = list as (Partial<EventItem> | null)[];
  const idIn = (item: Partial<EventItem> | null) => shortText(item?.item_id) ?? '';
  const usable = all.filter((item) => /^\S+$/.test(idIn(item)));
  // Where no item has an id the engine says so. Names are looked up of those alone that it looks at, however long the list is.
  const items = (usable.length ? usable : all).slice(0, ITEMS_LOOKED_AT).map((item): ToldItem => {
    const text = (key: string) => plainText(item?.[key]);
    const decimal = (key: string) => DECIMAL.exec(text(key) ?? '')?.[0];
    const id = idIn(item);
    const quantity = Number(decimal('quantity'));
    const brand = text('item_brand');
    const category = text('item_category');
    return {
      id,
      quantity: isWhole(quantity, 1, 9_999) ? quantity : 1,
      name: text('item_name') ?? names.itemName(id),
      brand: brand && names.brandId(brand),
      category: category && names.categoryId(category),
      price: currency === code ? decimal('price') : undefined,
      size: shortText(item?.item_variant),
    };
  });
  const [first] = list as ({ promotion_id?: unknown } | undefined)[];
  return {
    name,
    items,
    brand: idOf('brand', /dismiss|reminder/),
    category: idOf('category', /dismiss/),
    order: field('transaction_id', /purchase|refund|return|complaint/, /ed$/.test(name)),
    term: field('search_term', /search/, true),
    reason: field('reason', /dismiss|select|return|satisfaction/),
    question: field('question', /satisfaction/),
    list: field('item_list_id', /select_item/),
    // GA4 names the promotion at the event or at its items.
    promotion: field('promotion_id', /promotion|dismiss/) ?? (name === 'view_promotion' ? plainText(first?.promotion_id) : undefined),
  };
}
