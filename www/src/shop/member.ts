/**
 * The demo's own ledger of a member: what a shop's account page would state. Made up, and held by this page alone: nobody
 * signs in here. Its orders are those of this browser, as a shop would know them, and two from before.
 */

import type { RememberedEvent, ShopAccount } from 'windowshop';

const DAY = 86_400_000;

/** A tier of the members' programme, and from what it is reached, in minor units spent. */
export interface Tier {
  name: { en: string; zh: string };
  from: number;
}

/** The tiers, lowest first; a member's level is the place, from 1. */
export const TIERS: readonly Tier[] = [
  { name: { en: 'Member', zh: '会员' }, from: 0 },
  { name: { en: 'Silver', zh: '银卡' }, from: 100_000 },
  { name: { en: 'Gold', zh: '金卡' }, from: 200_000 },
];

/** What the page shows of a member. */
export interface Member {
  account: ShopAccount;
  tier: Tier;
  /** The tier above, and what is missing to it. */
  next?: { tier: Tier; missing: number };
  /** What the orders came to. */
  spent: number;
  /** The code that a friend may enter. */
  referral: string;
}

/** The ledger of the demo's member at an instant. */
export function memberAt(orders: readonly RememberedEvent[], now: number): Member {
  const here = orders
    .filter(({ name, order }) => name === 'purchase' && order !== undefined)
    .map(({ order, at, items }) => ({
      id: order!,
      at,
      value: items.reduce((sum, { price = 0, quantity }) => sum + price * quantity, 0),
    }));
  const before = [
    { id: 'member-1', at: now - 80 * DAY, value: 68_000 },
    { id: 'member-2', at: now - 41 * DAY, value: 54_000 },
  ];
  const all = [...before, ...here];
  const spent = all.reduce((sum, { value }) => sum + value, 0);
  const level = TIERS.findLastIndex(({ from }) => spent >= from) + 1;
  const above = TIERS[level];
  return {
    account: { id: 'demo-member', asOf: now, orders: all, tier: level, points: Math.floor(spent / 100) },
    tier: TIERS[level - 1]!,
    ...(above ? { next: { tier: above, missing: above.from - spent } } : {}),
    spent,
    // A shop makes one for each member; the demo's is a coupon that really counts, whoever enters it.
    referral: 'THANKS25',
  };
}

/** What a tier is called, by its level from 1; nothing where there is no such tier. */
export const tierName = (level: number, language: string): string | undefined =>
  TIERS[level - 1]?.name[language === 'zh' ? 'zh' : 'en'];
