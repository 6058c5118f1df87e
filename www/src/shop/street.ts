/** Which sales stand where on the street. Facts about opening and closing; nothing here knows a shopper. */

import { type SaleRow, stateOf } from './rows';

const byShop = (a: SaleRow, b: SaleRow) => a.opens - b.opens || (a.id < b.id ? -1 : 1);

/** Sales that opened in a shop day. */
export function openedBetween(sales: readonly SaleRow[], day: { opened: number; next: number }): SaleRow[] {
  return sales
    .filter((sale) => sale.opens >= day.opened && sale.opens < day.next && sale.closes > day.opened)
    .sort(byShop);
}

/** Sales that are open and opened before a shop day, the ones closing first in front. */
export function stillOpen(sales: readonly SaleRow[], opened: number, now: number): SaleRow[] {
  return sales
    .filter((sale) => sale.opens < opened && stateOf(sale, now) === 'open')
    .sort((a, b) => a.closes - b.closes || byShop(a, b));
}

/** Sales that close at an instant. */
export function closingAt(sales: readonly SaleRow[], at: number): SaleRow[] {
  return sales.filter((sale) => sale.closes === at).sort(byShop);
}

/** Sales that are announced, the next first. */
export function openingNext(sales: readonly SaleRow[], now: number): SaleRow[] {
  return sales.filter((sale) => stateOf(sale, now) === 'preview').sort(byShop);
}
