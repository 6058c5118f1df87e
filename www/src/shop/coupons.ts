/**
 * What pages say of coupons: what stands against one whatever is in the bag, what is about these goods, and whether one may
 * be put forward here. All of it follows from receipts; nothing here knows a promotion's rules.
 */

import type { Offer, Receipt, RefusedPromotion, RefusalReason } from 'windowshop';
import { money, shortDate, type Setting } from '../format';
import { counting } from './bag';
import { tierName } from './member';

/** Refusals that no other bag would lift: it is the time, the account or the way to pay. */
const WHATEVER_THE_BAG: ReadonlySet<RefusalReason> = new Set<RefusalReason>([
  'ended',
  'hours',
  'not_open',
  'other_channel',
  'other_group',
  'other_order',
  'other_payment',
  'points_short',
  'tier_short',
  'used_up',
  'budget_spent',
]);

/** Refusals that more of something in the bag would lift. */
const MORE_WOULD_DO: ReadonlySet<RefusalReason> = new Set<RefusalReason>(['amount_short', 'quantity_short', 'no_line']);

/** Whether a promotion is refused whatever lies in the bag. */
export const isBarred = ({ reason }: { reason: RefusalReason }): boolean => WHATEVER_THE_BAG.has(reason);

/** Whether a refusal is about the goods that are in the bag, so that it is worth a line under them. */
export function touchesBag(refused: RefusedPromotion): boolean {
  return !isBarred(refused) && !['code_not_entered', 'no_line', 'no_shipping'].includes(refused.reason);
}

/**
 * Why, as a sentence; tiers and dates by the names that this shop's pages have for them. `idle`: what it lacks could be bought
 * and would gain nothing, so that nobody is asked to.
 */
export function refusalText(refused: RefusedPromotion, setting: Setting, idle = false): string {
  const { reason, number, opens, shortfall, less, text } = refused;
  const { messages } = setting;
  if (idle && shortfall !== undefined) return messages.coupons.idle(money(shortfall, setting));
  // The engine says that something else is used; that it saves no more is worth saying too.
  if (less === 0 && reason === 'group_taken') return messages.coupons.oneOfKind;
  if (less === 0 && reason === 'not_best') return messages.coupons.asMuch;
  if (reason === 'tier_short' && number !== undefined) {
    const tier = tierName(number, messages.code);
    if (tier !== undefined) return messages.coupons.forTier(tier);
  }
  if (reason === 'other_group') return messages.coupons.named;
  if (reason === 'not_open' && opens !== undefined) return messages.coupons.from(shortDate(opens, setting));
  return text;
}

/** Where the same code is, entered in any case. */
const same = (one: string, other: string | undefined): boolean => one.toUpperCase() === other?.toUpperCase();

/**
 * Whether what a campaign chose may be put forward. `priced` is the bag with the coupon's code entered besides. A coupon in
 * use already, or that no bag would help, is not put forward anywhere; under the bag itself only one that counts there is.
 */
export function mayPutForward(
  { coupon }: Offer,
  around: { entered: boolean; filled: boolean; priced: Receipt | undefined; inBag: boolean },
): boolean {
  const { entered, filled, priced, inBag } = around;
  if (!coupon || !priced) return coupon === undefined || !entered;
  if (entered) return false;
  if (counting(priced).some(({ code }) => same(coupon.code, code))) return true;
  const refused = priced.refused.find(({ id, code }) => id === coupon.id || same(coupon.code, code));
  if (!refused) return false;
  // One for members invites to be one: that is the shopper's to change, and under a bag it still does not help.
  if (refused.reason === 'tier_short') return !inBag;
  if (isBarred(refused)) return false;
  return !filled || (!inBag && MORE_WOULD_DO.has(refused.reason));
}

/** A promotion as the page of all of them shows it. */
export interface CouponRow {
  id: string;
  name: string;
  code?: string | undefined;
  /** What it takes off in this bag, or pays of it. */
  amount?: number;
  pays?: number;
  /** What it would give in this bag by itself. */
  worth: number;
  /** Why it does not count in this bag, where that is worth saying. */
  refused?: RefusedPromotion;
  /** What stands against it whatever is in the bag. */
  barred?: RefusedPromotion;
}

/**
 * Every promotion that is not over: those that count first, then those that can be used, by what each gives, then those that
 * cannot be used now, whatever is in the bag.
 */
export function couponRows(
  { used, tenders, refused }: Receipt,
  barred: ReadonlyMap<string, RefusedPromotion>,
  worthOf: (promotion: { id: string; code?: string | undefined }) => number,
  refusalOf: (promotion: { id: string; code?: string | undefined }) => RefusedPromotion | undefined = () => undefined,
): CouponRow[] {
  const rows: CouponRow[] = [
    ...used.map(({ id, name, code, amount }) => ({ id, name, code, amount, worth: amount })),
    ...tenders.map(({ id, name, code, amount }) => ({ id, name, code, pays: amount, worth: amount })),
    ...refused.map((row) => {
      const { id, name, code } = row;
      const bar = isBarred(row) ? row : barred.get(id);
      if (bar) return { id, name, code, worth: 0, refused: row, barred: bar };
      // Of a code that nobody entered, what it would do if somebody did.
      const told = row.reason === 'code_not_entered' ? refusalOf(row) : row;
      return { id, name, code, worth: worthOf(row), ...(told ? { refused: told } : {}) };
    }),
  ];
  const rank = ({ amount, pays, barred: bar, worth }: CouponRow): number =>
    (amount ?? pays) !== undefined ? 0 : bar ? 3 : worth > 0 ? 1 : 2;
  return rows
    .filter(({ barred: bar }) => bar?.reason !== 'ended')
    .sort((a, b) => rank(a) - rank(b) || b.worth - a.worth || (a.name < b.name ? -1 : 1));
}
