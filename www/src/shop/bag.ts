/** The bag: lines in this tab, and how they are found again in what was remembered. */

import type { Receipt, RememberedEvent, UsedPromotion } from 'windowshop';
import type { Item, Shelves } from './rows';
import { stateOf } from './rows';

/** A line of the bag. */
export interface BagLine {
  item: string;
  size?: string;
  quantity: number;
}

/** Why a line can or cannot be bought now. */
export type LineState = 'ok' | 'some' | 'sold-out' | 'ended' | 'not-open';

/** Whether an event puts something in a bag (1), takes something out of it (-1), or leaves it alone. */
export function signOf(name: RememberedEvent['name']): -1 | 0 | 1 {
  return name === 'add_to_cart' ? 1 : name === 'remove_from_cart' || name === 'purchase' ? -1 : 0;
}

/** The bag that the remembered events leave, `newestFirst`: what was put in, less what was taken out or bought. */
export function bagFrom(newestFirst: readonly RememberedEvent[]): BagLine[] {
  const lines = new Map<string, BagLine>();
  for (const event of [...newestFirst].reverse()) {
    const sign = signOf(event.name);
    if (sign === 0) continue;
    for (const { id, size, quantity } of event.items) {
      const key = `${id}\n${size ?? ''}`;
      const left = (lines.get(key)?.quantity ?? 0) + sign * quantity;
      if (left > 0) lines.set(key, { item: id, size, quantity: left });
      else lines.delete(key);
    }
  }
  return [...lines.values()];
}

/** How many of a line's size are there. */
export function stockOf(item: Item, size: string | undefined): number {
  return size === undefined ? item.stock : (item.sizes.find((s) => s.size === size)?.stock ?? 0);
}

/** Where a line stands at an instant. */
export function lineState(line: BagLine, item: Item, shelves: Shelves, now: number): LineState {
  const sale = shelves.sale(item.sale);
  const state = sale ? stateOf(sale, now) : 'ended';
  if (state === 'ended') return 'ended';
  if (state === 'preview') return 'not-open';
  const stock = stockOf(item, line.size);
  return stock === 0 ? 'sold-out' : stock < line.quantity ? 'some' : 'ok';
}

/** Whether the shop still has an item, and in the size that was asked for. */
export function isKnown(item: Item | undefined, size: string | undefined): boolean {
  return item !== undefined && (size === undefined || item.sizes.some((row) => row.size === size));
}

/** How many of a line can be bought at an instant: never more than are there. */
export function countedOf(line: BagLine, item: Item, shelves: Shelves, now: number): number {
  const state = lineState(line, item, shelves, now);
  return state === 'ok' || state === 'some' ? Math.min(line.quantity, stockOf(item, line.size)) : 0;
}

/** What counts in a receipt: what takes off, and the vouchers that pay. */
export function counting(receipt: Receipt | undefined): UsedPromotion[] {
  return receipt ? [...receipt.used, ...receipt.tenders] : [];
}
