/**
 * Events as shops already send them, brought into the engine's shape.
 *
 * A GA4 event is accepted in three forms: `{ name, params }`, a call like gtag's (`fromGtag('event', 'view_item', …)`)
 * and an entry of a dataLayer (`fromDataLayer({ event: 'view_item', ecommerce: … })`). Parameters that are not used are
 * dropped here and go no further. Whether an event holds what its name promises is for the engine to say.
 */

import { EventError } from './errors.js';
import type { EventItem, ShopEvent } from './types.js';

/** The event of a gtag call's arguments; `undefined` where the call is not an event (`config`, `set`, `consent`). */
export function fromGtag(...call: unknown[]): ShopEvent | undefined {
  const [command, name, params] = call;
  return command === 'event' ? ({ name, params } as ShopEvent) : undefined;
}

/** The event of a dataLayer entry; `undefined` where the entry is a message of another kind. */
export function fromDataLayer(entry: unknown): ShopEvent | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { event, ecommerce, ...rest } = entry as { event?: unknown; ecommerce?: object | null };
  return typeof event === 'string' && !event.startsWith('gtm.') ? ({ name: event, params: { ...rest, ...ecommerce } } as ShopEvent) : undefined;
}

/** An event as the engine is told it. */
export interface ToldEvent {
  name: string;
  items: ToldItem[];
  brand?: string;
  category?: string;
  order?: string;
  term?: string;
  reason?: string;
}

/** An item of a {@link ToldEvent}. */
export interface ToldItem {
  id: string;
  name?: string;
  brand?: string;
  category?: string;
  /** In whole currency units, as a decimal text: a binary fraction never becomes money. */
  price?: string;
  quantity: number;
  size?: string;
}

/**
 * The engine's form of a shop's event.
 *
 * @throws {EventError} `event_invalid` where a part has a type that cannot be read, naming the part
 */
export function toldEvent(event: ShopEvent): ToldEvent {
  const name = String((event as Partial<ShopEvent> | undefined)?.name);
  const params = (event as Partial<ShopEvent> | undefined)?.params ?? {};
  const items = params.items ?? [];
  if (!Array.isArray(items)) throw wrong(name, 'params.items is an array');
  return {
    name,
    items: items.map((item, at) => toldItem(name, `params.items[${at}]`, item)),
    ...some({
      brand: text(name, 'params.brand', params.brand),
      category: text(name, 'params.category', params.category),
      order: text(name, 'params.transaction_id', params.transaction_id),
      term: text(name, 'params.search_term', params.search_term),
      reason: text(name, 'params.reason', params.reason),
    }),
  };
}

function toldItem(name: string, where: string, item: EventItem): ToldItem {
  if (typeof item !== 'object' || item === null) throw wrong(name, `${where} is an object`);
  const id = text(name, `${where}.item_id`, item.item_id);
  if (id === undefined) throw wrong(name, `${where}.item_id is the item's id`);
  const quantity = item.quantity ?? 1;
  if (!Number.isSafeInteger(quantity) || quantity < 1) throw wrong(name, `${where}.quantity is a whole number from 1`);
  return {
    id,
    quantity,
    ...some({
      name: text(name, `${where}.item_name`, item.item_name),
      brand: text(name, `${where}.item_brand`, item.item_brand),
      category: text(name, `${where}.item_category`, item.item_category),
      price: text(name, `${where}.price`, item.price),
      size: text(name, `${where}.item_variant`, item.item_variant),
    }),
  };
}

/** A text; shops write ids and prices as numbers too. Nothing and the empty text are the same. */
function text(name: string, where: string, value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  throw wrong(name, `${where} is a text or a number`);
}

/** Only those fields that have a value. */
function some<Fields extends Record<string, string | undefined>>(fields: Fields): { [Key in keyof Fields]?: string } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [Key in keyof Fields]?: string };
}

function wrong(name: string, rule: string): EventError {
  return new EventError('event_invalid', `the event '${name}' was not taken in: ${rule}`);
}

/** Counts what was refused, by event name: at most fifty names, the rest under one heading. */
export class Refused {
  readonly counts: Record<string, number> = Object.create(null) as Record<string, number>;

  add(name: string): void {
    const short = name.slice(0, 64);
    const key = short in this.counts || Object.keys(this.counts).length < 50 ? short : '(others)';
    this.counts[key] = (this.counts[key] ?? 0) + 1;
  }
}
