/** The demo's ledger: what it states follows from the orders, and each order counts once. */

import { expect, test } from 'vitest';
import type { RememberedEvent } from 'windowshop';
import { memberAt, TIERS } from './member';

const NOW = Date.parse('2026-11-28T12:00:00+08:00');
const bought = (order: string, price: number): RememberedEvent =>
  ({ id: `1-${price}`, name: 'purchase', at: NOW, order, items: [{ id: 'a', price, quantity: 1 }] }) as RememberedEvent;

test('points and the next tier follow from what was spent', () => {
  const member = memberAt([], NOW);
  expect(member.tier).toBe(TIERS[1]);
  expect(member.next?.missing).toBe(TIERS[2]!.from - member.spent);
  expect(member.account).toMatchObject({ tier: 2, points: member.spent / 100 });
  const more = memberAt([bought('o-1', 90_000)], NOW);
  expect(more.tier).toBe(TIERS[2]);
  expect(more.next).toBeUndefined();
  expect(more.account.orders).toHaveLength(3);
});
