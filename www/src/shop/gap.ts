/**
 * What a promotion lacks, and whether it pays to reach it. Nothing here knows a promotion's rules: a bag with something more
 * in it is priced, and its receipt is compared with the one of now.
 */

import type { Receipt } from 'windowshop';
import { counting } from './bag';

/** What is lacking until a promotion counts, or takes its next step. */
export interface Gap {
  id: string;
  name: string;
  code?: string | undefined;
  /** In minor units, of goods that the promotion is about. */
  shortfall: number;
  /** What the next step takes off besides, of a promotion that counts already. */
  more?: number;
}

/** What promotions lack in a bag, the nearest first. */
export function gapsOf({ used, refused }: Receipt): Gap[] {
  return [
    ...refused.flatMap(({ id, name, code, reason, shortfall = 0 }): Gap[] =>
      reason === 'amount_short' ? [{ id, name, code, shortfall }] : [],
    ),
    ...used.flatMap(({ id, name, code, next }): Gap[] =>
      next ? [{ id, name, code, shortfall: next.missing, more: next.more }] : [],
    ),
  ]
    .filter(({ shortfall }) => shortfall > 0)
    .sort((a, b) => a.shortfall - b.shortfall);
}

/** What a receipt takes off and what vouchers pay of it. */
const saved = ({ discount, tenders }: Receipt): number => tenders.reduce((sum, { amount }) => sum + amount, discount);

const amountOf = (receipt: Receipt, id: string): number =>
  counting(receipt).find((promotion) => promotion.id === id)?.amount ?? 0;

const gives = ({ gifts, points }: Receipt, id: string): boolean =>
  [...gifts, ...points].some(({ promotion }) => promotion === id);

/**
 * Whether a promotion gives more where its gap is closed: `before` is the bag of now, `after` the bag with something more in
 * it, and `without` that bag where the promotion's code is not entered, or the bag of now where it has none. Where another
 * one holds its place and saves as much, nothing is gained.
 */
export function gains(
  id: string,
  { before, after, without }: Record<'before' | 'after' | 'without', Receipt>,
): boolean {
  if (amountOf(after, id) > amountOf(before, id)) return saved(after) > saved(without);
  return gives(after, id) && !gives(before, id) && saved(after) >= saved(without);
}
