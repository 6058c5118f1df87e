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

const shown = () => engine.observe('view_promotion', { promotion_id: engine.offer()?.coupon, promotion_name: engine.offer()?.name });

test('a coupon is surfaced with its words, again and again on one day', async () => {
  expect(engine.offer()).toMatchObject({ coupon: 'thirty', code: 'THIRTY', name: '30 off 199', campaign: 'first' });
  await shown();
  await shown();
  expect(engine.history.list()[0]).toMatchObject({ name: 'view_promotion', promotion: 'thirty' });
  expect(engine.offer()?.coupon).toBe('thirty');
});

test('the cap a week holds once the page tells that it was shown', async () => {
  for (let day = 0; day < 2; day++, now += DAY) await shown();
  expect(engine.offer()).toBeUndefined();
  now += 6 * DAY;
  expect(engine.offer()?.coupon).toBe('thirty');
});

test('the cap a day holds: no second coupon in place of one that was shown', async () => {
  await shown();
  await engine.observe('dismiss', { promotion_id: 'thirty' });
  expect(engine.offer()).toBeUndefined();
  now += DAY;
  expect(engine.offer()?.coupon).toBe('twenty');
});

test('a dismissal ends the series, and can be taken back', async () => {
  await engine.observe('dismiss', { promotion_id: 'thirty' });
  await engine.observe('dismiss', { promotion_id: 'twenty' });
  for (let day = 0; day < 10; day++, now += DAY) expect(engine.offer()).toBeUndefined();
  await engine.observe('undismiss', { promotion_id: 'thirty' });
  expect(engine.offer()?.coupon).toBe('thirty');
});

test('a promotion that GA4 names at the item counts, and select_promotion is ignored', async () => {
  for (let day = 0; day < 2; day++, now += DAY) await engine.observe('view_promotion', { items: [{ item_id: 'ar-1', promotion_id: 'thirty' }] });
  await engine.observe('select_promotion', { promotion_id: 'thirty' });
  expect(engine.offer()).toBeUndefined();
});
