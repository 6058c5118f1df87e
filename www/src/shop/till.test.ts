/** The till: which coupon may be put forward, as the bag and the engine's own receipt have it. */

import type { Offer, PriceOptions, Receipt } from 'windowshop';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEngine } from '../../dev/engine';
import { answer, TODAY } from '../../dev/fixture';
import * as clock from '../clock';
import { Shop } from '../shop';
import { stateOf } from './rows';

const OFFER = { id: 'a', campaign: 'a', text: '', terms: [], coupon: { id: 'ten', code: 'TEN', name: 'Ten' } } as Offer;
const row = (reason: string) => ({ id: 'ten', code: 'TEN', name: 'Ten', reason, text: reason });

beforeEach(() => {
  clock.set(TODAY + 2.5 * 3_600_000);
  vi.stubGlobal('document', { baseURI: 'https://shop.example/' });
  vi.stubGlobal('location', { search: '' });
  vi.stubGlobal(
    'fetch',
    async (url: URL) => new Response(JSON.stringify(answer(url.pathname.replace('/v1/', '')) ?? null)),
  );
});
afterEach(() => vi.unstubAllGlobals());

/** A shop whose engine puts a coupon forward, and refuses it for `reason` where its code is entered; or lets it count. */
async function open(reason: string | undefined) {
  const engine = await createEngine({ pack: '', language: 'en', now: clock.now });
  const plain = engine.price([]);
  vi.spyOn(engine, 'offer').mockReturnValue(OFFER);
  const price = vi.spyOn(engine, 'price').mockImplementation((_, { codes = [] }: PriceOptions = {}): Receipt => {
    if (!codes.includes('TEN')) return { ...plain, used: [], refused: [row('code_not_entered')] };
    return reason === undefined
      ? { ...plain, used: [{ id: 'ten', code: 'TEN', name: 'Ten', amount: 700 }], refused: [] }
      : { ...plain, used: [], refused: [row(reason)] };
  });
  const shop = new Shop('en', async () => engine);
  await shop.start();
  return { shop, price };
}

describe('the coupon that was chosen', () => {
  it('is put forward where it counts, until its code is entered', async () => {
    const { shop } = await open(undefined);
    shop.basket.put(shop.shelves!.item('s60-1')!);
    expect([shop.till.offer(), shop.till.offer(true)]).toEqual([OFFER, OFFER]);
    expect(shop.till.worthOf({ id: 'ten', code: 'TEN' })).toBe(700);
    shop.basket.useCode('ten');
    expect([shop.till.offer(), shop.till.offer(true)]).toEqual([undefined, undefined]);
  });

  it('is not under a bag for which others together save more', async () => {
    const { shop, price } = await open(undefined);
    shop.basket.put(shop.shelves!.item('s60-1')!);
    const plain = shop.till.receipt()!;
    const better = { id: 'more', code: 'MORE', name: 'More', amount: 900 };
    price.mockImplementation((_, { codes = [] }: PriceOptions = {}): Receipt => {
      if (codes.includes('MORE')) return { ...plain, used: [better], refused: [row('group_taken')] };
      const refused = [{ ...row('code_not_entered'), id: 'more', code: 'MORE' }];
      if (!codes.includes('TEN')) return { ...plain, used: [], refused: [row('code_not_entered'), ...refused] };
      return { ...plain, used: [{ id: 'ten', code: 'TEN', name: 'Ten', amount: 700 }], refused };
    });
    expect([shop.till.offer(), shop.till.offer(true)]).toEqual([OFFER, undefined]);
  });

  it('is not where the bag refuses it, as after the best were picked', async () => {
    const { shop } = await open('group_taken');
    expect(shop.till.offer(), 'an empty bag refuses nothing of that kind').toBe(OFFER);
    shop.basket.put(shop.shelves!.item('s60-1')!);
    expect([shop.till.offer(), shop.till.offer(true)]).toEqual([undefined, undefined]);
  });

  it('is not where the time or the account is against it, which one of something shows without a bag', async () => {
    const { shop, price } = await open('not_open');
    expect(shop.till.offer()).toBeUndefined();
    expect(price.mock.lastCall![0], 'one thing that can be bought').toHaveLength(1);
    expect(shop.till.barred().get('ten')?.reason).toBe('not_open');
    expect(shop.till.worthOf({ id: 'ten', code: 'TEN' }), 'nothing is worth anything without a bag').toBe(0);
  });
});

describe('the bag’s receipt', () => {
  it('leaves out what has left the shop, and ships nothing where nothing can be bought', async () => {
    const { shop, price } = await open(undefined);
    const windows = shop.shelves!.sales.filter((sale) => stateOf(sale, clock.now()) === 'open');
    const item = windows.flatMap(({ id }) => shop.shelves!.itemsOf(id) ?? []).find(({ stock }) => stock > 0)!;
    const size = item.sizes.find(({ stock }) => stock > 0)!.size;
    const last = () => price.mock.lastCall!;
    shop.till.receipt(
      [],
      [
        { item: 'gone-for-good', quantity: 1 },
        { item: item.id, size: 'no such size', quantity: 1 },
        { item: item.id, size, quantity: 1 },
      ],
    );
    expect(last()[0]).toEqual([{ item: item.id, size, quantity: 1 }]);
    expect(last()[1]!.shipping).toBeGreaterThan(0);
    shop.till.receipt([], [{ item: 'gone-for-good', quantity: 1 }]);
    expect(last()).toEqual([[], { codes: [] }]);
  });
});
