/**
 * Orders that were placed in this page, with their receipts as they were agreed to. They last as long as the page; of an
 * older order there is what the engine keeps of it, where memory is kept: its number, its goods and what those cost.
 */

import type { Receipt, RememberedEvent, RememberedItem } from 'windowshop';

export interface Order {
  id: string;
  at: number;
  /** Whether the demo's checkout was told; else it was pretended, and nothing was sent. */
  sent: boolean;
  receipt: Receipt;
}

/** An order as it is remembered: without coupons and shipping. */
export interface Remembered {
  id: string;
  at: number;
  items: readonly RememberedItem[];
  /** What the goods cost before coupons. */
  goods: number;
}

export class Placed {
  #orders = new Map<string, Order>();

  add(order: Order): void {
    this.#orders.set(order.id, order);
  }

  find(id: string): Order | undefined {
    return this.#orders.get(id);
  }

  /** The id of the latest one. */
  get last(): string | undefined {
    return [...this.#orders.keys()].at(-1);
  }

  /** They are forgotten with everything else; gives the way back. */
  wipe(): () => void {
    const before = this.#orders;
    this.#orders = new Map();
    return () => void (this.#orders = before);
  }
}

/** What is remembered of an order; nothing where nothing is. */
export function rememberedOrder(orders: readonly RememberedEvent[], id: string): Remembered | undefined {
  const found = orders.find(({ name, order }) => name === 'purchase' && order === id);
  if (!found) return undefined;
  const goods = found.items.reduce((sum, { price = 0, quantity }) => sum + price * quantity, 0);
  return { id, at: found.at, items: found.items, goods };
}
