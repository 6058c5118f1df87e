/**
 * The order, sent on the shopper's click to the shop's own backend and nowhere else: the lines, the codes entered, and what
 * was shown to be paid. Nothing of what this browser remembers goes along. Without a backend there is nothing to send to.
 */

import type { Receipt } from 'windowshop';

/** What became of an order. */
export type Outcome =
  | { kind: 'ordered'; payable: number }
  /** Not what was shown: prices or stock have changed since. */
  | { kind: 'changed'; payable: number | undefined; gone: string[] }
  /** This shop takes no orders, or could not be reached. */
  | { kind: 'none' };

interface Told {
  receipt?: { payable: number };
  quote?: { receipt: { payable: number; lines: { item: string; quantity: number; available: number }[] } };
}

/** Sends an order; its id makes asking again order once. */
export async function order(id: string, receipt: Receipt, codes: readonly string[]): Promise<Outcome> {
  const lines = receipt.lines.map(({ item, size, quantity }) => ({ item, size, quantity }));
  const body = JSON.stringify({
    order: id,
    state: receipt.state,
    payable: receipt.payable,
    lines,
    codes,
    shipping: receipt.shipping?.subtotal,
  });
  try {
    const answer = await fetch('/demo/orders', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      body,
    });
    const told = (await answer.json()) as Told;
    if (answer.status === 201 && told.receipt) return { kind: 'ordered', payable: told.receipt.payable };
    if (answer.status === 409) {
      const now = told.quote?.receipt;
      const gone = (now?.lines ?? []).filter(({ quantity, available }) => available < quantity).map(({ item }) => item);
      return { kind: 'changed', payable: now?.payable, gone };
    }
  } catch {
    // As where there is no backend: nothing was ordered, and the page says so.
  }
  return { kind: 'none' };
}
