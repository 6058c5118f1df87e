/** Variants: each browser that keeps memory belongs to one and stays there; nobody else belongs to any. */

import { afterEach, expect, test, vi } from 'vitest';
import { createEngine, MemoryStorage } from '../dist/node.js';
import type { Consent, Engine } from '../dist/node.js';
import { couponPackBytes, NOON, packBytes, renew } from './fixture.js';

/** Storage that outlives a page. */
class Lasting extends MemoryStorage {
  override close(): void {
    // What is kept stays.
  }
}

const NAMES = ['as_now', 'loud_brands', 'shop_order'];
const open = (consent: Consent | undefined, storage = new MemoryStorage(), pack = couponPackBytes()) => createEngine({ pack, language: 'en', now: () => NOON, ...(consent ? { consent } : {}), storage, strict: true });
const variantOf = (engine: Engine) => engine.recommend({ surface: 'home', limit: 4 }).variant;

afterEach(() => vi.restoreAllMocks());

test('a browser that keeps memory belongs to one variant, on every visit the same', async () => {
  const storage = new Lasting();
  const engine = await open(undefined, storage);
  await engine.consent.set('on');
  expect(variantOf(engine), 'nothing is kept yet').toBeUndefined();
  await engine.observe('view_item', { items: [{ item_id: 'ar-1' }] });
  const variant = variantOf(engine);
  expect(NAMES).toContain(variant);
  expect(engine.record({ surface: 'home', limit: 4 }).request.variant).toBe(variant);
  engine.offer();
  expect(variantOf(engine), 'asking for a coupon changes nothing').toBe(variant);
  await engine.dispose();
  const again = await open(undefined, storage);
  expect(variantOf(again)).toBe(variant);
  await again.consent.set('off');
  expect(variantOf(again)).toBeUndefined();
  await again.dispose();
});

test('browsers are spread over all variants, and the shop order is not personal', async () => {
  const seen = new Map<string, boolean>();
  for (let secret = 0; secret < 24; secret++) {
    vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
      (array as Uint8Array).fill(secret);
      return array;
    });
    const engine = await open('on');
    await engine.observe('view_item', { items: [{ item_id: 'ar-1' }] });
    const { variant, personal } = engine.recommend({ surface: 'home', limit: 4 });
    seen.set(variant ?? 'none', personal);
    await engine.dispose();
    vi.restoreAllMocks();
  }
  expect([...seen].sort()).toEqual([['as_now', true], ['loud_brands', true], ['shop_order', false]]);
});

test('a browser stays in its variant when another pack is taken in, and only belongs to one where that has some', async () => {
  const engine = await open('on', undefined, packBytes());
  await engine.observe('view_item', { items: [{ item_id: 'ar-1' }] });
  expect(variantOf(engine)).toBeUndefined();
  expect(await renew(engine, couponPackBytes())).toBe(true);
  const variant = variantOf(engine);
  expect(NAMES).toContain(variant);
  await renew(engine, packBytes());
  expect(variantOf(engine)).toBeUndefined();
  await renew(engine, couponPackBytes());
  expect([variantOf(engine), variantOf(engine)]).toEqual([variant, variant]);
  await engine.dispose();
});

test('memory for the visit alone belongs to none, nor does anybody where the pack has none', async () => {
  for (const engine of [await open('session'), await open('on', new MemoryStorage(), packBytes())]) {
    await engine.observe('view_item', { items: [{ item_id: 'ar-1' }] });
    expect('variant' in engine.recommend({ surface: 'home', limit: 4 })).toBe(false);
    await engine.dispose();
  }
});

test('a browser that goes from kept to this visit and back keeps a ledger again', async () => {
  const storage = new Lasting();
  const engine = await open('on', storage);
  const look = () => engine.observe('view_item', { items: [{ item_id: 'ar-1' }] });
  await look();
  expect(await storage.all('ledger')).not.toEqual([]);
  await engine.consent.set('session');
  expect(await storage.all('ledger')).toEqual([]);
  expect(variantOf(engine)).toBeUndefined();
  await engine.consent.set('on');
  await look();
  expect(await storage.all('ledger')).not.toEqual([]);
  expect(NAMES).toContain(variantOf(engine));
  await engine.dispose();
});
