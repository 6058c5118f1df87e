/**
 * The order, sent on the shopper's click to the shop's own backend and nowhere else: the lines, the codes that count in
 * their price, and what was shown to be paid. A code that was typed and refused stays here, whatever it was. Nothing of what this browser remembers goes along. Without a backend there is nothing to send to.
 */

import type { Receipt } from 'windowshop';
import { counting } from './bag';

/** What became of an order. */
export type Outcome =
  | { kind: 'ordered' }
  /** Not what was shown: prices or stock have changed since. */
  | { kind: 'changed'; now: Sums | undefined; gone: string[] }
  /** At the checkout nothing of it is there: what shipping alone would cost is no receipt of it. */
  | { kind: 'nothing' }
  /** No answer came: whether it was ordered is not known, and asking again orders once. */
  | { kind: 'lost' }
  /** This shop takes no orders. */
  | { kind: 'none' };

/** The sums of a receipt, as they are told beside each other where two differ. */
export type Sums = Pick<Receipt, 'subtotal' | 'discount' | 'payable'> & { shipping?: { subtotal: number } };

type Line = Pick<Receipt['lines'][number], 'item' | 'size' | 'quantity' | 'available'>;

interface Told {
  receipt?: object;
  quote?: { receipt: Sums & { lines: Line[] } };
}

/** The codes that count in a receipt, among those entered, as the shop spells them. */
export function codesOf(receipt: Receipt, entered: readonly string[]): string[] {
  const typed = new Set(entered.map((code) => code.toUpperCase()));
  return counting(receipt).flatMap(({ code }) => (code !== undefined && typed.has(code.toUpperCase()) ? [code] : []));
}

/** What of a receipt can be bought: what is not there is neither shown as ordered nor sent. */
export function linesOf(receipt: {
  lines: readonly Line[];
}): { item: string; size: string | undefined; quantity: number }[] {
  return receipt.lines
    .map(({ item, size, quantity, available }) => ({ item, size, quantity: Math.min(quantity, available) }))
    .filter(({ quantity }) => quantity > 0);
}

/** The order that was asked for last and not taken: its id, and what it was of. */
let pending: { id: string; of: string } | undefined;

/** The id of an order: the same for the same bag until it is taken, so that asking again orders once. */
export function orderId(receipt: Receipt, codes: readonly string[]): string {
  const of = JSON.stringify([linesOf(receipt), codesOf(receipt, codes)]);
  if (pending?.of !== of) {
    // Chance alone, so that it tells no hour either.
    const drawn = crypto.getRandomValues(new Uint32Array(2));
    pending = { id: `demo-${Array.from(drawn, (part) => part.toString(36)).join('-')}`, of };
  }
  return pending.id;
}

/** The order was taken, or was pretended to be: the next of the same bag is another one. */
export function taken(): void {
  pending = undefined;
}

/** Sends an order; its id makes asking again order once. */
export async function order(id: string, receipt: Receipt, codes: readonly string[]): Promise<Outcome> {
  const body = JSON.stringify({
    order: id,
    state: receipt.state,
    payable: receipt.payable,
    lines: linesOf(receipt),
    codes: codesOf(receipt, codes),
    shipping: receipt.shipping?.subtotal,
  });
  let answer: Response;
  try {
    answer = await fetch('/demo/orders', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      body,
    });
  } catch {
    return { kind: 'lost' };
  }
  try {
    const told = (await answer.json()) as Told;
    if (answer.status === 201 && told.receipt) {
      taken();
      return { kind: 'ordered' };
    }
    if (answer.status === 409) {
      const now = told.quote?.receipt;
      if (now && linesOf(now).length === 0) return { kind: 'nothing' };
      const gone = (now?.lines ?? []).filter(({ quantity, available }) => available < quantity).map(({ item }) => item);
      return { kind: 'changed', now, gone };
    }
  } catch {
    // No backend, which answers with something else: nothing was ordered, and the page says so.
  }
  return { kind: 'none' };
}
