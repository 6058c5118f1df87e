/** Coupons that a campaign surfaces: the caps and the dismissal hold through the events of a page. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createEngine } from '../dist/node.js';
import type { Engine } from '../dist/node.js';
import { couponPackBytes, NOON } from './fixture.js';

const DAY = 86_400_000;
let now = NOON;
let engine: Engine;

beforeEach(async () => {
  now = NOON;
  // The coin that says who is left alone falls the same way each time: this secret is not held out.
  vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
    (array as Uint8Array).fill(7);
    return array;
  });
  engine = await createEngine({ pack: couponPackBytes(), language: 'en', now: () => now, consent: 'on', storage: 'memory', strict: true });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await engine.dispose();
});

const shown = () => engine.observe('view_promotion', { promotion_id: engine.offer()?.id });

test('a coupon is surfaced with its words, again and again on one day', async () => {
  expect(engine.offer()).toMatchObject({ id: 'thirty', coupon: { id: 'thirty', code: 'THIRTY', name: '30 off 199' }, terms: [], campaign: 'first' });
  await shown();
  await shown();
  expect(engine.history.list()[0]).toMatchObject({ name: 'view_promotion', promotion: 'thirty' });
  expect(engine.offer()?.id).toBe('thirty');
});

test('the cap a week holds once the page tells that it was shown', async () => {
  for (let day = 0; day < 2; day++, now += DAY) await shown();
  expect(engine.offer()).toBeUndefined();
  now += 6 * DAY;
  expect(engine.offer()?.id).toBe('thirty');
});

test('the cap a day holds: no second coupon in place of one that was shown', async () => {
  await shown();
  await engine.observe('dismiss', { promotion_id: 'thirty' });
  expect(engine.offer()).toBeUndefined();
  now += DAY;
  expect(engine.offer()?.id).toBe('twenty');
});

test('a dismissal ends the series, and can be taken back', async () => {
  await engine.observe('dismiss', { promotion_id: 'thirty' });
  await engine.observe('dismiss', { promotion_id: 'twenty' });
  for (let day = 0; day < 10; day++, now += DAY) expect(engine.offer()).toBeUndefined();
  await engine.observe('undismiss', { promotion_id: 'thirty' });
  expect(engine.offer()?.id).toBe('thirty');
});

test('a promotion that GA4 names at the item counts, and select_promotion is ignored', async () => {
  for (let day = 0; day < 2; day++, now += DAY) await engine.observe('view_promotion', { items: [{ item_id: 'ar-1', promotion_id: 'thirty' }] });
  await engine.observe('select_promotion', { promotion_id: 'thirty' });
  expect(engine.offer()).toBeUndefined();
});

test('what a step says is said once, in the language of the page, and can be sent away', async () => {
  await engine.observe('purchase', { transaction_id: 'order-1', items: [{ item_id: 'ar-3', quantity: 3 }] });
  expect(engine.offer()).toMatchObject({ id: 'words:0', campaign: 'words', message: 'Thank you.', disclosure: 'A program chose.' });
  expect(engine.offer()?.coupon).toBeUndefined();
  await shown();
  expect(engine.offer()?.message).toBe('Thank you.');
  now += DAY;
  expect(engine.offer()?.id).toBe('thirty');
  now += 2 * DAY;
  expect(engine.offer()).toMatchObject({ id: 'words:1', message: 'Press it with steam.' });
  await engine.observe('dismiss', { promotion_id: 'words:1' });
  expect(engine.offer()?.id).toBe('thirty');
});

test('a banner of the page counts for no cap, and what is no offer cannot be dismissed', async () => {
  await engine.observe('view_promotion', { promotion_id: 'home-banner' });
  expect(engine.offer()?.id).toBe('thirty');
  await expect(engine.observe('dismiss', { promotion_id: 'THIRTY' })).rejects.toMatchObject({ code: 'event_invalid' });
  await expect(engine.observe('view_promotion', {})).rejects.toMatchObject({ code: 'event_invalid' });
});

test('an account that is off is refused by field, and what was said before stands', () => {
  expect(engine.setAccount({ id: 'anna', asOf: NOON })).toBe(true);
  for (const [account, field] of [
    [{ id: 5, asOf: NOON }, 'account.id must be a text'],
    [{ id: 'anna', asOf: new Date(NOON) }, 'account.asOf must be a whole number'],
    [{ id: 'anna', asOf: NOON / 1000 }, 'asOf is UTC milliseconds'],
    [{ id: 'anna', asOf: NOON, orders: [{ id: 'o', at: NOON, value: 12.5 }] }, 'account.orders[0].value must be a whole number'],
    [{ id: 'anna', asOf: NOON, refunds: {} }, 'account.refunds must be a list'],
  ] as const) {
    expect(() => engine.setAccount(account as never)).toThrow(field);
  }
});

test('a promotion of everything says what is missing of the cart, not of its goods', () => {
  const { refused } = engine.price([{ item: 'ar-2', quantity: 1 }], { codes: ['THIRTY'] });
  expect(refused.find(({ id }) => id === 'thirty')).toMatchObject({ everything: true, text: 'Spend €99.50 more' });
});

test('care comes before coupons, and a shopper can refuse them', async () => {
  await engine.observe('return_opened', { transaction_id: 'order-1' });
  expect(engine.offer()).toBeUndefined();
  await engine.observe('return_closed', { transaction_id: 'order-1' });
  expect(engine.offer()?.id).toBe('thirty');
  await engine.observe('satisfaction', { reason: 'very_dissatisfied' });
  expect(engine.offer()).toBeUndefined();
  await engine.observe('satisfaction', { reason: 'fair' });
  await engine.observe('coupons_off');
  expect(engine.offer()).toBeUndefined();
  await engine.observe('coupons_on');
  expect(engine.offer()?.id).toBe('thirty');
  await expect(engine.observe('satisfaction', { reason: 'meh' })).rejects.toMatchObject({ code: 'event_invalid' });
});

test('an account counts once by order, never by an older statement, and nothing of it outlives signing out', async () => {
  await engine.observe('purchase', { transaction_id: 'order-1', items: [{ item_id: 'ar-1', quantity: 1 }] });
  const local = engine.customer();
  expect(local).toMatchObject({ frequency: 1, fromAccount: 0, recency: 0 });
  const orders = [
    { id: 'order-1', at: NOON, value: 9_000 },
    { id: 'order-0', at: NOON - 40 * DAY, value: 5_000 },
  ];
  expect(engine.setAccount({ id: 'anna', asOf: NOON, orders, tier: 2, points: 300 })).toBe(true);
  expect(engine.customer()).toMatchObject({ frequency: 2, monetary: 14_000, fromAccount: 2 });
  expect(engine.setAccount({ id: 'anna', asOf: NOON - DAY, orders: [] })).toBe(false);
  expect(engine.customer().frequency).toBe(2);
  // Another account sees nothing of the first, though this browser saw its order.
  now += 1;
  expect(engine.setAccount({ id: 'ben', asOf: now, orders: [] })).toBe(true);
  expect(engine.customer()).toMatchObject({ frequency: 0, monetary: 0, fromAccount: 0 });
  // Where the ledger was not asked for orders, nothing is said of any.
  now += 1;
  expect(engine.setAccount({ id: 'ben', asOf: now })).toBe(true);
  expect(engine.customer()).toMatchObject({ frequency: 1, fromAccount: 0 });
  expect(engine.setAccount(undefined)).toBe(true);
  expect(engine.customer()).toEqual(local);
  expect(JSON.stringify(engine.history.export())).not.toContain('anna');
});

test('a price counts the account that is signed in, and what is malformed is refused by name', () => {
  const bad = { id: 'anna', asOf: NOON, orders: [{ id: 'a b', at: NOON, value: 1 }] };
  expect(() => engine.setAccount(bad)).toThrowError(/orders\[0\]\.id/);
  expect(() => engine.setAccount(bad)).toThrowError(expect.objectContaining({ name: 'RequestError', code: 'account_invalid' }));
  engine.setAccount({ id: 'anna', asOf: NOON, usesLeft: { thirty: 0 } });
  const receipt = engine.price([{ item: 'ar-1', size: 'S', quantity: 1 }], { codes: ['THIRTY'] });
  const guest = engine.price([{ item: 'ar-1', size: 'S', quantity: 1 }], { codes: ['THIRTY'], account: {} });
  expect(receipt.state).toBe(guest.state);
});
